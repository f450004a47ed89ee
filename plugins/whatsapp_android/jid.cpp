#include "jid.hpp"

#include <algorithm>
#include <cstdint>

namespace whatsapp_android {

std::string_view user_of(std::string_view jid) {
  const std::string_view user = jid.substr(0, jid.rfind('@'));
  return user.substr(0, user.find_first_of(".:"));
}

std::string_view server_of(std::string_view jid) {
  const std::size_t at = jid.rfind('@');
  return at == std::string_view::npos ? std::string_view() : jid.substr(at + 1);
}

bool is_person(std::string_view jid) {
  const std::string_view server = server_of(jid);
  return server == "s.whatsapp.net" || server == "lid" || server == "c.us";
}

std::string phone_of(std::string_view jid) {
  const std::string_view server = server_of(jid);
  if (server != "s.whatsapp.net" && server != "c.us") return {};
  const std::string_view user = user_of(jid);
  const bool digits = std::ranges::all_of(user, [](char c) { return c >= '0' && c <= '9'; });
  // The longest numbers have 15 digits (ITU-T E.164); "0" is the application itself.
  if (!digits || user.size() < 5 || user.size() > 15) return {};
  return "+" + std::string(user);
}

std::string_view thread_of(std::string_view jid) {
  const std::string_view server = server_of(jid);
  if (jid == "status@broadcast") return "status";
  if (server == "s.whatsapp.net" || server == "c.us" || server == "lid") return "individual";
  if (server == "g.us") return "group";
  if (server == "broadcast") return "broadcast";
  if (server == "newsletter") return "channel";
  if (server == "status" || server == "status_me") return "status";
  if (server == "call") return "call";
  if (server == "bot") return "bot";
  return {};
}

std::string sha256_of(std::string_view base64) {
  constexpr std::size_t kEncoded = 44;
  constexpr std::size_t kDigest = 32;
  if (base64.size() != kEncoded || base64.back() != '=') return {};
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : base64.substr(0, kEncoded - 1)) {
    const int value = c >= 'A' && c <= 'Z'   ? c - 'A'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 26
                      : c >= '0' && c <= '9' ? c - '0' + 52
                      : c == '+'             ? 62
                      : c == '/'             ? 63
                                             : -1;
    if (value < 0) return {};
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    const std::uint32_t byte = bits >> held & 0xff;
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out.size() == kDigest * 2 ? out : std::string();
}

}  // namespace whatsapp_android
