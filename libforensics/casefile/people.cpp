#include "casefile/people.hpp"

#include <algorithm>
#include <map>

namespace forensics::casefile {
namespace {

// Hidden identities and address-book entries beyond this many are not followed.
constexpr std::size_t kMostKnown = std::size_t{1} << 20;

struct Place {
  std::string reference, platform;
  std::int64_t exhibit = 0;
};

void add_once(std::vector<std::string>& list, const std::string& value) {
  const auto at = std::lower_bound(list.begin(), list.end(), value);
  if (at == list.end() || *at != value) list.insert(at, value);
}

// Which number stands behind an account that hides it, as far as the evidence says so.
using HiddenNumbers = std::map<std::string, std::string>;

std::optional<std::string> number_of(const std::optional<std::string>& phone,
                                     const std::optional<std::string>& account,
                                     const HiddenNumbers& hidden) {
  if (phone)
    if (auto number = international_number(*phone)) return number;
  if (!account) return std::nullopt;
  if (auto number = number_of_account(*account)) return number;
  const auto found = hidden.find(*account);
  return found != hidden.end() ? std::optional(found->second) : std::nullopt;
}

// Equal keys are one person. They begin with a letter for the basis, so that no name is taken for
// a number.
std::string key_of(const Participant& account, const Place& place, const HiddenNumbers& hidden,
                   Person::Basis& basis) {
  if (const auto number = number_of(account.phone, account.account, hidden)) {
    basis = Person::Basis::phone;
    return "p" + *number;
  }
  if (account.account && !account.account->empty()) {
    basis = Person::Basis::account;
    return "a" + place.platform + ":" + *account.account;
  }
  basis = Person::Basis::name;
  const std::string exhibit = "n" + std::to_string(place.exhibit) + ":";
  return exhibit + account.name.value_or(account.phone.value_or(""));
}

void extend(Person& person, const Participant& account, const Place& place) {
  if (account.name) add_once(person.names, *account.name);
  if (account.phone) add_once(person.phones, *account.phone);
  if (account.account) add_once(person.accounts, *account.account);
  person.owner |= account.owner;
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

Result<HiddenNumbers> hidden_numbers(const Reader& reader) {
  HiddenNumbers out;
  TRY(reader.records(
      std::nullopt, model::Kind::identity, [&](const model::Record& record) -> Result<bool> {
        std::optional<std::string> account, number;
        for (const model::Key key :
             {model::Key::before, model::Key::after, model::Key::account, model::Key::phone}) {
          const auto text = text_of(record, key);
          if (!text) continue;
          auto stated = number_of(text, text, {});
          if (stated)
            number = std::move(stated);
          else if (text->find('@') != std::string::npos)
            account = text;
        }
        if (account && number) out.emplace(*account, *number);
        return out.size() < kMostKnown;
      }));
  return out;
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

std::optional<std::string> number_of_account(std::string_view account) {
  const std::size_t at = account.find('@');
  const std::string_view domain = at != account.npos ? account.substr(at + 1) : std::string_view();
  if (domain != "s.whatsapp.net" && domain != "c.us") return std::nullopt;
  return international_number("+" + std::string(account.substr(0, at)));
}

Result<std::vector<Person>> people(const Reader& reader) {
  const HiddenNumbers hidden = TRY(hidden_numbers(reader));
  std::map<std::int64_t, Place> places;
  TRY(reader.conversations(std::nullopt, [&](const Conversation& row) -> Result<bool> {
    places[row.id] = {row.reference, row.platform, row.exhibit};
    return true;
  }));
  std::vector<Person> out;
  std::map<std::string, std::size_t> known;
  TRY(reader.all_participants([&](const Participant& account) -> Result<bool> {
    const Place& place = places[account.conversation];
    Person::Basis basis{};
    const auto [entry, is_new] = known.emplace(key_of(account, place, hidden, basis), out.size());
    if (is_new) out.emplace_back().basis = basis;
    extend(out[entry->second], account, place);
    return true;
  }));
  TRY(reader.records(
      std::nullopt, model::Kind::contact, [&](const model::Record& record) -> Result<bool> {
        const auto name = text_of(record, model::Key::name);
        // A card that was sent says how its sender names somebody, not how an address book does.
        if (!name || record.find(model::Key::message) != nullptr) return true;
        const auto account = text_of(record, model::Key::account);
        const auto number = number_of(text_of(record, model::Key::phone), account, hidden);
        const std::string platform = text_of(record, model::Key::platform).value_or("");
        auto person = number ? known.find("p" + *number) : known.end();
        if (person == known.end() && account) person = known.find("a" + platform + ":" + *account);
        if (person != known.end()) add_once(out[person->second].saved_as, *name);
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
