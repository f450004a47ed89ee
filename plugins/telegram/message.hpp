#pragma once
// One message object of result.json: its members by name, whatever their order, and the records
// that they become.

#include <cstdint>

#include "people.hpp"
#include "signs.hpp"
#include "thread.hpp"
#include "writer.hpp"

namespace telegram {

// The members that become fields. Of two members of one name the first is meant; the second one is
// told as it stands, like every member that is not here.
struct Message {
  json::Value id, type, date, date_unixtime, edited, edited_unixtime;
  json::Value from, from_id, actor, actor_id, action, members, inviter, information_text;
  json::Value text, text_entities, reply_to_message_id, forwarded_from, forwarded_from_id,
      saved_from;
  json::Value photo, photo_file_size, file, file_name, file_size, thumbnail, thumbnail_file_size;
  json::Value media_type, mime_type, duration_seconds, self_destruct;
  json::Value contact_information, contact_vcard, location, live_period, place_name, address;
  json::Value poll, reactions, discard_reason;

  static Message of(const json::Value& object, Signs& signs);
};

// What the messages of one file share.
struct Context {
  Writer& writer;
  People& people;
  Signs& signs;
  ZoneEvidence& zone;
  Numbers& numbers;
};

// Reads one element of `messages`. Everything in the tree becomes a field or an extra.
void read_message(const Context& context, Thread& thread, const json::Tree& tree);

// What belongs to a message; attached to the record under construction.
void attach_media(const Context& context, const Message& message, std::int64_t ref);
void attach_place(const Context& context, const Message& message, std::int64_t ref);
void attach_contact(const Context& context, const Message& message, std::int64_t ref);
void attach_poll(const Context& context, const json::Tree& tree, const Message& message,
                 std::int64_t ref);
void attach_reactions(const Context& context, const json::Tree& tree, const Message& message,
                      std::int64_t ref);
void attach_call(const Context& context, const Message& message, std::int64_t ref,
                 std::int64_t actor, bool is_owner);
void attach_members(const Context& context, const Thread& thread, fx::Record& record,
                    const Message& message, std::int64_t ref, std::int64_t actor);

// first_name and last_name of a person.
void put_full_name(Writer& writer, fx::Record& record, const json::Value& person);

// A path, or the words that stand where a path would (nothing was exported).
bool is_placeholder(std::string_view path);

// sent, edited_at and the like: of a member with seconds since 1970, else of one with local time.
// Whether there is one.
bool put_time(const Context& context, fx::Record& record, const char* key, const json::Value& local,
              const json::Value& unixtime);

}  // namespace telegram
