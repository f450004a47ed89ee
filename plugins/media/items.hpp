#pragma once
// Items of a picture of the family HEIF (ISO 23008-12): EXIF and XMP stand in two of them.

#include <cstdint>
#include <map>

#include "boxes.hpp"
#include "facts.hpp"

namespace media {

class Items {
 public:
  static constexpr std::uint64_t kMostItems = 65'536;
  static constexpr std::size_t kMostUses = 16;

  Items(Bytes& bytes, Facts& facts) : bytes_(bytes), facts_(facts) {}

  // The content of "meta" at the top of the file.
  void read(const Range& inside);

 private:
  enum class Use : std::uint8_t { exif, xmp };

  void names(const Range& inside);
  void name(const Range& inside);
  void places(const Range& inside);

  Bytes& bytes_;
  Facts& facts_;
  std::map<std::uint64_t, Use> uses_;  // by the id of the item
};

}  // namespace media
