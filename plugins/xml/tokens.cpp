#include "xml/tokens.hpp"

#include <algorithm>
#include <charconv>

#include "text/utf8.hpp"

namespace xml {
namespace {

constexpr std::string_view kCdata = "<![CDATA[";

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool begins_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || byte >= 0x80;
}
bool in_name(char c) {
  return begins_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

std::size_t name_end(std::string_view text, std::size_t at) {
  while (at < text.size() && in_name(text[at])) ++at;
  return at;
}

// Attributes of a tag: `inside` is what stands between name and '>'.
void read_attributes(std::string_view inside, std::uint64_t offset, std::vector<Attribute>& out) {
  std::size_t at = 0;
  while (at < inside.size() && out.size() < 4096) {
    if (!begins_name(inside[at])) {
      ++at;
      continue;
    }
    const std::size_t stop = name_end(inside, at);
    Attribute attribute;
    attribute.name = inside.substr(at, stop - at);
    at = stop;
    while (at < inside.size() && is_space(inside[at])) ++at;
    if (at < inside.size() && inside[at] == '=') {
      ++at;
      while (at < inside.size() && is_space(inside[at])) ++at;
      std::size_t begin = at;
      std::size_t end = at;
      if (at < inside.size() && (inside[at] == '"' || inside[at] == '\'')) {
        begin = at + 1;
        end = std::min(inside.find(inside[at], begin), inside.size());
        at = std::min(end + 1, inside.size());
      } else {
        while (end < inside.size() && !is_space(inside[end]) && inside[end] != '/') ++end;
        at = std::max(end, at + 1);
      }
      begin = std::min(begin, inside.size());
      attribute.raw = inside.substr(begin, end - begin);
      attribute.offset = offset + begin;
    }
    out.push_back(attribute);
  }
}

}  // namespace

bool Tokens::next(Token& token) {
  token.kind = Token::other;
  token.offset = offset_;
  token.length = 0;
  token.name = {};
  token.attributes.clear();
  token.empty = false;
  token.raw = {};
  if (in_cdata_) return piece(token, "]]>");
  const std::string_view there = window_.at(offset_, 16);
  if (there.empty()) return false;
  if (there.front() == '<') return markup(there, token);
  token.kind = Token::text;
  return piece(token, "<");
}

bool Tokens::markup(std::string_view there, Token& token) {
  if (there.starts_with(kCdata)) {
    offset_ += kCdata.size();
    in_cdata_ = true;
    piece(token, "]]>");
    token.length += kCdata.size();
    return true;
  }
  if (there.starts_with("<!--")) return skip_to("-->", token);
  if (there.starts_with("<?")) return skip_to("?>", token);
  if (there.starts_with("<!")) return document_type(token);
  return tag(token);
}

bool Tokens::skip_to(std::string_view stop, Token& token) {
  const std::uint64_t begin = offset_;
  offset_ += 2;
  while (true) {
    const std::string_view there = window_.at(offset_, kMostPiece);
    if (there.size() < stop.size()) {
      offset_ += there.size();
      break;
    }
    const std::size_t at = there.find(stop);
    if (at != std::string_view::npos) {
      offset_ += at + stop.size();
      break;
    }
    offset_ += there.size() - (stop.size() - 1);
  }
  token.kind = Token::other;
  token.offset = begin;
  token.length = offset_ - begin;
  return true;
}

// Text to `stop`, which of a CDATA section belongs to the token and else does not.
bool Tokens::piece(Token& token, std::string_view stop) {
  const bool cdata = in_cdata_;
  token.kind = cdata ? Token::cdata : Token::text;
  std::string_view there = window_.at(offset_, 4096);
  std::size_t at = there.find(stop);
  if (at == std::string_view::npos) {
    there = window_.at(offset_, kMostPiece + 8).substr(0, kMostPiece + 8);
    at = there.find(stop);
  }
  const bool ends = at != std::string_view::npos;
  const bool last = !ends && there.size() <= kMostPiece;
  std::size_t length = ends ? at : std::min(there.size(), kMostPiece);
  if (!ends && !last) {
    const std::size_t whole = text::cut(there, length).size();
    if (length - whole < 4) length = whole;
  }
  token.raw = there.substr(0, length);
  token.raw_offset = offset_;
  const std::size_t closing = ends && cdata ? stop.size() : 0;
  token.length = length + closing;
  offset_ += token.length;
  if (cdata && (ends || last)) in_cdata_ = false;
  return token.length != 0 || cdata;
}

bool Tokens::tag(Token& token) {
  std::string_view there = window_.at(offset_, 4096);
  std::size_t close = 0;
  for (int round = 0;; ++round) {
    char quote = '\0';
    close = 1;
    // Quotes count only behind '=': elsewhere they are damage.
    char before = '\0';
    for (; close < there.size() && close < kMostTag; ++close) {
      const char c = there[close];
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if ((c == '"' || c == '\'') && before == '=') {
        quote = c;
      } else if (c == '>' || c == '<') {
        break;
      }
      if (!is_space(c)) before = c;
    }
    if (close < there.size() || round == 1) break;
    there = window_.at(offset_, kMostTag);
  }
  const bool ending = there.size() > 1 && there[1] == '/';
  const std::size_t name_at = ending ? 2 : 1;
  const bool named = name_at < there.size() && begins_name(there[name_at]);
  if (close >= there.size() || close >= kMostTag || there[close] != '>' || !named) {
    token.kind = Token::bad;
    token.length = 1;
    token.raw = there.substr(0, 1);
    token.raw_offset = offset_;
    offset_ += 1;
    return true;
  }
  const std::size_t stop = name_end(there, name_at);
  token.kind = ending ? Token::end : Token::start;
  token.name = there.substr(name_at, stop - name_at);
  token.length = close + 1;
  if (!ending) {
    token.empty = there[close - 1] == '/';
    const std::size_t end = token.empty ? close - 1 : close;
    if (end > stop)
      read_attributes(there.substr(stop, end - stop), offset_ + stop, token.attributes);
  }
  offset_ += token.length;
  return true;
}

// <!DOCTYPE name [ ... ]>: passed over, in whatever length.
bool Tokens::document_type(Token& token) {
  const std::uint64_t begin = offset_;
  offset_ += 2;
  int brackets = 0;
  char quote = '\0';
  bool done = false;
  while (!done) {
    const std::string_view there = window_.at(offset_, 4096);
    if (there.empty()) break;
    std::size_t at = 0;
    for (; at < there.size() && !done; ++at) {
      const char c = there[at];
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '[') {
        ++brackets;
      } else if (c == ']') {
        --brackets;
      } else if (c == '>' && brackets <= 0) {
        done = true;
      }
    }
    offset_ += at;
  }
  token.kind = Token::other;
  token.offset = begin;
  token.length = offset_ - begin;
  return true;
}

std::string unreferenced(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t end = raw[at] == '&' ? raw.substr(at, 12).find(';') : std::string_view::npos;
    if (end == std::string_view::npos) {
      out.push_back(raw[at++]);
      continue;
    }
    std::string_view name = raw.substr(at + 1, end - 1);
    std::uint32_t code = 0;
    if (name == "lt") code = '<';
    if (name == "gt") code = '>';
    if (name == "amp") code = '&';
    if (name == "quot") code = '"';
    if (name == "apos") code = '\'';
    if (name.starts_with('#')) {
      const bool hex = name.starts_with("#x") || name.starts_with("#X");
      name.remove_prefix(hex ? 2 : 1);
      const char* const last = name.data() + name.size();
      const auto [stop, error] = std::from_chars(name.data(), last, code, hex ? 16 : 10);
      const bool character = error == std::errc{} && stop == last && code != 0 &&
                             code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      if (!character) code = 0;
    }
    if (code == 0)
      out.append(raw.substr(at, end + 1));
    else
      text::append_utf8(out, code);
    at += end + 1;
  }
  return out;
}

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace xml
