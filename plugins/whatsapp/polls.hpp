#pragma once
// A poll: a label, the question, then one line for each option with its votes.

#include <string_view>
#include <vector>

#include "body.hpp"

namespace whatsapp {

bool read_poll(std::string_view body, std::size_t marks, bool marked, Range& question,
               std::vector<Option>& options);

}  // namespace whatsapp
