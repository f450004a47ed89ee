#pragma once
// A file of an export, read by the plugin in the test's process.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/fixtures.hpp"
#include "support/seized_host.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_facebook(void);

namespace facebook_test {

using forensics::test::SeizedHost;
using forensics::test::SeizedRecord;

struct Read {
  explicit Read(std::string bytes, std::string_view name = "message_1.json",
                std::vector<std::string> siblings = {})
      : host(std::move(bytes)) {
    host.set_siblings(std::move(siblings));
    score = host.probe(*fx_plugin_entry_v1_facebook(), name);
    status = host.parse(*fx_plugin_entry_v1_facebook(), name);
    EXPECT_EQ(host.breaches(), std::vector<std::string>{});
    EXPECT_NE(status, FX_BUG);
    if (status != FX_NOT_MINE) {
      EXPECT_EQ(host.unexplained(0), 0U);
    }
  }
  // The i-th record of a kind as a line; empty where there are fewer.
  std::string line(std::string_view kind, std::size_t i = 0) const {
    const auto all = host.of(kind);
    return i < all.size() ? all[i]->line() : std::string();
  }
  bool has_note(std::string_view code) const {
    for (const std::string& note : host.notes())
      if (note.starts_with(code)) return true;
    return false;
  }

  SeizedHost host;
  int score = 0;
  fx_status status = FX_OK;
};

}  // namespace facebook_test
