#pragma once
// What the numbers of WhatsApp for iOS mean. They differ from those of Android. A number that is
// not here stays a number.

#include <cstdint>
#include <string_view>

namespace whatsapp_ios {

struct TypeWords {
  std::string_view type;        // of the message
  std::string_view attachment;  // of the file it carries; empty where it carries none
  std::string_view action;      // what a notice says; empty where the event tells
};

// ZMESSAGETYPE. Null where it is unknown.
const TypeWords* words_of_type(std::int64_t type);

// ZGROUPEVENTTYPE: of a message of type 6 (a group's events) or 10 (the application's notices).
// Empty where it is unknown.
std::string_view action_of(std::int64_t type, std::int64_t event);

struct CallWords {
  std::string_view type;   // voice, video
  std::string_view state;  // missed
};
// Of a notice of type 10 that is a call. Null where it is none.
const CallWords* call_of(std::int64_t event);

std::string_view state_of_status(std::int64_t status);    // ZMESSAGESTATUS of an own message
std::string_view state_of_outcome(std::int64_t outcome);  // ZOUTCOME of a call
std::string_view kind_of_session(std::int64_t type);      // ZSESSIONTYPE

}  // namespace whatsapp_ios
