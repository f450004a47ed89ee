// Any bytes as an archive of web pages.

#include <string>

#include "support/seized_host.hpp"
#include "target.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_web_archive(void);

using namespace forensics;
using fuzz::promise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  test::SeizedHost host(std::string(reinterpret_cast<const char*>(data), size));
  host.probe(*fx_plugin_entry_v1_web_archive(), "page");
  const fx_status status = host.parse(*fx_plugin_entry_v1_web_archive(), "page");
  promise(status != FX_BUG, "no defect of the plugin's own");
  for (const std::string& breach : host.breaches()) promise(false, breach.c_str());
  for (const auto& child : host.children()) promise(child.ended, "every child is ended");
  if (status != FX_NOT_MINE) promise(host.unexplained(0) == 0, "every byte is explained");
  return 0;
}
