#pragma once
// What the numbers of Android's WhatsApp databases mean. docs/formats/whatsapp-android.md has the
// sources. A number that is not known has no word, and stays what it is.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace whatsapp_android {

struct MessageCode {
  std::string_view type;  // a message type of the contract
  std::string_view what;  // narrower: image, voice-or-audio, ...; empty where the type says it all
  bool known = false;
};
// `message.message_type`, and `messages.media_wa_type` of the older database.
MessageCode message_code(std::int64_t code);
// A row without one: what it holds decides, which is a guess (rule kTypeGuess).
MessageCode message_code(std::optional<std::int64_t> code, bool has_text);
inline constexpr const char* kTypeRule = "whatsapp.message-type";
inline constexpr const char* kTypeGuess = "whatsapp.content-guess";
// The number as `code` shows it.
std::string digits_of(std::optional<std::int64_t> code);

// `message_system.action_type`; empty: unknown.
std::string_view action_of(std::int64_t code);
// `message.status`, by who sent it; empty: unknown.
std::string_view status_of(std::int64_t code, bool from_me);
// `call_log.call_result`; empty: unknown.
std::string_view call_result_of(std::int64_t code);
// `message_add_on.message_add_on_type`; empty: unknown.
std::string_view add_on_of(std::int64_t code);
// `group_participant_user.rank`; empty: unknown.
std::string_view rank_of(std::int64_t code);

}  // namespace whatsapp_android
