#pragma once
// What stands before the encrypted part of a backup.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whatsapp_backup {

// A value and where it stands in the file.
struct Part {
  std::string bytes;
  std::uint64_t offset = 0;

  bool present() const { return !bytes.empty(); }
};

struct Number {
  std::uint32_t field = 0;  // its number in the message
  std::uint64_t value = 0;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

enum class Family : std::uint8_t {
  headless,      // crypt5: the file is encrypted from its first byte
  raw,           // crypt7 to crypt12: 67 bytes at fixed places
  provider_key,  // crypt14: a message; the key is held by the provider and the device
  root_key,      // crypt15: a message; the key is held by the user
  passkey,       // a message that carries the key, locked by a passkey
};

struct Header {
  Family family = Family::headless;
  std::uint64_t length = 0;  // where the encrypted part begins
  Part key_version;          // one byte, or digits
  Part server_salt;
  Part google_id;
  Part iv;
  Part app_version;
  Part jid_suffix;              // the last digits of the owner's number
  std::vector<Number> numbers;  // backup version (4), features (5 and more)
  std::optional<Number> key_type;
};

inline constexpr std::size_t kRawHeader = 67;
// The longest header that is looked for.
inline constexpr std::size_t kLongestHeader = 4096;

// Of the first bytes of a file; nullopt where they are no header.
std::optional<Header> read_header(std::string_view head);

}  // namespace whatsapp_backup
