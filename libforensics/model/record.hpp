#pragma once
// A record as a plain value: what a plugin read, and where it stands. This is the form in which a
// record is checked, stored, hashed into the record tree and shown.

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "model/vocabulary.hpp"

namespace forensics::model {

enum class Basis : std::uint8_t { verbatim = 1, decoded = 2, derived = 3, recognised = 4 };

enum class Codec : std::uint8_t {
  none = 0,
  bytes = 1,
  utf8 = 2,
  utf8_lines = 3,
  utf8_repair = 4,
  utf16le = 5,
  utf16be = 6,
  json_string = 7,
  percent = 8,
  base64 = 9,
  int_be = 10,
  int_le = 11,
  varint_be = 12,
  varint_le = 13,
  sqlite_serial = 14,
  int_be_seconds = 15,
  int_be_cocoa = 16,
  double_be = 17,
  double_be_cocoa = 18,
  json_string_repaired = 19,
  json_string_latin1 = 20,
  decimal_seconds = 21,
  decimal_milliseconds = 22,
  decimal_microseconds = 23,
  html_text = 24,
  html_attribute = 25,
};
constexpr Codec kLastCodec = Codec::html_attribute;

enum class TimeBasis : std::uint8_t {
  unknown = 0,
  epoch = 1,
  offset = 2,
  relative = 3,
  recognised = 4,
  standard_offset = 5  // wall - offset, or an hour before that in summer
};
enum class Precision : std::uint8_t { none = 0, day = 1, minute = 2, second = 3, millisecond = 4 };

std::string_view name_of(Basis);
std::string_view name_of(Codec);
std::string_view name_of(TimeBasis);
std::string_view name_of(Precision);

// A run reads the artifact, input 0, and its companions, 1 to 7.
constexpr std::uint8_t kMostInputs = 8;

// A place in an input of the run: bytes as acquired.
struct Span {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  Codec codec = Codec::none;
  std::uint8_t input = 0;

  std::uint64_t end() const { return offset + length; }
  bool operator==(const Span&) const = default;
};

// `wall` is milliseconds since 1970-01-01T00:00:00 on the wall clock of the source (proleptic
// Gregorian). With TimeBasis::epoch and ::offset, wall - offset is the UTC instant.
struct Time {
  std::int64_t wall = 0;
  std::int32_t offset = 0;  // seconds east of UTC
  Precision precision = Precision::none;
  TimeBasis basis = TimeBasis::unknown;

  bool operator==(const Time&) const = default;
};

// Exactly the member that the key's type names is meaningful.
struct Field {
  Key key{};
  Basis basis = Basis::derived;
  Span span;
  std::vector<Span> more;  // where the value continues; their codecs are none
  std::string text;
  std::int64_t number = 0;
  Time time;
  std::string rule;              // derived: the rule's id
  std::uint16_t confidence = 0;  // recognised: per mille

  Type type() const { return find_key(static_cast<std::uint8_t>(key))->type; }
  bool operator==(const Field&) const = default;
};

struct Record {
  Kind kind{};
  std::int64_t ref = 0;
  Span extent;
  std::vector<Field> fields;

  const Field* find(Key key) const {
    for (const Field& field : fields)
      if (field.key == key) return &field;
    return nullptr;
  }
  bool operator==(const Record&) const = default;
};

// No record has more fields: a few bytes must not make a reader hold millions of them.
constexpr std::uint64_t kMostFields = 4096;

// Nor more places that one value is scattered over.
constexpr std::uint64_t kMostMore = 65'536;

// Compact bytes of a record, for the wire and for the database: little-endian varints, see
// docs/plugin-abi.md section "Record encoding". decode() checks every length and number against
// the vocabulary and fails (false) on anything else; it never reads past `bytes`.
void encode(const Record& record, std::string& out);

// The same with the value of text field `key` left empty, for storing it somewhere else.
void encode_without(const Record& record, Key key, std::string& out);

bool decode(ByteView bytes, Record& record);

}  // namespace forensics::model
