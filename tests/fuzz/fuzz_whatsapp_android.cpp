// Any bytes as a database of WhatsApp on Android, with a log or without. The plugin keeps to the
// contract whatever they are: every value stands on its bytes.
// First byte: whether there is a log, and where it begins.

#include "support/seized_host.hpp"
#include "target.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_whatsapp_android(void);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using forensics::fuzz::promise;
  forensics::fuzz::Script script(data, size);
  const auto cut = script.number<std::uint8_t>();
  const std::string all(script.all());
  const std::size_t main = cut == 0 ? all.size() : all.size() * cut / 256;
  forensics::test::SeizedHost host(all.substr(0, main));
  if (cut != 0) host.add_companion(1, "msgstore.db-wal", all.substr(main));
  // Preferences are told from databases by their name and their first bytes.
  const std::string_view name =
      all.starts_with("<?xml") ? "com.whatsapp_preferences.xml" : "msgstore.db";
  host.probe(*fx_plugin_entry_v1_whatsapp_android(), name);
  const fx_status status = host.parse(*fx_plugin_entry_v1_whatsapp_android(), name);
  promise(status != FX_BUG && status != FX_CANCELLED, "the database is read or declined");
  for (const std::string& breach : host.breaches()) promise(false, breach.c_str());
  return 0;
}
