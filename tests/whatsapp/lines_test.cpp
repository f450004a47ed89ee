#include "lines.hpp"

#include <gtest/gtest.h>

#include "memory_host.hpp"
#include "unicode.hpp"

namespace whatsapp {
namespace {

using whatsapp_test::MemoryHost;

struct Piece {
  std::string text;
  std::uint64_t offset;
  std::uint64_t length;
  bool operator==(const Piece&) const = default;
};

std::vector<Piece> pieces_of(const std::string& input, std::size_t read_limit = ~std::size_t{0}) {
  MemoryHost memory(input, read_limit);
  const fx::Host host(memory.raw());
  fx::Window window(host);
  LineReader reader(window, detect_encoding(window));
  std::vector<Piece> out;
  Line line;
  while (reader.next(line)) out.push_back({std::string(line.text), line.offset, line.length});
  return out;
}

TEST(Lines, KeepPlacesWithMixedLineEnds) {
  const std::vector<Piece> expected = {{"a", 3, 3}, {"b", 6, 2}, {"c", 8, 2}, {"d", 10, 1}};
  EXPECT_EQ(pieces_of("\uFEFFa\r\nb\nc\rd"), expected);
  EXPECT_EQ(pieces_of("\uFEFFa\r\nb\nc\rd", 1), expected);
}

TEST(Lines, ReadUtf16WithPlacesInTheSource) {
  const std::string little(
      "\xFF\xFE"
      "a\0\r\0\n\0\x3D\xD8\x00\xDE",
      12);
  const std::vector<Piece> expected = {{"a", 2, 6}, {"😀", 8, 4}};
  EXPECT_EQ(pieces_of(little), expected);
  EXPECT_EQ(source_length("a😀", Encoding::utf16le), 6U);
}

TEST(Lines, CutsAnEndlessLineWithoutCuttingACharacter) {
  std::string input;
  while (input.size() < 3 * LineReader::kMaxPiece) input += "€";
  const std::vector<Piece> pieces = pieces_of(input);
  ASSERT_GT(pieces.size(), 2U);
  std::string joined;
  for (const Piece& piece : pieces) {
    EXPECT_TRUE(is_valid_utf8(piece.text));
    joined += piece.text;
  }
  EXPECT_EQ(joined, input);
}

}  // namespace
}  // namespace whatsapp
