#pragma once
// ZWAMESSAGE: what was said, sent and noted, with everything that other tables say of it.

#include <cstdint>
#include <optional>
#include <string>

#include "chats.hpp"
#include "media.hpp"
#include "members.hpp"
#include "metadata.hpp"
#include "parts.hpp"
#include "people.hpp"
#include "receipts.hpp"
#include "sqlite/carve.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_ios {

// The columns of ZWAMESSAGE as one table has them.
struct MessageColumns {
  explicit MessageColumns(const sqlite::Table* table);
  sqlite::TableView view;
  int rowid, from_me, type, event, date, sent, text, from, to, stanza, flags, sort, starred, status,
      error, member, media, info, parent, chat, last_session, push_name;
};

class Messages {
 public:
  Messages(sqlite::Fields& fields, Parts& parts, People& people, Chats& chats, Members& members);

  // The identity that notices are addressed to is the owner's.
  void find_owner();
  void read();
  // Rows of ZWAMEDIAITEM and ZWAMESSAGEINFO whose message is gone.
  void read_leftovers();
  void recovered(const sqlite::Recovered& found);
  void recovered_media(const sqlite::Recovered& found);

  std::int64_t& count() { return count_; }
  bool inferred_receipts() const { return receipts_.inferred(); }
  const sqlite::TableView& view() const { return columns_.view; }

 private:
  struct Message {
    Message(const MessageColumns& its_columns, const sqlite::RowView& its_row)
        : columns(its_columns), row(its_row) {}
    const MessageColumns& columns;
    const sqlite::RowView& row;
    const sqlite::Recovered* found = nullptr;
    std::optional<sqlite::RowView> media;
    Metadata metadata;
    Chat* chat = nullptr;
    std::int64_t type = -1;
    std::int64_t event = 0;
    bool from_me = false;
    std::int64_t sender = 0;
    std::int64_t quoted_sender = 0;
    std::int64_t ref = 0;
  };
  void handle(const MessageColumns& columns, const sqlite::RowView& row,
              const sqlite::Recovered* found);
  void find_chat(Message& message);
  void find_people(Message& message);
  void emit(const Message& message);
  void emit_type(const Message& message);
  void emit_answer(const Message& message);
  void emit_addresses(const Message& message);
  void emit_call(const Message& message);
  void observe(const Message& message);
  // A message that stands for a row of another table, whose own is gone.
  std::int64_t stand_in(const sqlite::RowView& row, std::string_view type, std::string_view why,
                        Chat& chat, const sqlite::Recovered* found, int key);
  Chat& chat_of_path(const std::string& path, const sqlite::RowView& row);

  sqlite::Fields& fields_;
  Parts& parts_;
  People& people_;
  Chats& chats_;
  Members& members_;
  MessageColumns columns_;
  Media media_;
  Receipts receipts_;
  sqlite::Seeker parents_;
  std::int64_t count_ = 0;
};

}  // namespace whatsapp_ios
