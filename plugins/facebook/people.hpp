#pragma once
// The participants of the conversations of one file. The exports know people by name only.

#include <cstdint>
#include <string>
#include <unordered_map>

#include "fields.hpp"

namespace facebook {

class People {
 public:
  explicit People(Fields& fields) : fields_(fields) {}

  // The participant of that name; a record is emitted for a new one, so no other record may be
  // under construction. It takes what else `about` says. 0 where a conversation has more names than
  // are kept apart.
  std::int64_t of(std::int64_t conversation, const Text& name, fx_span extent,
                  const json::Value& about = {});
  bool knows(std::int64_t conversation, const Text& name) const;
  std::int64_t of(std::int64_t conversation, const json::Value& name);
  // One whom no message can be told to be of: without a name, or with that of another.
  void another(std::int64_t conversation, const json::Value& about, fx_span extent);
  // The account that the export is of, as far as the file goes without a name.
  std::int64_t owner(std::int64_t conversation, fx_span where);

 private:
  static constexpr std::size_t kMost = std::size_t{1} << 18;

  Fields& fields_;
  std::unordered_map<std::string, std::int64_t> known_;
  std::unordered_map<std::int64_t, std::int64_t> owners_;
  std::int64_t last_ = 0;
};

}  // namespace facebook
