#include "output.hpp"

#include <cerrno>
#include <cstdio>

#include "base/bytes.hpp"
#include "base/files.hpp"

namespace forensics::cli {
namespace {

// C0 controls are escaped in any JSON; these are not: DEL and C1, overrides, isolates, separators.
bool steers_terminal(char32_t c) {
  return (c >= 0x7F && c <= 0x9F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

// Says the same and steers no terminal.
std::string harmless(std::string_view json) {
  std::string out;
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(json, at);
    if (!steers_terminal(c)) {
      out += json.substr(begin, at - begin);
      continue;
    }
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
    out += escape;
  }
  return out;
}

}  // namespace

Result<bool> Output::text(std::string_view text) {
  if (closed_) return false;
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size()) return true;
  if (errno == EPIPE) {
    closed_ = true;
    return false;
  }
  return fail(ErrorCode::output, "standard output", system_message(errno));
}

Result<bool> Output::line(const Json& value) {
  const std::string line = value.dump();
  return text((terminal.is_tty ? harmless(line) : line) + "\n");
}

Status Output::flush() {
  if (closed_ || std::fflush(stdout) == 0 || errno == EPIPE) return {};
  return fail(ErrorCode::output, "standard output", system_message(errno));
}

void Output::summary(std::string_view command, Exit exit) const {
  std::string out = "forensics: command=";
  out.append(command).append(" exit=").append(std::to_string(static_cast<int>(exit)));
  for (const auto& [name, value] : counts_)
    out.append(" ").append(name).append("=").append(std::to_string(value));
  out += "\n";
  std::fwrite(out.data(), 1, out.size(), stderr);
}

void say(std::string_view text) {
  const std::string out = "forensics: " + visible(text) + "\n";
  std::fwrite(out.data(), 1, out.size(), stderr);
}

void say(const Error& error) {
  say(error.text());
}

}  // namespace forensics::cli
