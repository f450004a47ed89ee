#pragma once
// The shapes of heads that a file holds, and which of them are its templates. A head-like line of
// any other shape is part of a body.

#include <cstdint>
#include <string>
#include <vector>

#include "dates.hpp"
#include "header.hpp"
#include "lines.hpp"

namespace whatsapp {

struct Shape {
  std::uint64_t hash = 0;
  Family family = Family::dash;
  std::string description;
  std::uint64_t count = 0;
  std::uint64_t marked = 0;  // lines with a direction mark before the bracket
  std::uint64_t first = 0;   // offset of the first and of the last line
  std::uint64_t last = 0;
  std::uint64_t in_order = 0;  // lines that stand in time between the main template's lines
  bool accepted = false;
  bool twelve_hour = false;
  YearAt year_at = YearAt::none;
  DateEvidence evidence;
  Decision decision;
};

class ShapeTable {
 public:
  static constexpr std::size_t kMaxShapes = 64;

  explicit ShapeTable(const Siblings& siblings) : siblings_(&siblings) {}

  void add(const Header& header, const Line& line);

  // Decides the readings of all shapes and accepts the main one: the shape of the first head,
  // unless that is a stray beside a far more common one.
  void choose_main();
  // True where other shapes ask for check_order() over all heads before accept_others().
  bool needs_order() const { return main_ != nullptr && shapes_.size() > 1; }
  void check_order(const Header& header);
  void accept_others();

  const Shape* find(std::uint64_t hash) const;
  // The template of `header`, or nothing where its line belongs to a body.
  const Shape* accepted(const Header& header) const {
    const Shape* shape = find(header.shape);
    return shape != nullptr && shape->accepted ? shape : nullptr;
  }
  const Shape* main() const { return main_; }
  const std::vector<Shape>& shapes() const { return shapes_; }
  std::uint64_t heads() const { return heads_; }

 private:
  Shape* find_mutable(std::uint64_t hash);

  const Siblings* siblings_;
  std::vector<Shape> shapes_;  // in order of first appearance
  mutable std::size_t recent_ = 0;
  Shape* main_ = nullptr;
  std::uint64_t heads_ = 0;
  std::int64_t main_time_ = 0;
  std::int64_t pending_time_ = 0;
  std::vector<std::uint32_t> pending_;  // per shape: lines in order since the last main line
};

// Milliseconds of the wall clock that `header` states under `reading`; nothing without a year.
std::optional<std::int64_t> wall_of(const Header& header, std::optional<Reading> reading);

}  // namespace whatsapp
