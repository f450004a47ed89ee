#include "html/elements.hpp"

#include <utility>

#include "html/rules.hpp"

namespace html {

Element* Elements::inside(std::string_view word) {
  for (std::size_t i = depth_; i-- > 0;)
    if (slots_[i].has_class(word)) return &slots_[i];
  return nullptr;
}

bool Elements::next(Event& event) {
  if (close_pending(event)) return true;
  if (start_waits_) {
    start_waits_ = false;
    std::swap(event.token, waiting_);
    event.where = event.token.where;
    start(event);
    return true;
  }
  while (tokens_.next(event.token)) {
    offset_ = event.token.where.end();
    event.where = event.token.where;
    switch (event.token.kind) {
      case Kind::text: event.what = Event::text; return true;
      case Kind::raw: event.what = Event::raw; return true;
      case Kind::comment: event.what = Event::other; return true;
      case Kind::close:
        event.what = Event::other;
        end(event);
        close_pending(event);
        return true;
      case Kind::start: {
        const std::size_t ended = implied_end(event.token.name());
        if (ended == kNone) {
          start(event);
          return true;
        }
        close_to_ = ended;
        close_at_ = event.token.where.offset;
        end_tag_ = {close_at_, 0};
        std::swap(event.token, waiting_);
        start_waits_ = true;
        return close_pending(event);
      }
    }
  }
  if (depth_ == 0) return false;
  close_to_ = 0;  // the page is over
  close_at_ = offset_;
  end_tag_ = {offset_, 0};
  return close_pending(event);
}

bool Elements::close_pending(Event& event) {
  if (close_to_ == kNone) return false;
  const bool outermost = depth_ == close_to_ + 1;
  close(depth_ - 1, close_at_, outermost ? end_tag_ : Range{close_at_, 0}, event);
  if (outermost) close_to_ = kNone;
  return true;
}

void Elements::close(std::size_t at, std::uint64_t end, Range tag, Event& event) {
  event.what = Event::closed;
  event.where = tag;
  std::swap(event.element, slots_[at]);
  event.element.end = end;
  for (--depth_; at < depth_; ++at) std::swap(slots_[at], slots_[at + 1]);
}

void Elements::start(Event& event) {
  const Token& token = event.token;
  event.what = Event::opened;
  if (is_void(token.name())) return;
  if (depth_ == kDeepest) {
    ++too_deep_;
    event.what = Event::other;
    return;
  }
  if (depth_ == slots_.size()) slots_.emplace_back();
  Element& element = slots_[depth_++];
  element.name = token.name();
  element.classes.clear();
  element.id.clear();
  for (std::size_t i = token.attribute_count(); i-- > 0;) {  // the first of a name counts
    const Attribute each = token.attribute(i);
    if (each.name == "class") element.classes = each.value;
    if (each.name == "id") element.id = each.value;
  }
  element.tag = token.where;
  element.end = 0;
  element.mark = 0;
  // <path/> of a drawing; in HTML itself the slash means nothing.
  if (token.self_closing) {
    for (const Element& each : open()) {
      if (each.name != "svg" && each.name != "math") continue;
      close_to_ = depth_ - 1;
      close_at_ = token.where.end();
      end_tag_ = {close_at_, 0};
      break;
    }
  }
}

// From where on open elements end because `opening` begins.
std::size_t Elements::implied_end(std::string_view opening) const {
  std::size_t found = kNone;
  for (std::size_t i = depth_; i-- > 0;) {
    if (stops_implied_end(opening, slots_[i].name)) break;
    if (implies_end(opening, slots_[i].name)) found = i;
  }
  return found;
}

std::size_t Elements::matching(std::string_view name) const {
  for (std::size_t i = depth_; i-- > 0;) {
    if (slots_[i].name == name) return i;
    // </table> closes its cells, </td> nothing outside of its table.
    const bool part_of_table = name == "table" || name == "tr" || name == "tbody" ||
                               name == "thead" || name == "tfoot" || name == "td" || name == "th";
    const bool cell = slots_[i].name == "td" || slots_[i].name == "th";
    if (is_barrier(slots_[i].name) && !(part_of_table && cell) && name != "html" && name != "body")
      return kNone;
  }
  return kNone;
}

// An end tag: what it closes is pending, or closed where it stands below what stays open.
void Elements::end(Event& event) {
  const std::string_view name = event.token.name();
  const std::size_t found = matching(name);
  // What follows </body> is often more of the body: these end with the page.
  if (found == kNone || name == "html" || name == "body") return;
  const Range tag = event.token.where;
  if (is_formatting(name)) {
    for (std::size_t i = found + 1; i < depth_; ++i)
      if (!is_formatting(slots_[i].name))
        return close(found, tag.offset, tag, event);  // <b><div></b>
  }
  close_to_ = found;
  close_at_ = tag.offset;
  end_tag_ = tag;
}

}  // namespace html
