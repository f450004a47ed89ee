#pragma once
// Viber for Android: viber_messages, with conversations, or with threads as up to version 33 of its
// schema. docs/formats/viber.md, section "Android: messages".

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "info.hpp"
#include "reader.hpp"

namespace viber {

class AndroidMessages final : public Reader {
 public:
  explicit AndroidMessages(Records& records);
  void read() override;
  bool reads(const sqlite::Table& table) const override;
  void recover(const sqlite::Recovered& found) override;

 private:
  static constexpr std::size_t kMostNames = std::size_t{1} << 18;

  struct Chats {
    sqlite::TableView view;
    int id, type, group, name, deleted, role, recipient;
  };
  // Names of groups stood apart from threads.
  struct Groups {
    sqlite::TableView view;
    int thread, name;
  };
  struct Members {
    sqlite::TableView view;
    int id, chat, person, active, role, number;
  };
  struct People {
    sqlite::TableView view;
    int id, number, contact_name, viber_name, display_name, viber_id, member, type;
  };
  struct Messages {
    sqlite::TableView view;
    int id, chat, time, token, member, address, deleted, send_type, mime, status;
    int latitude, longitude, uri, destination, body, description, info, quoted, read_time, order;
  };
  struct Calls {
    sqlite::TableView view;
    int message, chat, date, duration, type;
  };
  struct Likes {
    sqlite::TableView view;
    int message_token, like_token, person, number, date, type;
  };

  void person_contact(const RowView& row, Found found);
  void chat(const RowView& row, Found found);
  void membership(const RowView& row);
  std::int64_t chat_of(const RowView& row, int column);
  // Somebody by the row of participants_info, or by a number or member id as text.
  std::int64_t participant(std::int64_t conversation, std::int64_t person, const RowView& from,
                           int column);
  std::int64_t participant_named(std::int64_t conversation, const RowView& from, int column);
  std::int64_t participant_named(std::int64_t conversation, const std::string& who,
                                 const RowView& from, int column);
  // The row of participants that a message or membership names.
  std::int64_t member(std::int64_t conversation, const RowView& from, int column);

  void message(const RowView& row, Found found);
  std::string_view type_of(const RowView& row, const json::Value& info, const char*& rule,
                           int& column) const;
  void text(const RowView& row, Info& rich);
  void attachments(std::int64_t ref, const RowView& row, Info& info, Found found);
  void call(const RowView& row);
  void like(const RowView& row);
  // A message for what belongs to one that is not there.
  std::int64_t missing_message(const RowView& row, int conversation, std::string_view type);

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
  Groups groups_;
  Members members_;
  People people_;
  Messages messages_;
  Calls calls_;
  Likes likes_;
  sqlite::TableView public_accounts_;
  int account_name_ = -1;
  int account_group_ = -1;

  sqlite::Lookup group_of_thread_, member_by_id_, person_by_id_, message_by_id_, message_by_token_;
  sqlite::RowNumbers numbers_;
  // Rows of participants_info by number and by member id: what other tables name people by.
  std::map<std::string, std::int64_t, std::less<>> people_by_name_;
};

}  // namespace viber
