#pragma once
// The one error type of the library, and the one word that passes it on.
//
//   Result<Bytes> read_header(const File& file) {
//     Bytes head = TRY(file.read(0, 64));
//     if (head.size() < 64)
//       return fail(ErrorCode::truncated, file.name(), "header ends before byte 64");
//     return head;
//   }
//
// No exception crosses the boundary of a library folder. Threads: plain values, no sharing.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace forensics {

// What went wrong, coarse enough to choose an exit code from and stable enough to be stored.
enum class ErrorCode : std::uint8_t {
  usage,       // the caller asked for something that makes no sense
  not_found,   // a named thing is not there
  unreadable,  // input exists and cannot be read (permission, I/O error)
  unknown,     // input of no format that any plugin claims
  truncated,   // input ends too early
  corrupt,     // input contradicts its own format
  encrypted,   // input needs a key that was not given
  limit,       // an explicit limit was reached (size, ratio, depth, time, memory)
  integrity,   // stored bytes are not what the ledger says they are
  plugin,      // a plugin crashed, lied or was stopped
  isolation,   // this machine cannot confine a worker as required
  busy,        // another writer holds the case
  newer,       // the case was written by a newer version
  output,      // writing failed: disk full, I/O error, permission
  cancelled,   // the user or a signal asked to stop; the work can be resumed
  internal,    // a defect of this program
};

std::string_view name_of(ErrorCode code);
std::optional<ErrorCode> error_code(std::string_view name);

// `where` is what a person can look up: a path, "artifact A00017 at byte 4711", "ledger line 12".
// `message` says what happened and, where there is something to do, what to do. Both are UTF-8.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string where;
  std::string message;

  std::string text() const;  // "where: message"
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string where, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(where), std::move(message)});
}

namespace detail {
template <typename T>
T take(tl::expected<T, Error>& result) {
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}
}  // namespace detail
}  // namespace forensics

// Value of a Result, or return its error from the enclosing function. The counter gives each use a
// name of its own, so that one may stand inside another (in a lambda that is an argument).
#define FX_TRY_AS(name, expression)                                                \
  (__extension__({                                                                 \
    auto name = (expression);                                                      \
    if (!name) return tl::unexpected<::forensics::Error>(std::move(name.error())); \
    ::forensics::detail::take(name);                                               \
  }))
#define FX_TRY_NUMBERED(number, expression) FX_TRY_AS(fx_result_##number, expression)
#define FX_TRY_EXPANDED(number, expression) FX_TRY_NUMBERED(number, expression)
#define TRY(expression) FX_TRY_EXPANDED(__COUNTER__, expression)
