#pragma once
// Facebook's writer of JSON puts each byte of UTF-8 down as an escape of its own: "é" is
// "\u00c3\u00a9". Other writers do not, so the whole file decides, by what stands in it and not by
// who made it.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <string>

namespace facebook {

struct Encoding {
  std::uint64_t bytes_above_ascii = 0;  // written as they are
  std::uint64_t escapes_of_bytes = 0;   // \u0080 to \u00ff
  std::uint64_t escapes_above = 0;      // beyond \u00ff
  std::uint64_t characters = 0;         // that those of bytes form as UTF-8
  std::uint64_t cut = 0;                // sequences that end too early, at the end of a string
  std::uint64_t ill_formed = 0;         // sequences that are no UTF-8
  std::uint64_t first = 0;              // where the first escape of a byte stands
  bool has_mark = false;

  // Each escape is one byte of UTF-8.
  bool is_bytes() const {
    return characters != 0 && bytes_above_ascii == 0 && escapes_above == 0 && ill_formed == 0 &&
           !has_mark;
  }
  // Nothing to decide.
  bool is_plain() const { return escapes_of_bytes == 0; }
  std::string reason() const;
};

Encoding encoding_of(const fx::Host& host);

}  // namespace facebook
