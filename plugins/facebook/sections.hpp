#pragma once
// Everything of an export that is no thread: posts, comments, friends, groups, searches, logins,
// the profile, and lists of which only the form is known. What no rule here knows is kept as it is.

#include <cstdint>
#include <string>
#include <unordered_map>

#include "parts.hpp"
#include "people.hpp"
#include "survey.hpp"

namespace facebook {

class Sections {
 public:
  Sections(Fields& fields, const Survey& survey, std::string_view file_name);

  void item(const Place& place, const json::Value& value, fx_span extent);
  void loose(const Place& place, const json::Token& token);
  // What was collected last.
  void finish();

 private:
  std::int64_t section(const Place& place);
  std::int64_t group(const json::Value& name);
  void contact(const Place& place, const json::Value& value, fx_span extent);
  void membership(const Place& place, const json::Value& value, fx_span extent);
  void account(const json::Value& value, fx_span extent);
  void earlier_names(const json::Value& names, const json::Value& now);
  void event(const Place& place, const json::Value& value, fx_span extent);
  std::string_view platform() const { return survey_.instagram ? "instagram" : "facebook"; }

  Fields& fields_;
  const Survey& survey_;
  std::string_view file_name_;
  People people_;
  Parts parts_;
  std::unordered_map<std::string, std::int64_t> conversations_;
  std::int64_t last_conversation_ = 0;
  std::int64_t last_ = 0;
  bool has_loose_ = false;  // a record of loose values is under construction
  std::size_t loose_ = 0;
};

// The name of a list without what versions and numbers add: "friends_v2" and "friends_1" are
// "friends".
std::string_view stem_of(std::string_view name);

}  // namespace facebook
