#pragma once
// The people of the one conversation that each file is: one participant for each account and name.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "json/tree.hpp"
#include "text/values.hpp"

namespace youtube {

constexpr std::int64_t kConversation = 1;

class People {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 18;

  explicit People(text::Values& values) : values_(values) {}

  // The number of the participant, whose record is emitted where it is new; 0 where nothing is said
  // of anybody or where there are too many. The values are used.
  std::int64_t of(const json::Value& account, const json::Value& name,
                  const json::Value& username = {});
  // A number for a participant whose record the caller emits.
  std::int64_t next() { return ++last_; }
  // The account that the file belongs to.
  std::int64_t owner();
  void finish() const;

 private:
  text::Values& values_;
  std::map<std::string, std::int64_t, std::less<>> known_;
  std::int64_t last_ = 0;
  std::int64_t owner_ = 0;
  std::uint64_t unnamed_ = 0;
};

// The one conversation of a file.
void begin_conversation(text::Values& values, std::string_view platform, std::string_view type);
void title_from_file(text::Values& values, std::string_view file_name);

}  // namespace youtube
