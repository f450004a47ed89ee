#pragma once
// Viber for iOS: Contacts.data, later viber.sqlite, a Core Data store. docs/formats/viber.md,
// section "iOS".

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "info.hpp"
#include "reader.hpp"

namespace viber {

class Ios final : public Reader {
 public:
  explicit Ios(Records& records);
  void read() override;
  bool reads(const sqlite::Table& table) const override;
  void recover(const sqlite::Recovered& found) override;

 private:
  struct Chats {
    sqlite::TableView view;
    int id, name, group, subtype, interlocutor;
  };
  struct Members {
    sqlite::TableView view;
    int id, name, member, phone;
  };
  struct Phones {
    sqlite::TableView view;
    int id, member, contact, phone, canonized;
  };
  struct Book {
    sqlite::TableView view;
    int id, name, first, last;
  };
  // Which member is in which conversation: a table whose name and columns Core Data numbers.
  struct Links {
    sqlite::TableView view;
    int chat, member;
  };
  struct Messages {
    sqlite::TableView view;
    int id, text, time, state_time, state, system, token, metadata, attachment, location;
    int conversation, member, being_deleted, timer;
  };
  struct Attachments {
    sqlite::TableView view;
    int id, type, name, path, mime, size, message, duration;
  };
  struct Locations {
    sqlite::TableView view;
    int id, latitude, longitude, address;
  };
  struct Recents {
    sqlite::TableView view;
    int id, line, message, time, duration, type;
  };
  struct Lines {
    sqlite::TableView view;
    int id, type, phone, time, duration;
  };

  void open_tables();
  void member_contact(const RowView& row, Found found);
  void phone_contact(const Phones& phones, const RowView& row, Found found);
  void book_contact(const RowView& row, Found found);
  void chat(const RowView& row, Found found);
  void membership(const RowView& row);
  std::int64_t chat_of(const RowView& row, int column);
  std::int64_t participant(std::int64_t conversation, std::optional<std::int64_t> member,
                           const RowView& from, int column);
  void message(const RowView& row, Found found);
  void attachment(std::int64_t ref, const RowView& message, Info& info, Found found);
  void location(std::int64_t ref, const RowView& message);
  void recent(const RowView& row, Found found);
  // Whom a line of calls is with.
  std::int64_t party(std::int64_t conversation, const RowView& line);
  bool is_table(const sqlite::TableView& view, const sqlite::Table& table) const {
    return view.there() && &view.table() == &table;
  }

  template <class Visit>
  void each(const sqlite::TableView& view, const Visit& visit) {
    if (!view.there()) return;
    records_.db().for_each_row(view.table(), [&](const sqlite::Row& row) {
      visit(RowView(view, row));
      return true;
    });
  }

  Records& records_;
  sqlite::Fields& fields_;
  Chats chats_;
  Members members_;
  Phones phones_;
  Phones book_numbers_;  // of the address book
  Book book_;
  std::vector<Links> links_;
  Messages messages_;
  Attachments attachments_;
  Locations locations_;
  Recents recents_;
  Lines lines_;

  sqlite::Lookup member_by_id_, phone_of_member_, phone_by_id_, attachment_by_id_, location_by_id_;
  sqlite::Lookup message_by_id_, line_by_id_, book_by_id_;
  sqlite::RowNumbers numbers_;
  // Whom a conversation of two is with, by its row.
  std::map<std::int64_t, std::int64_t> interlocutors_;
};

}  // namespace viber
