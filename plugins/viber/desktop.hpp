#pragma once
// Viber desktop: viber.db. docs/formats/viber.md, section "Desktop".

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "info.hpp"
#include "reader.hpp"

namespace viber {

class Desktop final : public Reader {
 public:
  explicit Desktop(Records& records);
  void read() override;
  bool reads(const sqlite::Table& table) const override;
  bool looks_ahead() const override { return true; }
  void foresee(const sqlite::Recovered& found) override;
  void recover(const sqlite::Recovered& found) override;

 private:
  struct Contacts {
    sqlite::TableView view;
    int id, name, second_name, number, member, encrypted_member, client_name;
  };
  struct Chats {
    sqlite::TableView view;
    int id, name, token, flags, type, time;
  };
  struct Members {
    sqlite::TableView view;
    int chat, contact, role, number;
  };
  // Tables of numbers of old versions.
  struct Numbers {
    sqlite::TableView view;
    int number, contact, name;
  };
  struct Events {
    sqlite::TableView view;
    int id, time, direction, type, chat, contact, token, longitude, latitude, number;
  };
  struct Messages {
    sqlite::TableView view;
    int id, type, body, path, thumbnail, sticker, voice, duration, info, reaction, client_flag;
    int admins_reactions, members_reactions;
  };
  struct Calls {
    sqlite::TableView view;
    int id, type, duration;
  };
  struct Likes {
    sqlite::TableView view;
    int token, event;
  };
  // An event that was deleted, kept for the message that may be recovered beside it.
  struct LostEvent {
    std::int64_t time, direction, chat, contact, token;
    fx_span where;
  };
  static constexpr std::size_t kMostLost = 65'536;
  static constexpr std::size_t kMostNumbers = std::size_t{1} << 18;

  void find_owner();
  void find_numbers();
  void contact(const RowView& row, Found found);
  void number(const Numbers& list, const RowView& row);
  bool name(const RowView& contact);
  bool member_id(const RowView& contact);
  void account();
  void chat(const RowView& row, Found found);
  void membership(const RowView& row);
  std::int64_t chat_of(const RowView& row, int column);
  std::int64_t participant(std::int64_t conversation, std::optional<std::int64_t> contact,
                           const RowView& from, int column);
  bool plausible_message(const RowView& row) const;
  // Old versions name people by their number.
  std::int64_t participant_by_number(std::int64_t conversation, const RowView& from, int column);
  void event(const RowView& event, Found found);
  // The message of an event; `message` is null where the event has none.
  void message(const RowView& event, const RowView* message, Found found);
  void lone_message(const RowView& message, Found found);
  const char* type_of(const RowView& event, const RowView* message, bool& known) const;
  void describe(const RowView& message, Info& info);
  void attachments(std::int64_t ref, const RowView& message, Info& info, Found found);
  void card(std::int64_t ref, const RowView& message, Info& info, Found found);
  void reactions(std::int64_t ref, std::int64_t conversation, const RowView& message, Found found);
  void call(std::int64_t ref, std::int64_t sender, const RowView& event, const RowView* message);
  void like(const RowView& row);
  void upload(const RowView& row);

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
  Contacts contacts_;
  Chats chats_;
  Members members_;
  std::vector<Numbers> numbers_of_;
  Events events_;
  Messages messages_;
  Calls calls_;
  Likes likes_;
  sqlite::TableView uploads_;
  int upload_event_, upload_path_;

  sqlite::Lookup contact_by_id_, message_by_event_, event_by_id_, call_by_event_, event_by_token_;
  sqlite::RowNumbers numbers_;
  std::map<std::int64_t, std::int64_t> chat_sizes_;
  std::map<std::string, std::int64_t> contact_of_number_;  // ContactID
  std::map<std::string, std::int64_t> name_of_number_;     // row id in OriginNumberInfo
  std::optional<std::int64_t> owner_;                      // ContactID
  std::map<std::int64_t, LostEvent> lost_events_;
  std::set<std::int64_t> lost_messages_;
};

}  // namespace viber
