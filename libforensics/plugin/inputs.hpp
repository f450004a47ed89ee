#pragma once
// The files that one run reads: the artifact, input 0, and those of its companions that the exhibit
// has. An input keeps its number whatever is absent.

#include <array>
#include <cstdint>

#include "model/record.hpp"

namespace forensics::plugin {

struct InputFile {
  int descriptor = -1;  // read-only; borrowed
  std::uint64_t length = 0;
  bool present = false;
};

using Inputs = std::array<InputFile, model::kMostInputs>;

inline Inputs only_input(int descriptor, std::uint64_t length) {
  Inputs inputs;
  inputs[0] = {descriptor, length, true};
  return inputs;
}

}  // namespace forensics::plugin
