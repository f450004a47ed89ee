#pragma once
// The elements of a document as they open and close. No tree is built and nothing recurses: what is
// open is a list of bounded length, and every element that opens also closes, at the end of the
// input if nowhere else.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "xml/tokens.hpp"

namespace xml {

struct Element {
  std::string name;  // without the prefix of its name space
  std::uint64_t offset = 0;
  std::uint64_t inner = 0;  // where its content begins
};

struct Event {
  enum What {
    opened,  // `token` is the start tag, the element is open().back()
    closed,  // `element` is the one that ended, no longer open
    text,    // `token` is text or cdata
    other,   // anything else
  };
  What what = other;
  Token token;
  Element element;
  std::uint64_t end = 0;  // of a closed element: where it ends
  bool cut = false;       // it closed without an end tag of its own
};

class Elements {
 public:
  static constexpr std::size_t kMostOpen = 256;  // deeper elements are passed over as `other`

  explicit Elements(fx::Window& window, std::uint64_t offset = 0) : tokens_(window, offset) {}

  bool next(Event& event);
  const std::vector<Element>& open() const { return open_; }
  // The innermost open element has this name, the one around it the one before, ...
  bool inside(std::string_view name) const;
  std::uint64_t offset() const { return tokens_.offset(); }
  std::uint64_t too_deep() const { return too_deep_; }
  std::uint64_t damaged() const { return damaged_; }

 private:
  bool close(Event& event);

  Tokens tokens_;
  std::vector<Element> open_;
  std::size_t to_close_ = 0;     // how many of open_ end where the last token was
  std::uint64_t closes_at_ = 0;  // the end of the last of them; those inside end before `token`
  std::uint64_t inner_end_ = 0;
  std::uint64_t deeper_ = 0;  // open elements that are not in open_
  std::uint64_t too_deep_ = 0;
  std::uint64_t damaged_ = 0;
  bool at_end_ = false;
};

}  // namespace xml
