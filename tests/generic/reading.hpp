#pragma once
// One file read by one plugin, with what the contract promises checked.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/seized_host.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_location(void);
extern "C" const fx_plugin* fx_plugin_entry_v1_mail(void);
extern "C" const fx_plugin* fx_plugin_entry_v1_table(void);
extern "C" const fx_plugin* fx_plugin_entry_v1_ufdr(void);
extern "C" const fx_plugin* fx_plugin_entry_v1_vcard(void);

namespace forensics::test {

struct Reading {
  Reading(const fx_plugin* plugin, std::string bytes, std::string_view name)
      : host(std::move(bytes)) {
    score = host.probe(*plugin, name);
    status = host.parse(*plugin, name);
    EXPECT_EQ(host.breaches(), std::vector<std::string>{});
    if (status != FX_NOT_MINE) {
      EXPECT_EQ(host.unexplained(0), 0U);
    }
  }
  const SeizedRecord& one(std::string_view kind, std::size_t index = 0) const {
    static const SeizedRecord kNone;
    const auto found = host.of(kind);
    EXPECT_LT(index, found.size()) << kind;
    return index < found.size() ? *found[index] : kNone;
  }
  std::size_t count(std::string_view kind) const { return host.of(kind).size(); }

  SeizedHost host;
  int score = 0;
  fx_status status = FX_OK;
};

}  // namespace forensics::test
