#pragma once
// Words of SQL, as far as it takes to read the statements that a database keeps of its tables.

#include <cstdint>
#include <string>
#include <string_view>

namespace sqlite {

enum class TokenKind : std::uint8_t { end, word, quoted, text, blob, number, sign };

// `raw` is a part of the statement; `text()` is what it says.
struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view raw;

  // Without its quotes, doubled ones undone.
  std::string text() const;
  // Is this the unquoted word `upper`, which is in capitals?
  bool is(std::string_view upper) const;
  bool is_sign(char c) const { return kind == TokenKind::sign && raw.size() == 1 && raw[0] == c; }
  // May this name a table or column? SQLite takes even 'text' for a name.
  bool is_name() const {
    return kind == TokenKind::word || kind == TokenKind::quoted || kind == TokenKind::text;
  }
};

// Comments and white space are passed over; what is none of these is a sign of one byte.
class Tokens {
 public:
  explicit Tokens(std::string_view sql) : sql_(sql) { next(); }

  const Token& peek() const { return token_; }
  Token take() {
    const Token token = token_;
    next();
    return token;
  }
  bool take_if(std::string_view upper) {
    if (!token_.is(upper)) return false;
    next();
    return true;
  }
  bool take_sign(char c) {
    if (!token_.is_sign(c)) return false;
    next();
    return true;
  }
  // Passes the rest of a parenthesis whose opening sign was taken.
  void skip_parenthesis();

 private:
  void next();
  void skip_space();
  std::size_t quoted_end(char close) const;

  std::string_view sql_;
  std::size_t at_ = 0;
  Token token_;
};

bool equal_names(std::string_view a, std::string_view b);  // ASCII letters in any case

}  // namespace sqlite
