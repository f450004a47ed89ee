// Any bytes as a table: the plugin keeps to the contract whatever they are, and what it
// reads it explains to the last byte. What stands behind the last byte 1E is a mapping file.

#include <string>

#include "support/seized_host.hpp"
#include "target.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_table(void);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using forensics::fuzz::promise;
  forensics::fuzz::Script script(data, size);
  const std::string bytes(script.all());
  const std::size_t cut = bytes.rfind('\x1E');
  forensics::test::SeizedHost host{bytes.substr(0, cut)};
  if (cut != std::string::npos) host.add_companion(1, "a.csv.mapping.json", bytes.substr(cut + 1));
  host.probe(*fx_plugin_entry_v1_table(), "a.csv");
  const fx_status status = host.parse(*fx_plugin_entry_v1_table(), "a.csv");
  promise(status != FX_BUG && status != FX_CANCELLED, "the file is read or declined");
  if (status != FX_NOT_MINE) {
    promise(host.unexplained(0) == 0, "every byte is explained");
    promise(host.unexplained(1) == 0, "every byte of the mapping is explained");
  }
  for (const std::string& breach : host.breaches()) promise(false, breach.c_str());
  return 0;
}
