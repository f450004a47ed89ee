#pragma once
// One message in several places: applications give a message an id that is the same on every device
// that has it. Copies are shown beside each other with what differs; none of them is removed.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casefile/reader.hpp"

namespace forensics::casefile {

// What `message.mark` holds: 64 bits of platform and id, to look an id up by. What it finds is
// compared in full.
std::int64_t message_mark(std::string_view platform, std::string_view source_id);

// Whether the ids of a platform are one message's wherever they stand. Others number the messages
// of each thread anew, or of each account.
bool ids_are_global(std::string_view platform);
// Whether an id names a message together with its thread, so that two exports of one chat have the
// same ids (Telegram's JSON and HTML): then clock and sender, or title, must agree as well.
bool ids_are_of_a_thread(std::string_view platform);

struct SameMessage {
  static constexpr std::size_t kMost = 64;

  Message message;
  // Of text, sent, kind, edited, deleted, view_once: what the two say otherwise.
  std::vector<std::string> differs;
};

// The other places of `message`, whose record is `record`, in order of id; at most kMost.
Result<std::vector<SameMessage>> same_messages(const Reader& reader, const Message& message,
                                               const model::Record& record);

// The message that `reply_to` of the record names: in its own conversation, or where ids are global
// anywhere, its own file first.
Result<std::optional<Message>> answered_message(const Reader& reader, const Message& message,
                                                const model::Record& record);

}  // namespace forensics::casefile
