#include "property.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace vcard {
namespace {

// The first `what` outside of double quotes.
std::size_t find_bare(std::string_view text, char what) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == what && !quoted) return i;
  }
  return std::string_view::npos;
}

}  // namespace

void Property::split() {
  const std::string_view all = unfolded;
  std::size_t colon = find_bare(all, ':');
  // A quote that never closes is no reason to lose the value.
  if (colon == std::string_view::npos) colon = all.find(':');
  has_value = colon != std::string_view::npos;
  head = all.substr(0, colon);
  value = has_value ? all.substr(colon + 1) : std::string_view{};
  const std::size_t semicolon = find_bare(head, ';');
  name = head.substr(0, semicolon);
  parameters =
      semicolon == std::string_view::npos ? std::string_view{} : head.substr(semicolon + 1);
  const std::size_t dot = name.find('.');
  group = dot == std::string_view::npos ? std::string_view{} : name.substr(0, dot);
  if (dot != std::string_view::npos) name = name.substr(dot + 1);
}

bool Property::is(std::string_view word) const {
  return text::same_word(name, word);
}

std::optional<std::string_view> Property::parameter(std::string_view wanted) const {
  std::string_view rest = parameters;
  while (!rest.empty()) {
    const std::size_t stop = std::min(find_bare(rest, ';'), rest.size());
    const std::string_view one = rest.substr(0, stop);
    rest.remove_prefix(std::min(stop + 1, rest.size()));
    const std::size_t equals = one.find('=');
    if (!text::same_word(text::trimmed(one.substr(0, equals)), wanted)) continue;
    if (equals == std::string_view::npos) return std::string_view{};
    std::string_view found = text::trimmed(one.substr(equals + 1));
    if (found.size() >= 2 && found.starts_with('"') && found.ends_with('"'))
      found = found.substr(1, found.size() - 2);
    return found;
  }
  return std::nullopt;
}

bool Property::quoted_printable() const {
  const auto encoding = parameter("ENCODING");
  return (encoding && text::same_word(*encoding, "QUOTED-PRINTABLE")) ||
         parameter("QUOTED-PRINTABLE").has_value();
}

bool Property::base64() const {
  const auto encoding = parameter("ENCODING");
  return (encoding && (text::same_word(*encoding, "B") || text::same_word(*encoding, "BASE64"))) ||
         parameter("BASE64").has_value();
}

std::vector<fx_span> Property::value_parts() const {
  std::vector<fx_span> out;
  auto before = static_cast<std::uint64_t>(unfolded.size() - value.size());
  for (const fx_span& part : parts) {
    const std::uint64_t drop = std::min(before, part.length);
    before -= drop;
    if (part.length > drop) out.push_back(fx::span(part.offset + drop, part.length - drop));
  }
  return out;
}

std::vector<std::string_view> components(std::string_view value) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < value.size() && out.size() < 64; ++i) {
    if (value[i] == '\\') {
      ++i;
    } else if (value[i] == ';') {
      out.push_back(value.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  out.push_back(value.substr(begin));
  return out;
}

std::string unescaped(std::string_view value) {
  std::string out;
  out.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      out.push_back(value[i]);
      continue;
    }
    const char next = value[i + 1];
    if (next == 'n' || next == 'N') {
      out.push_back('\n');
    } else if (next == ',' || next == ';' || next == ':' || next == '\\') {
      out.push_back(next);
    } else {
      out.push_back('\\');
      continue;
    }
    ++i;
  }
  return out;
}

}  // namespace vcard
