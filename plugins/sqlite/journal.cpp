#include "journal.hpp"

#include <algorithm>
#include <string_view>

#include "format.hpp"

namespace sqlite {
namespace {

constexpr std::string_view kMagic("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8);
constexpr std::size_t kHeader = 28;
constexpr std::uint32_t kDefaultSector = 512;
constexpr std::uint32_t kMaxSector = 65536;

struct Segment {
  bool magic = false;
  std::uint32_t records = 0;  // ~0: as many as there are
  std::uint32_t nonce = 0;
  std::uint32_t page_count = 0;
  std::uint32_t sector = kDefaultSector;
  std::uint32_t page_size = 0;
};

bool read_segment(const Bytes& file, std::uint64_t at, Segment& segment) {
  char buffer[kHeader];
  const std::string_view header(buffer, file.read(at, buffer, sizeof buffer));
  if (header.size() < kHeader) return false;
  segment.magic = header.starts_with(kMagic);
  if (!segment.magic) return true;
  segment.records = be32(header, 8);
  segment.nonce = be32(header, 12);
  segment.page_count = be32(header, 16);
  segment.sector = be32(header, 20);
  segment.page_size = be32(header, 24);
  return true;
}

std::uint32_t checksum(std::uint32_t nonce, std::string_view page) {
  for (std::size_t at = page.size() < 200 ? 0 : page.size() - 200; at > 0;
       at = at < 200 ? 0 : at - 200)
    nonce += byte_at(page, at);
  return nonce;
}

bool sound_sector(std::uint32_t size) {
  return size >= 32 && size <= kMaxSector && (size & (size - 1)) == 0;
}

// The records of one segment from `at` on; returns the offset behind the last.
std::uint64_t read_records(const Bytes& file, std::uint64_t at, const Segment& segment,
                           std::uint32_t page_size, Journal& journal, Defects& defects) {
  const std::uint64_t length = std::uint64_t{page_size} + 8;
  const std::uint64_t room = at < file.length() ? (file.length() - at) / length : 0;
  const std::uint64_t count = std::min<std::uint64_t>(segment.records, room);
  std::string record(length, '\0');
  for (std::uint64_t i = 0; i < count && journal.pages.size() < Journal::kMaxPages; ++i) {
    if (file.read(at, record.data(), record.size()) < record.size()) break;
    const std::string_view page = std::string_view(record).substr(4, page_size);
    const std::uint32_t number = be32(record, 0);
    const bool verified =
        segment.magic && checksum(segment.nonce, page) == be32(record, page_size + 4);
    // SQLite stops putting back at the first record that does not hold.
    if (number == 0 || (segment.magic && !verified)) {
      if (segment.magic)
        defects.add({kJournal, at, length}, "journal-record", "the checksum of a page is wrong");
      break;
    }
    journal.pages.push_back({number, verified, at + 4});
    at += length;
  }
  return at;
}

}  // namespace

Journal read_journal(const Bytes& file, std::uint32_t page_size, Defects& defects) {
  Journal journal;
  Segment segment;
  if (!read_segment(file, 0, segment)) {
    journal.reason = file.length() == 0 ? "the journal is empty" : "the journal ends in its header";
    return journal;
  }
  if (segment.magic && segment.page_size != page_size) {
    journal.reason = "the journal is of another database: its pages have another size";
    return journal;
  }
  if (segment.magic && !sound_sector(segment.sector)) {
    defects.add({kJournal, 20, 4}, "journal-header", "the stated sector size is none");
    segment.sector = kDefaultSector;
  }
  journal.usable = true;
  journal.hot = segment.magic;
  if (!segment.magic) {
    journal.reason = "the journal has no header: its transaction ended";
    segment.records = ~std::uint32_t{0};
    read_records(file, kDefaultSector, segment, page_size, journal, defects);
    return journal;
  }
  journal.page_count = segment.page_count;

  // Each flush of a large transaction began a segment with a header of its own.
  const std::uint32_t sector = segment.sector;
  std::uint64_t at = 0;
  while (segment.magic && segment.page_size == page_size) {
    // A count of zero stands where the header was written and its count never was.
    if (segment.records == 0) segment.records = ~std::uint32_t{0};
    const std::uint64_t end = read_records(file, at + sector, segment, page_size, journal, defects);
    at = (end + sector - 1) / sector * sector;
    if (segment.records == ~std::uint32_t{0} || journal.pages.size() >= Journal::kMaxPages) break;
    segment = {};
    if (!read_segment(file, at, segment)) break;
  }
  return journal;
}

}  // namespace sqlite
