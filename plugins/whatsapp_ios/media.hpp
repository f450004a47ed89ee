#pragma once
// What a message carries: ZWAMEDIAITEM as attachment, location or contact cards, and
// ZWAMESSAGEDATAITEM, the previews of links.

#include <cstdint>
#include <functional>
#include <string_view>

#include "parts.hpp"
#include "sqlite/carve.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_ios {

struct TypeWords;

class Media {
 public:
  Media(sqlite::Fields& fields, Parts& parts);

  bool there() const { return view_.there(); }
  const sqlite::TableView& view() const { return view_; }
  // Null where there is none. Lives until the next call.
  const sqlite::Row* find(std::int64_t rowid);
  int metadata() const { return metadata_; }
  std::string local_path(const sqlite::RowView& row) const;
  std::int64_t message_of(const sqlite::RowView& row) const {
    return row.integer(message_).value_or(0);
  }

  // The records of `row` for a message of type `type` (ZMESSAGETYPE; -1: unknown). Where there is
  // nothing to show its cell counts as joined to the message.
  void emit(const sqlite::RowView& row, std::int64_t message, std::int64_t type,
            const sqlite::Recovered* found);
  // The previews that belong to the message of that row id.
  void previews(std::int64_t rowid, std::int64_t message);
  // Previews whose message is gone: `stand_in` makes one.
  using StandIn = std::function<std::int64_t(const sqlite::RowView&, int key)>;
  void leftover_previews(const sqlite::Table* messages, const StandIn& stand_in);
  // The column that names the message.
  int message_key() const { return message_; }

 private:
  void attachment(const sqlite::RowView& row, std::int64_t message, const TypeWords* words,
                  std::int64_t type, const sqlite::Recovered* found);
  void location(const sqlite::RowView& row, std::int64_t message, const sqlite::Recovered* found);
  void cards(const sqlite::RowView& row, std::int64_t message, const sqlite::Recovered* found);
  void card(const Part& part, const sqlite::RowView& row, std::int64_t message, bool first,
            const sqlite::Recovered* found);
  void other_columns(const sqlite::RowView& row, bool pixels);
  void preview(const sqlite::RowView& row, std::int64_t message);

  sqlite::Fields& fields_;
  Parts& parts_;
  sqlite::TableView view_;
  int rowid_, path_, thumb_, other_thumb_, title_, card_, card_name_, url_, url_date_, duration_,
      bytes_, latitude_, longitude_, accuracy_, key_, metadata_, message_, author_;
  sqlite::Seeker rows_;
  sqlite::TableView previews_;
  int preview_rowid_, preview_message_, content_, content2_, matched_, summary_, preview_title_,
      preview_date_;
  sqlite::Lookup preview_rows_;
};

}  // namespace whatsapp_ios
