#pragma once
// Values of a JSON tree under the keys of a record, each used once; what nobody used is `extra`.
// Whoever includes this links forensics_json.

#include <algorithm>
#include <string>
#include <string_view>

#include "json/tree.hpp"
#include "text/utf8.hpp"
#include "text/values.hpp"

namespace text {

// Text that says something, under `key`; false where there is none.
inline bool put(Values& values, const char* key, const json::Value& value) {
  if (!value.is_text() || value.raw().empty() || value.form() == json::Form::unread) return false;
  const fx_span where = value.span();
  const std::string said = value.text();
  if (!is_utf8(said)) return false;
  // Characters that should have stood in quotes, and are not even UTF-8: no codec has them.
  if (value.kind() == json::Kind::bare && value.form() != json::Form::plain)
    values.derived(key, said, where.offset, where.length, "json.bare-token");
  else
    values.scattered(key, said, static_cast<fx_codec>(where.codec), {where});
  value.use();
  return true;
}

// A count since 1970, also one that stands in a string; `codec` is one of the decimal ones.
inline bool put_time(Values& values, const char* key, const json::Value& value, fx_codec codec) {
  const std::string_view raw = value.is_text() ? value.raw() : std::string_view{};
  const std::size_t point = std::min(raw.find('.'), raw.size());
  const auto whole = decimal(raw.substr(0, point));
  if (!whole || (point < raw.size() && codec != FX_CODEC_DECIMAL_SECONDS)) return false;
  const std::int64_t scale = codec == FX_CODEC_DECIMAL_SECONDS        ? 1'000'000
                             : codec == FX_CODEC_DECIMAL_MILLISECONDS ? 1000
                                                                      : 1;
  constexpr std::int64_t kMost = 253'402'300'800'000'000;  // the year 10000, in microseconds
  if (*whole < 0 || *whole >= kMost / scale) return false;
  std::int64_t milliseconds = *whole * scale / 1000;
  std::int64_t digit = 100;
  for (std::size_t i = point + 1; i < raw.size(); ++i, digit /= 10) {
    if (raw[i] < '0' || raw[i] > '9') return false;
    milliseconds += (raw[i] - '0') * digit;
  }
  fx_span where = value.span();
  where.codec = static_cast<std::uint32_t>(codec);
  values.decoded_time(key, fx::instant(milliseconds), where);
  value.use();
  return true;
}

inline void put_extra(Values& values, std::string_view name, const json::Value& value) {
  const fx_span where = value.span();
  std::string said;
  switch (value.kind()) {
    case json::Kind::begin_object: said = "{}"; break;
    case json::Kind::begin_array: said = "[]"; break;
    case json::Kind::string: said = value.text(); break;
    default: said = std::string(value.raw());
  }
  if (value.form() == json::Form::unread) said = "(" + std::to_string(where.length) + " bytes)";
  values.extra_derived(name, repaired(said), where.offset, where.length);
}

// All of `in` that was not used.
inline void put_rest(Values& values, const json::Tree& tree, const json::Value& in,
                     std::string_view prefix = {}) {
  if (!in) return;
  tree.for_each_unused(in, [&](std::string_view path, const json::Value& value) {
    std::string name(prefix);
    if (!name.empty() && !path.empty()) name += '/';
    name += path;
    put_extra(values, name.empty() ? "value" : name, value);
  });
}

}  // namespace text
