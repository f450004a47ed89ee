#pragma once
// Which known applications left files in the evidence, and whether a plugin read any of them: by
// package names and domains in paths, by names of files, by the file ids of iTunes backups and by
// the domains that these list.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casefile/database.hpp"

namespace forensics::casefile {

struct AppSeen {
  std::string_view name;       // "WhatsApp Business"
  std::int64_t artifacts = 0;  // files that are the application's by name
  std::int64_t read = 0;       // of them by a plugin
  std::int64_t listed = 0;     // files that the list of a backup has of it
};

// The application that a path within an exhibit belongs to; empty: none that is known.
std::string_view app_of(std::string_view path);

// The file id that an iTunes backup gives to "domain-path": SHA-1 in hexadecimal digits.
std::string backup_file_id(std::string_view domain_path);

// What the file id of an iTunes backup stands for, "domain-path", where it is known.
std::optional<std::string> backup_path(std::string_view file_id);

// Those that were seen, in a fixed order.
Result<std::vector<AppSeen>> apps_seen(const Database& database);

}  // namespace forensics::casefile
