#pragma once
// One property of a card: "item1.TEL;TYPE=CELL:+385 91 123 4567", put together from the lines that
// it was folded over.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vcard {

// A property as its lines stand in the file.
struct Property {
  std::uint64_t offset = 0;
  std::uint64_t end = 0;       // with the last line end
  std::string unfolded;        // without folds and soft line breaks
  std::vector<fx_span> parts;  // where `unfolded` stands
  bool cut = false;            // it was too long: the rest is not in `unfolded`

  // Parts of `unfolded`, set by split().
  std::string_view head;   // "item1.TEL;TYPE=CELL"
  std::string_view group;  // "item1"
  std::string_view name;   // "TEL"
  std::string_view parameters;
  std::string_view value;
  bool has_value = false;

  void split();
  bool is(std::string_view name) const;
  // The value of a parameter without its quotes; of a bare one ("TEL;CELL") the empty text.
  std::optional<std::string_view> parameter(std::string_view name) const;
  bool quoted_printable() const;
  bool base64() const;
  // The places of the value alone.
  std::vector<fx_span> value_parts() const;
};

// Parts of a structured value ("Family;Given;..."), escapes still in them.
std::vector<std::string_view> components(std::string_view value);
// "\n", "\,", "\;", "\\" as the characters they stand for.
std::string unescaped(std::string_view value);

}  // namespace vcard
