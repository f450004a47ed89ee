#include "shapes.hpp"

#include <algorithm>
#include <limits>

namespace whatsapp {
namespace {

// A handful of heads of many shapes is a file made by hand: there is no template to prefer.
constexpr std::uint64_t kHandMade = 12;
// A block of another shape that never mixes with the main one is a second export, not a quotation,
// if it is not tiny.
constexpr std::uint64_t kBlockLines = 3;
constexpr std::uint64_t kBlockShare = 4;

}  // namespace

std::optional<std::int64_t> wall_of(const Header& header, std::optional<Reading> reading) {
  constexpr std::int32_t kFirst = 7'305;  // 1990-01-01
  constexpr std::int32_t kLast = 47'482;  // 2100-01-01
  if (!reading) return std::nullopt;
  const auto day = day_of(header.date, *reading);
  if (!day || *day < kFirst || *day >= kLast) return std::nullopt;
  const std::int64_t seconds =
      header.hour_known ? header.hour * 3600 + header.minute * 60 + std::max(header.second, 0) : 0;
  return (std::int64_t{*day} * 86'400 + seconds) * 1000;
}

void ShapeTable::add(const Header& header, const Line& line) {
  Shape* shape = find_mutable(header.shape);
  if (shape == nullptr) {
    if (shapes_.size() == kMaxShapes) return;
    if (shapes_.capacity() == 0) shapes_.reserve(kMaxShapes);
    shapes_.push_back({.hash = header.shape,
                       .family = header.family,
                       .description = describe_shape(line.text, header),
                       .first = line.offset,
                       .twelve_hour = header.twelve_hour,
                       .year_at = header.date.year_at,
                       .evidence = DateEvidence(header.date, *siblings_),
                       .decision = {}});
    shape = &shapes_.back();
  }
  ++heads_;
  ++shape->count;
  shape->marked += header.marked ? 1 : 0;
  shape->last = line.offset;
  shape->evidence.add(header.date, {line.offset, line.length}, line.text.substr(header.rest));
}

Shape* ShapeTable::find_mutable(std::uint64_t hash) {
  if (recent_ < shapes_.size() && shapes_[recent_].hash == hash) return &shapes_[recent_];
  for (std::size_t i = 0; i < shapes_.size(); ++i) {
    if (shapes_[i].hash != hash) continue;
    recent_ = i;
    return &shapes_[i];
  }
  return nullptr;
}

const Shape* ShapeTable::find(std::uint64_t hash) const {
  if (recent_ < shapes_.size() && shapes_[recent_].hash == hash) return &shapes_[recent_];
  const auto found = std::ranges::find(shapes_, hash, &Shape::hash);
  if (found == shapes_.end()) return nullptr;
  recent_ = static_cast<std::size_t>(found - shapes_.begin());
  return &*found;
}

void ShapeTable::choose_main() {
  if (shapes_.empty()) return;
  constexpr std::uint64_t kStray = 10;
  const auto most = std::ranges::max_element(shapes_, {}, &Shape::count);
  main_ = shapes_.front().count * kStray < most->count ? &*most : &shapes_.front();
  main_->accepted = true;
  for (Shape& shape : shapes_) shape.decision = shape.evidence.decide();
  // A rare shape that cannot decide alone follows the main one where it may.
  for (Shape& shape : shapes_) {
    if (&shape == main_ || !shape.decision.other || !main_->decision.chosen ||
        main_->decision.other || shape.year_at != main_->year_at)
      continue;
    if (*shape.decision.other == *main_->decision.chosen)
      std::swap(shape.decision.chosen, shape.decision.other);
    if (*shape.decision.chosen == *main_->decision.chosen) shape.decision.other.reset();
  }
  main_time_ = std::numeric_limits<std::int64_t>::min();
  pending_time_ = main_time_;
  pending_.assign(shapes_.size(), 0);
}

void ShapeTable::check_order(const Header& header) {
  Shape* shape = find_mutable(header.shape);
  if (shape == nullptr) return;
  const auto wall = wall_of(header, shape->decision.chosen);
  if (!wall) return;
  if (shape != main_) {
    if (shape->family != main_->family || *wall <= std::max(main_time_, pending_time_)) return;
    ++pending_[static_cast<std::size_t>(shape - shapes_.data())];
    pending_time_ = *wall;
    return;
  }
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    if (*wall >= pending_time_) shapes_[i].in_order += pending_[i];
    pending_[i] = 0;
  }
  main_time_ = *wall;
  pending_time_ = *wall;
}

void ShapeTable::accept_others() {
  if (main_ == nullptr) return;
  for (std::size_t i = 0; i < pending_.size(); ++i) shapes_[i].in_order += pending_[i];
  const bool hand_made = heads_ <= kHandMade && main_->count * 2 < heads_;
  for (Shape& shape : shapes_) {
    const bool before = shape.last < main_->first;
    const bool block = before || (shape.first > main_->last && shape.count >= kBlockLines &&
                                  shape.count * kBlockShare >= main_->count);
    if (hand_made || block || shape.in_order * 2 > shape.count) shape.accepted = true;
  }
}

}  // namespace whatsapp
