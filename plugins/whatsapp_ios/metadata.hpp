#pragma once
// ZWAMEDIAITEM.ZMETADATA: a message of protocol buffers that holds, whatever the name of its table
// says, what belongs to the message itself: what it answers and how often it was forwarded.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "parts.hpp"

namespace whatsapp_ios {

struct Metadata {
  Part reply_to;       // 5: stanza id of the message that is answered
  Part quoted_sender;  // 6: who is said to have written it
  Part quoted;         // 19: a copy of its words
  std::optional<std::pair<std::uint64_t, Part>> forward_score;  // 17
  Part forwarded_from;                                          // 21
  std::vector<std::pair<protobuf::Field, Part>> unknown;
  bool sound = true;
};

Metadata read_metadata(const sqlite::RowView& row, int column);

}  // namespace whatsapp_ios
