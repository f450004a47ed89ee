#include "transfer.hpp"

#include <algorithm>

#include "lines.hpp"

namespace web_archive {
namespace {

constexpr std::size_t kPiece = std::size_t{256} << 10;
constexpr std::size_t kMostChunkLine = 256;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

// One byte after the other; the child is written in pieces.
class Out {
 public:
  explicit Out(const fx::Host& host) : host_(host) {}
  void put(char c) {
    bytes_ += c;
    if (bytes_.size() == kPiece) flush();
  }
  void flush() {
    if (!bytes_.empty()) host_.write_child(bytes_.data(), bytes_.size());
    bytes_.clear();
  }

 private:
  const fx::Host& host_;
  std::string bytes_;
};

class In {
 public:
  In(fx::Window& window, std::uint64_t offset, std::uint64_t length)
      : window_(window), at_(offset), end_(offset + length) {}
  std::string_view look(std::size_t want) {
    const std::uint64_t left = end_ - at_;
    if (here_.size() < want) {
      here_ = window_.at(at_, want);
      if (here_.size() > left) here_ = here_.substr(0, static_cast<std::size_t>(left));
    }
    return here_;
  }
  void advance(std::size_t n) {
    here_.remove_prefix(n);
    at_ += n;
  }
  bool done() { return look(1).empty(); }

 private:
  fx::Window& window_;
  std::uint64_t at_;
  std::uint64_t end_;
  std::string_view here_;
};

void identity(In& in, const fx::Host& host) {
  while (!in.done()) {
    const std::string_view here = in.look(1);
    host.write_child(here.data(), here.size());
    in.advance(here.size());
  }
}

Outcome quoted_printable(In& in, Out& out) {
  Outcome outcome;
  while (!in.done()) {
    const std::string_view here = in.look(3);
    if (here.front() != '=') {
      out.put(here.front());
      in.advance(1);
      continue;
    }
    const int high = here.size() > 2 ? hex_digit(here[1]) : -1;
    const int low = here.size() > 2 ? hex_digit(here[2]) : -1;
    if (high >= 0 && low >= 0) {
      out.put(static_cast<char>(high * 16 + low));
      in.advance(3);
    } else if (here.substr(1).starts_with("\r\n")) {
      in.advance(3);  // a soft line break
    } else if (here.substr(1).starts_with('\n')) {
      in.advance(2);
    } else {
      ++outcome.odd;
      outcome.cut = here.size() < 3;
      out.put('=');
      in.advance(1);
    }
  }
  return outcome;
}

Outcome base64(In& in, Out& out) {
  Outcome outcome;
  std::uint32_t bits = 0;
  int count = 0;
  while (!in.done()) {
    const char c = in.look(1).front();
    in.advance(1);
    const int digit = base64_digit(c);
    if (digit < 0) {
      if (c != '=' && c != '\r' && c != '\n' && c != ' ' && c != '\t') ++outcome.odd;
      continue;
    }
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out.put(static_cast<char>(bits >> count & 0xFFU));
  }
  outcome.cut = count == 6;
  return outcome;
}

Outcome chunked(In& in, const fx::Host& host) {
  Outcome outcome;
  while (!in.done()) {
    const std::string_view line = in.look(kMostChunkLine).substr(0, kMostChunkLine);
    const std::size_t end = line.find('\n');
    std::uint64_t size = 0;
    std::size_t digits = 0;
    while (digits < line.size() && digits < 15 && hex_digit(line[digits]) >= 0)
      size = size * 16 + static_cast<std::uint64_t>(hex_digit(line[digits++]));
    if (end == line.npos || digits == 0) {
      outcome.cut = true;
      return outcome;
    }
    in.advance(end + 1);
    if (size == 0) return outcome;
    while (size != 0 && !in.done()) {
      const std::string_view here = in.look(1);
      const auto take = static_cast<std::size_t>(std::min<std::uint64_t>(size, here.size()));
      host.write_child(here.data(), take);
      in.advance(take);
      size -= take;
    }
    outcome.cut = size != 0;
    if (in.look(2).starts_with("\r\n"))
      in.advance(2);
    else if (in.look(1).starts_with('\n'))
      in.advance(1);
  }
  return outcome;
}

}  // namespace

Transfer transfer_of(std::string_view name) {
  if (same_word(name, "quoted-printable")) return Transfer::quoted_printable;
  if (same_word(name, "base64")) return Transfer::base64;
  if (same_word(name, "chunked")) return Transfer::chunked;
  return Transfer::identity;
}

const char* word_of(Transfer transfer) {
  switch (transfer) {
    case Transfer::identity: return "identity";
    case Transfer::quoted_printable: return "quoted-printable";
    case Transfer::base64: return "base64";
    case Transfer::chunked: return "chunked";
  }
  return "identity";
}

Outcome write_child(const fx::Host& host, fx::Window& window, std::uint64_t offset,
                    std::uint64_t length, Transfer transfer) {
  In in(window, offset, length);
  Out out(host);
  Outcome outcome;
  switch (transfer) {
    case Transfer::identity: identity(in, host); break;
    case Transfer::quoted_printable: outcome = quoted_printable(in, out); break;
    case Transfer::base64: outcome = base64(in, out); break;
    case Transfer::chunked: outcome = chunked(in, host); break;
  }
  out.flush();
  return outcome;
}

}  // namespace web_archive
