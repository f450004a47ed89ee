// Feeds arbitrary bytes to probe and parse of the WhatsApp text plugin. The first byte chooses the
// length of reads, so that every seam of the window is met.
#include <cstddef>
#include <cstdint>
#include <string>

#include "../whatsapp/memory_host.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t read_limit = data[0] % 2 == 0 ? ~std::size_t{0} : std::size_t{1} + data[0];
  const std::string input(reinterpret_cast<const char*>(data + 1), size - 1);
  whatsapp_test::MemoryHost host(input, read_limit);
  host.add_sibling("IMG-20240305-WA0001.jpg", 1'709'640'000'000, 2);
  host.probe("_chat.txt");
  const fx_status status = host.parse("_chat.txt");
  if (status != FX_OK && status != FX_NOT_MINE) __builtin_trap();
  for (const auto& record : host.records)
    for (const auto& field : record.fields)
      if (field.span.offset + field.span.length > input.size()) __builtin_trap();
  return 0;
}
