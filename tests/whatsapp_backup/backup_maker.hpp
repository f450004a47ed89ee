#pragma once
// Backups as WhatsApp writes them, made of any plain text: what the plugin has to open.

#include <string>
#include <string_view>

namespace backup_test {

inline const std::string kIv = "0123456789abcdef";
inline const std::string kSalt(32, 's');
inline const std::string kGoogleId = "google-identity-";
inline const std::string kSecret = "the AES key of a device, made up";  // 32 bytes

std::string compressed(std::string_view plain);
std::string gzipped(std::string_view plain);

// A `key` file of 158 bytes.
std::string key_file(std::string_view secret = kSecret, std::string_view salt = kSalt);
// An encrypted_backup.key of 59 bytes.
std::string root_key_file(std::string_view root);

struct Options {
  bool md5 = true;               // false: part of a backup in several files
  std::string digits = "--67";   // behind crypt12
  std::string app = "2.24.1.2";  // empty: no such field
  int features = 60;             // bytes of feature flags: makes the header longer than 127
};

std::string crypt12(std::string_view body, const Options& options = {});
std::string crypt14(std::string_view body, const Options& options = {});
std::string crypt15(std::string_view body, std::string_view root, const Options& options = {});
// CBC, padded; `headed`: 67 bytes before it.
std::string crypt7(std::string_view body);
std::string crypt5(std::string_view body, std::string_view address);

// Something that looks like a database: `pages` pages of 512 bytes.
std::string database(unsigned pages);

}  // namespace backup_test
