#pragma once
// What the reader of JSON hands out: one token at a time, with the place it stands at.

#include <forensics/plugin.h>

#include <cstdint>
#include <string_view>

namespace json {

enum class Kind : std::uint8_t {
  end,  // of the input
  begin_object,
  end_object,
  begin_array,
  end_array,
  key,
  string,
  number,
  boolean,
  null,
  bare,    // characters without quotes that are no number, true, false or null
  missing  // a key without a value, or nothing between two commas
};

inline bool is_scalar(Kind kind) {
  return kind >= Kind::string;
}

// How the inside of a string becomes its text.
enum class Form : std::uint8_t {
  plain,     // well-formed UTF-8 without escapes: as it stands
  escaped,   // as RFC 8259 has it
  repaired,  // not as RFC 8259 has it: FX_CODEC_JSON_STRING_REPAIRED
  broken,    // without quotes, and no UTF-8: FX_CODEC_UTF8_REPAIR
  unread     // too long to be held: nothing is known of it
};

inline fx_codec codec_of(Form form) {
  switch (form) {
    case Form::plain: return FX_CODEC_UTF8;
    case Form::escaped: return FX_CODEC_JSON_STRING;
    case Form::repaired: return FX_CODEC_JSON_STRING_REPAIRED;
    case Form::broken: return FX_CODEC_UTF8_REPAIR;
    case Form::unread: return FX_CODEC_NONE;
  }
  return FX_CODEC_NONE;
}

struct Token {
  Kind kind = Kind::end;
  Form form = Form::plain;
  // Of a string or key the inside, without the quotes; of a container the bracket. A bracket that
  // was never written, as at the end of a cut file, has the length 0.
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  // The bytes of a scalar or key, until the next token is asked for. Empty where `form` is unread.
  std::string_view raw;
  // Where the token ends, a closing quote included.
  std::uint64_t end = 0;
};

}  // namespace json
