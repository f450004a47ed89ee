#pragma once
// The write-ahead log: which frames it has, which of them count, and which are what a page was
// before.

#include <cstdint>
#include <string>
#include <vector>

#include "bytes.hpp"
#include "defects.hpp"

namespace sqlite {

enum class FrameState : std::uint8_t {
  committed,    // of the log's present run, up to its last commit
  uncommitted,  // of the present run, behind its last commit: never became part of the database
  stale,  // of an earlier run of the log, which a checkpoint had copied before it was overwritten
};

struct Frame {
  std::uint32_t page = 0;
  std::uint32_t commit =
      0;  // pages of the database after this frame's transaction; 0: not its last
  FrameState state = FrameState::stale;
  bool verified = false;  // its checksum follows from the frame before it
  std::uint32_t run = 0;  // frames with the same salts, counted from the start of the file
};

struct Wal {
  static constexpr std::uint64_t kHeader = 32;
  static constexpr std::uint64_t kFrameHeader = 24;
  static constexpr std::size_t kMaxFrames = std::size_t{1} << 24;

  bool usable = false;  // there is a log of this page size
  std::string reason;   // why not
  std::uint32_t page_size = 0;
  std::uint32_t page_count = 0;  // of the database after the last commit; 0: nothing is committed
  std::uint32_t checkpoint = 0;  // sequence number
  std::vector<Frame> frames;     // frame n of the log is frames[n - 1]

  std::uint64_t page_offset(std::size_t index) const {
    return kHeader + index * (kFrameHeader + page_size) + kFrameHeader;
  }
};

// Reads every frame of the log once. A log with another page size is not of this database.
Wal read_wal(const Bytes& file, std::uint32_t page_size, Defects& defects);

}  // namespace sqlite
