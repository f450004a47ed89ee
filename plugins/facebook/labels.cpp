#include "labels.hpp"

#include <algorithm>

namespace facebook {
namespace {

// "div_table inner"; since 2023 "t i".
bool is_cell(const html::Token& token) {
  return (token.has_class("div_table") && token.has_class("inner")) ||
         (token.has_class("t") && token.has_class("i"));
}
bool is_part_of_line(std::string_view name) {
  return name == "br" || name == "a" || name == "b" || name == "i" || name == "span" ||
         name == "em" || name == "strong" || name == "wbr";
}

}  // namespace

// A run of text is over: a label is kept with its cell, a value is found.
bool Labels::end_run(Labelled& found) {
  if (run_.length == 0) return false;
  const html::Range where = values_.trimmed(run_);
  run_ = {};
  if (where.length == 0 || cells_.empty()) return false;
  Cell& here = cells_.back();
  if (run_is_label_) {
    here.label = where;
    return false;
  }
  here.has_value = true;
  found = {here.label, where, cells_.size()};
  return true;
}

bool Labels::next(Labelled& found) {
  while (pending_ || elements_.next(event_)) {
    const bool is_line =
        event_.what == html::Event::text ||
        (event_.what == html::Event::opened && is_part_of_line(event_.token.name())) ||
        (event_.what == html::Event::closed && is_part_of_line(event_.element.name));
    if (!is_line && event_.what != html::Event::other && end_run(found)) {
      pending_ = true;
      return true;
    }
    pending_ = false;
    const auto open = elements_.open();
    if (event_.what == html::Event::opened && !open.empty() &&
        open.back().tag.offset == event_.token.where.offset && is_cell(event_.token)) {
      // The cell around it has a label and no value of its own: a heading.
      const bool heads =
          !cells_.empty() && cells_.back().label.length != 0 && !cells_.back().has_value;
      Labelled heading;
      if (heads) {
        cells_.back().has_value = true;
        heading = {cells_.back().label, {}, cells_.size()};
      }
      open.back().mark = cell;
      if (cells_.size() < html::Elements::kDeepest) cells_.emplace_back();
      if (heads) {
        found = heading;
        return true;
      }
    } else if (event_.what == html::Event::closed && event_.element.mark == cell) {
      if (cells_.empty()) continue;
      const Cell ended = cells_.back();
      cells_.pop_back();
      if (ended.label.length != 0 && !ended.has_value) {
        found = {ended.label, {}, cells_.size() + 1};
        return true;
      }
    } else if (event_.what == html::Event::text && !cells_.empty()) {
      if (run_.length == 0) {
        const bool direct = !open.empty() && open.back().mark == cell;
        run_is_label_ = direct && cells_.back().label.length == 0;
        run_ = event_.where;
      } else {
        run_.length = event_.where.end() - run_.offset;
      }
    }
  }
  return end_run(found);
}

}  // namespace facebook
