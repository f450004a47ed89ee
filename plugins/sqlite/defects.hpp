#pragma once
// What was found wrong with a database while it was read. Reading goes on; this is the list.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bytes.hpp"

namespace sqlite {

struct Defect {
  Span where;
  const char* code = "";  // static, e.g. "page-loop"
  std::string what;
};

// Keeps the first kKept and counts the rest.
class Defects {
 public:
  static constexpr std::size_t kKept = 1000;

  void add(const Span& where, const char* code, std::string_view what) {
    ++count_;
    if (kept_.size() < kKept) kept_.push_back({where, code, std::string(what)});
  }
  const std::vector<Defect>& kept() const { return kept_; }
  std::uint64_t count() const { return count_; }
  bool has(std::string_view code) const {
    for (const Defect& defect : kept_)
      if (defect.code == code) return true;
    return false;
  }

 private:
  std::vector<Defect> kept_;
  std::uint64_t count_ = 0;
};

}  // namespace sqlite
