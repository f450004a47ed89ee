#pragma once
// Who took part, joined only as far as the evidence proves it: accounts are one person's where they
// state the same telephone number, also as part of their account, or have the same account. A name
// alone joins accounts of one exhibit and nothing beyond.

#include <string>
#include <vector>

#include "casefile/reader.hpp"

namespace forensics::casefile {

struct Person {
  enum class Basis : std::uint8_t {
    phone,    // every account states the same number
    account,  // the same account of one application
    name,     // the accounts of one exhibit show the same name
  } basis = Basis::name;
  std::vector<std::string> names, phones, accounts;  // as written, sorted by bytes
  std::vector<std::string> saved_as;                 // how address books in the evidence name them
  bool owner = false;                                // of a device or account in the evidence
  std::vector<std::string> exhibits;                 // references
  std::vector<std::int64_t> conversations;
  std::int64_t messages = 0;
  std::optional<std::int64_t> first, last;  // wall
};
std::string_view name_of(Person::Basis basis);

// What a source says about two names or numbers being one person's ("changed their number").
struct IdentityLink {
  std::string before, after;
  std::int64_t conversation = 0, number = 0;  // of the message that says so; 0: none
};

// The digits of an international number with its "+", nullopt for any other: a national number
// means nothing without its country.
std::optional<std::string> international_number(std::string_view phone);

// The number that an account is made of ("390655500101@s.whatsapp.net"), nullopt where it is not.
std::optional<std::string> number_of_account(std::string_view account);

// In order of their first account.
Result<std::vector<Person>> people(const Reader& reader);
Result<std::vector<IdentityLink>> identity_links(const Reader& reader);

}  // namespace forensics::casefile
