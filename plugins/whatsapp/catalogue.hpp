#pragma once
// What WhatsApp itself writes into an export, by language. Only exact phrases stand here; what the
// catalogue does not know is recognised by its structure (body.cpp) or stays as it is.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace whatsapp {

enum class Meaning : std::uint8_t {
  media_omitted,
  contact_omitted,
  view_once,
  deleted,
  edited,  // in angle brackets behind the text
  live_location,
  missed_voice,
  missed_video,
  voice_call,  // followed by a duration
  video_call,
  attached,        // in brackets behind the name of a file
  attached_label,  // before the name of a file, in angle brackets
  location_label,  // before a link to a map
  poll_label,      // alone on the first line of a poll
};

// `text` as the catalogue spells it: lower case, single spaces, without marks, vowel signs of
// Arabic and a final full stop.
void fold_phrase(std::string_view text, std::string& out);

// False for nearly every text that people write: no phrase that can stand alone begins like it, and
// no call. Cheap.
bool may_be_notice(std::string_view text);

// Whether `text` as a whole is a phrase with this meaning, in any language.
bool is_phrase(std::string_view text, Meaning meaning);
// The meaning of a whole body, when it is one of the phrases that can stand alone, or "This message
// was deleted by admin Bob": a phrase with a name behind it.
std::optional<Meaning> whole_body(std::string_view text);

// Every phrase, for the check that the table is spelt as texts are folded.
void for_each_phrase(const std::function<void(std::string_view)>& visit);

// What a system line says happened, e.g. "number-changed"; empty where unknown.
std::string_view action_of(std::string_view text);

}  // namespace whatsapp
