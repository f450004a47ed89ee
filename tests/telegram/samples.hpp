#pragma once
// Reads a sample with the plugin, and what every test of this folder asks of it.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/seized_host.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_telegram(void);

namespace telegram_test {

struct Parsed {
  explicit Parsed(const std::string& file, std::string_view name = "result.json") : host(file) {
    const fx_plugin& plugin = *fx_plugin_entry_v1_telegram();
    score = host.probe(plugin, name);
    status = host.parse(plugin, name);
    EXPECT_EQ(host.breaches(), std::vector<std::string>{}) << file.substr(0, 300);
    if (status != FX_NOT_MINE) {
      EXPECT_EQ(host.unexplained(0), 0U) << file.substr(0, 300);
    }
  }

  const forensics::test::SeizedRecord& message(std::size_t i) const {
    static const forensics::test::SeizedRecord none;
    const auto all = host.of("message");
    EXPECT_LT(i, all.size());
    return i < all.size() ? *all[i] : none;
  }
  std::string account_of_sender(std::size_t i) const {
    const auto* sender = host.referred("participant", message(i).number("sender"));
    return sender == nullptr ? "(nobody)" : sender->text("account");
  }
  std::string name_of_sender(std::size_t i) const {
    const auto* sender = host.referred("participant", message(i).number("sender"));
    return sender == nullptr ? "(nobody)" : sender->text("name");
  }
  bool notes(std::string_view code) const {
    for (const std::string& note : host.notes())
      if (note.starts_with(std::string(code) + ":")) return true;
    return false;
  }
  // "subject=value (verdict)" of all readings.
  std::string readings() const {
    std::string out;
    for (const auto* each : host.of("reading"))
      out +=
          each->text("subject") + "=" + each->text("value") + " (" + each->text("verdict") + ")\n";
    return out;
  }

  forensics::test::SeizedHost host;
  int score = 0;
  fx_status status = FX_OK;
};

}  // namespace telegram_test
