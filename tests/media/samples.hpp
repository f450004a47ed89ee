#pragma once
// Pictures and films made here, byte by byte.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/seized_host.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_media(void);

namespace media_test {

struct Sample {
  std::string name;
  std::string bytes;
};

std::string big(std::uint64_t value, int n);
std::string box(std::string_view type, std::string_view content);

struct Camera {
  std::string taken = "2024:05:17 22:10:05";
  std::string offset;      // "+02:00"
  std::string fraction;    // "250"
  std::string satellites;  // the date of the GPS time; none for no time
  bool has_place = true;
  bool little = true;
  bool preview = false;
};
// A TIFF structure with tags of the camera.
std::string exif(const Camera& camera);

Sample jpeg(const Camera& camera);
Sample png(const Camera& camera);
Sample webp(const Camera& camera);
Sample heif(const Camera& camera);
// `created`: seconds since 1904.
Sample phone_film(std::uint64_t created);
Sample apple_film();
Sample film_of_3gpp();
std::vector<Sample> samples();

// What the plugin made of a sample, with the contract checked.
struct Reading {
  explicit Reading(const Sample& sample) : host(sample.bytes) {
    score = host.probe(*fx_plugin_entry_v1_media(), sample.name);
    status = host.parse(*fx_plugin_entry_v1_media(), sample.name);
    EXPECT_EQ(host.breaches(), std::vector<std::string>{});
    if (status != FX_NOT_MINE) {
      EXPECT_EQ(host.unexplained(0), 0U);
    }
  }
  const forensics::test::SeizedRecord& one(std::string_view kind) const {
    static const forensics::test::SeizedRecord kNone;
    const auto found = host.of(kind);
    EXPECT_EQ(found.size(), 1U) << kind;
    return found.empty() ? kNone : *found[0];
  }

  forensics::test::SeizedHost host;
  int score = 0;
  fx_status status = FX_OK;
};

}  // namespace media_test
