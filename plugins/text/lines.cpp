#include "text/lines.hpp"

#include <algorithm>

namespace text {

bool Lines::next(Line& line) {
  std::string_view there = window_->at(offset_, 4096);
  std::size_t end = there.find(end_);
  if (end == std::string_view::npos || end >= kMostPiece) {
    there = window_->at(offset_, kMostPiece);
    end = there.substr(0, kMostPiece).find(end_);
  }
  if (there.empty()) return false;
  line.offset = offset_;
  line.continued = inside_;
  line.whole = end != std::string_view::npos || there.size() < kMostPiece;
  inside_ = !line.whole;
  line.length = end != std::string_view::npos ? end + 1 : std::min(there.size(), kMostPiece);
  line.text = there.substr(0, end != std::string_view::npos ? end : line.length);
  if (end != std::string_view::npos && line.text.ends_with('\r')) line.text.remove_suffix(1);
  offset_ += line.length;
  return true;
}

}  // namespace text
