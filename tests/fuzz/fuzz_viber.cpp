// Any bytes as one of Viber's databases, with a log cut from the same bytes where the first byte
// says so. Every value stands on its bytes, whatever they are.

#include "support/seized_host.hpp"
#include "target.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_viber(void);

using namespace forensics;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Script script(data, size);
  const auto how = script.number<std::uint8_t>();
  const auto cut = script.number<std::uint16_t>();
  constexpr const char* kNames[] = {"viber.db", "viber_messages", "Settings.data", "noise"};
  const char* name = kNames[how / 2 % 4];
  const std::string all(script.all());
  const std::size_t main = how % 2 == 0 ? all.size() : cut * all.size() / 65'536;
  test::SeizedHost host(all.substr(0, main));
  if (main < all.size()) host.add_companion(1, std::string(name) + "-wal", all.substr(main));
  host.probe(*fx_plugin_entry_v1_viber(), name);
  const fx_status status = host.parse(*fx_plugin_entry_v1_viber(), name);
  fuzz::promise(status != FX_BUG, "the plugin copes");
  for (const std::string& breach : host.breaches()) fuzz::promise(false, breach.c_str());
  return 0;
}
