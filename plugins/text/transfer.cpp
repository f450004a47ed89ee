#include "text/transfer.hpp"

namespace text {
namespace {

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

int sextet(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  if (c == '/') return 63;
  return -1;
}

}  // namespace

std::string from_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '=') {
      out.push_back(text[at]);
      continue;
    }
    std::size_t end = at + 1;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
    if (end < text.size() && text[end] == '\r') ++end;
    if (end < text.size() && text[end] == '\n') {
      at = end;
    } else if (end == text.size() && end > at + 1) {
      at = end;
    } else if (at + 2 < text.size() && hex(text[at + 1]) >= 0 && hex(text[at + 2]) >= 0) {
      out.push_back(static_cast<char>(hex(text[at + 1]) << 4 | hex(text[at + 2])));
      at += 2;
    } else {
      out.push_back('=');
    }
  }
  return out;
}

void Base64::add(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    if (c == '=') {
      padded_ = true;
      continue;
    }
    const int value = sextet(c);
    if (value < 0 || padded_) {
      sound_ = false;
      continue;
    }
    bits_ = bits_ << 6 | static_cast<std::uint32_t>(value);
    if (++letters_ < 4) continue;
    out.push_back(static_cast<char>(bits_ >> 16 & 0xff));
    out.push_back(static_cast<char>(bits_ >> 8 & 0xff));
    out.push_back(static_cast<char>(bits_ & 0xff));
    letters_ = 0;
    bits_ = 0;
  }
}

bool Base64::finish(std::string& out) {
  if (letters_ == 1) sound_ = false;
  if (letters_ >= 2) out.push_back(static_cast<char>(bits_ >> (letters_ == 2 ? 4 : 10) & 0xff));
  if (letters_ == 3) out.push_back(static_cast<char>(bits_ >> 2 & 0xff));
  letters_ = 0;
  return sound_;
}

}  // namespace text
