#include "base/error.hpp"

namespace forensics {

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage: return "usage";
    case ErrorCode::not_found: return "not-found";
    case ErrorCode::unreadable: return "unreadable";
    case ErrorCode::unknown: return "unknown-format";
    case ErrorCode::truncated: return "truncated";
    case ErrorCode::corrupt: return "corrupt";
    case ErrorCode::encrypted: return "encrypted";
    case ErrorCode::limit: return "limit";
    case ErrorCode::integrity: return "integrity";
    case ErrorCode::plugin: return "plugin";
    case ErrorCode::isolation: return "isolation";
    case ErrorCode::busy: return "busy";
    case ErrorCode::newer: return "newer";
    case ErrorCode::output: return "output";
    case ErrorCode::cancelled: return "cancelled";
    case ErrorCode::internal: return "internal";
  }
  return "internal";
}

std::optional<ErrorCode> error_code(std::string_view name) {
  for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code)
    if (name_of(static_cast<ErrorCode>(code)) == name) return static_cast<ErrorCode>(code);
  return std::nullopt;
}

std::string Error::text() const { return where.empty() ? message : where + ": " + message; }

}  // namespace forensics
