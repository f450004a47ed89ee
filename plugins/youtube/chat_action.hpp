#pragma once
// One action of a live chat: a message, a gift, a deletion, a poll, ...

#include <cstdint>
#include <string>
#include <string_view>

#include "json/tree.hpp"
#include "people.hpp"
#include "text/values.hpp"

namespace youtube {

class ChatActions {
 public:
  ChatActions(text::Values& values, People& people) : values_(values), people_(people) {}

  // `action` is the object that says what happens, in `tree`; it accounts for the bytes from
  // `begin` to `end`. `around` (may be none) is what stands beside the actions of the same line.
  void write(const json::Tree& tree, const json::Value& action, const json::Value& around,
             std::uint64_t begin, std::uint64_t end);

 private:
  void describe(const json::Value& renderer, std::string_view name);
  void runs(const char* key, const json::Value& text);
  void poll(const json::Value& renderer, std::int64_t message, std::uint64_t begin);

  text::Values& values_;
  People& people_;
  std::int64_t messages_ = 0;
};

}  // namespace youtube
