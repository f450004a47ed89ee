// Any bytes as a picture or film: the plugin keeps to the contract whatever they are, and what it
// reads it explains to the last byte.

#include "support/seized_host.hpp"
#include "target.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_media(void);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using forensics::fuzz::promise;
  forensics::fuzz::Script script(data, size);
  forensics::test::SeizedHost host{std::string(script.all())};
  host.probe(*fx_plugin_entry_v1_media(), "a.jpg");
  const fx_status status = host.parse(*fx_plugin_entry_v1_media(), "a.jpg");
  promise(status != FX_BUG && status != FX_CANCELLED, "the file is read or declined");
  if (status != FX_NOT_MINE) promise(host.unexplained(0) == 0, "every byte is explained");
  for (const std::string& breach : host.breaches()) promise(false, breach.c_str());
  return 0;
}
