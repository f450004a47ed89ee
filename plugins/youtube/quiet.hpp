#pragma once
// For a second way through the same bytes: what is wrong with them was told the first time.

#include "json/defects.hpp"

namespace youtube {

class Quiet final : public json::DefectSink {
 public:
  void found(json::Defect, std::uint64_t, std::uint64_t) override {}
};

// Where the bytes of a value begin, a quote included.
template <class Token>
std::uint64_t begin_of(const Token& token) {
  return token.kind == json::Kind::string ? token.offset - 1 : token.offset;
}

}  // namespace youtube
