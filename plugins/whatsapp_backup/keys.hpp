#pragma once
// What can open a backup: the files that devices keep, and what an examiner hands over.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "header.hpp"

namespace whatsapp_backup {

enum class KeyKind : std::uint8_t {
  file,     // `key`: an AES key with the salts it was issued for
  root,     // `encrypted_backup.key`, or the 64 digits that the user was shown
  either,   // 32 bytes that do not say what they are
  account,  // the e-mail address that crypt5 makes its key of
};

struct Key {
  KeyKind kind = KeyKind::either;
  std::string secret;       // 32 bytes, or the address
  std::string key_version;  // of a key file, as are the next two
  std::string server_salt;
  std::string google_id;
  std::string from;  // what to call it
  std::string iv;    // that crypt7 may use
};

// Sizes of the two files.
inline constexpr std::size_t kKeyFile = 158;
inline constexpr std::size_t kRootKeyFile = 59;
// A serialised Java byte array: header and length.
inline constexpr std::size_t kJavaHeader = 27;

// The array inside, where `bytes` are a serialised Java byte array and nothing else.
std::optional<std::string_view> java_array(std::string_view bytes);

// What `bytes` say, as a file, as 32 bytes, or as text: digits with spaces between them, base64, an
// address; with a byte-order mark or in UTF-16, if need be.
std::optional<Key> read_key(std::string_view bytes);

// The examiner's keys, then the exhibit's.
std::vector<Key> all_keys(const fx::Host& host);

// Whether the exhibit has password_data.key: the root key is held by the provider.
bool has_password_data(const fx::Host& host);

// What speaks against a key before it is tried.
enum class Fit : std::uint8_t {
  issued_for_it,  // the salts are those of the header
  possible,       // nothing to compare
  other_salt,     // issued for another backup
  other_format,   // of a kind that this backup does not use
};
Fit fit_of(const Key& key, const Header& header);

}  // namespace whatsapp_backup
