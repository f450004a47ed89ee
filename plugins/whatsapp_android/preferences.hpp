#pragma once
// Shared preferences of an Android application: <map> with one element an entry.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace whatsapp_android {

struct Preference {
  std::string_view name;
  std::string_view value;     // as it stands, escapes and all
  std::uint64_t element = 0;  // offsets in the file
  std::uint64_t element_end = 0;
  std::uint64_t at = 0;  // of the value
};

// At most kMostPreferences of them; views of `xml`.
inline constexpr std::size_t kMostPreferences = 65536;
std::vector<Preference> read_preferences(std::string_view xml);

// The owner's JID as the preferences state it, and the place of the number. Empty: they do not.
struct OwnJid {
  std::string jid;
  std::uint64_t at = 0;
  std::uint64_t length = 0;
};
OwnJid own_jid(const std::vector<Preference>& preferences);

int probe_preferences(std::string_view head, std::string_view name);
fx_status parse_preferences(const fx::Host& host);

// The whole of an input, for small files.
inline constexpr std::size_t kMostXml = std::size_t{8} << 20;
std::string read_input(const fx::Host& host, std::uint32_t input);

}  // namespace whatsapp_android
