#pragma once
// One line of the ledger: an envelope that is the same for every entry, and a body that depends on
// the type. docs/ledger.md sections 3 and 4 are normative for both.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace forensics::ledger {

inline constexpr std::int64_t kVersion = 1;
inline constexpr std::string_view kSpecification = "forensics-ledger/1";
inline constexpr std::size_t kMaxLine = std::size_t{1} << 20;  // without its LF

// Types of entries. A reader passes over types that it does not know.
namespace entry_type {
inline constexpr std::string_view kGenesis = "genesis";             // always entry 0, never again
inline constexpr std::string_view kSessionOpen = "session_open";    // a command began
inline constexpr std::string_view kSessionClose = "session_close";  // and ended
inline constexpr std::string_view kExhibit = "exhibit";             // what was handed over
inline constexpr std::string_view kExhibitClose = "exhibit_close";  // all of it has been taken in
inline constexpr std::string_view kAcquire = "acquire";             // one artifact was taken in
inline constexpr std::string_view kDerive = "derive";               // a plugin read one artifact
inline constexpr std::string_view kAssert = "assert";               // an examiner's statement
inline constexpr std::string_view kReport = "report";               // a report was made
inline constexpr std::string_view kExport = "export";               // data left the case
inline constexpr std::string_view kVerify = "verify";               // the case was verified
inline constexpr std::string_view kRecovery = "recovery";           // what a crash left behind
inline constexpr std::string_view kAnchorIn = "anchor_in";    // outside evidence of a checkpoint
inline constexpr std::string_view kKeyRotate = "key_rotate";  // another key signs from here on
inline constexpr std::string_view kEraseRequest = "erase_request";  // content to be destroyed
}  // namespace entry_type

struct Entry {
  std::uint64_t seq = 0;
  Digest prev{};  // leaf hash of the line before; zeros for entry 0
  std::string type;
  std::string time;   // RFC 3339, UTC, milliseconds: 2026-01-02T03:04:05.678Z
  std::string actor;  // who; the three may be empty
  std::string session;
  std::string tool;
  Json clock;  // what is known of the clock; null where nothing is
  Json body = Json::object();

  Json json() const;
  std::string line() const { return json().dump(); }  // canonical bytes without LF
};

// Whether `value` keeps to the ledger's profile of JSON, which is narrower than what Json can hold:
// keys of a-z, 0-9 and '_', integers within 2^53 - 1, well-formed UTF-8, at most 32 levels.
Status check_profile(const Json& value);

// The line's JSON, read strictly. ErrorCode::corrupt: not canonical.
Result<Json> parse_line(std::string_view line);

// The entry that a line's JSON describes. ErrorCode::corrupt: the envelope is not as specified;
// ErrorCode::newer: it is of a later version.
Result<Entry> entry_of(Json json);

// Both steps.
Result<Entry> parse_entry(std::string_view line);

bool is_entry_type(std::string_view text);
bool is_entry_time(std::string_view text);

// A digest written as the ledger writes it: 64 hex digits in lower case.
std::optional<Digest> ledger_digest(std::string_view text);

}  // namespace forensics::ledger
