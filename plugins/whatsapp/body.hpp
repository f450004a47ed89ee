#pragma once
// What a body is: speech, a file, a place, a call, a poll, or a notice of the application. A marker
// counts only behind a direction mark or as an exact phrase, so that nobody can type one.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "files.hpp"

namespace whatsapp {

enum class Type : std::uint8_t {
  text,
  media,
  location,
  poll,
  call,
  contact,
  deleted,
  view_once,
  system,
};
std::string_view name_of(Type type);

// A part of the body, in bytes of its UTF-8 form.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool empty() const { return begin >= end; }
  std::string_view of(std::string_view body) const { return body.substr(begin, end - begin); }
};

struct Option {
  Range text;
  std::int64_t votes = -1;  // -1: not stated
};

struct BodyFacts {
  Type type = Type::text;
  Range text;  // as a reader sees it; empty: nothing beside the marker
  bool edited = false;
  bool by_place = false;   // words that no catalogue knows: the type follows from where they stand
  bool null_text = false;  // the literal word null, which old exports write for what they lack

  bool attachment = false;
  bool omitted = false;
  Range file;  // name of the attached or omitted file, where stated
  std::int64_t pages = -1;

  Range latitude;  // of a location; empty for live and named places
  Range longitude;
  Range url;
  Range address;
  bool live = false;

  std::string_view call_type;   // "voice", "video"
  std::string_view call_state;  // "missed", "ended"
  std::int64_t seconds = -1;

  Range question;  // of a poll
  std::vector<Option> options;

  std::string_view action;  // of a system line
  Range before;             // number changed: from, to
  Range after;
};

// What the head and the rest of the file tell about the body.
struct BodyContext {
  bool has_author = false;
  bool author_speaks = false;  // the author has plain text elsewhere in the file
  bool head_marked = false;    // a direction mark before the bracket: the line carries media
  bool bracket = false;
  bool first_message = false;
  bool one_line = false;  // it is known that the body has no line end
};

// `facts` is cleared first; its memory is used again.
void read_body(std::string_view body, const BodyContext& context, const Siblings& siblings,
               BodyFacts& facts);

}  // namespace whatsapp
