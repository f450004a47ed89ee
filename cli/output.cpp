#include "output.hpp"

#include <cerrno>
#include <cstdio>

#include "base/files.hpp"

namespace forensics::cli {

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
  return text(value.dump() + "\n");
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
