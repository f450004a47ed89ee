#include "sql.hpp"

#include <algorithm>

namespace sqlite {
namespace {

constexpr char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_word(char c) {
  return is_digit(c) || (upper(c) >= 'A' && upper(c) <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}
constexpr bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

}  // namespace

bool equal_names(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, upper, upper);
}

std::string Token::text() const {
  if (kind != TokenKind::quoted && kind != TokenKind::text) return std::string(raw);
  std::string out;
  const char close = raw.front() == '[' ? ']' : raw.front();
  const std::size_t end = raw.size() > 1 && raw.back() == close ? raw.size() - 1 : raw.size();
  for (std::size_t i = 1; i < end; ++i) {
    out += raw[i];
    if (raw[i] == close && close != ']') ++i;
  }
  return out;
}

bool Token::is(std::string_view wanted) const {
  return kind == TokenKind::word && equal_names(raw, wanted);
}

void Tokens::skip_parenthesis() {
  for (std::size_t depth = 1; depth > 0 && token_.kind != TokenKind::end; next()) {
    if (token_.is_sign('(')) ++depth;
    if (token_.is_sign(')')) --depth;
  }
}

void Tokens::skip_space() {
  while (at_ < sql_.size()) {
    const std::string_view rest = sql_.substr(at_);
    if (is_space(rest[0])) {
      ++at_;
    } else if (rest.starts_with("--")) {
      const std::size_t end = rest.find('\n');
      at_ = end == std::string_view::npos ? sql_.size() : at_ + end + 1;
    } else if (rest.starts_with("/*")) {
      const std::size_t end = rest.find("*/", 2);
      at_ = end == std::string_view::npos ? sql_.size() : at_ + end + 2;
    } else {
      return;
    }
  }
}

// Behind the closing quote of what begins at at_; the end where there is none.
std::size_t Tokens::quoted_end(char close) const {
  for (std::size_t i = at_ + 1; i < sql_.size(); ++i) {
    if (sql_[i] != close) continue;
    const bool doubled = close != ']' && i + 1 < sql_.size() && sql_[i + 1] == close;
    if (!doubled) return i + 1;
    ++i;
  }
  return sql_.size();
}

void Tokens::next() {
  skip_space();
  if (at_ >= sql_.size()) {
    token_ = {};
    return;
  }
  const char c = sql_[at_];
  std::size_t end = at_ + 1;
  TokenKind kind = TokenKind::sign;
  if (c == '"' || c == '`' || c == '[') {
    kind = TokenKind::quoted;
    end = quoted_end(c == '[' ? ']' : c);
  } else if (c == '\'') {
    kind = TokenKind::text;
    end = quoted_end(c);
  } else if (upper(c) == 'X' && end < sql_.size() && sql_[end] == '\'') {
    kind = TokenKind::blob;
    ++at_;
    end = quoted_end('\'');
    --at_;
  } else if (is_digit(c) || (c == '.' && end < sql_.size() && is_digit(sql_[end]))) {
    kind = TokenKind::number;
    while (end < sql_.size()) {
      const bool exponent_sign =
          (sql_[end] == '+' || sql_[end] == '-') && upper(sql_[end - 1]) == 'E';
      if (!is_word(sql_[end]) && sql_[end] != '.' && !exponent_sign) break;
      ++end;
    }
  } else if (is_word(c)) {
    kind = TokenKind::word;
    while (end < sql_.size() && is_word(sql_[end])) ++end;
  }
  token_ = {kind, sql_.substr(at_, end - at_)};
  at_ = end;
}

}  // namespace sqlite
