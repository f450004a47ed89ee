#include "wal.hpp"

#include <string_view>

#include "format.hpp"

namespace sqlite {
namespace {

constexpr std::uint32_t kMagic = 0x377f0682;  // the lowest bit: words are big-endian
constexpr std::uint32_t kVersion = 3007000;

struct Checksum {
  std::uint32_t first = 0;
  std::uint32_t second = 0;

  friend bool operator==(const Checksum&, const Checksum&) = default;

  void add(std::string_view bytes, bool big_endian) {
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
      first += word(bytes, at, big_endian) + second;
      second += word(bytes, at + 4, big_endian) + first;
    }
  }

 private:
  static std::uint32_t word(std::string_view bytes, std::size_t at, bool big_endian) {
    const std::uint32_t value = be32(bytes, at);
    return big_endian ? value : __builtin_bswap32(value);
  }
};

Checksum stated(std::string_view bytes, std::size_t at) {
  return {be32(bytes, at), be32(bytes, at + 4)};
}

bool read_header(std::string_view header, std::uint32_t page_size, Wal& wal) {
  if (header.size() < Wal::kHeader) {
    wal.reason = header.empty() ? "the log is empty" : "the log ends inside its header";
    return false;
  }
  if ((be32(header, 0) & ~1U) != kMagic) {
    wal.reason = "the log has no signature";
    return false;
  }
  if (be32(header, 4) != kVersion) {
    wal.reason = "the log is of an unknown version";
    return false;
  }
  wal.page_size = be32(header, 8);
  if (wal.page_size != page_size) {
    wal.reason = "the log is of another database: its pages have another size";
    return false;
  }
  wal.checkpoint = be32(header, 12);
  return true;
}

// Frames behind the last commit of the present run were never part of the database.
void mark_uncommitted(Wal& wal, std::size_t present) {
  std::size_t committed = present;
  while (committed > 0 && wal.frames[committed - 1].commit == 0) --committed;
  for (std::size_t i = 0; i < present; ++i)
    wal.frames[i].state = i < committed ? FrameState::committed : FrameState::uncommitted;
  if (committed > 0) wal.page_count = wal.frames[committed - 1].commit;
}

}  // namespace

Wal read_wal(const Bytes& file, std::uint32_t page_size, Defects& defects) {
  Wal wal;
  std::string buffer(Wal::kHeader, '\0');
  buffer.resize(file.read(0, buffer.data(), buffer.size()));
  if (!read_header(buffer, page_size, wal)) return wal;
  wal.usable = true;

  const bool big_endian = (be32(buffer, 0) & 1) != 0;
  Checksum chain;
  chain.add(std::string_view(buffer).substr(0, 24), big_endian);
  const bool header_holds = chain == stated(buffer, 24);
  if (!header_holds)
    defects.add({kWal, 24, 8}, "wal-header", "the checksum of the log's header is wrong");
  std::string salts = buffer.substr(16, 8);

  bool present = header_holds;  // still in the run that the header begins
  std::size_t present_frames = 0;
  std::uint32_t run = 0;
  buffer.resize(Wal::kFrameHeader + page_size);
  for (std::uint64_t at = Wal::kHeader; wal.frames.size() < Wal::kMaxFrames; at += buffer.size()) {
    const std::size_t got = file.read(at, buffer.data(), buffer.size());
    if (got < buffer.size()) {
      if (got != 0) defects.add({kWal, at, got}, "wal-tail", "the log ends inside a frame");
      break;
    }
    const std::string_view frame = buffer;
    Checksum expected = chain;
    expected.add(frame.substr(0, 8), big_endian);
    expected.add(frame.substr(Wal::kFrameHeader), big_endian);
    chain = stated(frame, 16);
    const bool same_run = frame.substr(8, 8) == salts;
    if (!same_run) ++run;
    const bool verified = same_run && expected == chain && be32(frame, 0) != 0;
    if (present && !verified) {
      if (same_run)
        defects.add({kWal, at, buffer.size()}, "wal-frame",
                    "the checksum of a frame is wrong: it and what follows do not count");
      present = false;
    }
    if (present) ++present_frames;
    // In what an earlier run left, each frame continues the checksum of the one before it.
    salts = frame.substr(8, 8);
    wal.frames.push_back({be32(frame, 0), be32(frame, 4), FrameState::stale, verified, run});
  }
  mark_uncommitted(wal, present_frames);
  return wal;
}

}  // namespace sqlite
