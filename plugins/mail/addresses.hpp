#pragma once
// The people that a From, To or Cc names (RFC 5322 section 3.4, read tolerantly).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mail {

struct Address {
  std::size_t name = 0, name_length = 0;        // in the value, quotes not included
  std::size_t address = 0, address_length = 0;  // in the value
  bool escaped = false;                         // the name has backslashes
};

// At most `most` of them; what is no address is an Address with a name only.
std::vector<Address> addresses_of(std::string_view value, std::size_t most);

}  // namespace mail
