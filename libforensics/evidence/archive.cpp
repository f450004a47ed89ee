#include "evidence/archive.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <utility>

#include "evidence/decoder.hpp"
#include "evidence/delivery.hpp"
#include "evidence/source.hpp"
#include "evidence/zip_directory.hpp"
#include "evidence/zip_members.hpp"

namespace forensics::evidence {
namespace {

using Type = ArchiveMember::Type;

constexpr std::size_t kHead = 1024;

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

// A second name, a folder or a pipe that brings content of its own is read as a file.
Type type_of(archive_entry* entry) {
  const bool is_link = archive_entry_filetype(entry) == AE_IFLNK;
  if (!is_link && archive_entry_size(entry) > 0) return Type::file;
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
  if (archive_entry_hardlink(entry) != nullptr)
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

// Where the archive ends by its own account, once its last member was read. A tar ends where its
// compression or the file does.
Result<std::uint64_t> end_of(Source& source, Format format, const Decoder& decoder) {
  if (format != Format::seven_zip) return decoder.consumed();
  // The start header: at byte 12 where the header stands behind the first 32 bytes, and its length.
  constexpr std::uint64_t kStartHeader = 32;
  const ByteView head = TRY(source.at(0, kStartHeader));
  std::uint64_t end = kStartHeader;
  for (const std::size_t field : {std::size_t{12}, std::size_t{20}}) {
    std::uint64_t value = 0;
    for (std::size_t i = 8; i-- > 0 && head.size() == kStartHeader;)
      value = (value << 8) | static_cast<std::uint8_t>(head[field + i]);
    if (__builtin_add_overflow(end, value, &end)) return source.size();
  }
  return std::min(end, source.size());
}

// Zeros may fill up the last block.
Status check_end(Source& source, Format format, const Decoder& decoder) {
  if (decoder.passed_over() > 0)
    return fail(ErrorCode::corrupt,
                "byte " + std::to_string(decoder.passed_over_at()) + " of the tar",
                std::to_string(decoder.passed_over()) + " bytes belong to no member");
  const std::uint64_t end = TRY(end_of(source, format, decoder));
  if (TRY(is_zero(source, end, source.size()))) return {};
  return fail(ErrorCode::corrupt, "byte " + std::to_string(end),
              std::to_string(source.size() - end) + " bytes behind the end of the archive");
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
      TRY(delivery.end(ErrorCode::encrypted, "encrypted; it needs a password"));
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
  // What a limit cut off was not read, so that nobody knows where it would have ended.
  if (format == Format::compressed_file && delivery.member_is_over()) return {};
  return check_end(source, format, decoder);
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

bool may_be_archive(ByteView head, ByteView tail) {
  return may_be_archive(head) || has_end_record(tail);
}

Status read_archive(int descriptor, const ArchiveLimits& limits, ArchiveSink& sink) {
  Source source = TRY(Source::of(descriptor));
  Delivery delivery(limits, source.size(), sink);
  Kind kind = kind_of(TRY(source.at(0, kHead)));
  if (kind == Kind::none && TRY(ends_as_zip(source))) kind = Kind::zip;
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
