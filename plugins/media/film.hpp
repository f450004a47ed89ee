#pragma once
// What a film says of itself: times of its header and tracks, user data, keyed metadata.

#include <string>
#include <vector>

#include "boxes.hpp"
#include "facts.hpp"

namespace media {

class Film {
 public:
  static constexpr int kMostBoxes = 100'000;

  Film(Bytes& bytes, Facts& facts) : bytes_(bytes), facts_(facts) {}

  // The content of "moov".
  void read(const Range& inside);

 private:
  void track(const Range& inside, const std::string& name);
  // The times of a "mvhd", "tkhd" or "mdhd".
  void header(const Range& inside, const std::string& name, bool of_film);
  void user_data(const Range& inside, const std::string& name);
  void user_value(const Box& box, const std::string& name);
  void metadata(const Range& inside, const std::string& name);
  void keys(const Range& inside);
  void items(const Range& inside, const std::string& name);
  void item(const Range& data, const std::string& name);
  // Strings of 3GPP TS 26.244: a language and words.
  void words(const Range& inside, const std::string& name);
  void place_of_3gpp(const Range& inside, const std::string& name);
  // What is known of a value by its name.
  void known(const std::string& name, const std::string& text, const Range& where);
  bool is_enough() { return ++boxes_ > kMostBoxes; }

  Bytes& bytes_;
  Facts& facts_;
  std::vector<std::string> keys_;
  int boxes_ = 0;
};

}  // namespace media
