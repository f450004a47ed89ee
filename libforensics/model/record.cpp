#include "model/record.hpp"

#include <array>

namespace forensics::model {
namespace {

void put(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80U);
    value >>= 7;
  }
  out += static_cast<char>(value);
}

void put_signed(std::string& out, std::int64_t value) {
  put(out, (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

void put_text(std::string& out, ByteView text) {
  put(out, text.size());
  out.append(text);
}

class Cursor {
 public:
  explicit Cursor(ByteView bytes) : bytes_(bytes) {}

  bool done() const { return at_ == bytes_.size(); }
  std::size_t left() const { return bytes_.size() - at_; }

  bool byte(std::uint8_t& value) {
    if (at_ >= bytes_.size()) return false;
    value = static_cast<std::uint8_t>(bytes_[at_++]);
    return true;
  }

  bool number(std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      std::uint8_t next = 0;
      if (!byte(next)) return false;
      if (shift == 63 && next > 1) return false;
      value |= std::uint64_t{next & 0x7FU} << shift;
      // The shortest form only, so that equal records have equal bytes.
      if (next < 0x80) return next != 0 || shift == 0;
    }
    return false;
  }

  bool signed_number(std::int64_t& value) {
    std::uint64_t raw = 0;
    if (!number(raw)) return false;
    value = static_cast<std::int64_t>((raw >> 1) ^ (~(raw & 1) + 1));
    return true;
  }

  bool text(std::string& value) {
    std::uint64_t length = 0;
    if (!number(length) || length > bytes_.size() - at_) return false;
    value.assign(bytes_.substr(at_, length));
    at_ += length;
    return true;
  }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
};

// Beside the basis: a second byte has the codec in its low five bits and the input above, and after
// the span stands where the value continues.
constexpr unsigned kWide = 8;
constexpr unsigned kInputShift = 5;
constexpr unsigned kLowFive = 31;

// One byte tells basis and codec where the value stands in one place of the artifact itself.
bool is_wide(const Field& field) {
  return static_cast<unsigned>(field.span.codec) > 15 || field.span.input != 0 ||
         !field.more.empty();
}

// Spans stand inside or near the extent: the distance is short where the offset is long.
void put_place(std::string& out, const Span& span, std::uint64_t base) {
  put_signed(out, static_cast<std::int64_t>(span.offset - base));
  put(out, span.length);
}

void put_more(std::string& out, const Field& field) {
  put(out, field.more.size());
  std::uint64_t base = field.span.end();
  for (const Span& span : field.more) {
    out += static_cast<char>(span.input);
    put_place(out, span, base);
    base = span.end();
  }
}

void encode_field(const Field& field, ByteView text, std::uint64_t base, std::string& out) {
  out += static_cast<char>(field.key);
  const bool wide = is_wide(field);
  const auto codec = static_cast<unsigned>(field.span.codec);
  out += static_cast<char>(static_cast<unsigned>(field.basis) | (wide ? kWide : codec << 4));
  if (wide) out += static_cast<char>(codec | unsigned{field.span.input} << kInputShift);
  put_place(out, field.span, base);
  if (wide) put_more(out, field);
  switch (field.type()) {
    case Type::text: put_text(out, text); break;
    case Type::integer:
    case Type::ref: put_signed(out, field.number); break;
    case Type::time:
      put_signed(out, field.time.wall);
      out += static_cast<char>(static_cast<unsigned>(field.time.precision) |
                               static_cast<unsigned>(field.time.basis) << 4);
      put_signed(out, field.time.offset);
      break;
  }
  if (field.basis == Basis::derived) put_text(out, field.rule);
  if (field.basis == Basis::recognised) put(out, field.confidence);
}

void encode_head(const Record& record, std::string& out) {
  out += static_cast<char>(static_cast<unsigned>(record.kind) | unsigned{record.extent.input}
                                                                    << kInputShift);
  put_signed(out, record.ref);
  put(out, record.extent.offset);
  put(out, record.extent.length);
  put(out, record.fields.size());
}

// Canonical JSON holds integers up to 2^53 - 1; a larger one could not stand in a record line.
bool is_exact(std::int64_t number) {
  constexpr std::int64_t kMax = (std::int64_t{1} << 53) - 1;
  return number >= -kMax && number <= kMax;
}

bool decode_time(Cursor& in, Time& time) {
  std::uint8_t packed = 0;
  std::int64_t offset = 0;
  if (!in.signed_number(time.wall) || !in.byte(packed) || !in.signed_number(offset)) return false;
  if ((packed & 15U) > static_cast<unsigned>(Precision::millisecond)) return false;
  if ((packed >> 4) > static_cast<unsigned>(TimeBasis::standard_offset)) return false;
  // No zone is more than a day from UTC; a wall clock outside years 1 to 9999 is no date.
  if (offset < -86400 || offset > 86400) return false;
  if (time.wall < -62'135'596'800'000 || time.wall > 253'402'300'799'999) return false;
  time.precision = static_cast<Precision>(packed & 15U);
  time.basis = static_cast<TimeBasis>(packed >> 4);
  time.offset = static_cast<std::int32_t>(offset);
  return true;
}

bool take_place(Cursor& in, std::uint64_t base, Span& span) {
  std::int64_t distance = 0;
  if (!in.signed_number(distance)) return false;
  span.offset = base + static_cast<std::uint64_t>(distance);
  return in.number(span.length);
}

bool take_more(Cursor& in, Field& field) {
  std::uint64_t count = 0;
  // Each takes at least three bytes.
  if (!in.number(count) || count > kMostMore || count > in.left() / 3) return false;
  field.more.resize(count);
  std::uint64_t base = field.span.end();
  for (Span& span : field.more) {
    span.codec = Codec::none;
    if (!in.byte(span.input) || span.input >= kMostInputs || !take_place(in, base, span))
      return false;
    base = span.end();
  }
  return true;
}

bool decode_field(Cursor& in, std::uint64_t base, Field& field) {
  std::uint8_t key = 0;
  std::uint8_t packed = 0;
  if (!in.byte(key) || !in.byte(packed)) return false;
  const KeyInfo* info = find_key(key);
  const unsigned basis = packed & 7U;
  const bool wide = (packed & kWide) != 0;
  std::uint8_t second = static_cast<std::uint8_t>(packed >> 4);
  if (wide && (second != 0 || !in.byte(second))) return false;
  const unsigned codec = second & kLowFive;
  if (info == nullptr || basis < 1 || basis > static_cast<unsigned>(Basis::recognised) ||
      codec > static_cast<unsigned>(kLastCodec))
    return false;
  field.key = info->key;
  field.basis = static_cast<Basis>(basis);
  field.span.codec = static_cast<Codec>(codec);
  field.span.input = static_cast<std::uint8_t>(second >> kInputShift);
  field.more.clear();
  if (!take_place(in, base, field.span)) return false;
  // The short form where it would do, so that equal records have equal bytes.
  if (wide && (!take_more(in, field) || !is_wide(field))) return false;
  field.text.clear();
  field.rule.clear();
  field.number = 0;
  field.time = {};
  field.confidence = 0;
  switch (info->type) {
    case Type::text:
      if (!in.text(field.text)) return false;
      break;
    case Type::integer:
    case Type::ref:
      if (!in.signed_number(field.number) || !is_exact(field.number)) return false;
      break;
    case Type::time:
      if (!decode_time(in, field.time)) return false;
      break;
  }
  if (field.basis == Basis::derived && !in.text(field.rule)) return false;
  if (field.basis == Basis::recognised) {
    std::uint64_t confidence = 0;
    if (!in.number(confidence) || confidence > 1000) return false;
    field.confidence = static_cast<std::uint16_t>(confidence);
  }
  return true;
}

constexpr std::array<std::string_view, 5> kBases = {"", "verbatim", "decoded", "derived",
                                                    "recognised"};
// clang-format off
constexpr std::array<std::string_view, 26> kCodecs = {
    "none", "bytes", "utf8", "utf8-lines", "utf8-repair",
    "utf16le", "utf16be", "json-string", "percent", "base64",
    "int-be", "int-le", "varint-be", "varint-le", "sqlite-serial",
    "int-be-seconds", "int-be-cocoa", "double-be", "double-be-cocoa",
    "json-string-repaired", "json-string-latin1",
    "decimal-seconds", "decimal-milliseconds", "decimal-microseconds",
    "html-text", "html-attribute"};
// clang-format on
static_assert(kCodecs.size() == static_cast<std::size_t>(kLastCodec) + 1);
constexpr std::array<std::string_view, 6> kTimeBases = {
    "unknown", "epoch", "offset", "relative", "recognised", "standard-offset"};
constexpr std::array<std::string_view, 5> kPrecisions = {"none", "day", "minute", "second",
                                                         "millisecond"};

}  // namespace

std::string_view name_of(Basis basis) {
  return kBases[static_cast<std::size_t>(basis)];
}
std::string_view name_of(Codec codec) {
  return kCodecs[static_cast<std::size_t>(codec)];
}
std::string_view name_of(TimeBasis basis) {
  return kTimeBases[static_cast<std::size_t>(basis)];
}
std::string_view name_of(Precision value) {
  return kPrecisions[static_cast<std::size_t>(value)];
}

void encode(const Record& record, std::string& out) {
  encode_head(record, out);
  for (const Field& field : record.fields)
    encode_field(field, field.text, record.extent.offset, out);
}

void encode_without(const Record& record, Key key, std::string& out) {
  encode_head(record, out);
  for (const Field& field : record.fields)
    encode_field(field, field.key == key ? ByteView() : field.text, record.extent.offset, out);
}

bool decode(ByteView bytes, Record& record) {
  Cursor in(bytes);
  std::uint8_t kind = 0;
  std::uint64_t count = 0;
  if (!in.byte(kind) || find_kind(kind & kLowFive) == nullptr) return false;
  record.kind = static_cast<Kind>(kind & kLowFive);
  record.extent.input = static_cast<std::uint8_t>(kind >> kInputShift);
  record.extent.codec = Codec::none;
  if (!in.signed_number(record.ref) || !is_exact(record.ref) || !in.number(record.extent.offset) ||
      !in.number(record.extent.length) || !in.number(count))
    return false;
  // Every field takes at least five bytes, so a count beyond the input is refused before resizing.
  if (count > kMostFields || count > bytes.size() / 5) return false;
  record.fields.resize(count);
  for (Field& field : record.fields)
    if (!decode_field(in, record.extent.offset, field)) return false;
  return in.done();
}

}  // namespace forensics::model
