#pragma once
// The elements of a page as they open and close, over the tokens: which element the current place
// is in, and where each ends, also where end tags are left out, wrong or missing. No tree is built
// and nothing recurses: what is open is a list of bounded length.
//
//   html::Elements elements(bytes);
//   html::Event event;
//   while (elements.next(event))
//     if (event.what == html::Event::closed && event.element.has_class("text"))
//       use(event.element.inner());
//
// What a browser would move (content of tables, of <head>) stays where it stands.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "html/tokens.hpp"

namespace html {

struct Element {
  std::string name;     // lower case
  std::string classes;  // of the class attribute; its first 4,096 bytes
  std::string id;
  Range tag;              // the start tag
  std::uint64_t end = 0;  // once closed: where its content ends
  int mark = 0;           // for whoever walks: what this element is to them

  bool has_class(std::string_view word) const { return holds_word(classes, word); }
  Range inner() const { return {tag.end(), end - tag.end()}; }
};

struct Event {
  enum What {
    opened,  // `token` is the start tag; the element is open().back() unless it is void
    closed,  // `element` is the one that ended, no longer open
    text,    // `token` is character data
    raw,     // `token` is the inside of open().back(), a script, title, ...
    other,   // `token` is a comment, an end tag without a start, ...
  };
  What what = other;
  Token token;
  Element element;
  Range where;  // of the token; of a closed element its end tag, empty where it has none
};

class Elements {
 public:
  // Elements deeper than this are passed as `other`, and counted.
  static constexpr std::size_t kDeepest = 512;

  explicit Elements(Bytes& bytes, Range part = {0, ~std::uint64_t{0}}) : tokens_(bytes, part) {}

  bool next(Event& event);

  // From the outermost to the innermost; what was opened last is open right after its event.
  std::span<Element> open() { return {slots_.data(), depth_}; }
  // The innermost open element of a class, or null.
  Element* inside(std::string_view word);

  std::uint64_t too_deep() const { return too_deep_; }

 private:
  static constexpr std::size_t kNone = ~std::size_t{0};

  bool close_pending(Event& event);
  void start(Event& event);
  void end(Event& event);
  std::size_t implied_end(std::string_view opening) const;
  std::size_t matching(std::string_view name) const;
  void close(std::size_t at, std::uint64_t end, Range tag, Event& event);

  Tokens tokens_;
  std::vector<Element> slots_;  // the first depth_ of them are open; the rest is memory for others
  std::size_t depth_ = 0;
  std::size_t close_to_ = kNone;  // elements from here on close before anything else
  std::uint64_t close_at_ = 0;
  Range end_tag_;  // of the outermost of them
  Token waiting_;  // a start tag whose turn comes then
  bool start_waits_ = false;
  std::uint64_t offset_ = 0;  // how far the tokens are
  std::uint64_t too_deep_ = 0;
};

}  // namespace html
