#pragma once
// The wire format of protocol buffers (protobuf.dev/programming-guides/encoding): the fields of a
// message in their order, each with the place where its value stands.
//
//   protobuf::Message message(bytes);
//   for (protobuf::Field field; message.next(field);) ...
//   if (!message.sound()) ...  // what follows the last field is no field
//
// Nothing is copied and nothing outside the view is read. A field without a meaning is the caller's
// to keep or to skip.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace protobuf {

enum class Wire : std::uint8_t { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

struct Field {
  std::uint32_t number = 0;
  Wire wire = Wire::varint;
  std::uint64_t value = 0;  // of a varint or a fixed number
  std::string_view bytes;   // the value as it stands: without tag and length
  std::size_t at = 0;       // of `bytes` in the message
};

// The unsigned LEB128 number at `at`; `length` is 0 where the view ends inside it or it does not
// fit in 64 bits.
struct Varint {
  std::uint64_t value = 0;
  std::size_t length = 0;
};
inline Varint read_varint(std::string_view bytes, std::size_t at) {
  Varint out;
  for (std::size_t i = 0; i < 10 && at + i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[at + i]);
    if (i == 9 && byte > 1) break;
    out.value |= std::uint64_t{byte & 0x7fU} << (7 * i);
    if (byte < 0x80) {
      out.length = i + 1;
      return out;
    }
  }
  return {};
}

class Message {
 public:
  explicit Message(std::string_view bytes) : bytes_(bytes) {}

  // False at the end, or at the first byte that makes no sense.
  bool next(Field& field) {
    if (!sound_ || at_ >= bytes_.size()) return false;
    sound_ = read(field);
    return sound_;
  }
  bool sound() const { return sound_; }

 private:
  bool read(Field& field) {
    const Varint tag = read_varint(bytes_, at_);
    if (tag.length == 0 || tag.value >> 3 == 0 || tag.value >> 3 > kLastNumber) return false;
    std::size_t at = at_ + tag.length;
    field = {};
    field.number = static_cast<std::uint32_t>(tag.value >> 3);
    field.wire = static_cast<Wire>(tag.value & 7);
    std::uint64_t length = 0;
    switch (field.wire) {
      case Wire::varint: {
        const Varint value = read_varint(bytes_, at);
        if (value.length == 0) return false;
        field.value = value.value;
        length = value.length;
        break;
      }
      case Wire::bytes: {
        const Varint size = read_varint(bytes_, at);
        if (size.length == 0) return false;
        at += size.length;
        length = size.value;
        break;
      }
      case Wire::fixed64: length = 8; break;
      case Wire::fixed32: length = 4; break;
      default: return false;  // groups have been out of use since before either application
    }
    if (length > bytes_.size() - at) return false;
    field.at = at;
    field.bytes = bytes_.substr(at, static_cast<std::size_t>(length));
    if (field.wire == Wire::fixed64 || field.wire == Wire::fixed32)
      for (std::size_t i = field.bytes.size(); i-- > 0;)
        field.value = field.value << 8 | static_cast<unsigned char>(field.bytes[i]);
    at_ = at + static_cast<std::size_t>(length);
    return true;
  }

  static constexpr std::uint64_t kLastNumber = (1U << 29) - 1;

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool sound_ = true;
};

}  // namespace protobuf
