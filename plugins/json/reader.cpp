#include "reader.hpp"

#include <cstring>

#include "text.hpp"

namespace json {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_space(int c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_number(std::string_view word) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < word.size() && is_digit(word[at])) ++at;
    return at > from;
  };
  if (at < word.size() && word[at] == '-') ++at;
  if (!digits()) return false;
  if (at < word.size() && word[at] == '.') {
    ++at;
    if (!digits()) return false;
  }
  if (at < word.size() && (word[at] == 'e' || word[at] == 'E')) {
    ++at;
    if (at < word.size() && (word[at] == '+' || word[at] == '-')) ++at;
    if (!digits()) return false;
  }
  return at == word.size();
}

Kind kind_of(std::string_view word) {
  if (word == "true" || word == "false") return Kind::boolean;
  if (word == "null") return Kind::null;
  return is_number(word) ? Kind::number : Kind::bare;
}

bool ends_word(int c) {
  return c < 0x20 || c == ' ' || c == ',' || c == ']' || c == '}' || c == ':' || c == '"' ||
         c == '{' || c == '[';
}

}  // namespace

Reader::Reader(const Source& source, DefectSink& defects, Limits limits)
    : bytes_(source), defects_(defects), limits_(limits) {
  if (bytes_.rest(kByteOrderMark.size()).substr(0, kByteOrderMark.size()) == kByteOrderMark)
    bytes_.advance(kByteOrderMark.size());
}

const Token& Reader::next() {
  bytes_.release();
  for (;;) {
    if (state_ == State::done) {
      token_ = {};
      token_.offset = token_.end = bytes_.offset();
      return token_;
    }
    skip_space();
    const int c = bytes_.peek();
    if (c < 0 ? at_end() : step(c)) return token_;
  }
}

void Reader::leave() {
  const std::size_t outside = depth() == 0 ? 0 : depth() - 1;
  while (depth() > outside && next().kind != Kind::end) {
  }
}

void Reader::skip_space() {
  for (std::string_view rest = bytes_.rest(); !rest.empty(); rest = bytes_.rest()) {
    std::size_t n = 0;
    while (n < rest.size() && is_space(rest[n])) ++n;
    bytes_.advance(n);
    if (n < rest.size()) return;
  }
}

bool Reader::step(int c) {
  switch (state_) {
    case State::before_key: return key(c);
    case State::before_colon: return colon(c);
    case State::before_value: return value(c);
    case State::after_value: return behind_value(c);
    case State::done: break;
  }
  return false;
}

bool Reader::key(int c) {
  if (c == '"') return string(Kind::key);
  if (c == '}' || c == ']') return close(c);
  if (c == ',' || c == ':' || c == '{' || c == '[') {
    pass(c == ',' ? Defect::extra_comma : Defect::stray_character);
    return false;
  }
  return word(Kind::key);
}

bool Reader::colon(int c) {
  if (c == ':') {
    bytes_.advance(1);
    state_ = State::before_value;
    return false;
  }
  defects_.found(Defect::missing_colon, bytes_.offset(), 0);
  return put_missing();
}

bool Reader::value(int c) {
  if (c == '{') return open(Kind::begin_object);
  if (c == '[') return open(Kind::begin_array);
  if (c == '"') return string(Kind::string);
  if (c == ',' || c == ']' || c == '}') {
    if (in_object()) {
      defects_.found(Defect::missing_value, bytes_.offset(), 0);
      return put_missing();
    }
    if (c != ',') return close(c);
  }
  if (c == ',' || c == ':') {
    pass(c == ',' ? Defect::extra_comma : Defect::stray_character);
    return false;
  }
  return word(Kind::bare);
}

bool Reader::behind_value(int c) {
  if (c == '}' || c == ']') return close(c);
  if (c == ':') {
    pass(Defect::stray_character);
    return false;
  }
  if (c == ',') {
    bytes_.advance(1);
    after_comma_ = true;
  } else {
    defects_.found(Defect::missing_comma, bytes_.offset(), 0);
  }
  state_ = in_object() ? State::before_key : State::before_value;
  return false;
}

bool Reader::at_end() {
  if (state_ == State::before_colon || (state_ == State::before_value && in_object())) {
    defects_.found(Defect::missing_value, bytes_.offset(), 0);
    return put_missing();
  }
  if (depth() == 0) {
    state_ = State::done;
    return false;
  }
  if (!told_cut_) defects_.found(Defect::cut, bytes_.offset(), 0);
  told_cut_ = true;
  return put_end(0);
}

bool Reader::open(Kind kind) {
  if (depth() == limits_.depth) {
    defects_.found(Defect::too_deep, bytes_.offset(), 0);
    state_ = State::done;
    return false;
  }
  token_ = {kind, Form::plain, bytes_.offset(), 1, {}, bytes_.offset() + 1};
  bytes_.advance(1);
  const bool is_object = kind == Kind::begin_object;
  is_object_.push_back(is_object);
  objects_ += is_object ? 1 : 0;
  state_ = is_object ? State::before_key : State::before_value;
  after_comma_ = false;
  return true;
}

bool Reader::close(int c) {
  const bool closes_object = c == '}';
  const std::size_t such = closes_object ? objects_ : depth() - objects_;
  if (such == 0) {
    pass(Defect::stray_character);
    return false;
  }
  if (after_comma_) defects_.found(Defect::extra_comma, bytes_.offset(), 0);
  after_comma_ = false;
  if (in_object() == closes_object) return put_end(1);
  defects_.found(Defect::unclosed, bytes_.offset(), 0);
  return put_end(0);
}

bool Reader::put_end(std::uint64_t length) {
  const bool was_object = is_object_.back();
  token_ = {was_object ? Kind::end_object : Kind::end_array,
            Form::plain,
            bytes_.offset(),
            length,
            {},
            bytes_.offset() + length};
  bytes_.advance(length);
  is_object_.pop_back();
  objects_ -= was_object ? 1 : 0;
  state_ = depth() == 0 ? State::before_value : State::after_value;
  return true;
}

bool Reader::put_missing() {
  token_ = {Kind::missing, Form::plain, bytes_.offset(), 0, {}, bytes_.offset()};
  state_ = State::after_value;
  return true;
}

void Reader::pass(Defect defect) {
  defects_.found(defect, bytes_.offset(), 1);
  bytes_.advance(1);
}

// The bytes from `begin` on belong to the token, unless there are too many of them.
void Reader::hold(std::uint64_t begin) {
  if (!holds_ || bytes_.offset() - begin <= limits_.longest) return;
  holds_ = false;
  bytes_.release();
}

bool Reader::string(Kind kind) {
  bytes_.advance(1);
  const std::uint64_t begin = bytes_.offset();
  token_ = {kind, Form::plain, begin, 0, {}, begin};
  bool saw_high = false;
  holds_ = true;
  bytes_.mark();
  scan_string(saw_high);
  token_.length = bytes_.offset() - begin;
  if (holds_) {
    token_.raw = bytes_.since_mark();
    if (saw_high && !is_utf8(token_.raw)) find_ill_formed();
  } else {
    token_.form = Form::unread;
  }
  if (bytes_.peek() == '"') {
    bytes_.advance(1);
  } else {
    defects_.found(Defect::cut_string, begin, token_.length);
  }
  // peek() may have moved what is held.
  if (holds_) token_.raw = bytes_.since_mark().substr(0, token_.length);
  token_.end = bytes_.offset();
  state_ = kind == Kind::key ? State::before_colon
           : depth() == 0    ? State::before_value
                             : State::after_value;
  after_comma_ = false;
  return true;
}

// Up to the closing quote or the end of the input.
void Reader::scan_string(bool& saw_high) {
  constexpr std::size_t kLongestEscape = 12;
  const std::uint64_t begin = bytes_.offset();
  for (;;) {
    const std::string_view rest = bytes_.rest();
    if (rest.empty()) return;
    const std::size_t run = plain_run(rest, saw_high);
    bytes_.advance(run);
    hold(begin);
    if (run == rest.size()) continue;
    const char c = rest[run];
    if (c == '"') return;
    if (c != '\\') {
      token_.form = Form::repaired;
      pass(Defect::control_character);
      continue;
    }
    const std::string_view ahead = bytes_.rest(kLongestEscape);
    if (const Escape escape = escape_at(ahead); escape.length != 0) {
      if (token_.form == Form::plain) token_.form = Form::escaped;
      bytes_.advance(escape.length);
    } else {
      const bool is_hex = is_hex_escape(ahead);
      const std::size_t length = is_hex ? 4 : 1;
      token_.form = Form::repaired;
      defects_.found(is_hex ? Defect::hex_escape : Defect::odd_escape, bytes_.offset(), length);
      bytes_.advance(length);
    }
  }
}

// Names each place of the held string that is no UTF-8.
void Reader::find_ill_formed() {
  token_.form = Form::repaired;
  const std::string_view raw = token_.raw;
  for (std::size_t at = utf8_prefix(raw); at < raw.size();) {
    const bool is_separator =
        at >= 6 && (raw.substr(at - 6, 6) == "\\u2028" || raw.substr(at - 6, 6) == "\\u2029");
    const std::size_t stray =
        is_separator ? stray_bytes(raw[at - 1] == '8' ? 0x2028 : 0x2029, raw.substr(at)) : 0;
    const std::size_t length = stray != 0 ? stray : 1;
    defects_.found(stray != 0 ? Defect::stray_bytes : Defect::ill_formed_utf8, token_.offset + at,
                   length);
    at += length;
    at += utf8_prefix(raw.substr(at));
  }
}

bool Reader::word(Kind kind) {
  const std::uint64_t begin = bytes_.offset();
  holds_ = true;
  bytes_.mark();
  const auto run_to = [&](const auto& stops) {
    for (std::string_view rest = bytes_.rest(); !rest.empty(); rest = bytes_.rest()) {
      std::size_t n = 0;
      while (n < rest.size() && !stops(static_cast<unsigned char>(rest[n]))) ++n;
      bytes_.advance(n);
      hold(begin);
      if (n < rest.size()) return;
    }
  };
  run_to(ends_word);
  Kind found = kind == Kind::key ? Kind::key : holds_ ? kind_of(bytes_.since_mark()) : Kind::bare;
  if (found == Kind::bare || found == Kind::key) {
    // A path, as Telegram writes it: it may hold spaces and most signs.
    const int closing = in_object() ? '}' : depth() == 0 ? '\n' : ']';
    run_to([&](int c) {
      return c == ',' || c == '\n' || c == '\r' || c == closing || (kind == Kind::key && c == ':');
    });
  }
  std::uint64_t length = bytes_.offset() - begin;
  if (holds_) {
    token_.raw = bytes_.since_mark();
    while (!token_.raw.empty() && is_space(token_.raw.back())) token_.raw.remove_suffix(1);
    length = token_.raw.size();
  }
  if (length == 0) {  // a character that begins nothing
    pass(Defect::stray_character);
    bytes_.release();
    return false;
  }
  const std::string_view raw = token_.raw;
  token_ = {found, holds_ ? Form::plain : Form::unread, begin, length, {}, begin + length};
  if (holds_) token_.raw = raw;
  if (holds_ && !is_utf8(raw)) token_.form = Form::broken;
  if (found == Kind::bare || found == Kind::key) defects_.found(Defect::bare_token, begin, length);
  state_ = kind == Kind::key ? State::before_colon
           : depth() == 0    ? State::before_value
                             : State::after_value;
  after_comma_ = false;
  return true;
}

}  // namespace json
