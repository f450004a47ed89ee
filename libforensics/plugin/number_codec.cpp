#include "plugin/number_codec.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

namespace forensics::plugin {
namespace {

using model::Codec;

// 2001-01-01T00:00:00Z, from which Apple's systems count.
constexpr std::int64_t kCocoaEpoch = 978'307'200;
constexpr std::int64_t kFirst = -62'135'596'800'000;  // 0001-01-01
constexpr std::int64_t kLast = 253'402'300'799'999;   // 9999-12-31
constexpr std::uint64_t kLongestBinary = 10;
// Of digits: enough for every microsecond of the years 1 to 9999 and a fraction of it.
constexpr std::uint64_t kLongestDecimal = 40;
// The longest double without exponent has 1 + 308 digits before the point, or 1,074 behind it.
constexpr std::size_t kLongestDouble = 1100;

std::uint64_t byte_at(ByteView bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

std::optional<std::int64_t> fixed_integer(ByteView bytes, bool big_endian) {
  if (bytes.empty() || bytes.size() > 8) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    value = value << 8 | byte_at(bytes, big_endian ? i : bytes.size() - 1 - i);
  const auto unused = static_cast<unsigned>(64 - 8 * bytes.size());
  return static_cast<std::int64_t>(value << unused) >> unused;
}

// https://www.sqlite.org/fileformat.html section 1.6: eight groups of seven bits, and all eight
// bits of a ninth byte.
std::optional<std::int64_t> big_varint(ByteView bytes) {
  if (bytes.empty() || bytes.size() > 9) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint64_t byte = byte_at(bytes, i);
    if (i == 8) return static_cast<std::int64_t>(value << 8 | byte);
    value = value << 7 | (byte & 0x7FU);
    if (((byte & 0x80U) != 0) == (i + 1 == bytes.size())) return std::nullopt;
  }
  return static_cast<std::int64_t>(value);
}

std::optional<std::uint64_t> little_varint(ByteView bytes) {
  if (bytes.empty() || bytes.size() > kLongestBinary) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint64_t byte = byte_at(bytes, i);
    if (((byte & 0x80U) != 0) == (i + 1 == bytes.size())) return std::nullopt;
    if (i == 9 && byte > 1) return std::nullopt;
    value |= (byte & 0x7FU) << (7 * i);
  }
  return value;
}

// Serial types 8 and 9 are the numbers 0 and 1 without a byte of their own.
std::optional<std::int64_t> serial_constant(ByteView bytes) {
  if (bytes.size() != 1 || (bytes[0] != 8 && bytes[0] != 9)) return std::nullopt;
  return bytes[0] - 8;
}

std::optional<double> binary64(ByteView bytes) {
  if (bytes.size() != 8) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8 | byte_at(bytes, i);
  const auto number = std::bit_cast<double>(value);
  if (!std::isfinite(number)) return std::nullopt;
  return number;
}

template <typename Number>
std::string digits_of(Number number) {
  char digits[24];
  return {digits, std::to_chars(digits, digits + sizeof digits, number).ptr};
}

template <typename Number>
std::optional<std::string> digits_of(const std::optional<Number>& number) {
  if (!number) return std::nullopt;
  return digits_of(*number);
}

std::optional<std::string> digits_of_double(const std::optional<double>& number) {
  if (!number) return std::nullopt;
  char digits[kLongestDouble];
  const auto [end, error] =
      std::to_chars(digits, digits + sizeof digits, *number, std::chars_format::fixed);
  if (error != std::errc()) return std::nullopt;
  return std::string(digits, end);
}

std::optional<std::int64_t> in_range(std::int64_t milliseconds) {
  if (milliseconds < kFirst || milliseconds > kLast) return std::nullopt;
  return milliseconds;
}

std::optional<std::int64_t> from_seconds(const std::optional<std::int64_t>& seconds,
                                         std::int64_t epoch) {
  // Far beyond any year: what follows must not overflow.
  constexpr std::int64_t kMost = std::int64_t{1} << 40;
  if (!seconds || *seconds < -kMost || *seconds > kMost) return std::nullopt;
  return in_range((*seconds + epoch) * 1000);
}

std::optional<std::int64_t> from_seconds(const std::optional<double>& seconds, std::int64_t epoch) {
  constexpr double kMost = 1e12;
  if (!seconds || !(std::fabs(*seconds) < kMost)) return std::nullopt;
  // The whole seconds apart, so that the fraction keeps every bit that it has.
  const double whole = std::floor(*seconds);
  const double fraction = std::floor((*seconds - whole) * 1000);
  return in_range((static_cast<std::int64_t>(whole) + epoch) * 1000 +
                  static_cast<std::int64_t>(fraction));
}

bool is_decimal(Codec codec) {
  return codec >= Codec::decimal_seconds && codec <= Codec::decimal_microseconds;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Digits with an optional minus and fraction, times 10 to the power of `places`, rounded down.
std::optional<std::int64_t> scaled(ByteView text, int places) {
  if (text.empty() || text.size() > kLongestDecimal) return std::nullopt;
  const bool is_negative = text[0] == '-';
  if (is_negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const ByteView whole = text.substr(0, point);
  const ByteView fraction = text.substr(std::min(point + 1, text.size()));
  if (whole.empty() || (point < text.size() && fraction.empty())) return std::nullopt;
  for (const char c : whole)
    if (!is_digit(c)) return std::nullopt;
  for (const char c : fraction)
    if (!is_digit(c)) return std::nullopt;

  std::string digits(whole);
  std::string behind(fraction);
  for (; places > 0; --places) {
    digits += behind.empty() ? '0' : behind[0];
    if (!behind.empty()) behind.erase(0, 1);
  }
  for (; places < 0; ++places) {
    behind.insert(0, 1, digits.empty() ? '0' : digits.back());
    if (!digits.empty()) digits.pop_back();
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (!digits.empty() && error != std::errc()) return std::nullopt;
  if (!is_negative) return value;
  const bool is_exact = behind.find_first_not_of('0') == std::string::npos;
  return is_exact ? -value : -value - 1;
}

bool is_double(Codec codec) {
  return codec == Codec::double_be || codec == Codec::double_be_cocoa;
}

}  // namespace

bool is_number(Codec codec) {
  return (codec >= Codec::int_be && codec <= Codec::double_be_cocoa) || is_decimal(codec);
}

std::uint64_t longest_number(Codec codec) {
  return is_decimal(codec) ? kLongestDecimal : kLongestBinary;
}

std::optional<std::string> number_text(Codec codec, ByteView bytes) {
  switch (codec) {
    case Codec::int_be: return digits_of(fixed_integer(bytes, true));
    case Codec::int_le: return digits_of(fixed_integer(bytes, false));
    case Codec::varint_be: return digits_of(big_varint(bytes));
    case Codec::varint_le: return digits_of(little_varint(bytes));
    case Codec::sqlite_serial: return digits_of(serial_constant(bytes));
    case Codec::double_be: return digits_of_double(binary64(bytes));
    default: return std::nullopt;
  }
}

std::optional<std::string> written_number(Codec codec, ByteView bytes) {
  switch (codec) {
    case Codec::int_be_seconds:
    case Codec::int_be_cocoa: return number_text(Codec::int_be, bytes);
    case Codec::double_be_cocoa: return number_text(Codec::double_be, bytes);
    case Codec::decimal_seconds:
    case Codec::decimal_milliseconds:
    case Codec::decimal_microseconds: return std::string(bytes);
    default: return number_text(codec, bytes);
  }
}

std::optional<std::int64_t> instant(Codec codec, ByteView bytes) {
  const auto milliseconds = [](const auto& count) -> std::optional<std::int64_t> {
    if (!count) return std::nullopt;
    return in_range(static_cast<std::int64_t>(*count));
  };
  switch (codec) {
    case Codec::int_be: return milliseconds(fixed_integer(bytes, true));
    case Codec::int_le: return milliseconds(fixed_integer(bytes, false));
    case Codec::varint_be: return milliseconds(big_varint(bytes));
    case Codec::varint_le: return milliseconds(little_varint(bytes));
    case Codec::sqlite_serial: return milliseconds(serial_constant(bytes));
    case Codec::int_be_seconds: return from_seconds(fixed_integer(bytes, true), 0);
    case Codec::int_be_cocoa: return from_seconds(fixed_integer(bytes, true), kCocoaEpoch);
    case Codec::double_be: return from_seconds(binary64(bytes), 0);
    case Codec::double_be_cocoa: return from_seconds(binary64(bytes), kCocoaEpoch);
    case Codec::decimal_seconds: return milliseconds(scaled(bytes, 3));
    case Codec::decimal_milliseconds: return milliseconds(scaled(bytes, 0));
    case Codec::decimal_microseconds: return milliseconds(scaled(bytes, -3));
    default: return std::nullopt;
  }
}

bool is_instant(Codec codec, ByteView bytes, std::int64_t milliseconds) {
  const auto stated = instant(codec, bytes);
  if (!stated) return false;
  return *stated == milliseconds ||
         (is_double(codec) && milliseconds > *stated && milliseconds - *stated == 1);
}

}  // namespace forensics::plugin
