#include "page_blocks.hpp"

#include <algorithm>

#include "html/rules.hpp"

namespace facebook {
namespace {

// The classes of the years: to 2018, 2018 to 2021, since 2021.
bool is_heading(const html::Token& token) {
  return (token.has_class("_a6-h") && token.has_class("_a6-i")) || token.has_class("_2lek") ||
         (token.name() == "span" && token.has_class("user"));
}
bool is_time(const html::Token& token) {
  return token.has_class("_a72d") || token.has_class("_2lem") ||
         (token.name() == "span" && token.has_class("meta"));
}
// Elements that are part of a line; any other ends the run of text that it stands in.
bool is_inline(std::string_view name) {
  static constexpr std::string_view kNames[] = {"a",      "b",    "i",   "u",    "em",
                                                "strong", "span", "br",  "font", "small",
                                                "wbr",    "code", "sub", "sup"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}
bool is_address(std::string_view value) {
  return value.starts_with("http:") || value.starts_with("https:") ||
         value.starts_with("mailto:") || value.starts_with("//") || value.starts_with("#") ||
         value.starts_with("tel:") || value.starts_with("javascript:");
}

}  // namespace

void Block::clear(std::uint64_t at) {
  heading = time = {};
  begins_thread = false;
  pieces.clear();
  items.clear();
  links.clear();
  begin = end = at;
}

bool Blocks::next(Block& block) {
  block.clear(event_.where.end());
  if (has_event_) block.begin = event_.where.offset;
  for (;;) {
    if (!has_event_ && !elements_.next(event_)) break;
    has_event_ = false;
    if (!take(event_, block)) {
      has_event_ = true;
      block.end = event_.where.offset;
      return true;
    }
    // A block without a heading ends with its time.
    if (inside_ == 0 && block.time.length != 0 && block.heading.length == 0) {
      block.end = event_.where.end();
      return true;
    }
  }
  end_piece(block);
  block.end = event_.where.end();
  return !block.empty();
}

// False where the event belongs to the next block.
bool Blocks::take(const html::Event& event, Block& block) {
  switch (event.what) {
    case html::Event::opened: {
      const bool heads = is_heading(event.token);
      const bool threads = event.token.name() == "div" && event.token.has_class("thread");
      if (inside_ == 0 && (((heads || threads) && !block.empty()) || block.size() >= kMostPieces)) {
        end_piece(block);
        return false;
      }
      if (threads) block.begins_thread = true;
      opened(event.token, block);
      return true;
    }
    case html::Event::closed: {
      if (!is_inline(event.element.name) || event.element.mark != none) end_piece(block);
      if (event.element.mark == none) return true;
      --inside_;
      if (event.element.mark == heading) block.heading = event.element.inner();
      if (event.element.mark == time) {
        block.time = event.element.inner();
      }
      if (event.element.mark == list_item) block.items.push_back(event.element.inner());
      return true;
    }
    case html::Event::text:
      if (inside_ == 0) piece(event, block);
      return true;
    case html::Event::raw:
      if (event.token.name() == "title" && title_.length == 0) title_ = event.where;
      return true;
    case html::Event::other: return true;
  }
  return true;
}

void Blocks::opened(const html::Token& token, Block& block) {
  if (!is_inline(token.name())) end_piece(block);
  for (const char* name : {"href", "src", "title", "alt", "datetime"}) {
    const html::Attribute found = token.attribute(name);
    if (found.where.length == 0 || token.name() == "link" || token.name() == "script") continue;
    const bool is_place = std::string_view(name) == "href" || std::string_view(name) == "src";
    if (!is_place && found.value.find_first_not_of(" \t\r\n") == found.value.npos) continue;
    block.links.push_back({found.where, is_place && !is_address(found.value), is_place, name});
  }
  if (html::is_void(token.name()) || elements_.open().empty()) return;
  html::Element& element = elements_.open().back();
  if (element.tag.offset != token.where.offset) return;
  if (inside_ == 0 && is_heading(token)) element.mark = heading;
  if (inside_ == 0 && is_time(token)) element.mark = time;
  if (inside_ == 0 && token.name() == "li") element.mark = list_item;
  if (element.mark != none) {
    end_piece(block);
    ++inside_;
  }
}

void Blocks::piece(const html::Event& event, Block&) {
  if (run_.length == 0)
    run_ = event.where;
  else
    run_.length = event.where.end() - run_.offset;
}

void Blocks::end_piece(Block& block) {
  if (run_.length != 0) block.pieces.push_back(run_);
  run_ = {};
}

}  // namespace facebook
