#pragma once
// The tokens of an HTML page, as a browser would see them (WHATWG, section 13.2.5), with the place
// of each. Nothing is refused: what is broken or never closed is a token too. Memory is bounded
// whatever the page holds: text, comments and the inside of scripts are ranges, not strings.
//
//   html::InputBytes bytes(host);
//   html::Tokens tokens(bytes);
//   html::Token token;
//   while (tokens.next(token))
//     if (token.kind == html::Kind::start && token.name() == "a") use(token.value("href"));
//
// Differences to a browser, on purpose: a script that writes markup is not run, nor are the rules
// for "<!--" inside of scripts followed; <noscript> is content; <plaintext> is an element like
// others; character references are decoded by text.hpp, not here.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "html/bytes.hpp"

namespace html {

enum class Kind {
  text,     // character data between tags
  raw,      // the inside of <script>, <style>, <title>, <textarea> and the like: no tags in there
  start,    // <name ...>
  close,    // </name>
  comment,  // <!-- -->, <!DOCTYPE>, <? > and other markup that is no element
};

struct Attribute {
  std::string_view name;   // lower case; cut at 64 bytes
  std::string_view value;  // as it stands, references not decoded; its first 4,096 bytes
  Range where;             // of the whole value, without the quotes
};

class Token {
 public:
  Kind kind = Kind::text;
  Range where;                // of the whole token
  bool self_closing = false;  // <name/>
  bool cut = false;           // the page ends inside of it
  std::uint32_t dropped = 0;  // attributes beyond the limit: they stand in `where` only

  // Of a tag: lower case, cut at 64 bytes. Of raw content: the element that it is in.
  std::string_view name() const { return std::string_view(held_).substr(0, name_length_); }

  std::size_t attribute_count() const { return attributes_.size(); }
  Attribute attribute(std::size_t i) const;
  // The first one of that name; its value is empty and its place {0, 0} where there is none.
  Attribute attribute(std::string_view name) const;
  std::string_view value(std::string_view name) const { return attribute(name).value; }
  bool has(std::string_view name) const;
  bool has_class(std::string_view name) const;

 private:
  friend class Tokens;
  struct Held {
    std::uint32_t name = 0, name_length = 0;  // in held_
    std::uint32_t value = 0, value_length = 0;
    Range where;
  };
  void clear(Kind what, std::uint64_t offset);

  std::string held_;  // the name, then names and values of the attributes
  std::size_t name_length_ = 0;
  std::vector<Held> attributes_;
};

// Whether `name` is among the words of a class attribute.
bool holds_word(std::string_view words, std::string_view name);

class Tokens {
 public:
  explicit Tokens(Bytes& bytes, Range part = {0, ~std::uint64_t{0}})
      : cursor_(bytes, part.offset,
                part.length > ~std::uint64_t{0} - part.offset ? ~std::uint64_t{0} : part.end()) {}

  // False at the end.
  bool next(Token& token);

 private:
  bool at_markup();
  void text(Token& token);
  void raw(Token& token);
  void tag(Token& token);
  template <class Ends>
  void take_name(std::string& out, std::size_t most, Ends ends);
  void attributes(Token& token);
  void attribute_name(Token& token, Token::Held& held);
  void attribute_value(Token& token, Token::Held& held);
  void comment(Token& token);
  void finish(Token& token, bool closed);

  Cursor cursor_;
  std::string inside_;  // the raw element whose content comes next
};

}  // namespace html
