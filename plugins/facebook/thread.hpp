#pragma once
// The messages of a thread: Messenger, Instagram, and their end-to-end encrypted exports.

#include <cstdint>

#include "parts.hpp"
#include "people.hpp"
#include "survey.hpp"

namespace facebook {

class Thread {
 public:
  Thread(Fields& fields, const Survey& survey);

  // Its record, from what the survey knows.
  void describe();
  void item(const Place& place, const json::Value& value, fx_span extent);
  // Of a list of threads: the value stands before the messages of its thread.
  void loose(const Place& place, const json::Token& token);
  std::uint64_t messages() const { return messages_; }

 private:
  void begin_listed(const Place& place, fx_span where);
  void member(const json::Value& value, fx_span extent);
  void message(const json::Value& value, fx_span extent);
  std::string_view type_of(const json::Value& message, bool unsent) const;
  void call(const json::Value& value, std::int64_t message);

  Fields& fields_;
  const Survey& survey_;
  People people_;
  Parts parts_;
  std::int64_t conversation_ = 0;
  std::string listed_;  // which thread of the list
  std::int64_t last_ = 0;
  std::uint64_t messages_ = 0;
  std::uint64_t loose_ = 0;  // values around the lists, so far
};

}  // namespace facebook
