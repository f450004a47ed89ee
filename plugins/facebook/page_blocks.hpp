#pragma once
// The blocks of a page of an export, one after the other.

#include <cstdint>
#include <vector>

#include "html/elements.hpp"
#include "html/text.hpp"

namespace facebook {

struct Link {
  html::Range where;     // the value of the attribute
  bool is_file = false;  // src, or an href into the export
  bool is_link = true;   // else words about something: title, alt, datetime
  const char* name = "href";
};

struct Block {
  html::Range heading;  // its content; length 0 where there is none
  html::Range time;
  std::vector<html::Range> pieces;  // runs of text in the body, in order
  std::vector<html::Range> items;   // entries of a list: reactions
  std::vector<Link> links;
  bool begins_thread = false;  // to 2018 one page could hold many
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  void clear(std::uint64_t at);
  std::size_t size() const { return pieces.size() + items.size() + links.size(); }
  bool empty() const {
    return heading.length == 0 && time.length == 0 && pieces.empty() && items.empty() &&
           links.empty();
  }
};

class Blocks {
 public:
  static constexpr std::size_t kMostPieces = 1000;  // of one block; what is more begins another

  explicit Blocks(html::Bytes& bytes) : elements_(bytes) {}

  // False at the end. What stands before the first heading, or between a time and the next heading,
  // is a block without heading.
  bool next(Block& block);
  html::Range title() const { return title_; }
  std::uint64_t too_deep() const { return elements_.too_deep(); }

 private:
  enum Mark { none, heading, time, list_item, outer };

  bool take(const html::Event& event, Block& block);
  void opened(const html::Token& token, Block& block);
  void piece(const html::Event& event, Block& block);
  void end_piece(Block& block);

  html::Elements elements_;
  html::Event event_;
  bool has_event_ = false;  // event_ is to be looked at again, by the next block
  int inside_ = 0;          // headings, times and entries that are open
  html::Range run_;         // of text, not ended yet
  html::Range title_;
};

}  // namespace facebook
