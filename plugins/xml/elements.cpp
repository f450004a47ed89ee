#include "xml/elements.hpp"

#include <algorithm>

namespace xml {

bool Elements::inside(std::string_view name) const {
  return std::ranges::any_of(open_, [&](const Element& each) { return each.name == name; });
}

bool Elements::close(Event& event) {
  event.what = Event::closed;
  event.element = std::move(open_.back());
  open_.pop_back();
  --to_close_;
  event.cut = to_close_ > 0 || at_end_;
  event.end = event.cut ? inner_end_ : closes_at_;
  return true;
}

bool Elements::next(Event& event) {
  if (to_close_ > 0) return close(event);
  Token& token = event.token;
  event.what = Event::other;
  event.cut = false;
  if (at_end_ || !tokens_.next(token)) {
    at_end_ = true;
    inner_end_ = closes_at_ = tokens_.offset();
    to_close_ = open_.size();
    token = {};
    token.offset = tokens_.offset();
    if (to_close_ == 0) return false;
    damaged_ += to_close_;
    return close(event);
  }
  switch (token.kind) {
    case Token::text:
    case Token::cdata: event.what = Event::text; return true;
    case Token::bad: ++damaged_; return true;
    case Token::other: return true;
    case Token::start:
      if (open_.size() >= kMostOpen) {
        ++too_deep_;
        if (!token.empty) ++deeper_;
        return true;
      }
      open_.push_back(
          {std::string(local_name(token.name).substr(0, 256)), token.offset, token.end_offset()});
      event.what = Event::opened;
      if (token.empty) {
        to_close_ = 1;
        closes_at_ = inner_end_ = token.end_offset();
      }
      return true;
    case Token::end: break;
  }
  if (deeper_ > 0) {
    --deeper_;
    return true;
  }
  const std::string_view name = local_name(token.name).substr(0, 256);
  const auto found = std::find_if(open_.rbegin(), open_.rend(),
                                  [&](const Element& each) { return each.name == name; });
  if (found == open_.rend()) {
    ++damaged_;
    return true;
  }
  to_close_ = static_cast<std::size_t>(found - open_.rbegin()) + 1;
  damaged_ += to_close_ - 1;
  inner_end_ = token.offset;
  closes_at_ = token.end_offset();
  return close(event);
}

}  // namespace xml
