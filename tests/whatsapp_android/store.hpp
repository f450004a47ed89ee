#pragma once
// The made databases, and the plugin run over one of them.

#include <filesystem>
#include <memory>
#include <string>

#include "support/fixtures.hpp"
#include "support/seized_host.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_whatsapp_android(void);

namespace whatsapp_android_test {

using forensics::test::SeizedHost;
using forensics::test::SeizedRecord;

inline std::filesystem::path made(const std::string& name) {
  return std::filesystem::path(WHATSAPP_ANDROID_DATABASES) / name;
}

inline const fx_plugin& plugin() {
  return *fx_plugin_entry_v1_whatsapp_android();
}

// With the log and the journal that stand beside the file.
inline std::unique_ptr<SeizedHost> open(const std::filesystem::path& file) {
  auto host = std::make_unique<SeizedHost>(forensics::test::slurp(file));
  const auto beside = [&](std::uint32_t input, const std::filesystem::path& other) {
    if (std::filesystem::exists(other))
      host->add_companion(input, other.filename().string(), forensics::test::slurp(other));
  };
  beside(1, file.string() + "-wal");
  beside(2, file.string() + "-journal");
  return host;
}

inline const SeizedRecord* by_source_id(const SeizedHost& host, const std::string& id) {
  for (const SeizedRecord* message : host.of("message"))
    if (message->text("source_id") == id && message->find("recovered") == nullptr) return message;
  return nullptr;
}

}  // namespace whatsapp_android_test
