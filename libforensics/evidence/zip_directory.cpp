#include "evidence/zip_directory.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace forensics::evidence {
namespace {

constexpr std::uint32_t kLocalHeader = 0x04034b50;
constexpr std::uint32_t kDirectoryEntry = 0x02014b50;
constexpr std::uint32_t kEnd = 0x06054b50;
constexpr std::uint32_t kEnd64 = 0x06064b50;
constexpr std::uint32_t kEnd64Locator = 0x07064b50;

constexpr std::size_t kLocalHeaderSize = 30;
constexpr std::size_t kDirectoryEntrySize = 46;
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kEnd64Size = 56;
constexpr std::size_t kEnd64LocatorSize = 20;
constexpr std::size_t kLongestComment = 65535;

constexpr std::uint16_t kExtraZip64 = 0x0001;
constexpr std::uint16_t kExtraNtfs = 0x000A;
constexpr std::uint16_t kExtraTimestamp = 0x5455;

constexpr std::uint16_t kFlagEncrypted = 1U << 0;
constexpr std::uint16_t kFlagSizesFollow = 1U << 3;
constexpr std::uint16_t kFlagUtf8Name = 1U << 11;

constexpr std::uint32_t kIn64 = 0xFFFFFFFF;  // "see the zip64 field"

// Little-endian number of `N` bytes; the caller has checked that they are there.
template <typename T>
T little(ByteView bytes, std::size_t at) {
  T value = 0;
  for (std::size_t i = sizeof(T); i-- > 0;)
    value = static_cast<T>((value << 8) | static_cast<std::uint8_t>(bytes[at + i]));
  return value;
}

template <typename T>
void append_little(std::string& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i)
    out.push_back(static_cast<char>((value >> (8 * i)) & 0xFF));
}

// Walks the extra fields of a header: next() gives the content of each in turn.
class ExtraFields {
 public:
  explicit ExtraFields(ByteView bytes) : rest_(bytes) {}

  bool next(std::uint16_t& id, ByteView& content) {
    if (rest_.size() < 4) return false;
    id = little<std::uint16_t>(rest_, 0);
    const std::size_t length = little<std::uint16_t>(rest_, 2);
    if (rest_.size() - 4 < length) return false;
    content = rest_.substr(4, length);
    rest_.remove_prefix(4 + length);
    return true;
  }

 private:
  ByteView rest_;
};

// A DOS time has no zone; the milliseconds are those of the wall clock taken as if it were UTC.
void take_dos_time(ZipEntry& entry, std::uint16_t time, std::uint16_t date) {
  using namespace std::chrono;
  const year_month_day day{year{1980 + (date >> 9)}, month{(date >> 5) & 15U},
                           std::chrono::day{date & 31U}};
  const int hour = time >> 11;
  const int minute = (time >> 5) & 63;
  const int second = (time & 31) * 2;
  if (!day.ok() || hour > 23 || minute > 59 || second > 59) return;
  const auto wall = sys_days{day} + hours{hour} + minutes{minute} + seconds{second};
  entry.modified = duration_cast<milliseconds>(wall.time_since_epoch()).count();
  entry.has_modified = 2;
}

void take_instant(ZipEntry& entry, std::int64_t milliseconds) {
  entry.modified = milliseconds;
  entry.has_modified = 1;
}

void take_extended_time(ZipEntry& entry, std::uint16_t id, ByteView content) {
  if (id == kExtraTimestamp && content.size() >= 5 && (content[0] & 1) != 0) {
    take_instant(entry, std::int64_t{little<std::int32_t>(content, 1)} * 1000);
    return;
  }
  // NTFS: four reserved bytes, then attribute 1 with three times in 100 ns since 1601.
  if (id != kExtraNtfs || content.size() < 16) return;
  if (little<std::uint16_t>(content, 4) != 1) return;
  const auto ticks = little<std::uint64_t>(content, 8);
  if (ticks == 0) return;
  constexpr std::int64_t kFrom1601To1970 = 11'644'473'600'000;
  take_instant(entry, static_cast<std::int64_t>(ticks / 10'000) - kFrom1601To1970);
}

// Values of 32 bits that do not hold the truth stand in the zip64 field, in this order.
bool take_zip64(ZipEntry& entry, ByteView content, bool in_directory) {
  std::size_t at = 0;
  const auto take = [&](std::uint64_t& value) {
    if (value != kIn64) return true;
    if (content.size() - at < 8) return false;
    value = little<std::uint64_t>(content, at);
    at += 8;
    return true;
  };
  return take(entry.size) && take(entry.packed) && (!in_directory || take(entry.header));
}

tl::unexpected<Error> damaged(std::uint64_t at, std::string what) {
  return fail(ErrorCode::corrupt, "zip directory at byte " + std::to_string(at), std::move(what));
}

struct EndRecord {
  std::uint64_t at = 0;  // where the directory must have ended
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
};

// Searches backwards: a comment may stand behind the record, and may hold what looks like one.
Result<EndRecord> find_end(Source& source) {
  const std::uint64_t reach = std::min<std::uint64_t>(source.size(), kEndSize + kLongestComment);
  const std::uint64_t base = source.size() - reach;
  const ByteView tail = TRY(source.at(base, static_cast<std::size_t>(reach)));
  for (std::size_t at = tail.size() < kEndSize ? 0 : tail.size() - kEndSize + 1; at-- > 0;) {
    if (little<std::uint32_t>(tail, at) != kEnd) continue;
    if (tail.size() - at - kEndSize < little<std::uint16_t>(tail, at + 20)) continue;
    return EndRecord{base + at, little<std::uint32_t>(tail, at + 12),
                     little<std::uint32_t>(tail, at + 16)};
  }
  return fail(ErrorCode::truncated, "zip directory",
              "there is no end record: the file ends before its directory does");
}

// Where a zip64 record stands before the end record, it has the say.
Status take_end64(Source& source, EndRecord& end) {
  if (end.at < kEnd64LocatorSize) return {};
  const std::uint64_t locator_at = end.at - kEnd64LocatorSize;
  const ByteView locator = TRY(source.at(locator_at, kEnd64LocatorSize));
  if (locator.size() < kEnd64LocatorSize || little<std::uint32_t>(locator, 0) != kEnd64Locator)
    return {};
  const auto stated = little<std::uint64_t>(locator, 8);
  // With bytes before the zip the stated place is wrong; the record ends where the locator begins.
  const std::uint64_t fallback = locator_at < kEnd64Size ? 0 : locator_at - kEnd64Size;
  for (const std::uint64_t at : {stated, fallback}) {
    const ByteView record = TRY(source.at(at, kEnd64Size));
    if (record.size() < kEnd64Size || little<std::uint32_t>(record, 0) != kEnd64) continue;
    end = {at, little<std::uint64_t>(record, 40), little<std::uint64_t>(record, 48)};
    return {};
  }
  return damaged(locator_at, "the zip64 end record is not where its locator says");
}

Result<bool> has_signature(Source& source, std::uint64_t at, std::uint32_t signature) {
  const ByteView bytes = TRY(source.at(at, 4));
  return bytes.size() == 4 && little<std::uint32_t>(bytes, 0) == signature;
}

}  // namespace

Result<ZipDirectory> ZipDirectory::open(Source& source) {
  EndRecord end = TRY(find_end(source));
  TRY(take_end64(source, end));
  if (end.size == 0) return ZipDirectory(source, end.at, end.at, 0);
  if (end.size > end.at)
    return damaged(end.at, "the directory is longer than what stands before it");

  // Normally the directory stands where the end record says; with bytes before the zip it stands
  // right before the end record, and all offsets are short by the same number.
  std::uint64_t start = end.offset;
  std::uint64_t shift = 0;
  const bool as_stated =
      start <= end.at - end.size && TRY(has_signature(source, start, kDirectoryEntry));
  if (!as_stated) {
    start = end.at - end.size;
    if (start < end.offset || !TRY(has_signature(source, start, kDirectoryEntry)))
      return damaged(start, "no entry stands where the directory must begin");
    shift = start - end.offset;
  }

  ZipDirectory directory(source, start, start + end.size, shift);
  ZipDirectory whole = directory;
  while (TRY(whole.next())) {
  }
  return directory;
}

Result<std::optional<ZipEntry>> ZipDirectory::next() {
  if (at_ >= end_) return std::optional<ZipEntry>{};
  const std::uint64_t left = end_ - at_;
  const ByteView fixed = TRY(source_->at(at_, kDirectoryEntrySize));
  if (left < kDirectoryEntrySize || fixed.size() < kDirectoryEntrySize ||
      little<std::uint32_t>(fixed, 0) != kDirectoryEntry)
    return damaged(at_, "an entry was expected here");
  const std::size_t name_length = little<std::uint16_t>(fixed, 28);
  const std::size_t extra_length = little<std::uint16_t>(fixed, 30);
  const std::size_t comment_length = little<std::uint16_t>(fixed, 32);
  const std::size_t length = kDirectoryEntrySize + name_length + extra_length + comment_length;
  const ByteView bytes = TRY(source_->at(at_, length));
  if (length > left || bytes.size() < length) return damaged(at_, "the entry is cut off");

  ZipEntry entry;
  entry.flags = little<std::uint16_t>(bytes, 8);
  entry.method = little<std::uint16_t>(bytes, 10);
  take_dos_time(entry, little<std::uint16_t>(bytes, 12), little<std::uint16_t>(bytes, 14));
  entry.crc = little<std::uint32_t>(bytes, 16);
  entry.packed = little<std::uint32_t>(bytes, 20);
  entry.size = little<std::uint32_t>(bytes, 24);
  entry.dos_attributes = little<std::uint32_t>(bytes, 38) & 0xFFFF;
  entry.header = little<std::uint32_t>(bytes, 42);
  constexpr std::uint8_t kUnix = 3;
  constexpr std::uint8_t kDarwin = 19;
  const auto made_by = static_cast<std::uint8_t>(bytes[5]);
  if (made_by == kUnix || made_by == kDarwin) entry.unix_mode = little<std::uint16_t>(bytes, 40);
  entry.name = bytes.substr(kDirectoryEntrySize, name_length);

  ExtraFields extra(bytes.substr(kDirectoryEntrySize + name_length, extra_length));
  std::uint16_t id = 0;
  ByteView content;
  while (extra.next(id, content)) {
    if (id == kExtraZip64 && !take_zip64(entry, content, true))
      return damaged(at_, "the zip64 field of the entry is too short");
    take_extended_time(entry, id, content);
  }
  if (entry.header > source_->size() - std::min(shift_, source_->size()))
    return damaged(at_, "the entry points behind the end of the file");
  entry.header += shift_;
  at_ += length;
  return std::optional<ZipEntry>(std::move(entry));
}

Result<std::optional<ZipEntry>> read_local_header(Source& source, std::uint64_t offset) {
  const ByteView fixed = TRY(source.at(offset, kLocalHeaderSize));
  if (fixed.size() < kLocalHeaderSize || little<std::uint32_t>(fixed, 0) != kLocalHeader)
    return std::optional<ZipEntry>{};
  const std::size_t name_length = little<std::uint16_t>(fixed, 26);
  const std::size_t extra_length = little<std::uint16_t>(fixed, 28);
  const ByteView bytes = TRY(source.at(offset, kLocalHeaderSize + name_length + extra_length));

  ZipEntry entry;
  entry.header = offset;
  entry.flags = little<std::uint16_t>(bytes, 6);
  entry.method = little<std::uint16_t>(bytes, 8);
  take_dos_time(entry, little<std::uint16_t>(bytes, 10), little<std::uint16_t>(bytes, 12));
  entry.crc = little<std::uint32_t>(bytes, 14);
  entry.packed = little<std::uint32_t>(bytes, 18);
  entry.size = little<std::uint32_t>(bytes, 22);
  entry.name = bytes.substr(kLocalHeaderSize, name_length);
  const ByteView behind_name = bytes.substr(std::min(bytes.size(), kLocalHeaderSize + name_length));
  ExtraFields extra(behind_name);
  std::uint16_t id = 0;
  ByteView content;
  while (extra.next(id, content)) {
    if (id == kExtraZip64) take_zip64(entry, content, false);
    take_extended_time(entry, id, content);
  }
  return std::optional<ZipEntry>(std::move(entry));
}

Result<std::uint64_t> data_offset(Source& source, const ZipEntry& entry) {
  const ByteView header = TRY(source.at(entry.header, kLocalHeaderSize));
  if (header.size() < kLocalHeaderSize || little<std::uint32_t>(header, 0) != kLocalHeader)
    return fail(ErrorCode::corrupt, "byte " + std::to_string(entry.header),
                "no member stands where the zip directory says");
  return entry.header + kLocalHeaderSize + little<std::uint16_t>(header, 26) +
         little<std::uint16_t>(header, 28);
}

std::string plain_local_header(const ZipEntry& entry) {
  constexpr std::uint16_t kVersion45 = 45;  // of the format: zip64 is understood
  std::string out;
  append_little(out, kLocalHeader);
  append_little(out, kVersion45);
  append_little(out, static_cast<std::uint16_t>(
                         entry.flags & ~(kFlagEncrypted | kFlagSizesFollow | kFlagUtf8Name)));
  append_little(out, entry.method);
  append_little(out, std::uint32_t{0});  // time and date
  append_little(out, entry.crc);
  append_little(out, kIn64);
  append_little(out, kIn64);
  append_little(out, std::uint16_t{1});   // length of the name
  append_little(out, std::uint16_t{20});  // length of the extra field
  out += 'm';
  append_little(out, kExtraZip64);
  append_little(out, std::uint16_t{16});
  append_little(out, entry.size);
  append_little(out, entry.packed);
  return out;
}

}  // namespace forensics::evidence
