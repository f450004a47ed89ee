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
constexpr std::uint32_t kDescriptor = 0x08074b50;

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
  std::uint64_t entries = 0;
  bool is_64 = false;                 // without it the entries are counted modulo 65,536
  std::vector<ByteRange> own_ranges;  // of all end records, the comment included
};

// Where the end record stands in the tail of a file. Searched backwards: a comment may stand behind
// it, and may hold what looks like one. The one whose comment ends with the file comes first.
std::optional<std::size_t> find_end(ByteView tail) {
  std::optional<std::size_t> behind_it_more;
  for (std::size_t at = tail.size() < kEndSize ? 0 : tail.size() - kEndSize + 1; at-- > 0;) {
    if (little<std::uint32_t>(tail, at) != kEnd) continue;
    const std::size_t comment = little<std::uint16_t>(tail, at + 20);
    const std::size_t left = tail.size() - at - kEndSize;
    if (comment == left) return at;
    if (comment < left && !behind_it_more) behind_it_more = at;
  }
  return behind_it_more;
}

Result<EndRecord> read_end(Source& source) {
  const std::uint64_t reach = std::min<std::uint64_t>(source.size(), kEndSize + kLongestComment);
  const std::uint64_t base = source.size() - reach;
  const ByteView tail = TRY(source.at(base, static_cast<std::size_t>(reach)));
  const auto found = find_end(tail);
  if (!found)
    return fail(ErrorCode::truncated, "zip directory",
                "there is no end record: the file ends before its directory does");
  EndRecord end;
  end.at = base + *found;
  end.entries = little<std::uint16_t>(tail, *found + 10);
  end.size = little<std::uint32_t>(tail, *found + 12);
  end.offset = little<std::uint32_t>(tail, *found + 16);
  end.own_ranges = {{end.at, end.at + kEndSize + little<std::uint16_t>(tail, *found + 20)}};
  return end;
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
    constexpr std::uint64_t kBeforeLength = 12;  // what the record's own length does not count
    const std::uint64_t length = little<std::uint64_t>(record, 4);
    end.own_ranges.push_back({locator_at, end.at});
    end.own_ranges.push_back(
        {at, at + kBeforeLength + std::min(length, source.size() - at - kBeforeLength)});
    end.at = at;
    end.entries = little<std::uint64_t>(record, 32);
    end.size = little<std::uint64_t>(record, 40);
    end.offset = little<std::uint64_t>(record, 48);
    end.is_64 = true;
    return {};
  }
  return damaged(locator_at, "the zip64 end record is not where its locator says");
}

Result<bool> has_signature(Source& source, std::uint64_t at, std::uint32_t signature) {
  const ByteView bytes = TRY(source.at(at, 4));
  return bytes.size() == 4 && little<std::uint32_t>(bytes, 0) == signature;
}

// Normally the directory stands where the end record says, right before that. With bytes before the
// zip only the latter is true, and all offsets are short by the same number; if its size is a lie,
// only the former.
Result<ByteRange> place_of_directory(Source& source, const EndRecord& end) {
  if (end.size > end.at)
    return damaged(end.at, "the directory is longer than what stands before it");
  const std::uint64_t adjacent = end.at - end.size;
  const ByteRange before_end{adjacent, end.at};
  if (end.size == 0) return before_end;
  if (end.offset > adjacent) return damaged(adjacent, "the directory would begin behind this");

  const ByteRange as_stated{end.offset, end.offset + end.size};
  const bool is_stated = TRY(has_signature(source, end.offset, kDirectoryEntry));
  const ByteView entry = TRY(source.at(adjacent, kDirectoryEntrySize));
  if (entry.size() == kDirectoryEntrySize && little<std::uint32_t>(entry, 0) == kDirectoryEntry) {
    const std::uint64_t member = adjacent - end.offset + little<std::uint32_t>(entry, 42);
    if (!is_stated || TRY(has_signature(source, member, kLocalHeader))) return before_end;
  }
  if (!is_stated) return damaged(adjacent, "no entry stands where the directory must begin");
  return as_stated;
}

// `length` bytes from `begin` on, cut at the end of the file.
std::uint64_t end_within(const Source& source, std::uint64_t begin, std::uint64_t length) {
  if (begin >= source.size()) return source.size();
  return begin + std::min(length, source.size() - begin);
}

// Whether a member that begins before `at` reaches beyond it, by the local headers alone.
Result<bool> stands_inside_a_member(Source& source, std::uint64_t at) {
  ByteRange rest{0, at};
  while (const auto found = TRY(find_local_header(source, rest))) {
    rest.begin = *found + 1;
    const auto entry = TRY(read_local_header(source, *found));
    if (!entry || entry->sizes_follow()) continue;
    const std::uint64_t end = end_within(source, TRY(data_offset(source, *entry)), entry->packed);
    if (end > at) return true;
    rest.begin = end;
  }
  return false;
}

// The signature alone also stands in programs that unpack themselves.
bool is_plausible(ByteView local_header) {
  constexpr std::uint8_t kLatestVersion = 63;
  constexpr std::uint16_t kReservedFlags = 0xD780;
  constexpr std::uint16_t kLastMethod = 99;
  return static_cast<std::uint8_t>(local_header[4]) <= kLatestVersion &&
         (little<std::uint16_t>(local_header, 6) & kReservedFlags) == 0 &&
         little<std::uint16_t>(local_header, 8) <= kLastMethod;
}

// Length of the record with checksum and sizes that may stand behind the data. It has no sure mark
// of its own, so it is known by saying what the directory says.
Result<std::uint64_t> descriptor_size(Source& source, std::uint64_t at, const ZipEntry& entry) {
  constexpr std::size_t kLongest = 24;
  const ByteView bytes = TRY(source.at(at, kLongest));
  const std::size_t mark =
      bytes.size() >= 4 && little<std::uint32_t>(bytes, 0) == kDescriptor ? 4 : 0;
  const ByteView facts = bytes.substr(mark);
  if (facts.size() < 12 || little<std::uint32_t>(facts, 0) != entry.crc) return 0;
  if (facts.size() >= 20 && little<std::uint64_t>(facts, 4) == entry.packed &&
      little<std::uint64_t>(facts, 12) == entry.size)
    return mark + 20;
  const bool fits = little<std::uint32_t>(facts, 4) == static_cast<std::uint32_t>(entry.packed) &&
                    little<std::uint32_t>(facts, 8) == static_cast<std::uint32_t>(entry.size);
  return fits ? mark + 12 : 0;
}

}  // namespace

bool has_end_record(ByteView tail) {
  return find_end(tail).has_value();
}

Result<ZipDirectory> ZipDirectory::open(Source& source) {
  EndRecord end = TRY(read_end(source));
  const bool reaches_end = end.own_ranges[0].end == source.size();
  TRY(take_end64(source, end));
  const ByteRange place = TRY(place_of_directory(source, end));
  const std::uint64_t start = place.begin;
  const std::uint64_t shift = end.size == 0 ? 0 : start - std::min(start, end.offset);

  ZipDirectory directory(source, place, shift);
  directory.own_ranges_ = std::move(end.own_ranges);
  directory.own_ranges_.push_back(place);
  ZipDirectory whole = directory;
  std::uint64_t first = start;
  while (const auto entry = TRY(whole.next())) {
    ++directory.entries_;
    first = std::min(first, entry->header);
  }
  directory.stated_entries_ = end.entries;
  if (!end.is_64 && (directory.entries_ & 0xFFFF) == end.entries)
    directory.stated_entries_ = directory.entries_;

  // Of a zip that lost its end, a zip stored as its last member may be all that still has one.
  if ((shift > 0 && !reaches_end) || TRY(stands_inside_a_member(source, first)))
    return fail(ErrorCode::truncated, "zip directory",
                "the only end record, at byte " + std::to_string(end.at) +
                    ", is that of a zip within this one: the file ends before its directory does");
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

Result<std::optional<std::uint64_t>> find_local_header(Source& source, ByteRange range) {
  constexpr std::size_t kStep = std::size_t{64} << 10;
  constexpr ByteView kSignature = "PK\3\4";
  while (range.size() >= kLocalHeaderSize) {
    const std::uint64_t step = std::min<std::uint64_t>(range.size(), kStep);
    const ByteView bytes = TRY(source.at(range.begin, static_cast<std::size_t>(step)));
    const std::size_t found = bytes.find(kSignature);
    if (found != ByteView::npos) return std::optional<std::uint64_t>(range.begin + found);
    if (bytes.size() < kSignature.size()) break;
    range.begin += bytes.size() - (kSignature.size() - 1);
  }
  return std::optional<std::uint64_t>{};
}

Result<std::optional<ZipEntry>> read_local_header(Source& source, std::uint64_t offset) {
  const ByteView fixed = TRY(source.at(offset, kLocalHeaderSize));
  if (fixed.size() < kLocalHeaderSize || little<std::uint32_t>(fixed, 0) != kLocalHeader)
    return std::optional<ZipEntry>{};
  const std::size_t name_length = little<std::uint16_t>(fixed, 26);
  const std::size_t extra_length = little<std::uint16_t>(fixed, 28);
  const std::size_t length = kLocalHeaderSize + name_length + extra_length;
  const ByteView bytes = TRY(source.at(offset, length));
  if (bytes.size() < length || !is_plausible(bytes)) return std::optional<ZipEntry>{};

  ZipEntry entry;
  entry.header = offset;
  entry.flags = little<std::uint16_t>(bytes, 6);
  entry.method = little<std::uint16_t>(bytes, 8);
  take_dos_time(entry, little<std::uint16_t>(bytes, 10), little<std::uint16_t>(bytes, 12));
  entry.crc = little<std::uint32_t>(bytes, 14);
  entry.packed = little<std::uint32_t>(bytes, 18);
  entry.size = little<std::uint32_t>(bytes, 22);
  entry.name = bytes.substr(kLocalHeaderSize, name_length);
  ExtraFields extra(bytes.substr(kLocalHeaderSize + name_length));
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

Result<std::uint64_t> member_end(Source& source, const ZipEntry& entry) {
  const std::uint64_t data = TRY(data_offset(source, entry));
  const std::uint64_t end = end_within(source, data, entry.packed);
  return end_within(source, end, TRY(descriptor_size(source, end, entry)));
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
