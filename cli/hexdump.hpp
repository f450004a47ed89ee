#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace forensics::cli {

// Sixteen bytes a line: offset in the file, hexadecimal, and the text where it is ASCII.
std::string hexdump(std::string_view bytes, std::uint64_t offset);

}  // namespace forensics::cli
