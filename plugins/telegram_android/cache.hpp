#pragma once
// cache4.db of Telegram for Android: threads, people and messages.

#include <map>
#include <string>
#include <string_view>

#include "shapes.hpp"
#include "sqlite/fields.hpp"
#include "sqlite/lookup.hpp"

namespace telegram_android {

using sqlite::RowView;

class Cache {
 public:
  Cache(const fx::Host& host, sqlite::Database& db, const sqlite::SeizedFiles& files);

  // Whether the tables are those of this application.
  static bool is_one(const sqlite::Database& db);

  void read();
  void recover(const sqlite::Recovered& found);
  bool reads(const sqlite::Table& table) const;
  void finish();

 private:
  static constexpr std::size_t kMostKnown = std::size_t{1} << 20;

  struct Messages {
    sqlite::TableView view;
    int id, thread, date, out, data, reply, state, read;
  };
  struct Named {  // users and chats
    sqlite::TableView view;
    int id, name, data;
  };
  struct Book {
    sqlite::TableView view;
    int key, user, first, last;
  };
  struct Phones {
    sqlite::TableView view;
    int key, phone, short_phone, deleted;
  };

  void user(const RowView& row);
  void chat(const RowView& row);
  void book(const RowView& row);
  void message(const RowView& row, const sqlite::Recovered* found);
  std::int64_t conversation(std::int64_t thread, const RowView& row, int column);
  std::int64_t participant(std::int64_t conversation, const std::string& account, std::int64_t user,
                           const RowView& row, int column);

  template <class Visit>
  void each(const sqlite::TableView& view, const Visit& visit) {
    if (!view.there()) return;
    fields_.db().for_each_row(view.table(), [&](const sqlite::Row& row) {
      visit(RowView(view, row));
      return true;
    });
  }
  std::string_view blob(const RowView& row, int column) const;
  // A part of a blob as a field, as it stands.
  void put(const char* key, const RowView& row, int column, const Text& text);
  void put_phone(const RowView& row, int column, const UserShape& shape);
  void put_name(const RowView& row, int column, const UserShape& shape);

  const fx::Host& host_;
  sqlite::Fields fields_;
  Messages messages_;
  Named users_, chats_;
  Book book_;
  Phones phones_;
  sqlite::Lookup user_by_id_;
  std::map<std::string, std::int64_t> users_of_keys_;   // of the address book
  std::map<std::int64_t, std::int64_t> conversations_;  // by thread
  std::map<std::string, std::int64_t> people_;          // by conversation and account
  std::map<std::uint32_t, std::uint64_t> unlisted_;     // constructors
  std::string owner_;                                   // as "user5"
  std::int64_t next_conversation_ = 0, next_participant_ = 0, next_message_ = 0;
  std::uint64_t without_shape_ = 0, too_many_ = 0;
  std::vector<std::vector<fx_span>> places_;
};

}  // namespace telegram_android
