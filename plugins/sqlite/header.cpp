#include "header.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "format.hpp"

namespace sqlite {
namespace {

constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr std::size_t kHeaderLength = 100;
constexpr std::size_t kSample = 4096;

bool is_page_size(std::uint64_t size) {
  return size >= 512 && size <= 65536 && (size & (size - 1)) == 0;
}

std::uint32_t stated_page_size(std::string_view head) {
  const std::uint32_t stated = be16(head, 16);
  return stated == 1 ? 65536 : stated;
}

// How many distinct bytes a sample has, weighted: a cipher's output of 4 KiB has nearly all 256, in
// nearly equal numbers. The sum of squares of the counts is small exactly then.
bool looks_random(std::string_view sample) {
  if (sample.size() < 256) return false;
  std::array<std::uint64_t, 256> counts{};
  for (const char c : sample) ++counts[static_cast<unsigned char>(c)];
  std::uint64_t squares = 0;
  for (const std::uint64_t count : counts) squares += count * count;
  const std::uint64_t n = sample.size();
  // Expected for random bytes: n + n(n-1)/256. Text and tables have several times as much.
  return squares < n + n * n / 256 + n * n / 512;
}

// Does a page of `size` bytes begin here? In one that does, the cell that was written first stands
// in its far half.
bool begins_page(std::string_view head, std::uint32_t size) {
  if (head.size() < 8) return false;
  const std::uint32_t kind = byte_at(head, 0);
  if (kind != 2 && kind != 5 && kind != 10 && kind != 13) return false;
  const std::uint32_t content = be16(head, 5) == 0 ? 65536 : be16(head, 5);
  const std::size_t cells = be16(head, 3);
  if (content > size || be16(head, 1) >= size) return false;
  if (cells == 0) return content > size / 2;
  std::uint32_t last = 0;
  const std::size_t pointers = kind == 2 || kind == 5 ? 12 : 8;
  for (std::size_t at = pointers; at + 2 <= std::min(head.size(), pointers + 2 * cells); at += 2)
    last = std::max(last, be16(head, at));
  return last > size / 2 && last < size;
}

// Of a thousand pages, how many begin like pages do if they have that size.
std::uint64_t pages_of_size(const Bytes& file, std::uint32_t size) {
  std::uint64_t pages = 0;
  std::uint64_t good = 0;
  for (std::uint64_t at = size; at + 8 <= file.length() && pages < 256; at += size, ++pages) {
    char head[140];
    if (begins_page({head, file.read(at, head, sizeof head)}, size)) ++good;
  }
  return pages == 0 ? 0 : good * 1000 / pages;
}

// The page size at which most pages begin like pages do.
std::uint32_t guess_page_size(const Bytes& file) {
  std::uint32_t best = 0;
  std::uint64_t best_score = 0;
  for (std::uint32_t size = 512; size <= 65536; size *= 2) {
    const std::uint64_t score = pages_of_size(file, size);
    if (score > best_score) {
      best = size;
      best_score = score;
    }
  }
  return best;
}

// A page size that exists and is another's: hardly a page begins where it says, most elsewhere.
bool is_wrong_page_size(const Bytes& file, std::uint32_t stated, std::uint32_t guess) {
  if (guess == 0 || guess == stated) return false;
  return pages_of_size(file, stated) * 4 < pages_of_size(file, guess);
}

// Bytes 16 to 23 are as in every database: some ciphers leave them as they were.
bool has_fixed_fields(std::string_view head) {
  return head.size() >= kHeaderLength && is_page_size(stated_page_size(head)) &&
         byte_at(head, 21) == 64 && byte_at(head, 22) == 32 && byte_at(head, 23) == 32;
}

// Does the tree of the schema begin behind the header? No cipher leaves that.
bool begins_schema(std::string_view head) {
  if (!has_fixed_fields(head) || head.size() < kHeaderLength + 12) return false;
  const std::uint32_t kind = byte_at(head, kHeaderLength);
  const std::uint32_t cells = be16(head, kHeaderLength + 3);
  const std::uint32_t content = be16(head, kHeaderLength + 5);
  const std::uint32_t size = stated_page_size(head);
  const std::size_t pointers = kHeaderLength + (kind == 5 ? 12U : 8U) + 2 * std::size_t{cells};
  return (kind == 5 || kind == 13) && be16(head, kHeaderLength + 1) < size && pointers <= size &&
         (content == 0 ? size == 65536 : content >= pointers && content <= size);
}

Recognition without_signature(std::string_view head, const Bytes& file) {
  Recognition out;
  if (std::ranges::all_of(head, [](char c) { return c == '\0'; })) {
    out.reason = "the file begins with zeros where a database has its signature";
    return out;
  }
  const bool plain_fields = has_fixed_fields(head);
  const bool whole_pages = file.length() >= 512 && file.length() % 512 == 0;
  if (plain_fields || (whole_pages && looks_random(head))) {
    out.kind = FileKind::encrypted;
    out.reason =
        plain_fields
            ? "the signature is missing while the fixed fields behind it are intact"
            : "no signature, whole pages, and bytes spread as evenly as a cipher spreads them";
    return out;
  }
  out.reason = "no SQLite signature";
  return out;
}

}  // namespace

Header parse_header(std::string_view page) {
  Header header;
  if (page.size() < kHeaderLength) return header;
  header.page_size = stated_page_size(page);
  header.reserved = byte_at(page, 20);
  header.wal_mode = byte_at(page, 18) == 2 && byte_at(page, 19) == 2;
  // The count is valid only if the last writer knew of it.
  if (be32(page, 24) == be32(page, 92)) header.page_count = be32(page, 28);
  header.freelist_trunk = be32(page, 32);
  header.freelist_count = be32(page, 36);
  header.schema_format = be32(page, 44);
  header.auto_vacuum = be32(page, 52) != 0;
  const std::uint32_t encoding = be32(page, 56);
  if (encoding >= 1 && encoding <= 3) header.encoding = static_cast<Encoding>(encoding);
  header.user_version = be32(page, 60);
  header.application_id = be32(page, 68);
  header.usable = header.page_size - std::min(header.reserved, header.page_size);
  return header;
}

Recognition recognise(const Bytes& file, Defects& defects) {
  char buffer[kSample];
  const std::string_view head(buffer, file.read(0, buffer, sizeof buffer));
  Recognition out;
  if (head.empty()) {
    out.kind = FileKind::empty;
    out.reason = "the file has no bytes: a database in which nothing was ever stored";
    return out;
  }
  const bool has_signature = head.starts_with(kMagic);
  if (!has_signature && !begins_schema(head)) return without_signature(head, file);
  if (head.size() < kHeaderLength) {
    out.reason = "the file ends inside the header of a database";
    return out;
  }

  out.kind = FileKind::database;
  out.reason = has_signature ? "SQLite signature" : "the head of a database, its signature damaged";
  if (!has_signature)
    defects.add({kMain, 0, kMagic.size()}, "signature",
                "the signature is damaged; what stands behind it is a database's");
  Header& header = out.header = parse_header(head);
  if (!is_page_size(header.page_size)) {
    defects.add({kMain, 16, 2}, "page-size", "the stated page size is none that exists");
    header.page_size = guess_page_size(file);
    if (header.page_size == 0) header.page_size = 4096;
  } else if (std::uint64_t{header.page_count} * header.page_size != file.length()) {
    const std::uint32_t guess = guess_page_size(file);
    if (is_wrong_page_size(file, header.page_size, guess)) {
      defects.add({kMain, 16, 2}, "page-size",
                  "the stated page size is not the one at which pages begin");
      header.page_size = guess;
    }
  }
  if (header.page_size - std::min(header.reserved, header.page_size) < 480) {
    defects.add({kMain, 20, 1}, "reserved-space", "the reserved space leaves no room in a page");
    header.reserved = 0;
  }
  header.usable = header.page_size - header.reserved;
  const std::uint32_t encoding = be32(head, 56);
  if (encoding > 3)
    defects.add({kMain, 56, 4}, "text-encoding", "the stated text encoding is none that exists");

  const std::uint64_t whole = file.length() / header.page_size;
  const std::uint64_t begun = whole + (file.length() % header.page_size != 0 ? 1 : 0);
  if (header.page_count == 0)
    header.page_count = static_cast<std::uint32_t>(std::min<std::uint64_t>(begun, ~0U));
  if (header.page_count > whole)
    defects.add({kMain, file.length(), 0}, "truncated", "the file ends before its last page");
  header.page_count = static_cast<std::uint32_t>(std::min<std::uint64_t>(header.page_count, begun));
  return out;
}

}  // namespace sqlite
