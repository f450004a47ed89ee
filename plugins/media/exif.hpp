#pragma once
// EXIF 2.32: a TIFF structure with directories of tags, inside of a picture or as a file of its
// own.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bytes.hpp"
#include "facts.hpp"

namespace media {

class Exif {
 public:
  static constexpr std::size_t kMostDirectories = 32;
  static constexpr std::size_t kMostEntries = 2000;  // of one directory

  Exif(Bytes& bytes, Facts& facts) : bytes_(bytes), facts_(facts) {}

  // The TIFF header is the beginning of `where`, and no offset leads out of it. False where there
  // is none.
  bool read(const Range& where);

 private:
  enum class Group : std::uint8_t { picture, preview, exif, gps, other };
  struct Directory {
    std::uint64_t offset;
    Group group;
  };
  struct Entry {
    std::uint32_t tag, type;
    std::uint64_t count;
    Range where;  // of the value
  };
  // A value that others are put together with.
  struct Kept {
    std::string text;
    Range where;
  };

  std::uint64_t number_at(std::uint64_t offset, std::size_t n);
  void add(std::uint64_t offset, Group group);
  void directory(const Directory& directory);
  void entry(const Entry& entry, Group group);
  std::string text_of(const Entry& entry, std::string_view bytes);
  void finish();
  void finish_time(std::uint16_t date, std::uint16_t fraction, std::uint16_t offset, Rank rank);
  void finish_place();
  std::optional<std::string> degrees(const Entry& entry, const Kept* hemisphere, unsigned most);
  std::optional<fx_time> satellite_time(Range& where);
  const Kept* kept(Group group, std::uint32_t tag) const;

  Bytes& bytes_;
  Facts& facts_;
  Range where_;
  Order order_ = Order::big;
  std::vector<Directory> directories_;
  std::map<std::pair<Group, std::uint32_t>, Kept> kept_;
  std::map<std::uint32_t, Entry> gps_;
  std::uint64_t preview_at_ = 0, preview_length_ = 0;
};

// The name of a tag as EXIF has it; empty where it has none.
std::string_view exif_tag(std::uint32_t tag, bool gps);

}  // namespace media
