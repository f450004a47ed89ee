#pragma once
// XML as a sequence of tokens with their places, in bounded memory. No document type is read and no
// entity is expanded but the five that every document has: what a hostile one would blow up stays
// the few letters that it is. A document that is cut or malformed gives what stands before and
// behind the damage.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace xml {

struct Attribute {
  std::string_view name;
  std::string_view raw;      // the value as it stands, without quotes
  std::uint64_t offset = 0;  // of `raw`
};

struct Token {
  enum Kind {
    start,  // <name ...>
    end,    // </name>
    text,   // character data, a long one in pieces
    cdata,  // the inside of <![CDATA[...]]>, a long one in pieces
    other,  // comment, processing instruction, document type
    bad,    // a '<' that begins nothing
  };
  Kind kind = other;
  std::uint64_t offset = 0, length = 0;  // with the markup
  std::string_view name;                 // of a tag, with its prefix
  std::vector<Attribute> attributes;
  bool empty = false;    // <name/>
  std::string_view raw;  // of text and cdata
  std::uint64_t raw_offset = 0;

  std::uint64_t end_offset() const { return offset + length; }
};

// Views live until the next call.
class Tokens {
 public:
  static constexpr std::size_t kMostTag = std::size_t{1} << 20;
  static constexpr std::size_t kMostPiece = std::size_t{1} << 20;

  explicit Tokens(fx::Window& window, std::uint64_t offset = 0)
      : window_(window), offset_(offset) {}

  std::uint64_t offset() const { return offset_; }
  bool next(Token& token);

 private:
  // The distance to the first `stop`, or what is left.
  bool skip_to(std::string_view stop, Token& token);
  bool piece(Token& token, std::string_view stop);
  bool markup(std::string_view there, Token& token);
  bool tag(Token& token);
  bool document_type(Token& token);

  fx::Window& window_;
  std::uint64_t offset_;
  bool in_cdata_ = false;
};

// The five entities and numbers of characters as what they stand for; other references stay.
std::string unreferenced(std::string_view raw);
// Without the prefix of its name space.
std::string_view local_name(std::string_view name);

}  // namespace xml
