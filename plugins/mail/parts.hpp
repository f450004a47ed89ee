#pragma once
// What the bytes of a part are: its text, or the file that it carries.

#include <forensics/plugin.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "structure.hpp"

namespace mail {

// The bytes of a part, read again piece by piece.
class PartBytes {
 public:
  explicit PartBytes(const fx::Host& host) : host_(host), window_(host) {}

  // Sends the decoded bytes to the child that is open. What to say of them; empty: nothing.
  std::string write(const Part& part);

  // The decoded text of a part of at most `most` bytes, as UTF-8 with line feeds, and the rule that
  // made it; no rule where the bytes are the text (but for line ends).
  struct Text {
    std::string value;
    const char* rule = nullptr;
  };
  Text text(const Part& part, std::size_t most);
  // As they stand.
  std::string raw(const Range& range, std::size_t most);

 private:
  const fx::Host& host_;
  fx::Window window_;
};

// A file name for a child: without folders and characters that are none of a name.
std::string child_name(const Part& part, std::size_t number);

}  // namespace mail
