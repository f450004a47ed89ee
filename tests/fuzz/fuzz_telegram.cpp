// Any bytes as an export of Telegram Desktop, in JSON or HTML: what is read stands on its bytes,
// and every byte is explained. First byte: which name the file has.

#include <string>

#include "support/seized_host.hpp"
#include "target.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_telegram(void);

using namespace forensics;
using fuzz::promise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr const char* kNames[] = {"result.json", "messages.html", "chats.html"};
  fuzz::Script script(data, size);
  const char* name = kNames[script.number<std::uint8_t>() % std::size(kNames)];
  test::SeizedHost host{std::string(script.all())};
  host.probe(*fx_plugin_entry_v1_telegram(), name);
  const fx_status status = host.parse(*fx_plugin_entry_v1_telegram(), name);
  promise(status != FX_BUG, "no defect of the plugin's own");
  for (const std::string& breach : host.breaches()) promise(false, breach.c_str());
  if (status != FX_NOT_MINE) promise(host.unexplained(0) == 0, "every byte is explained");
  return 0;
}
