// Any bytes as a database or preferences of Telegram for Android: what is read stands on its bytes.

#include <string>

#include "support/seized_host.hpp"
#include "target.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_telegram_android(void);

using namespace forensics;
using fuzz::promise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  test::SeizedHost host{std::string(reinterpret_cast<const char*>(data), size)};
  host.probe(*fx_plugin_entry_v1_telegram_android(), "cache4.db");
  const fx_status status = host.parse(*fx_plugin_entry_v1_telegram_android(), "cache4.db");
  promise(status != FX_BUG, "no defect of the plugin's own");
  for (const std::string& breach : host.breaches()) promise(false, breach.c_str());
  return 0;
}
