#pragma once
// Standard output, and what ends every run. Human text and JSON Lines never mix: a command writes
// one or the other.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "exit_code.hpp"
#include "terminal.hpp"

namespace forensics::cli {

class Output {
 public:
  bool json = false;
  Terminal terminal = Terminal::of_stdout();

  // false: the reader of a pipe has seen enough; end quietly. Errors are ErrorCode::output.
  Result<bool> text(std::string_view text);
  Result<bool> line(const Json& value);
  Status flush();

  // For the machine summary: `name=value`.
  void count(std::string_view name, std::int64_t value) { counts_.emplace_back(name, value); }

  // "forensics: command=ingest exit=0 artifacts=12", on standard error.
  void summary(std::string_view command, Exit exit) const;

 private:
  bool closed_ = false;
  std::vector<std::pair<std::string, std::int64_t>> counts_;
};

// A diagnostic on standard error: "forensics: <text>". Evidence in it is made visible.
void say(std::string_view text);
void say(const Error& error);

}  // namespace forensics::cli
