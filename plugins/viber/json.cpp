#include "json.hpp"

#include <charconv>

#include "text.hpp"

namespace viber::json {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

// Behind the closing quote of the string whose inside begins at `at`; npos where it has none.
std::size_t string_end(std::string_view text, std::size_t at) {
  for (; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return npos;
}

// Behind the bracket that closes the one at `at`. Brackets are counted, not matched by kind: a
// document that mixes them up is damaged anyway, and no reading of it is better than another.
std::size_t bracket_end(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at++];
    if (c == '"') {
      at = string_end(text, at);
      if (at == npos) return npos;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return at;
    }
  }
  return npos;
}

Kind kind_of(std::string_view word) {
  if (word == "true" || word == "false") return Kind::boolean;
  if (word == "null") return Kind::null;
  const bool number = !word.empty() && (word[0] == '-' || (word[0] >= '0' && word[0] <= '9'));
  return number ? Kind::number : Kind::none;
}

// The value at `at`, which is moved behind it; to npos where nothing can follow.
Value value_at(std::string_view text, std::size_t& at) {
  Value out;
  at = skip_space(text, at);
  if (at >= text.size()) {
    at = npos;
    return out;
  }
  const std::size_t begin = at;
  const char first = text[at];
  if (first == '"') {
    at = string_end(text, at + 1);
    if (at == npos) return out;  // cut inside: what it would have said is not known
    out.kind = Kind::string;
    out.raw = text.substr(begin + 1, at - begin - 2);
  } else if (first == '{' || first == '[') {
    at = bracket_end(text, at);
    out.kind = first == '{' ? Kind::object : Kind::array;
    out.raw = text.substr(begin, at == npos ? npos : at - begin);
  } else {
    while (at < text.size() && !is_space(text[at]) && text[at] != ',' && text[at] != '}' &&
           text[at] != ']' && text[at] != ':')
      ++at;
    out.raw = text.substr(begin, at - begin);
    out.kind = kind_of(out.raw);
    if (at == begin) at = npos;
  }
  return out;
}

// Four hexadecimal digits; -1 where they are none.
int unit_at(std::string_view raw, std::size_t at) {
  if (at + 4 > raw.size()) return -1;
  unsigned unit = 0;
  const auto [end, error] = std::from_chars(raw.data() + at, raw.data() + at + 4, unit, 16);
  return error == std::errc{} && end == raw.data() + at + 4 ? static_cast<int>(unit) : -1;
}

char plain_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
  }
}

}  // namespace

Value::Value(std::string_view text) {
  std::size_t at = 0;
  *this = value_at(text, at);
}

Value Value::operator[](std::string_view name) const {
  Value found;
  if (kind != Kind::object) return found;
  for_each(*this, [&](std::string_view member, const Value& value) {
    if (!same_word(member, name)) return true;
    found = value;
    return false;
  });
  return found;
}

bool Value::empty() const {
  switch (kind) {
    case Kind::none:
    case Kind::null: return true;
    case Kind::string: return raw.empty();
    case Kind::boolean: return raw == "false";
    case Kind::number: return raw == "0";
    case Kind::object:
    case Kind::array: return raw.size() >= 2 && skip_space(raw, 1) == raw.size() - 1;
  }
  return true;
}

bool for_each(const Value& of, const Visit& visit) {
  if (of.kind != Kind::object && of.kind != Kind::array) return true;
  const std::string_view text = of.raw;
  std::size_t at = 1;
  while (at < text.size()) {
    at = skip_space(text, at);
    if (at >= text.size()) return false;
    if (text[at] == '}' || text[at] == ']') return true;
    if (text[at] == ',') {
      ++at;
      continue;
    }
    std::string_view name;
    if (of.kind == Kind::object) {
      const Value key = value_at(text, at);
      if (key.kind == Kind::none || at == npos) return false;
      at = skip_space(text, at);
      if (at >= text.size() || text[at] != ':') return false;
      ++at;
      name = key.raw;
    }
    const Value value = value_at(text, at);
    if (value.kind == Kind::none) return false;
    if (!visit(name, value)) return true;
  }
  return false;
}

std::optional<std::int64_t> integer(const Value& value) {
  if (value.kind != Kind::number && value.kind != Kind::string) return std::nullopt;
  return decimal(value.raw);
}

std::optional<std::string> unescape(std::string_view raw) {
  if (!is_utf8(raw)) return std::nullopt;
  std::string out;
  out.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size();) {
    const char c = raw[at++];
    if (static_cast<unsigned char>(c) < 0x20 || c == '"') return std::nullopt;
    if (c != '\\') {
      out.push_back(c);
      continue;
    }
    if (at == raw.size()) return std::nullopt;
    const char escape = raw[at++];
    if (escape != 'u') {
      const char plain = plain_escape(escape);
      if (plain == 0) return std::nullopt;
      out.push_back(plain);
      continue;
    }
    const int unit = unit_at(raw, at);
    if (unit < 0) return std::nullopt;
    at += 4;
    auto code = static_cast<std::uint32_t>(unit);
    const bool high = code >= 0xd800 && code < 0xdc00;
    if (high && raw.substr(at, 2) == "\\u") {
      const int low = unit_at(raw, at + 2);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (static_cast<std::uint32_t>(low) - 0xdc00);
        at += 6;
      }
    }
    append_utf8(out, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
  }
  return out;
}

}  // namespace viber::json
