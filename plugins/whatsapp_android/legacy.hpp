#pragma once
// `messages` and the tables beside it: the database until about 2021, and what later ones kept of
// it.

#include <cstdint>
#include <string>
#include <unordered_set>

#include "beside.hpp"
#include "by_key.hpp"
#include "chats.hpp"
#include "current.hpp"
#include "media.hpp"
#include "people.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_android {

class Legacy {
 public:
  Legacy(sqlite::Fields& fields, Chats& chats, People& people, BesideMessages& beside,
         std::int64_t first);

  bool there() const { return view_.there(); }
  // `current` may have the same messages: these are not told twice.
  void emit_all(Current& current);
  void finish(std::int64_t& next);
  const sqlite::RowNumbers& numbers() const { return numbers_; }
  std::int64_t next() const { return numbers_.next(); }

  void emit_recovered(const sqlite::Recovered& found, std::int64_t& next);

 private:
  struct Columns {
    explicit Columns(sqlite::TableView& view);
    int id, chat, from_me, key, status, data, time, received, server, delivered, read, played, type,
        size, caption, author, starred, forwarded, quote, mentions;
  };

  void message(const sqlite::RowView& row, const Columns& at, std::int64_t number,
               const sqlite::Recovered* found);
  void body(const sqlite::RowView& row, const Columns& at, bool own_view);
  void hang(const sqlite::RowView& row, const Columns& at, std::int64_t number, const Chat& chat,
            bool recovered);
  void receipts(const sqlite::RowView& row, const Columns& at, std::int64_t number,
                const Chat& chat);
  void finish(ByKey& rows, std::int64_t& next);
  bool is_file(const sqlite::RowView& row, const Columns& at) const;
  std::int64_t sender_of(const Chat& chat, const sqlite::RowView& row, int from_me, int author,
                         int remote);

  sqlite::Fields& fields_;
  Chats& chats_;
  People& people_;
  BesideMessages& beside_;
  sqlite::TableView view_;
  Columns at_;
  sqlite::RowNumbers numbers_;
  Media media_;
  Place place_;
  Beside quotes_, cards_;
  ByKey receipts_, thumbnails_;
  std::unordered_set<std::int64_t> used_quotes_;
};

}  // namespace whatsapp_android
