#include "key_files.hpp"

#include <unistd.h>

#include <cerrno>
#include <charconv>

#include "base/files.hpp"

namespace forensics::cli {
namespace {

constexpr std::size_t kLongestKey = std::size_t{1} << 20;

// A pipe has neither length nor offset: read until it ends.
Result<std::string> read_all(int descriptor, const std::string& source) {
  std::string bytes;
  char piece[4096];
  for (;;) {
    const ssize_t n = ::read(descriptor, piece, sizeof piece);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(ErrorCode::usage, source, "cannot be read: " + system_message(errno));
    if (n == 0) return bytes;
    bytes.append(piece, static_cast<std::size_t>(n));
    if (bytes.size() > kLongestKey)
      return fail(ErrorCode::usage, source, "a key has at most 1 MiB: this is none");
  }
}

Result<std::string> read_key(const std::string& source) {
  if (source.starts_with("fd:")) {
    int descriptor = -1;
    const char* const end = source.data() + source.size();
    const auto read = std::from_chars(source.data() + 3, end, descriptor);
    if (read.ec != std::errc() || read.ptr != end || descriptor < 0)
      return fail(ErrorCode::usage, source, "write fd:N with the number of an open descriptor");
    return read_all(descriptor, source);
  }
  const auto file = open_read(source);
  if (!file) return fail(ErrorCode::usage, source, "the key: " + file.error().message);
  return read_all(file->get(), source);
}

}  // namespace

void add_key_option(CLI::App& command, std::vector<std::string>& sources) {
  command
      .add_option(
          "--key", sources,
          "A file with a key for protected evidence, or fd:N; may be repeated. The bytes are "
          "shown to plugins and not kept: the case has their SHA-256")
      ->allow_extra_args(false)
      ->type_name("FILE");
}

Result<std::vector<std::string>> read_keys(const std::vector<std::string>& sources) {
  std::vector<std::string> keys;
  for (const std::string& source : sources) {
    std::string key = TRY(read_key(source));
    if (key.empty()) return fail(ErrorCode::usage, source, "the key is empty");
    keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace forensics::cli
