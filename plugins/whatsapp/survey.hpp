#pragma once
// The first pass over a file: which templates it has, how its dates are read, who its authors are
// and what the conversation is called. Memory does not grow with the file.

#include <cstdint>
#include <string>

#include "authors.hpp"
#include "files.hpp"
#include "lines.hpp"
#include "shapes.hpp"

namespace whatsapp {

struct Survey {
  explicit Survey(const Siblings& siblings) : shapes(siblings) {}

  // Reads `window` to its end; then decides.
  void run(fx::Window& window);

  // Heads explain the file: it begins with one, or what stands before the first is the lesser part.
  bool is_export() const;

  Preamble preamble;
  ShapeTable shapes;
  AuthorTable authors;
  std::uint64_t stray_lines = 0;  // with text, before the first head
  std::uint64_t heads = 0;
  std::uint64_t authored = 0;  // heads with an author
  bool notice = false;         // a line of the application that only a chat has
  std::string title;           // as a line states it
  Place title_place;

 private:
  void learn(const Header& header, const Line& line);
  void look_for_title(std::string_view rest, const Line& line);
};

}  // namespace whatsapp
