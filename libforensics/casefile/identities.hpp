#pragma once
// What the evidence itself says of who is who: the number behind an account, the name of the owner
// of an account, and statements that two names or numbers are one person's.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casefile/reader.hpp"
#include "model/record.hpp"

namespace forensics::casefile {

// A statement about the names or numbers of one person: "changed their number", an earlier name of
// an account, a page that was renamed. What the source does not say is empty.
struct IdentityLink {
  std::string before, after;  // names or numbers
  std::string name;           // that the person or account has otherwise
  std::string action;         // what happened, in the source's words or the plugin's
  std::string platform, account;
  std::optional<model::Time> sent;            // when
  std::int64_t conversation = 0, number = 0;  // of the message that says so; 0: none
};

// In the order of the evidence.
Result<std::vector<IdentityLink>> identity_links(const Reader& reader);

// The digits of an international number with its "+", nullopt for any other: a national number
// means nothing without its country.
std::optional<std::string> international_number(std::string_view phone);

// The number that an account is made of ("390655500101@s.whatsapp.net"), nullopt where it is not.
std::optional<std::string> number_of_account(std::string_view account);

// Which telephone number belongs to an account, as far as the records of the application itself
// say: its list of accounts and contacts, and statements about identities.
class StatedNumbers {
 public:
  static Result<StatedNumbers> read(const Reader& reader);

  // nullopt also where two different numbers are stated: neither is proven.
  std::optional<std::string> of(const std::string& platform, const std::string& account) const;

 private:
  void learn(const std::string& platform, const std::string& account, std::string number);

  std::map<std::pair<std::string, std::string>, std::string> numbers_;  // "": contradicting ones
};

// The name of the account from which an exhibit was exported: what stands for its owner in threads
// that name nobody.
class OwnerNames {
 public:
  static Result<OwnerNames> read(const Reader& reader);

  // nullopt where an exhibit holds no account of this platform, or several with other names.
  std::optional<std::string> of(std::int64_t exhibit, const std::string& platform) const;

 private:
  std::map<std::pair<std::int64_t, std::string>, std::string> names_;  // "": several
};

}  // namespace forensics::casefile
