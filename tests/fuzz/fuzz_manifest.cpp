// What a plugin says of itself: whatever is accepted can be written into the ledger and read again.

#include "ledger/entry.hpp"
#include "plugin/manifest.hpp"
#include "target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace forensics;
  using fuzz::promise;
  const auto manifest = plugin::read_manifest({reinterpret_cast<const char*>(data), size});
  if (!manifest) {
    promise(manifest.error().code == ErrorCode::plugin, "a bad manifest is the plugin's fault");
    return 0;
  }
  const auto again = plugin::read_manifest(manifest->dump());
  promise(again && *again == *manifest, "a manifest is written as it was read");
  for (const char* key : {"id", "version", "name", "licence"}) {
    Json text;
    text["text"] = manifest->text(key);
    promise(!manifest->text(key).empty(), "a manifest has an id, version, name and licence");
    promise(ledger::check_profile(text).has_value(),
            "what the ledger quotes is within its profile");
  }
  const std::string_view id = manifest->text("id");
  promise(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == id.npos,
          "an id is a reverse domain in lower case");
  return 0;
}
