#pragma once
// JSON values in the canonical profile that the ledger, the record lines and every `--json` line
// are written in: UTF-8, object keys sorted by bytes, no spaces, integers only, no duplicate key.
// It is a sub-profile of RFC 8785; docs/ledger.md section "Canonical JSON" is normative.
//
//   Json line = Json::object();
//   line["path"] = "a/b.txt";
//   line["size"] = 4711;
//   out << line.dump() << '\n';

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"

namespace forensics {

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::map<std::string, Json, std::less<>>;

  Json() = default;                                 // null
  Json(bool value) : value_(value) {}               // NOLINT: a JSON literal reads like one
  Json(std::int64_t value) : value_(value) {}       // NOLINT
  Json(int value) : value_(std::int64_t{value}) {}  // NOLINT
  Json(std::uint32_t value) : value_(std::int64_t{value}) {}               // NOLINT
  Json(std::uint64_t value) : value_(static_cast<std::int64_t>(value)) {}  // NOLINT
  Json(std::string value) : value_(std::move(value)) {}                    // NOLINT
  Json(std::string_view value) : value_(std::string(value)) {}             // NOLINT
  Json(const char* value) : value_(std::string(value)) {}                  // NOLINT
  static Json array() { return Json(Array{}); }
  static Json object() { return Json(Object{}); }
  explicit Json(Array value) : value_(std::move(value)) {}
  explicit Json(Object value) : value_(std::move(value)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const bool* as_bool() const { return std::get_if<bool>(&value_); }
  const std::int64_t* as_int() const { return std::get_if<std::int64_t>(&value_); }
  const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  const Array* as_array() const { return std::get_if<Array>(&value_); }
  const Object* as_object() const { return std::get_if<Object>(&value_); }

  Json& operator[](std::string_view key);        // makes this an object if it is null
  const Json* find(std::string_view key) const;  // nullptr: not an object, or no such key
  // Shorthands for reading: the value under `key`, or the given default if absent or of other type.
  std::string_view text(std::string_view key, std::string_view otherwise = {}) const;
  std::int64_t integer(std::string_view key, std::int64_t otherwise = 0) const;
  void push_back(Json value);  // makes this an array if it is null

  // Canonical bytes. A string that is not well-formed UTF-8 is written with U+FFFD in place of the
  // ill-formed parts; callers that must keep such bytes store them base64 under a `*_b64` key.
  std::string dump() const;

  // Strict reader of the canonical profile: text that dump() would not produce byte for byte is an
  // error (ErrorCode::corrupt, `message` says what and at which byte). Depth is limited to 64.
  static Result<Json> parse_canonical(std::string_view text);

  bool operator==(const Json&) const = default;

 private:
  void write(std::string& out) const;
  std::variant<std::monostate, bool, std::int64_t, std::string, Array, Object> value_;
};

// Appends `text` as a canonical JSON string literal, quotes included.
void append_json_string(std::string& out, std::string_view text);

}  // namespace forensics
