#include "casefile/people.hpp"

#include <algorithm>
#include <map>

namespace forensics::casefile {
namespace {

struct Place {
  std::string reference;
  std::int64_t exhibit = 0;
};

void add_once(std::vector<std::string>& list, const std::string& value) {
  const auto at = std::lower_bound(list.begin(), list.end(), value);
  if (at == list.end() || *at != value) list.insert(at, value);
}

// Equal keys are one person. They begin with a letter for the basis, so that no name is taken for
// a number.
std::string key_of(const Participant& account, const Place& place, Person::Basis& basis) {
  if (account.phone) {
    if (const auto number = international_number(*account.phone)) {
      basis = Person::Basis::phone;
      return "p" + *number;
    }
  }
  basis = Person::Basis::name;
  const std::string exhibit = "n" + std::to_string(place.exhibit) + ":";
  return exhibit + account.name.value_or(account.phone.value_or(""));
}

void extend(Person& person, const Participant& account, const Place& place) {
  if (account.name) add_once(person.names, *account.name);
  if (account.phone) add_once(person.phones, *account.phone);
  add_once(person.exhibits, place.reference);
  if (person.conversations.empty() || person.conversations.back() != account.conversation)
    person.conversations.push_back(account.conversation);
  person.messages += account.messages;
  if (account.first && (!person.first || *account.first < *person.first))
    person.first = account.first;
  if (account.last && (!person.last || *account.last > *person.last)) person.last = account.last;
}

}  // namespace

std::string_view name_of(Person::Basis basis) {
  switch (basis) {
    case Person::Basis::phone: return "same phone number";
    case Person::Basis::name: return "same name in one exhibit";
  }
  return "";
}

std::optional<std::string> international_number(std::string_view phone) {
  // Numbers in exports carry direction marks and no-break spaces around their parts.
  std::string digits;
  bool plus = false;
  for (std::size_t at = 0; at < phone.size();) {
    const char32_t c = next_code_point(phone, at);
    if (c >= '0' && c <= '9') {
      if (!plus) return std::nullopt;
      digits += static_cast<char>(c);
    } else if (c == '+') {
      if (plus) return std::nullopt;
      plus = true;
    } else if (c < 0x80
                   ? std::string_view(" -().").find(static_cast<char>(c)) == std::string_view::npos
                   : c != 0xA0 && c != 0x202F && (c < 0x2000 || c > 0x206F)) {
      return std::nullopt;
    }
  }
  constexpr std::size_t kShortest = 7, kLongest = 15;  // E.164
  if (digits.size() < kShortest || digits.size() > kLongest) return std::nullopt;
  return "+" + digits;
}

Result<std::vector<Person>> people(const Reader& reader) {
  std::map<std::int64_t, Place> places;
  TRY(reader.conversations(std::nullopt, [&](const Conversation& row) -> Result<bool> {
    places[row.id] = {row.reference, row.exhibit};
    return true;
  }));
  std::vector<Person> out;
  std::map<std::string, std::size_t> known;
  TRY(reader.all_participants([&](const Participant& account) -> Result<bool> {
    const Place& place = places[account.conversation];
    Person::Basis basis{};
    const auto [entry, is_new] = known.emplace(key_of(account, place, basis), out.size());
    if (is_new) out.emplace_back().basis = basis;
    extend(out[entry->second], account, place);
    return true;
  }));
  return out;
}

Result<std::vector<IdentityLink>> identity_links(const Reader& reader) {
  auto rows = TRY(reader.database().prepare(
      "SELECT r.data, m.conversation, m.number FROM record r LEFT JOIN message m"
      " ON m.id = r.message WHERE r.kind = ?1 ORDER BY r.run, r.position"));
  rows.bind(1, static_cast<std::int64_t>(model::Kind::identity));
  std::vector<IdentityLink> out;
  while (TRY(rows.step())) {
    model::Record record;
    if (!model::decode(rows.blob(0), record))
      return fail(ErrorCode::corrupt, "identity record", "the stored record cannot be decoded");
    const model::Field* before = record.find(model::Key::before);
    const model::Field* after = record.find(model::Key::after);
    out.push_back({before != nullptr ? before->text : "", after != nullptr ? after->text : "",
                   rows.integer(1), rows.integer(2)});
  }
  return out;
}

}  // namespace forensics::casefile
