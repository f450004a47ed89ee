#include "casefile/people.hpp"

#include <algorithm>
#include <map>

#include "casefile/identities.hpp"

namespace forensics::casefile {
namespace {

struct Place {
  std::string reference, platform;
  std::int64_t exhibit = 0;
};

void add_once(std::vector<std::string>& list, const std::string& value) {
  const auto at = std::lower_bound(list.begin(), list.end(), value);
  if (at == list.end() || *at != value) list.insert(at, value);
}

// What the evidence says beyond the lists of who took part.
struct Said {
  StatedNumbers numbers;
  OwnerNames owners;
};

std::optional<std::string> number_of(const std::optional<std::string>& phone,
                                     const std::optional<std::string>& account,
                                     const std::string& platform, const Said& said) {
  if (phone)
    if (auto number = international_number(*phone)) return number;
  if (!account) return std::nullopt;
  if (auto number = number_of_account(*account)) return number;
  return said.numbers.of(platform, *account);
}

// Equal keys are one person. They begin with a letter for the basis, so that no name is taken for
// a number.
std::string key_of(const Participant& account, const Place& place, const Said& said,
                   Person::Basis& basis) {
  if (const auto number = number_of(account.phone, account.account, place.platform, said)) {
    basis = Person::Basis::phone;
    return "p" + *number;
  }
  if (account.account && !account.account->empty()) {
    basis = Person::Basis::account;
    return "a" + place.platform + ":" + *account.account;
  }
  basis = Person::Basis::name;
  const std::string name = account.name.value_or(account.phone.value_or(""));
  // Of whom nothing is known, as of accounts that were deleted, is the same as nobody else.
  if (name.empty() && !account.owner) return "u" + std::to_string(account.id);
  return "n" + std::to_string(place.exhibit) + ":" + name;
}

void extend(Person& person, const Participant& account, const Place& place) {
  if (account.name) add_once(person.names, *account.name);
  if (account.phone) add_once(person.phones, *account.phone);
  if (account.account) add_once(person.accounts, *account.account);
  person.owner |= account.owner;
  add_once(person.platforms, place.platform);
  add_once(person.exhibits, place.reference);
  if (person.conversations.empty() || person.conversations.back() != account.conversation)
    person.conversations.push_back(account.conversation);
  person.messages += account.messages;
  if (account.first && (!person.first || *account.first < *person.first))
    person.first = account.first;
  if (account.last && (!person.last || *account.last > *person.last)) person.last = account.last;
}

std::optional<std::string> text_of(const model::Record& record, model::Key key) {
  const model::Field* field = record.find(key);
  return field != nullptr ? std::optional(field->text) : std::nullopt;
}

}  // namespace

std::string_view name_of(Person::Basis basis) {
  switch (basis) {
    case Person::Basis::phone: return "same phone number";
    case Person::Basis::account: return "same account";
    case Person::Basis::name: return "same name in one exhibit";
  }
  return "";
}

Result<std::vector<Person>> people(const Reader& reader) {
  const Said said{TRY(StatedNumbers::read(reader)), TRY(OwnerNames::read(reader))};
  std::map<std::int64_t, Place> places;
  TRY(reader.conversations(std::nullopt, [&](const Conversation& row) -> Result<bool> {
    places[row.id] = {row.reference, row.platform, row.exhibit};
    return true;
  }));
  std::vector<Person> out;
  std::map<std::string, std::size_t> known;
  TRY(reader.all_participants([&](Participant account) -> Result<bool> {
    const Place& place = places[account.conversation];
    if (account.owner && !account.name && !account.phone && !account.account)
      account.name = said.owners.of(place.exhibit, place.platform);
    Person::Basis basis{};
    const auto [entry, is_new] = known.emplace(key_of(account, place, said, basis), out.size());
    if (is_new) out.emplace_back().basis = basis;
    extend(out[entry->second], account, place);
    return true;
  }));
  // A number that only the application states for an account is shown as it was compared.
  for (const auto& [key, at] : known)
    if (key.front() == 'p' && out[at].phones.empty()) out[at].phones.push_back(key.substr(1));
  TRY(reader.records(
      std::nullopt, model::Kind::contact, [&](const model::Record& record) -> Result<bool> {
        const auto name = text_of(record, model::Key::name);
        // A card that was sent says how its sender names somebody, not how an address book does.
        if (!name || record.find(model::Key::message) != nullptr) return true;
        const auto account = text_of(record, model::Key::account);
        const std::string platform = text_of(record, model::Key::platform).value_or("");
        const auto number = number_of(text_of(record, model::Key::phone), account, platform, said);
        auto person = number ? known.find("p" + *number) : known.end();
        if (person == known.end() && account) person = known.find("a" + platform + ":" + *account);
        if (person != known.end()) add_once(out[person->second].saved_as, *name);
        return true;
      }));
  return out;
}

}  // namespace forensics::casefile
