#pragma once
// A page of an HTML export, or of a public channel on the site, as blocks (messages, mostly), and
// each block as the pieces that it is made of: which text or attribute stands where, and what it is
// by the classes around it. Nothing is interpreted here and nothing left out: a text that is in no
// known place is a piece, too.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "html/elements.hpp"
#include "html/text.hpp"

namespace telegram {

// What an element is to its content.
enum class Slot : std::uint8_t {
  none,
  block,    // a message, an entry of a list, a link to another page
  body,     // of a message
  forward,  // the body of what was forwarded
  date,     // "13:11"; all of it is the attribute `title`
  from_name,
  forward_date,  // inside of from_name
  reply,
  text,     // of a message
  service,  // what a service message says
  media,    // has its classes as name
  title,    // of media, and of the page
  description,
  status,
  poll,
  question,
  answer,
  votes,  // inside of an answer
  poll_details,
  signature,
  forward_name,  // of a page of the site
  views,         // of a page of the site
  reactions,
  reaction,
  emoji,
  count,
  reactor,  // initials; the attribute `title` is the name
  buttons,
  button,
  userpic,   // has its classes as name
  initials,  // inside of a userpic
  header,    // of the page
  name,      // of an entry
  label,     // of a row
  value,     // of a row
};

struct Piece {
  enum Kind : std::uint8_t { text, attribute, begin };

  Kind kind = text;        // begin: an element of that slot, `where` is its tag
  Slot slot = Slot::none;  // what it is; of an attribute what it belongs to
  html::Range where;
  std::string name;  // of an attribute its name; of a begin its classes
  bool in_forward = false;
};

struct Block {
  enum Kind : std::uint8_t {
    header,  // what stands before the first of the others
    message,
    service,
    separator,  // of days: a service message with a negative number
    link,       // to the page before or behind
    entry,      // of a list
    rest,       // between them, and behind the last
  };
  Kind kind = rest;
  bool is_joined = false;  // by the same sender as the one before
  html::Range id;          // the number, as it stands
  std::uint64_t begin = 0, end = 0;
  std::vector<Piece> pieces;
  std::uint64_t full_at = 0;  // where there were more pieces than are kept; 0: there were not

  const Piece* find(Piece::Kind what, Slot slot, std::string_view name = {}) const;
};

class Blocks {
 public:
  static constexpr std::size_t kMostPieces = 3'000;  // of one block

  Blocks(html::Bytes& bytes, html::Values& values) : elements_(bytes), values_(values) {}

  // False at the end of the page. Blocks stand one behind the other and leave nothing out, but for
  // what stands behind the last one's end.
  bool next(Block& block);
  std::uint64_t too_deep() const { return elements_.too_deep(); }

 private:
  void enter(Block& block);
  void opened(Block& block);
  void closed(Block& block, const html::Element& element);
  void loose(Block& block);
  void attributes(Block& block, Slot slot, bool in_forward);
  void add(Block& block, Piece piece);
  void tell_leaf(Block& block, html::Element& leaf, std::uint64_t end);
  void tell_open(Block& block, std::uint64_t end);

  html::Elements elements_;
  html::Values& values_;
  html::Event event_;
  bool has_event_ = false;  // event_ begins the next block
  bool has_header_ = false;
  bool is_done_ = false;
  std::uint64_t offset_ = 0;  // how far the page was told
};

}  // namespace telegram
