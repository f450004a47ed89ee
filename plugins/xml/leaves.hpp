#pragma once
// The values under one element: text and attributes, each with its path and place. What a record
// does not take under a key becomes `extra`, so that nothing of the element is lost.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/values.hpp"
#include "xml/elements.hpp"

namespace xml {

struct Leaf {
  std::string path;  // "extensions/speed", of an attribute "link@href"
  std::string raw;
  std::uint64_t offset = 0;
  bool cdata = false;
  bool taken = false;
};

class Leaves {
 public:
  static constexpr std::size_t kMost = 3500;
  static constexpr std::size_t kMostBytes = std::size_t{8} << 20;

  void clear();
  // Adds what an event brings; `depth` is how many elements are open around the one that is
  // collected (it counts itself). Text that is only blank is none.
  void add(const Event& event, const Elements& elements, std::size_t depth);
  void add_attributes(const Token& token, std::string_view path);
  // A value that was found otherwise.
  void add(std::string path, std::string_view raw, std::uint64_t offset, bool cdata);

  bool empty() const { return leaves_.empty(); }
  std::size_t size() const { return leaves_.size(); }
  const std::vector<Leaf>& all() const { return leaves_; }
  // How many did not fit; they stand in the bytes of the record.
  std::uint64_t dropped() const { return dropped_; }
  // The first one of this path that was not taken; it is taken.
  const Leaf* take(std::string_view path);

  // What was not taken, as `extra`.
  void rest(text::Values& values) const;

 private:
  std::vector<Leaf> leaves_;
  std::size_t bytes_ = 0;
  std::uint64_t dropped_ = 0;
};

// The value without references and blanks around it, for readers that compare.
std::string plain(const Leaf& leaf);
// A leaf under a key: the bytes themselves where they are the value.
void put(text::Values& values, const char* key, const Leaf* leaf);
void put_extra(text::Values& values, std::string_view name, const Leaf& leaf);

}  // namespace xml
