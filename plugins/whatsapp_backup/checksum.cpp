#include "checksum.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "cipher.hpp"

namespace whatsapp_backup {
namespace {

constexpr std::uint64_t kTag = 16;
constexpr std::uint64_t kMd5 = 16;
constexpr std::uint64_t kDigits = 4;
constexpr std::size_t kChunk = std::size_t{1} << 20;

// Adds the bytes of the input from `from` to `to`.
void add(const fx::Host& host, std::uint64_t from, std::uint64_t to, Md5& md5) {
  std::string chunk(kChunk, '\0');
  while (from < to) {
    host.check_cancelled();
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(kChunk, to - from));
    const std::size_t got = host.read(from, chunk.data(), want);
    if (got == 0) return;
    md5.add(std::string_view(chunk).substr(0, got));
    from += got;
  }
}

std::string bytes_at(const fx::Host& host, std::uint64_t at, std::size_t n) {
  std::string out(n, '\0');
  out.resize(host.read(at, out.data(), n));
  return out;
}

bool is_digits(const std::string& four) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return four.size() == kDigits && (four[0] == '-' || digit(four[0])) &&
         (four[1] == '-' || digit(four[1])) && digit(four[2]) && digit(four[3]);
}

}  // namespace

Trailer read_trailer(const fx::Host& host, const Header& header) {
  Trailer out;
  const std::uint64_t length = host.length();
  const auto division = [&](std::uint64_t behind, bool has_tag) {
    Division one;
    one.begin = header.length;
    one.end = length - behind;
    one.has_tag = has_tag;
    return one;
  };
  const auto fits = [&](std::uint64_t behind) { return length > header.length + behind; };
  if (fits(kTag + kMd5) && header.family != Family::headless) {
    Md5 md5;
    std::uint64_t read = 0;
    if (header.family == Family::raw && fits(kTag + kMd5 + kDigits)) {
      read = length - kMd5 - kDigits;
      add(host, 0, read, md5);
      Division one = division(kTag + kMd5 + kDigits, true);
      if (is_digits(bytes_at(host, length - kDigits, kDigits))) one.digits = length - kDigits;
      if (md5.digest() == bytes_at(host, read, kMd5)) {
        one.md5 = read;
        out.intact = true;
      }
      if (out.intact || one.digits) out.divisions.push_back(one);
    }
    if (!out.intact) {
      add(host, read, length - kMd5, md5);
      if (md5.digest() == bytes_at(host, length - kMd5, kMd5)) {
        Division one = division(kTag + kMd5, true);
        one.md5 = length - kMd5;
        out.intact = true;
        out.divisions.insert(out.divisions.begin(), one);
      }
    }
  }
  // Without a fitting MD5: parts of a backup in several files have none, or it was damaged itself.
  if (!out.intact && header.family != Family::headless) {
    if (fits(kTag)) out.divisions.push_back(division(kTag, true));
    if (fits(kTag + kMd5)) out.divisions.push_back(division(kTag + kMd5, true));
  }
  return out;
}

}  // namespace whatsapp_backup
