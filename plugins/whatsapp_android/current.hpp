#pragma once
// `message` and the tables beside it: the database as it is since about 2021.

#include <cstdint>
#include <string>
#include <string_view>

#include "beside.hpp"
#include "chats.hpp"
#include "media.hpp"
#include "people.hpp"
#include "side_tables.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_android {

class Current {
 public:
  Current(sqlite::Fields& fields, Chats& chats, People& people, Jids& jids);

  bool there() const { return view_.there(); }
  // All messages, each followed by what hangs on it.
  void emit_all();
  // The rows of the tables beside: accounted for, and those of no message emitted. After all.
  void finish(std::int64_t& next);

  const sqlite::RowNumbers& numbers() const { return numbers_; }
  // The years that have both generations: tables beside belong to rows of `messages` too.
  void set_older(const sqlite::RowNumbers& older) { older_ = &older; }
  // The message with this row id; 0: none.
  std::int64_t number_of(std::int64_t id) const {
    const std::int64_t number = numbers_.find(id);
    return number != 0 || older_ == nullptr ? number : older_->find(id);
  }
  // What the tables beside have of an older row: to its record, and after it.
  void add_beside(std::int64_t id, std::int64_t type) {
    add_marks(id, type, 0);
    sides_.add(id);
  }
  // True where that was a file.
  bool hang_beside(std::int64_t id, std::int64_t number, std::string_view what);
  // The same message in the older table has this row id, this id and this time.
  bool has(std::int64_t rowid, const std::string& key, std::int64_t timestamp);
  // A row of `message` that was found where no live row stands.
  void emit_recovered(const sqlite::Recovered& found, std::int64_t& next);
  std::int64_t next() const { return numbers_.next(); }

  // The participant who sent `row`, for a record about it. 0: not stated.
  std::int64_t sender_of(const Chat& chat, const sqlite::RowView& row, int from_me, int sender);

 private:
  struct Columns {
    explicit Columns(sqlite::TableView& view);
    int id, chat, from_me, key, sender, status, time, received, server, type, text, starred, flags;
  };

  void message(const sqlite::RowView& row, std::int64_t number);
  void body(const sqlite::RowView& row, const Columns& at, std::int64_t type);
  void add_system(std::int64_t id, std::int64_t type, const sqlite::RowView& row);
  void add_quote(std::int64_t id, std::int64_t quoted_sender);
  void add_marks(std::int64_t id, std::int64_t type, std::int64_t deleted_by);
  void hang(const sqlite::RowView& row, std::int64_t id, std::int64_t number, std::int64_t type,
            std::int64_t conversation);
  void poll(const sqlite::RowView& row, std::int64_t id, std::int64_t number);
  void number_change(std::int64_t id, std::int64_t number, const sqlite::RowView& row);
  void finish(Beside& beside, std::string_view key, std::int64_t& next);
  void orphan(const sqlite::RowView& row, int column, std::int64_t& next);

  sqlite::Fields& fields_;
  Chats& chats_;
  People& people_;
  Jids& jids_;
  sqlite::TableView view_;
  Columns at_;
  sqlite::RowNumbers numbers_;
  const sqlite::RowNumbers* older_ = nullptr;
  sqlite::Seeker rows_;
  Beside quoted_, edit_, revoked_, forwarded_, ephemeral_, setting_, view_once_, system_, link_,
      media_table_, place_table_, cards_, poll_, options_, change_, members_, mentions_;
  SideTables sides_;
  Media media_;
  Place place_;
};

}  // namespace whatsapp_android
