#pragma once
// What a message or post carries: files, places, polls, reactions. They stand at many depths and
// under many names, but each is an object that shows what it is: a file has a "uri", a place a
// coordinate.

#include <cstdint>
#include <string_view>
#include <vector>

#include "fields.hpp"
#include "people.hpp"

namespace facebook {

class Parts {
 public:
  Parts(Fields& fields, People& people) : fields_(fields), people_(people) {}

  void find(const json::Value& item);
  // The objects that are parts: whoever reads the item leaves them alone.
  const std::vector<json::Value>& values() const { return values_; }
  bool has_file() const { return count(Sort::file) != 0; }
  json::Value first_file() const;
  bool has_place() const { return count(Sort::place) != 0; }
  bool has_poll() const { return count(Sort::poll) != 0; }

  // The records of all of them; `message` has been emitted.
  void emit(std::int64_t conversation, std::int64_t message);

 private:
  enum class Sort { file, place, poll, reaction };
  struct Part {
    Sort sort;
    std::string context;  // the name of the list or member that it stands under
  };

  std::size_t count(Sort sort) const;
  void find(const json::Value& value, std::string_view context, int depth);
  void file(const Part& part, const json::Value& value, std::int64_t message);
  void place(const json::Value& value, std::int64_t message);
  void poll(const json::Value& value, std::int64_t message);
  void reaction(const json::Value& value, std::int64_t conversation, std::int64_t message);

  Fields& fields_;
  People& people_;
  std::vector<Part> parts_;
  std::vector<json::Value> values_;
};

}  // namespace facebook
