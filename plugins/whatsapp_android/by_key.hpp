#pragma once
// Older tables that name a message by thread and id: receipts and thumbnails.

#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "sqlite/fields.hpp"

namespace whatsapp_android {

class ByKey {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 20;  // rows that are joined

  ByKey(sqlite::Fields& fields, std::string_view table);

  // The rows of the message with this thread and id.
  void each(std::string_view jid, std::string_view key,
            const std::function<void(const sqlite::RowView&)>& visit);
  // Accounts for all rows; `orphan` is given those that no message asked for.
  void finish(const std::function<void(const sqlite::RowView&)>& orphan);
  sqlite::TableView& view() { return view_; }

 private:
  static std::uint64_t mark(std::string_view jid, std::string_view key);

  sqlite::Fields& fields_;
  sqlite::TableView view_;
  sqlite::Seeker seeker_;
  int jid_, key_;
  std::vector<std::pair<std::uint64_t, std::int64_t>> rows_;  // mark, row id; sorted
  std::unordered_set<std::int64_t> told_;
};

}  // namespace whatsapp_android
