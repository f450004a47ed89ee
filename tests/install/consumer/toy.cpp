// A plugin of its own project: counts the lines of a text that begins with "toy".

#include <forensics/plugin.hpp>

#include <string_view>

namespace {

class Toy {
 public:
  static constexpr std::string_view kManifest =
      R"({"id":"org.example.toy","version":"1.0.0","name":"Toy"})";

  static int probe(fx::Host& host, std::string_view) {
    char head[3];
    return host.read(0, head, sizeof head) == 3 && std::string_view(head, 3) == "toy" ? 100 : 0;
  }

  static fx_status parse(fx::Host& host, std::string_view, std::string_view) {
    fx::Record record;
    std::uint64_t start = 0;
    for (std::uint64_t at = 0; at < host.length(); ++at) {
      char byte = 0;
      host.read(at, &byte, 1);
      if (byte != '\n') continue;
      host.emit(record.start(FX_KIND_MESSAGE, 0, start, at + 1 - start));
      start = at + 1;
    }
    return FX_OK;
  }
};

}  // namespace

FX_PLUGIN(Toy)
