#pragma once
// The threads: `chat` of the current database, `chat_list` of the older one, and those that only a
// message names. Memory: a number and a name for each thread, up to kMost.

#include <cstdint>
#include <string>
#include <unordered_map>

#include "beside.hpp"
#include "people.hpp"
#include "side_tables.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_android {

struct Chat {
  std::int64_t number = 0;   // of its conversation record; 0: none
  std::int64_t jid_row = 0;  // 0: unknown
  std::string jid;           // empty: unknown
};

class Chats {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 18;

  Chats(sqlite::Fields& fields, Jids& jids, AddressBook& book);

  // Emits a conversation for each row of `chat` and `chat_list`.
  void emit_all();
  // The rows of the tables beside `chat`: accounted for; a chat that is gone with its row is told.
  void finish();
  // The thread that `row` names in `column`, by the row of `chat`, of `jid`, or by JID. Emits a
  // conversation where there is none yet: nothing is lost with a row of `chat`.
  const Chat& by_row(std::int64_t chat_row, const sqlite::RowView& row, int column);
  const Chat& by_jid_row(std::int64_t jid_row, const sqlite::RowView& row, int column);
  const Chat& by_text(const std::string& jid, const sqlite::RowView& row, int column);
  // Where rows go that name no thread at all.
  const Chat& nowhere(const sqlite::RowView& row);

  // The fields of a row of `chat` or `chat_list`; the record is begun.
  void describe(const sqlite::RowView& row, bool legacy,
                const std::optional<sqlite::RowView>& channel = std::nullopt);
  void emit_recovered(const sqlite::Recovered& found);

 private:
  void emit_orphan(const sqlite::RowView& row, int chat, std::string_view state);
  const Chat& remember(Chat chat, std::int64_t chat_row);
  Chat begin_unknown(const sqlite::RowView& row);

  sqlite::Fields& fields_;
  Jids& jids_;
  AddressBook& book_;
  sqlite::TableView view_;
  sqlite::TableView legacy_;
  Beside deletions_;
  Beside channels_;
  SideTables sides_;
  int jid_ = -1;
  int subject_ = -1;
  int created_ = -1;
  int timer_ = -1;
  int archived_ = -1;
  int hidden_ = -1;
  int legacy_jid_ = -1;
  int legacy_subject_ = -1;
  int legacy_created_ = -1;
  int legacy_archived_ = -1;
  std::unordered_map<std::int64_t, Chat> rows_;
  std::unordered_map<std::string, Chat> by_text_;
  Chat nowhere_;
  Chat last_;  // what there was no room to remember
  std::int64_t next_ = 1;
};

}  // namespace whatsapp_android
