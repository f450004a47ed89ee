#pragma once
// Who took part, over all platforms, joined only as far as the evidence proves it: accounts are one
// person's where the same telephone number belongs to them - stated with them, part of the account,
// or stated for the account by the application itself - or where they are the same account of one
// application. A name alone joins accounts of one exhibit and nothing beyond.

#include <string>
#include <vector>

#include "casefile/reader.hpp"

namespace forensics::casefile {

struct Person {
  enum class Basis : std::uint8_t {
    phone,    // the same number belongs to every account
    account,  // the same account of one application
    name,     // the accounts of one exhibit show the same name
  } basis = Basis::name;
  // As written, sorted by bytes. A number that is only stated for an account, or part of it, stands
  // here as it was compared ("+390655500101") where none was written.
  std::vector<std::string> names, phones, accounts;
  std::vector<std::string> saved_as;   // how address books in the evidence name them
  bool owner = false;                  // of a device or account in the evidence
  std::vector<std::string> platforms;  // on which the accounts are
  std::vector<std::string> exhibits;   // references
  std::vector<std::int64_t> conversations;
  std::int64_t messages = 0;
  std::optional<std::int64_t> first, last;  // wall
};
std::string_view name_of(Person::Basis basis);

// In order of their first account.
Result<std::vector<Person>> people(const Reader& reader);

}  // namespace forensics::casefile
