#pragma once
// What stands behind the encrypted part: how the file is divided, decided by its MD5.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <optional>
#include <vector>

#include "header.hpp"

namespace whatsapp_backup {

// One way to divide a file. The tag is 16 bytes at `end`.
struct Division {
  std::uint64_t begin = 0;  // of the encrypted part
  std::uint64_t end = 0;
  bool has_tag = false;
  std::optional<std::uint64_t> md5;     // where it stands; it fits
  std::optional<std::uint64_t> digits;  // where the last digits of the number stand
};

struct Trailer {
  std::vector<Division> divisions;  // the likeliest first
  bool intact = false;              // an MD5 in the trailer equals that of the bytes before it
};

// Reads the whole file once, and needs no key.
Trailer read_trailer(const fx::Host& host, const Header& header);

}  // namespace whatsapp_backup
