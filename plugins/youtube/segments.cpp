#include "segments.hpp"

#include "json/reader.hpp"
#include "json/text.hpp"
#include "quiet.hpp"
#include "text/utf8.hpp"

namespace youtube {

std::optional<std::string> text_of_segments(std::string_view cell) {
  const std::string_view inner = text::trimmed(cell);
  if (!inner.starts_with('{') && !inner.starts_with('[')) return std::nullopt;
  const json::MemorySource source(inner);
  Quiet quiet;
  json::Reader reader(source, quiet);
  std::string out;
  bool is_text = false;  // of a segment, or the name in a mention
  bool found = false;
  for (const json::Token* token = &reader.next(); token->kind != json::Kind::end;
       token = &reader.next()) {
    if (token->kind == json::Kind::key) {
      is_text = token->raw == "text" || token->raw == "displayName";
    } else if (token->kind == json::Kind::string && is_text) {
      json::append_text(out, token->raw, token->form);
      found = true;
    } else if (token->kind == json::Kind::bare) {
      return std::nullopt;  // it only begins like JSON
    }
  }
  return found ? std::optional(out) : std::nullopt;
}

}  // namespace youtube
