#pragma once
// The parts of one message (RFC 2046), found in one pass over its lines and kept as places only.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "headers.hpp"
#include "text/lines.hpp"

namespace mail {

struct Range {
  std::uint64_t begin = 0, end = 0;
  std::uint64_t length() const { return end > begin ? end - begin : 0; }
};

struct Part {
  Range header;
  Range body;            // without the line end before the boundary
  std::string type;      // "text/plain"
  std::string charset;   // "" where none is stated
  std::string encoding;  // "base64", "quoted-printable", "7bit", ...
  std::string file_name;
  std::string disposition;  // "attachment", "inline" or ""
  std::string content_id;
  bool alternative = false;  // one of several forms of the same content
  bool between = false;      // text before the first or behind the last boundary: no part
};

struct Structure {
  Range all;  // the message, without the "From " line of a mailbox
  Headers headers;
  std::vector<Part> parts;  // leaves, in order
  std::uint64_t dropped = 0;
  bool open_boundary = false;  // a multipart does not end: the message is cut
};

// Puts a message together line by line.
class StructureReader {
 public:
  static constexpr std::size_t kMostParts = 4096;
  static constexpr std::size_t kMostDepth = 32;

  void begin(std::uint64_t offset);
  void add(const text::Line& line);
  // The message ends before `end`.
  Structure& finish(std::uint64_t end);

 private:
  struct Multipart {
    std::string boundary;
    bool alternative = false;
  };
  enum class State { header, body };

  void end_header(std::uint64_t offset, bool has_blank_line, std::uint64_t body);
  void end_body(std::uint64_t end, std::uint64_t line_end);
  bool boundary(const text::Line& line);
  void begin_between(std::uint64_t offset);

  Structure structure_;
  State state_ = State::header;
  bool top_ = true;  // the header is that of the message
  Headers part_headers_;
  Part part_;
  std::vector<Multipart> open_;
  std::uint64_t last_content_ = 0;  // the end of the last line without its line end
};

}  // namespace mail
