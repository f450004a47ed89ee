#pragma once
// A tolerant reader of the JSON that stands in columns: it looks values up and says where they
// stand, so that a field can point at them. It builds nothing and keeps nothing.
//
//   const json::Value info(column);
//   const json::Value name = info["fileInfo"]["FileName"];
//   if (name.kind == json::Kind::string) ... name.raw ...
//
// Tolerant: a document that is cut or malformed gives what stands before the damage. Names are
// compared without regard to the case of ASCII letters.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace viber::json {

enum class Kind : std::uint8_t { none, object, array, string, number, boolean, null };

struct Value {
  Kind kind = Kind::none;
  std::string_view raw;  // of a string: its inside, without the quotes

  Value() = default;
  // The first value of a text.
  explicit Value(std::string_view text);

  explicit operator bool() const { return kind != Kind::none && kind != Kind::null; }
  // The member of this name; none where this is no object or has none.
  Value operator[](std::string_view name) const;
  // Nothing to be said: "", 0, false, null, {}, [] or none.
  bool empty() const;
};

// Members of an object or elements of an array (with empty names), in order. `visit` returns false
// to stop. False where the damage of a document came first.
using Visit = std::function<bool(std::string_view name, const Value& value)>;
bool for_each(const Value& of, const Visit& visit);

// An integer without fraction; also one that stands in a string.
std::optional<std::int64_t> integer(const Value& value);

// The inside of a string literal as UTF-8, by the rule of the codec json-string; nullopt where that
// codec refuses it.
std::optional<std::string> unescape(std::string_view raw);

}  // namespace viber::json
