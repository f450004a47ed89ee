#include "keys.hpp"

#include <algorithm>

namespace whatsapp_backup {
namespace {

constexpr std::size_t kFileKeyBody = 131;
constexpr std::size_t kSecret = 32;
constexpr std::size_t kMostKeys = 64;
constexpr std::size_t kMostKeyBytes = 4096;  // nothing that is a key is longer
constexpr std::uint32_t kKeyInput = 1;
constexpr std::uint32_t kRootKeyInput = 2;
constexpr std::uint32_t kPasswordInput = 3;

constexpr unsigned char kJavaByteArray[] = {0xac, 0xed, 0x00, 0x05, 0x75, 0x72, 0x00, 0x02,
                                            0x5b, 0x42, 0xac, 0xf3, 0x17, 0xf8, 0x06, 0x08,
                                            0x54, 0xe0, 0x02, 0x00, 0x00, 0x78, 0x70};

// Cipher version 2, key version 1, salt 32, identity 16, its digest 32, IV 16, key 32.
Key file_key(std::string_view body) {
  Key key;
  key.kind = KeyKind::file;
  key.key_version = body.substr(2, 1);
  key.server_salt = body.substr(3, 32);
  key.google_id = body.substr(35, 16);
  key.iv = body.substr(83, 16);
  key.secret = body.substr(99, kSecret);
  return key;
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '-' || c == ':';
}

// The bytes that digits in any grouping stand for.
std::optional<std::string> from_digits(std::string_view text) {
  std::string out;
  int high = -1;
  for (const char c : text) {
    if (is_space(c)) continue;
    const int value = digit(c);
    if (value < 0) return std::nullopt;
    if (high < 0) {
      high = value;
    } else {
      out.push_back(static_cast<char>(high << 4 | value));
      high = -1;
    }
  }
  if (high >= 0 || out.empty()) return std::nullopt;
  return out;
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '=') continue;
    const int value = base64_digit(c);
    if (value < 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out.push_back(static_cast<char>(bits >> count & 0xFF));
  }
  return out;
}

// What an editor puts round a few letters: a byte-order mark, UTF-16; and 0x, of digits.
std::string bare(std::string_view text) {
  std::string out;
  const bool little = text.starts_with("\xFF\xFE");
  if (little || text.starts_with("\xFE\xFF")) {
    for (std::size_t i = 2; i + 1 < text.size(); i += 2) {
      if (text[little ? i + 1 : i] != '\0') return {};
      out.push_back(text[little ? i : i + 1]);
    }
  } else {
    out = text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
  }
  if (out.starts_with("0x") || out.starts_with("0X")) out.erase(0, 2);
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return text;
}

bool is_address(std::string_view text) {
  const std::size_t at = text.find('@');
  return text.size() <= 320 && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

std::optional<Key> read_binary_key(std::string_view bytes) {
  if (const auto array = java_array(bytes)) bytes = *array;
  if (bytes.size() == kFileKeyBody && bytes[0] == 0 && bytes[1] == 1) return file_key(bytes);
  if (bytes.size() != kSecret) return std::nullopt;
  Key key;
  key.secret = bytes;
  return key;
}

std::string version_digits(std::string_view version) {
  std::string out(version);
  for (char& c : out)
    if (c >= 0 && c <= 9) c = static_cast<char>('0' + c);
  return out;
}

void add_companion(const fx::Host& host, std::uint32_t input, std::vector<Key>& out) {
  const fx_companion* file = host.companion(input);
  if (file == nullptr || file->length > kMostKeyBytes) return;
  std::string bytes(static_cast<std::size_t>(file->length), '\0');
  bytes.resize(host.read(input, 0, bytes.data(), bytes.size()));
  if (auto key = read_key(bytes)) {
    key->from = "the exhibit's file " + std::string(fx::view(file->name));
    out.push_back(std::move(*key));
  }
}

}  // namespace

std::optional<std::string_view> java_array(std::string_view bytes) {
  if (bytes.size() < kJavaHeader) return std::nullopt;
  const auto is_same = [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; };
  if (!std::ranges::equal(bytes.substr(0, sizeof kJavaByteArray), kJavaByteArray, is_same))
    return std::nullopt;
  std::uint32_t length = 0;
  for (std::size_t i = sizeof kJavaByteArray; i < kJavaHeader; ++i)
    length = length << 8 | static_cast<unsigned char>(bytes[i]);
  if (length != bytes.size() - kJavaHeader) return std::nullopt;
  return bytes.substr(kJavaHeader);
}

std::optional<Key> read_key(std::string_view bytes) {
  if (bytes.size() > kMostKeyBytes) return std::nullopt;
  if (auto key = read_binary_key(bytes)) {
    if (key->kind == KeyKind::either && bytes.size() == kRootKeyFile) key->kind = KeyKind::root;
    return key;
  }
  const std::string plain = bare(bytes);
  if (const auto binary = from_digits(plain)) return read_binary_key(*binary);
  const std::string_view text = trimmed(plain);
  if (!is_address(text)) {
    const auto binary = from_base64(text);
    return binary ? read_binary_key(*binary) : std::nullopt;
  }
  Key key;
  key.kind = KeyKind::account;
  key.secret = text;
  return key;
}

std::vector<Key> all_keys(const fx::Host& host) {
  std::vector<Key> out;
  std::size_t number = 0;
  for (const fx_text& item : host.keys()) {
    ++number;
    if (out.size() == kMostKeys) break;
    if (auto key = read_key(fx::view(item))) {
      key->from = "the examiner's key " + std::to_string(number);
      out.push_back(std::move(*key));
    } else {
      host.note(FX_INFO, fx::span(0, 0), "key-form",
                "the examiner's key " + std::to_string(number) +
                    " is in no form that a key of such a backup has");
    }
  }
  add_companion(host, kKeyInput, out);
  add_companion(host, kRootKeyInput, out);
  return out;
}

bool has_password_data(const fx::Host& host) {
  return host.companion(kPasswordInput) != nullptr;
}

Fit fit_of(const Key& key, const Header& header) {
  switch (header.family) {
    case Family::headless: return key.kind == KeyKind::root ? Fit::other_format : Fit::possible;
    case Family::root_key:
      return key.kind == KeyKind::root || key.kind == KeyKind::either ? Fit::possible
                                                                      : Fit::other_format;
    case Family::passkey: return Fit::other_format;
    case Family::raw:
    case Family::provider_key: break;
  }
  if (key.kind == KeyKind::either) return Fit::possible;
  if (key.kind != KeyKind::file) return Fit::other_format;
  const bool same = key.server_salt == header.server_salt.bytes &&
                    key.google_id == header.google_id.bytes &&
                    version_digits(key.key_version) == version_digits(header.key_version.bytes);
  return same ? Fit::issued_for_it : Fit::other_salt;
}

}  // namespace whatsapp_backup
