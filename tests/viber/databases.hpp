#pragma once
// The databases that make_databases.py made, read by the plugin.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "support/fixtures.hpp"
#include "support/seized_host.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_viber(void);

namespace viber_test {

using forensics::test::SeizedHost;
using forensics::test::SeizedRecord;

inline std::string database(std::string_view name) {
  return forensics::test::slurp(std::filesystem::path(VIBER_DATABASES) / name);
}

// One database, read, with what always holds checked.
struct Read {
  explicit Read(const std::string& bytes, std::string_view name = "viber.db",
                const std::string& log = {})
      : host(bytes) {
    if (!log.empty()) host.add_companion(1, std::string(name) + "-wal", log);
    score = host.probe(*fx_plugin_entry_v1_viber(), name);
    status = host.parse(*fx_plugin_entry_v1_viber(), name);
    EXPECT_EQ(host.breaches(), std::vector<std::string>{});
    EXPECT_EQ(host.unexplained(0), 0U);
    EXPECT_EQ(host.unexplained(1), 0U);
  }

  // The first record of a kind whose field has this text; null where there is none.
  const SeizedRecord* find(std::string_view kind, std::string_view key, std::string_view text) {
    for (const SeizedRecord* record : host.of(kind))
      if (record->text(key) == text) return record;
    return nullptr;
  }
  // What hangs on a message.
  const SeizedRecord* of_message(std::string_view kind, const SeizedRecord& message) {
    for (const SeizedRecord* record : host.of(kind))
      if (record->number("message") == message.ref) return record;
    return nullptr;
  }

  SeizedHost host;
  int score = 0;
  fx_status status = FX_OK;
};

}  // namespace viber_test
