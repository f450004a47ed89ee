#pragma once
// The smallest parts of the file format: big-endian numbers, varints, serial types. Nothing here
// reads outside the view it is given.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sqlite {

inline std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// The caller has checked that the bytes are there.
inline std::uint32_t be16(std::string_view bytes, std::size_t at) {
  return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}
inline std::uint32_t be32(std::string_view bytes, std::size_t at) {
  return be16(bytes, at) << 16 | be16(bytes, at + 2);
}

struct Varint {
  std::uint64_t value = 0;
  unsigned length = 0;  // bytes; 0: the view ends inside it
};
// The varint at `at`, which may be at or behind the end.
Varint read_varint(std::string_view bytes, std::size_t at);
// Bytes of the shortest varint that holds `value`; SQLite writes no longer ones.
unsigned varint_length(std::uint64_t value);

enum class Storage : std::uint8_t { null, integer, real, text, blob };

// What a serial type stores; nullopt for the reserved types 10 and 11.
inline std::optional<Storage> storage_of(std::uint64_t serial) {
  if (serial == 0) return Storage::null;
  if (serial <= 6 || serial == 8 || serial == 9) return Storage::integer;
  if (serial == 7) return Storage::real;
  if (serial < 12) return std::nullopt;
  return serial % 2 == 0 ? Storage::blob : Storage::text;
}

// Bytes in the body of a record.
inline std::uint64_t serial_size(std::uint64_t serial) {
  constexpr std::uint8_t kSmall[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
  return serial < 12 ? kSmall[serial] : (serial - 12) / 2;
}

// The serial type that SQLite chooses for an integer, where 0 and 1 have types of their own.
std::uint64_t serial_of_integer(std::int64_t value);

// A big-endian two's-complement integer of 1 to 8 bytes.
std::int64_t signed_integer(std::string_view bytes);

// Bytes of a payload that stand in the cell itself; the rest is in overflow pages. `table_leaf` is
// false for cells of indexes and tables WITHOUT ROWID.
std::uint64_t local_payload(std::uint64_t payload, std::uint32_t usable, bool table_leaf);

}  // namespace sqlite
