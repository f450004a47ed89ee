// The printable forms of bytes: reading one back gives the bytes, and no second form of the same
// bytes is read.

#include "target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace forensics;
  using fuzz::promise;
  const ByteView bytes(reinterpret_cast<const char*>(data), size);

  promise(from_base64(to_base64(bytes)) == bytes, "base64 is read back");
  promise(from_hex(to_hex(bytes)) == bytes, "hex is read back");
  if (const auto read = from_base64(bytes))
    promise(to_base64(*read) == bytes, "base64 has one form for each value");
  if (const auto read = from_hex(bytes))
    promise(from_hex(to_hex(*read)) == read, "hex that was read is written and read again");

  const std::size_t prefix = utf8_prefix(bytes);
  promise(is_utf8(bytes) == (prefix == size), "is_utf8 and utf8_prefix agree");
  std::string joined;
  for (std::size_t at = 0; at < size;) {
    const std::size_t before = at;
    const char32_t code_point = next_code_point(bytes, at);
    promise(at > before && at <= size, "each code point takes bytes, and none behind the end");
    promise(at > prefix || joined.size() == before, "well-formed text is read byte for byte");
    append_utf8(joined, code_point);
  }
  promise(is_utf8(joined), "what was read as code points is well-formed");
  promise(prefix < size || joined == bytes, "well-formed text is written as it was read");
  promise(is_utf8(legible(bytes)), "a legible form is well-formed");
  return 0;
}
