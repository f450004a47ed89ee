#include "evidence/zip_members.hpp"

#include <archive_entry.h>
#include <sys/stat.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "evidence/decoder.hpp"
#include "evidence/zip_directory.hpp"

namespace forensics::evidence {
namespace {

using Type = ArchiveMember::Type;

constexpr std::uint64_t kLongestLink = 4096;  // as the system has it (PATH_MAX)
constexpr std::uint16_t kStored = 0;
constexpr const char* kEncrypted = "encrypted; it needs a password";

// By what is packed, too: the stated size of a folder may be a lie.
bool has_content(const ZipEntry& entry) {
  constexpr std::uint16_t kDeflated = 8;
  constexpr std::uint64_t kEncryptionHeader = 12;
  // The longest that a method makes of nothing.
  std::uint64_t empty = entry.method == kStored ? 0 : entry.method == kDeflated ? 2 : 32;
  if (entry.encrypted()) empty += kEncryptionHeader;
  return entry.size > 0 || entry.packed > empty;
}

// What calls itself a folder, a pipe or a link and yet has content that those have not is read as
// the file that it is.
Type type_of(const ZipEntry& entry) {
  constexpr std::uint32_t kDosDirectory = 0x10;
  switch (entry.unix_mode & S_IFMT) {
    case S_IFLNK:
      return std::max(entry.size, entry.packed) > kLongestLink ? Type::file : Type::symlink;
    case S_IFIFO:
    case S_IFSOCK:
    case S_IFCHR:
    case S_IFBLK: return has_content(entry) ? Type::file : Type::other;
    default: break;
  }
  const bool named_as_folder = entry.name.ends_with('/') || S_ISDIR(entry.unix_mode) ||
                               (entry.dos_attributes & kDosDirectory) != 0;
  return named_as_folder && !has_content(entry) ? Type::directory : Type::file;
}

ArchiveMember member_of(const ZipEntry& entry) {
  ArchiveMember member;
  member.name = entry.name;
  member.type = type_of(entry);
  member.encrypted = entry.encrypted();
  member.modified = entry.modified;
  member.has_modified = entry.has_modified;
  return member;
}

Status end_with(Delivery& delivery, Error error) {
  return delivery.end(error.code, std::move(error.message));
}

// One entry whose sizes are known; its data is looked for before `limit`. libarchive is shown a
// header with the facts of the entry, then the data: what the local header claims besides cannot
// mislead it.
Status read_entry(Source& source, const ZipEntry& entry, std::uint64_t limit, Delivery& delivery) {
  ArchiveMember member = member_of(entry);
  const auto data = data_offset(source, entry);
  const std::uint64_t begin = data ? std::min(*data, limit) : 0;
  const std::uint64_t available = data ? limit - begin : 0;
  Decoder decoder(source, begin, begin + std::min(entry.packed, available),
                  plain_local_header(entry));

  if (member.type == Type::symlink && data && !member.encrypted) {
    Status opened = decoder.open(Format::zip_member);
    auto header = opened ? decoder.next() : Result<archive_entry*>(nullptr);
    auto target = header && *header != nullptr ? decoder.content(kLongestLink) : std::string{};
    if (target) member.link_target = std::move(*target);
  }
  const Type type = member.type;
  TRY(delivery.begin(std::move(member)));
  if (type != Type::file) return delivery.end();
  if (entry.encrypted()) return delivery.end(ErrorCode::encrypted, kEncrypted);
  if (!data) return end_with(delivery, data.error());

  if (Status opened = decoder.open(Format::zip_member); !opened)
    return end_with(delivery, std::move(opened.error()));
  const auto header = decoder.next();
  if (!header) return end_with(delivery, header.error());
  if (*header == nullptr) return delivery.end(ErrorCode::truncated, "its data is missing");
  TRY(decoder.deliver_content(delivery));
  return {};
}

// A member whose sizes stand behind its data. Gives where the search for the next one goes on:
// behind it where that is known. Stored data is taken up to its end or that of the range, so that
// a zip within it is never taken apart here; compressed data that cannot be decoded hides nothing
// behind it.
Result<std::uint64_t> read_streamed(Source& source, const ZipEntry& entry, std::uint64_t data,
                                    std::uint64_t limit, Delivery& delivery) {
  const std::uint64_t stated_end = data + std::min(entry.packed, limit - data);
  const ArchiveMember member = member_of(entry);
  if (member.type != Type::file || member.encrypted) {
    TRY(delivery.begin(member));
    TRY(member.encrypted ? delivery.end(ErrorCode::encrypted, kEncrypted) : delivery.end());
    return stated_end;
  }
  Decoder decoder(source, entry.header, limit);
  if (!decoder.open(Format::zip_member)) return data;
  const auto header = decoder.next();
  if (!header || *header == nullptr) return data;

  TRY(delivery.begin(member));
  const std::uint64_t failed_before = delivery.failed();
  TRY(decoder.deliver_content(delivery));
  const bool is_whole = delivery.failed() == failed_before;
  if (is_whole || entry.method == kStored) return std::max(data, entry.header + decoder.consumed());
  return stated_end;
}

// Each member within the range, found by its own header. Where a member is known to end, the search
// goes on behind it, even if it cannot be decoded: what stands within it is no member of this zip.
Status read_by_headers(Source& source, ByteRange range, Delivery& delivery) {
  const std::uint64_t limit = range.end;
  while (const auto found = TRY(find_local_header(source, range))) {
    range.begin = *found + 1;
    const auto entry = TRY(read_local_header(source, *found));
    if (!entry) continue;
    const std::uint64_t data = TRY(data_offset(source, *entry));
    if (data > limit) continue;
    if (entry->sizes_follow()) {
      range.begin = TRY(read_streamed(source, *entry, data, limit, delivery));
      continue;
    }
    TRY(read_entry(source, *entry, limit, delivery));
    range.begin = data + std::min(entry->packed, limit - data);
  }
  return {};
}

// Which bytes of the file the zip has spoken for. Members that follow each other are one range, so
// this stays small.
class Claims {
 public:
  void add(ByteRange range) {
    if (!ranges_.empty() && ranges_.back().end == range.begin)
      ranges_.back().end = range.end;
    else
      ranges_.push_back(range);
  }

  // What is left of a file of `size` bytes, in ascending order.
  std::vector<ByteRange> gaps(std::uint64_t size) {
    std::sort(ranges_.begin(), ranges_.end(),
              [](const ByteRange& a, const ByteRange& b) { return a.begin < b.begin; });
    std::vector<ByteRange> out;
    std::uint64_t at = 0;
    for (const ByteRange& range : ranges_) {
      if (range.begin > at) out.push_back({at, range.begin});
      at = std::max(at, range.end);
    }
    if (at < size) out.push_back({at, size});
    return out;
  }

 private:
  std::vector<ByteRange> ranges_;
};

// Bytes that a sound zip may have outside of its directory: zeros that align, the mark in front of
// a zip that was meant to be split, and the signatures of an Android package.
Result<bool> is_usual(Source& source, ByteRange gap) {
  constexpr ByteView kApkMark = "APK Sig Block 42";
  if (gap.size() >= kApkMark.size() &&
      TRY(source.at(gap.end - kApkMark.size(), kApkMark.size())) == kApkMark)
    return true;
  if (gap.begin == 0 && gap.size() == 4) {
    const ByteView mark = TRY(source.at(0, 4));
    if (mark == "PK\7\10" || mark == "PK00") return true;
  }
  return is_zero(source, gap.begin, gap.end);
}

Status read_gaps(Source& source, const std::vector<ByteRange>& gaps, Delivery& delivery) {
  const std::uint64_t known = delivery.members();
  std::uint64_t outside = 0;
  std::uint64_t first = 0;
  for (const ByteRange& gap : gaps) {
    const std::uint64_t before = delivery.members();
    TRY(read_by_headers(source, gap, delivery));
    if (delivery.members() == before && TRY(is_usual(source, gap))) continue;
    if (outside == 0) first = gap.begin;
    outside += gap.size();
  }
  if (outside == 0) return {};
  return fail(ErrorCode::corrupt, "byte " + std::to_string(first),
              std::to_string(outside) + " bytes outside the directory of the zip; " +
                  std::to_string(delivery.members() - known) +
                  " members were found in them by their own headers");
}

Status read_by_directory(ZipDirectory directory, Source& members, Delivery& delivery) {
  Claims claims;
  for (const ByteRange& range : directory.own_ranges()) claims.add(range);
  while (const auto entry = TRY(directory.next())) {
    TRY(read_entry(members, *entry, members.size(), delivery));
    // An entry that points nowhere speaks for no bytes.
    if (const auto end = member_end(members, *entry)) claims.add({entry->header, *end});
  }
  TRY(read_gaps(members, claims.gaps(members.size()), delivery));
  if (directory.entries() != directory.stated_entries())
    return fail(ErrorCode::corrupt, "zip directory",
                "it states " + std::to_string(directory.stated_entries()) + " entries and has " +
                    std::to_string(directory.entries()));
  return {};
}

}  // namespace

Result<bool> ends_as_zip(Source& source) {
  const auto directory = ZipDirectory::open(source);
  if (!directory && directory.error().code == ErrorCode::unreadable)
    return tl::unexpected(directory.error());
  return directory && directory->entries() > 0;
}

Status read_zip(int descriptor, Source& source, Delivery& delivery) {
  Source members = TRY(Source::of(descriptor));  // its window is not the directory's
  auto directory = ZipDirectory::open(source);
  if (directory) return read_by_directory(std::move(*directory), members, delivery);

  Error damage = std::move(directory.error());
  TRY(read_by_headers(members, {0, members.size()}, delivery));
  damage.message +=
      "; " + std::to_string(delivery.members()) + " members were found by their own headers";
  return tl::unexpected(std::move(damage));
}

}  // namespace forensics::evidence
