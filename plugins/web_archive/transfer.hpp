#pragma once
// How the bytes of a part are written down, undone piece by piece into a child.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace web_archive {

enum class Transfer { identity, quoted_printable, base64, chunked };

Transfer transfer_of(std::string_view name);
const char* word_of(Transfer transfer);

struct Outcome {
  std::uint64_t odd =
      0;             // characters that the encoding does not allow: left out, or kept as they are
  bool cut = false;  // the part ends within a character or a chunk
};

// Writes what the bytes from `offset` stand for to the child that is open.
Outcome write_child(const fx::Host& host, fx::Window& window, std::uint64_t offset,
                    std::uint64_t length, Transfer transfer);

}  // namespace web_archive
