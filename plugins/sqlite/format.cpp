#include "format.hpp"

#include <algorithm>

namespace sqlite {

Varint read_varint(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < 9; ++i) {
    if (at + i >= bytes.size()) return {};
    const std::uint64_t byte = byte_at(bytes, at + i);
    if (i == 8) return {value << 8 | byte, 9};
    value = value << 7 | (byte & 0x7f);
    if (byte < 0x80) return {value, i + 1};
  }
  return {};
}

unsigned varint_length(std::uint64_t value) {
  unsigned length = 1;
  while (length < 9 && value >> (7 * length) != 0) ++length;
  return length;
}

std::uint64_t serial_of_integer(std::int64_t value) {
  if (value == 0) return 8;
  if (value == 1) return 9;
  constexpr std::uint64_t kBits[] = {7, 15, 23, 31, 47};
  const std::uint64_t magnitude = static_cast<std::uint64_t>(value < 0 ? ~value : value);
  for (std::uint64_t type = 1; type <= 5; ++type)
    if (magnitude >> kBits[type - 1] == 0) return type;
  return 6;
}

std::int64_t signed_integer(std::string_view bytes) {
  if (bytes.empty()) return 0;
  std::uint64_t value = byte_at(bytes, 0) >= 0x80 ? ~std::uint64_t{0} : 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) value = value << 8 | byte_at(bytes, i);
  return static_cast<std::int64_t>(value);
}

std::uint64_t local_payload(std::uint64_t payload, std::uint32_t usable, bool table_leaf) {
  const std::uint64_t most =
      table_leaf ? usable - 35 : (std::uint64_t{usable} - 12) * 64 / 255 - 23;
  if (payload <= most) return payload;
  const std::uint64_t least = (std::uint64_t{usable} - 12) * 32 / 255 - 23;
  const std::uint64_t local = least + (payload - least) % (usable - 4);
  return local <= most ? local : least;
}

}  // namespace sqlite
