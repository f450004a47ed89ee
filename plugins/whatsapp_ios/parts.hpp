#pragma once
// Values that are part of a value: a line of a contact card, a field of a message in a blob. Their
// places are those bytes of the row's that they stand in, so that the host can check them too.

#include <cstdint>
#include <deque>
#include <string_view>
#include <vector>

#include "protobuf/wire.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_ios {

// A value within the value of a column.
struct Part {
  const sqlite::RowView* row = nullptr;
  int column = -1;
  std::size_t at = 0;
  std::size_t length = 0;
  std::string_view bytes;  // lives as long as the row

  bool there() const { return row != nullptr; }
};

// The field of a message whose bytes begin at `base` of the column's value.
inline Part part_of(const sqlite::RowView& row, int column, std::size_t base,
                    const protobuf::Field& field) {
  return {&row, column, base + field.at, field.bytes.size(), field.bytes};
}

class Parts {
 public:
  explicit Parts(sqlite::Fields& fields) : fields_(fields) {}

  // For the record that `fields` is at. False where the bytes are no text, or empty.
  bool text(const char* key, const Part& part);
  // A varint, as a number or as milliseconds or seconds since 1970.
  bool number(const char* key, std::uint64_t value, const Part& part);
  bool time(const char* key, std::uint64_t value, const Part& part);
  void word(const char* key, std::string_view word, const char* rule, const Part& part);
  void extra(std::string_view name, std::string_view word, const Part& part);

  // After the record was emitted.
  void clear() { places_.clear(); }

 private:
  std::vector<fx_span>& places(const Part& part, fx_codec codec);

  sqlite::Fields& fields_;
  std::deque<std::vector<fx_span>> places_;
};

// The bytes of a blob or text; empty where the column has none.
std::string_view bytes_of(const sqlite::RowView& row, int column);

// The fields of `message` that no one knows, as extras "name.number=value", at most kMostUnknown.
inline constexpr int kMostUnknown = 1024;
void unknown_field(Parts& parts, std::string_view name, const protobuf::Field& field,
                   const Part& part);

}  // namespace whatsapp_ios
