#include "evidence/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "evidence/decoder.hpp"
#include "evidence/delivery.hpp"
#include "evidence/source.hpp"
#include "evidence/zip_directory.hpp"

namespace forensics::evidence {
namespace {

using Type = ArchiveMember::Type;

constexpr std::size_t kHead = 1024;
constexpr std::size_t kLongestLink = 4096;  // as the system has it (PATH_MAX)

enum class Kind : std::uint8_t { none, zip, seven_zip, tar, compressed };

// The sum over a tar header block, its own field read as spaces, stands in that field in octal.
bool is_tar_header(ByteView head) {
  constexpr std::size_t kBlock = 512;
  constexpr std::size_t kField = 148;
  constexpr std::size_t kFieldEnd = 156;
  if (head.size() < kBlock) return false;
  std::uint32_t sum = 0;
  std::int32_t signed_sum = 0;  // old writers added signed bytes
  for (std::size_t i = 0; i < kBlock; ++i) {
    const char byte = i >= kField && i < kFieldEnd ? ' ' : head[i];
    sum += static_cast<std::uint8_t>(byte);
    signed_sum += static_cast<signed char>(byte);
  }
  std::size_t at = kField;
  while (at < kFieldEnd && head[at] == ' ') ++at;
  std::uint32_t stated = 0;
  bool has_digit = false;
  for (; at < kFieldEnd && head[at] >= '0' && head[at] <= '7'; ++at) {
    stated = stated * 8 + static_cast<std::uint32_t>(head[at] - '0');
    has_digit = true;
  }
  return has_digit && head[0] != '\0' &&
         (stated == sum || static_cast<std::int64_t>(stated) == signed_sum);
}

Kind kind_of(ByteView head) {
  using namespace std::string_view_literals;
  for (const ByteView magic : {"PK\3\4"sv, "PK\5\6"sv, "PK\7\10PK\3\4"sv, "PK00PK\3\4"sv})
    if (head.starts_with(magic)) return Kind::zip;
  if (head.starts_with("7z\xBC\xAF\x27\x1C"sv)) return Kind::seven_zip;
  for (const ByteView magic : {"\x1F\x8B\x08"sv,
                               "\xFD"
                               "7zXZ\0"sv,
                               "\x28\xB5\x2F\xFD"sv})
    if (head.starts_with(magic)) return Kind::compressed;
  // A bzip2 stream begins with a block (pi) or, if empty, with the end mark (square root of pi).
  if (head.size() >= 10 && head.starts_with("BZh") && head[3] >= '1' && head[3] <= '9' &&
      (head.substr(4, 6) == "1AY&SY" || head.substr(4, 6) == "\x17\x72\x45\x38\x50\x90"))
    return Kind::compressed;
  if (is_tar_header(head)) return Kind::tar;
  return Kind::none;
}

// --- zip -----------------------------------------------------------------------------------------

Type type_of(const ZipEntry& entry) {
  constexpr std::uint32_t kDosDirectory = 0x10;
  switch (entry.unix_mode & S_IFMT) {
    case S_IFLNK: return Type::symlink;
    case S_IFIFO:
    case S_IFSOCK:
    case S_IFCHR:
    case S_IFBLK: return Type::other;
    default: break;
  }
  // What calls itself a folder and yet has content is read as the file that it is.
  const bool named_as_folder = entry.name.ends_with('/') || S_ISDIR(entry.unix_mode) ||
                               (entry.dos_attributes & kDosDirectory) != 0;
  return named_as_folder && entry.size == 0 ? Type::directory : Type::file;
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

constexpr const char* kEncrypted = "encrypted; it needs a password";

// One entry of a sound directory. libarchive is shown a header with the facts of the directory,
// then the data: what the local header claims besides cannot mislead it.
Status read_zip_entry(Source& source, const ZipEntry& entry, Delivery& delivery) {
  ArchiveMember member = member_of(entry);
  const auto data = data_offset(source, entry);
  const auto available = data && *data <= source.size() ? source.size() - *data : 0;
  const std::uint64_t begin = data ? std::min(*data, source.size()) : 0;
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

Status read_zip_by_directory(ZipDirectory directory, Source& members, Delivery& delivery) {
  while (const auto entry = TRY(directory.next())) TRY(read_zip_entry(members, *entry, delivery));
  return {};
}

// Where the next local header stands, from `at` on.
Result<std::optional<std::uint64_t>> find_local_header(Source& source, std::uint64_t at) {
  constexpr std::size_t kStep = std::size_t{64} << 10;
  constexpr ByteView kSignature = "PK\3\4";
  while (at < source.size()) {
    const ByteView bytes = TRY(source.at(at, kStep));
    const std::size_t found = bytes.find(kSignature);
    if (found != ByteView::npos) return std::optional<std::uint64_t>(at + found);
    if (bytes.size() < kSignature.size()) break;
    at += bytes.size() - (kSignature.size() - 1);
  }
  return std::optional<std::uint64_t>{};
}

// Without a directory each member is found by its own header. One that cannot be decoded hides
// nothing behind it: the search goes on right after its header.
Status read_zip_by_headers(Source& source, Delivery& delivery) {
  std::uint64_t at = 0;
  while (const auto found = TRY(find_local_header(source, at))) {
    at = *found + 4;
    const auto entry = TRY(read_local_header(source, *found));
    if (!entry) continue;
    Decoder decoder(source, *found, source.size());
    if (!decoder.open(Format::zip_member)) continue;
    const auto header = decoder.next();
    if (!header || *header == nullptr) continue;

    const ArchiveMember member = member_of(*entry);
    TRY(delivery.begin(member));
    if (member.type != Type::file) {
      TRY(delivery.end());
      continue;
    }
    if (member.encrypted) {
      TRY(delivery.end(ErrorCode::encrypted, kEncrypted));
      at = *found + 4 + std::min(entry->packed, source.size() - *found - 4);
      continue;
    }
    const std::uint64_t before = delivery.failed();
    TRY(decoder.deliver_content(delivery));
    if (delivery.failed() == before) at = std::max(at, *found + decoder.consumed());
  }
  return {};
}

Status read_zip(int descriptor, Source& source, Delivery& delivery) {
  Source members = TRY(Source::of(descriptor));  // its window is not the directory's
  auto directory = ZipDirectory::open(source);
  if (directory) return read_zip_by_directory(*directory, members, delivery);

  Error damage = std::move(directory.error());
  TRY(read_zip_by_headers(members, delivery));
  damage.message +=
      "; " + std::to_string(delivery.members()) + " members were found by their own headers";
  return tl::unexpected(std::move(damage));
}

// --- tar, 7z, compressed -------------------------------------------------------------------------

Type type_of(archive_entry* entry) {
  if (archive_entry_hardlink(entry) != nullptr) return Type::hardlink;
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG: return Type::file;
    case AE_IFDIR: return Type::directory;
    case AE_IFLNK: return Type::symlink;
    default: return Type::other;
  }
}

std::string bytes_or_empty(const char* text) {
  return text != nullptr ? text : "";
}

ArchiveMember member_of(archive_entry* entry, Format format) {
  ArchiveMember member;
  member.name = bytes_or_empty(archive_entry_pathname(entry));
  // So libarchive calls the content of a compressed file if the format states no name.
  if (format == Format::compressed_file && member.name == "data") member.name.clear();
  member.type = type_of(entry);
  if (member.type == Type::hardlink)
    member.link_target = bytes_or_empty(archive_entry_hardlink(entry));
  if (member.type == Type::symlink)
    member.link_target = bytes_or_empty(archive_entry_symlink(entry));
  member.encrypted = archive_entry_is_encrypted(entry) != 0;

  const std::int64_t seconds = archive_entry_mtime(entry);
  std::int64_t milliseconds = 0;
  if (archive_entry_mtime_is_set(entry) != 0 &&
      !__builtin_mul_overflow(seconds, std::int64_t{1000}, &milliseconds) &&
      !__builtin_add_overflow(milliseconds, archive_entry_mtime_nsec(entry) / 1'000'000,
                              &milliseconds)) {
    member.modified = milliseconds;
    member.has_modified = 1;
  }
  return member;
}

Status read_stream(Source& source, Format format, Delivery& delivery) {
  Decoder decoder(source, 0, source.size());
  TRY(decoder.open(format));
  while (archive_entry* entry = TRY(decoder.next())) {
    ArchiveMember member = member_of(entry, format);
    const Type type = member.type;
    const bool encrypted = member.encrypted;
    TRY(delivery.begin(std::move(member)));
    if (type != Type::file) {
      TRY(delivery.end());
      continue;
    }
    if (encrypted) {
      TRY(delivery.end(ErrorCode::encrypted, kEncrypted));
      continue;
    }
    const bool can_go_on = TRY(decoder.deliver_content(delivery));
    if (!can_go_on) {
      Error error = decoder.error();
      error.where = delivery.where();
      error.message += "; nothing behind it can be read";
      return tl::unexpected(std::move(error));
    }
  }
  return {};
}

// Whether a tar is what was compressed. libarchive would also take zeros for an (empty) tar.
Status read_compressed(Source& source, Delivery& delivery) {
  Decoder decoder(source, 0, source.size());
  TRY(decoder.open(Format::compressed_file));
  TRY(decoder.next());
  if (!decoder.is_compressed())
    return fail(ErrorCode::unknown, "byte 0", "begins like compressed data and is none");
  const auto head = decoder.content(kHead);
  const bool is_tar = head && is_tar_header(*head);
  return read_stream(source, is_tar ? Format::compressed_tar : Format::compressed_file, delivery);
}

}  // namespace

void warm_up() {
  load_locales();
}

bool may_be_archive(ByteView head) {
  return kind_of(head) != Kind::none;
}

Status read_archive(int descriptor, const ArchiveLimits& limits, ArchiveSink& sink) {
  Source source = TRY(Source::of(descriptor));
  Delivery delivery(limits, source.size(), sink);
  const Kind kind = kind_of(TRY(source.at(0, kHead)));
  switch (kind) {
    case Kind::none: return fail(ErrorCode::unknown, "byte 0", "this is no archive");
    case Kind::zip: TRY(read_zip(descriptor, source, delivery)); break;
    case Kind::seven_zip: TRY(read_stream(source, Format::seven_zip, delivery)); break;
    case Kind::tar: TRY(read_stream(source, Format::tar, delivery)); break;
    case Kind::compressed: TRY(read_compressed(source, delivery)); break;
  }
  return delivery.finish();
}

}  // namespace forensics::evidence
