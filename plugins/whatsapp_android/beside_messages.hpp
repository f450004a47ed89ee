#pragma once
// The tables beside the messages that are read by name. They belong to rows of `message`, and in
// the years that have both generations to rows of `messages` too.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "beside.hpp"
#include "chats.hpp"
#include "media.hpp"
#include "people.hpp"
#include "side_tables.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_android {

class BesideMessages {
 public:
  BesideMessages(sqlite::Fields& fields, Chats& chats, People& people, Jids& jids);

  // A message, as far as the tables beside it have to know.
  struct Message {
    const sqlite::RowView& row;
    const Chat& chat;
    std::int64_t id = 0;      // of the row
    std::int64_t number = 0;  // of the record
    std::int64_t type = 0;
    int time = -1;  // columns of `row`
    int text = -1;
    bool has_action = false;  // its own row says what a notice is about
    bool has_quote = false;   // or has the copy of what it answers
  };
  // Who is named beside a message: must be emitted before the record that names them.
  struct Named {
    std::int64_t quoted_sender = 0;
    std::int64_t deleted_by = 0;
    std::vector<std::int64_t> mentioned;
    std::vector<std::int64_t> affected;
  };
  Named resolve(const Chat& chat, std::int64_t id);

  // ",action_type=12" where the message is such a notice, else nothing.
  std::string action_code(std::int64_t id);
  // To the record under construction.
  void add(const Message& message, const Named& named);
  // Records of their own, after it. Says which of them there were, so that what an older row
  // itself has of the same is not told twice.
  struct Hung {
    bool file = false;
    bool place = false;
  };
  Hung hang(const Message& message);
  // Accounts for every row; those of no message become records, numbered from `next` on.
  void finish(const std::function<bool(std::int64_t)>& is_known, std::int64_t& next);

  // The participant who sent `row`. 0: not stated.
  std::int64_t sender_of(const Chat& chat, const sqlite::RowView& row, int from_me, int sender);
  // Of what the application notes. That counts as the phone's own message, whoever did it: whom the
  // row names did it, and the owner only where it names nobody.
  std::int64_t actor_of(const Chat& chat, const sqlite::RowView& row, int from_me, int sender);

 private:
  void add_action(const Message& message);
  void add_quote(const Message& message, std::int64_t quoted_sender);
  void add_revocation(const Message& message, std::int64_t deleted_by);
  void add_marks(const Message& message);
  void poll(const Message& message);
  void number_change(const Message& message);
  void membership(const Message& message);
  void call(const Message& message);
  void orphan(const sqlite::RowView& row, int column, std::int64_t& next);

  sqlite::Fields& fields_;
  Chats& chats_;
  People& people_;
  Jids& jids_;
  Beside quoted_, edit_, revoked_, forwarded_, ephemeral_, setting_, view_once_, system_, link_,
      media_table_, place_table_, cards_, poll_, options_, change_, members_, mentions_, blocked_,
      missed_;
  SideTables sides_;
  Media media_;
  Place place_;
};

}  // namespace whatsapp_android
