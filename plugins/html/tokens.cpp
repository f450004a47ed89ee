#include "html/tokens.hpp"

#include <algorithm>

#include "html/rules.hpp"

namespace html {
namespace {

constexpr std::size_t kMostName = 64;
constexpr std::size_t kMostValue = 4096;
constexpr std::size_t kMostAttributes = 256;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
bool is_letter(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}
bool ends_name(char c) {
  return is_space(c) || c == '/' || c == '>';
}

// A tag, a comment or what a browser takes for one begins here; any other "<" is a character.
bool begins_markup(std::string_view ahead) {
  if (ahead.size() < 2) return false;
  const char next = ahead[1];
  if (is_letter(next) || next == '!' || next == '?') return true;
  return next == '/' && ahead.size() > 2;
}

// "</name" followed by what ends a name.
bool closes(std::string_view ahead, std::string_view name) {
  if (ahead.size() < name.size() + 3 || ahead[1] != '/') return false;
  for (std::size_t i = 0; i < name.size(); ++i)
    if (lower(ahead[i + 2]) != name[i]) return false;
  return ends_name(ahead[name.size() + 2]);
}

}  // namespace

bool holds_word(std::string_view words, std::string_view name) {
  for (std::size_t at = words.find(name); at != std::string_view::npos;
       at = words.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || is_space(words[at - 1])) && (end == words.size() || is_space(words[end])))
      return !name.empty();
  }
  return false;
}

void Token::clear(Kind what, std::uint64_t offset) {
  kind = what;
  where = {offset, 0};
  self_closing = cut = false;
  dropped = 0;
  held_.clear();
  name_length_ = 0;
  attributes_.clear();
}

Attribute Token::attribute(std::size_t i) const {
  const Held& held = attributes_[i];
  const std::string_view all = held_;
  return {all.substr(held.name, held.name_length), all.substr(held.value, held.value_length),
          held.where};
}

Attribute Token::attribute(std::string_view name) const {
  for (std::size_t i = 0; i < attributes_.size(); ++i)
    if (const Attribute found = attribute(i); found.name == name) return found;
  return {};
}

bool Token::has(std::string_view name) const {
  return !attribute(name).name.empty();
}

bool Token::has_class(std::string_view name) const {
  return holds_word(value("class"), name);
}

bool Tokens::next(Token& token) {
  if (cursor_.done()) return false;
  if (!inside_.empty()) {
    raw(token);
    if (token.where.length != 0) return true;
    if (cursor_.done()) return false;
  }
  if (!at_markup())
    text(token);
  else if (const char next = cursor_.look(2)[1];
           is_letter(next) || (next == '/' && is_letter(cursor_.look(3)[2])))
    tag(token);
  else
    comment(token);
  return true;
}

bool Tokens::at_markup() {
  return cursor_.at_hand().front() == '<' && begins_markup(cursor_.look(3));
}

void Tokens::finish(Token& token, bool closed) {
  token.where.length = cursor_.offset() - token.where.offset;
  token.cut = !closed;
}

void Tokens::text(Token& token) {
  token.clear(Kind::text, cursor_.offset());
  do cursor_.advance(1);
  while (cursor_.find('<') && !begins_markup(cursor_.look(3)));
  finish(token, true);
}

void Tokens::raw(Token& token) {
  token.clear(Kind::raw, cursor_.offset());
  token.held_ = inside_;
  token.name_length_ = inside_.size();
  bool closed = false;
  while (!closed && cursor_.find('<')) {
    closed = closes(cursor_.look(inside_.size() + 3), inside_);
    if (!closed) cursor_.advance(1);
  }
  inside_.clear();
  finish(token, closed);
}

void Tokens::comment(Token& token) {
  token.clear(Kind::comment, cursor_.offset());
  const std::string_view ahead = cursor_.look(6);
  if (!ahead.starts_with("<!--")) {
    const bool closed = cursor_.find('>');
    if (closed) cursor_.advance(1);
    return finish(token, closed);
  }
  // "<!-->" and "<!--->" are whole comments.
  cursor_.advance(ahead.substr(4).starts_with("->") ? 6 : ahead.substr(4).starts_with(">") ? 5 : 4);
  if (cursor_.offset() - token.where.offset > 4) return finish(token, true);
  while (cursor_.find('-')) {
    const std::string_view end = cursor_.look(4);
    const std::size_t length = end.starts_with("-->") ? 3 : end.starts_with("--!>") ? 4 : 0;
    cursor_.advance(std::max<std::size_t>(length, 1));
    if (length != 0) return finish(token, true);
  }
  finish(token, false);
}

// A name in lower case, held until `out` has `most` bytes.
template <class Ends>
void Tokens::take_name(std::string& out, std::size_t most, Ends ends) {
  while (!cursor_.done()) {
    const std::string_view ahead = cursor_.at_hand();
    const auto end = std::find_if(ahead.begin(), ahead.end(), ends);
    const auto length = static_cast<std::size_t>(end - ahead.begin());
    const std::size_t old = out.size();
    out.append(ahead.substr(0, std::min(length, most - std::min(most, old))));
    for (std::size_t i = old; i < out.size(); ++i) out[i] = lower(out[i]);
    cursor_.advance(length);
    if (end != ahead.end()) return;
  }
}

void Tokens::tag(Token& token) {
  const bool is_close = cursor_.look(2)[1] == '/';
  token.clear(is_close ? Kind::close : Kind::start, cursor_.offset());
  cursor_.advance(is_close ? 2 : 1);
  take_name(token.held_, kMostName, [](char c) { return ends_name(c); });
  token.name_length_ = token.held_.size();
  attributes(token);
  if (token.kind == Kind::start && is_raw(token.name())) inside_ = token.name();
}

void Tokens::attributes(Token& token) {
  while (!cursor_.done()) {
    const char c = cursor_.at_hand().front();
    if (c == '>') {
      cursor_.advance(1);
      return finish(token, true);
    }
    if (is_space(c) || c == '/') {
      token.self_closing = c == '/' && cursor_.look(2).substr(1).starts_with('>');
      cursor_.advance(1);
      continue;
    }
    Token::Held held;
    attribute_name(token, held);
    attribute_value(token, held);
    if (token.attributes_.size() < kMostAttributes)
      token.attributes_.push_back(held);
    else
      ++token.dropped;
  }
  finish(token, false);
}

void Tokens::attribute_name(Token& token, Token::Held& held) {
  held.name = static_cast<std::uint32_t>(token.held_.size());
  const std::size_t room = token.attributes_.size() < kMostAttributes ? kMostName : 0;
  if (cursor_.at_hand().front() == '=') {  // even that can begin a name
    if (room != 0) token.held_ += '=';
    cursor_.advance(1);
  }
  take_name(token.held_, held.name + room, [](char c) { return ends_name(c) || c == '='; });
  held.name_length = static_cast<std::uint32_t>(token.held_.size()) - held.name;
}

void Tokens::attribute_value(Token& token, Token::Held& held) {
  held.value = static_cast<std::uint32_t>(token.held_.size());
  held.where = {cursor_.offset(), 0};
  const auto skip_spaces = [this] {
    while (!cursor_.done() && is_space(cursor_.at_hand().front())) cursor_.advance(1);
  };
  skip_spaces();
  if (cursor_.done() || cursor_.at_hand().front() != '=') return;
  cursor_.advance(1);
  skip_spaces();
  if (cursor_.done()) return;
  const char quote = cursor_.at_hand().front();
  const bool quoted = quote == '"' || quote == '\'';
  if (quoted) cursor_.advance(1);
  held.where.offset = cursor_.offset();

  const std::size_t room = token.attributes_.size() < kMostAttributes ? kMostValue : 0;
  bool closed = false;
  while (!closed && !cursor_.done()) {
    const std::string_view ahead = cursor_.at_hand();
    const auto end = quoted ? std::find(ahead.begin(), ahead.end(), quote)
                            : std::find_if(ahead.begin(), ahead.end(),
                                           [](char c) { return is_space(c) || c == '>'; });
    const auto length = static_cast<std::size_t>(end - ahead.begin());
    token.held_.append(
        ahead.substr(0, std::min(length, room - std::min(room, token.held_.size() - held.value))));
    closed = end != ahead.end();
    cursor_.advance(length);
  }
  held.where.length = cursor_.offset() - held.where.offset;
  held.value_length = static_cast<std::uint32_t>(token.held_.size()) - held.value;
  if (quoted && closed) cursor_.advance(1);
}

}  // namespace html
