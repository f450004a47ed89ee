#pragma once
// `message` and the tables beside it: the database as it is since about 2021.

#include <cstdint>
#include <string>
#include <string_view>

#include "beside_messages.hpp"
#include "chats.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_android {

class Current {
 public:
  Current(sqlite::Fields& fields, Chats& chats, BesideMessages& beside);

  bool there() const { return view_.there(); }
  // All messages, each followed by what hangs on it.
  void emit_all();
  const sqlite::RowNumbers& numbers() const { return numbers_; }
  // The numbers of the rows of `messages`, which the same tables beside belong to.
  void set_older(const sqlite::RowNumbers& older) { older_ = &older; }
  // The message with this row id; 0: none.
  std::int64_t number_of(std::int64_t id) const {
    const std::int64_t number = numbers_.find(id);
    return number != 0 || older_ == nullptr ? number : older_->find(id);
  }
  // The same message in the older table has this row id, this id and this time.
  bool has(std::int64_t rowid, const std::string& key, std::int64_t timestamp);
  // A row of `message` that was found where no live row stands.
  void emit_recovered(const sqlite::Recovered& found, std::int64_t& next);
  std::int64_t next() const { return numbers_.next(); }

 private:
  struct Columns {
    explicit Columns(sqlite::TableView& view);
    int id, chat, from_me, key, sender, status, time, received, server, type, text, starred, flags,
        sort;
  };

  void message(const sqlite::RowView& row, std::int64_t number);
  void body(const sqlite::RowView& row, const Columns& at);

  sqlite::Fields& fields_;
  Chats& chats_;
  sqlite::TableView view_;
  Columns at_;
  sqlite::RowNumbers numbers_;
  const sqlite::RowNumbers* older_ = nullptr;
  sqlite::Seeker rows_;
  BesideMessages& beside_;
};

}  // namespace whatsapp_android
