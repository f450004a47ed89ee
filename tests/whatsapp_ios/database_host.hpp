#pragma once
// The plugin over one of the databases that make_databases.py made.

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "support/fixtures.hpp"
#include "support/seized_host.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_whatsapp_ios(void);

namespace ios_test {

inline std::filesystem::path database(const std::string& name) {
  return std::filesystem::path(IOS_DATABASES) / name;
}

inline std::unique_ptr<forensics::test::SeizedHost> host_of(const std::string& name) {
  using forensics::test::slurp;
  const std::string path = database(name).string();
  auto host = std::make_unique<forensics::test::SeizedHost>(slurp(path));
  if (std::filesystem::exists(path + "-wal"))
    host->add_companion(1, name + "-wal", slurp(path + "-wal"));
  return host;
}

// Read without a breach of the contract, to the last byte.
inline std::unique_ptr<forensics::test::SeizedHost> read(const std::string& name) {
  auto host = host_of(name);
  EXPECT_GE(host->probe(*fx_plugin_entry_v1_whatsapp_ios(), "7c7fba66"), 90) << name;
  EXPECT_EQ(host->parse(*fx_plugin_entry_v1_whatsapp_ios(), "7c7fba66"), FX_OK) << name;
  EXPECT_EQ(host->breaches(), std::vector<std::string>{}) << name;
  EXPECT_EQ(host->unexplained(0), 0U) << name;
  EXPECT_EQ(host->unexplained(1), 0U) << name;
  return host;
}

// The message with that text, or of that source id; null where there is none.
inline const forensics::test::SeizedRecord* message(const forensics::test::SeizedHost& host,
                                                    std::string_view key, std::string_view value) {
  for (const auto* record : host.of("message"))
    if (record->text(key) == value) return record;
  return nullptr;
}

}  // namespace ios_test
