#include "casefile/identities.hpp"

namespace forensics::casefile {
namespace {

// Accounts beyond this many are not followed.
constexpr std::size_t kMostKnown = std::size_t{1} << 20;

std::string text_of(const model::Record& record, model::Key key) {
  const model::Field* field = record.find(key);
  return field != nullptr ? field->text : std::string();
}

bool is_set(const model::Record& record, model::Key key) {
  const model::Field* field = record.find(key);
  return field != nullptr && field->number != 0;
}

// The one international number of a record; nullopt where it states none, or several.
std::optional<std::string> only_number(const model::Record& record) {
  std::optional<std::string> out;
  for (const model::Field& field : record.fields) {
    if (field.key != model::Key::phone) continue;
    const auto number = international_number(field.text);
    if (out && number && *out != *number) return std::nullopt;
    if (number) out = number;
  }
  return out;
}

struct Stated {
  model::Record record;
  std::int64_t exhibit = 0;
};

Status each_record(const Reader& reader, model::Kind kind, const Each<Stated>& each) {
  Statement rows = TRY(
      reader.database().prepare("SELECT r.data, a.exhibit FROM record r JOIN run ON run.id = r.run"
                                " JOIN artifact a ON a.id = run.artifact WHERE r.kind = ?1"
                                " ORDER BY r.run, r.position"));
  rows.bind(1, static_cast<std::int64_t>(kind));
  Stated stated;
  while (TRY(rows.step())) {
    stated.record = {};
    if (!model::decode(rows.blob(0), stated.record))
      return fail(ErrorCode::corrupt, "a record about identities",
                  "the stored record cannot be decoded");
    stated.exhibit = rows.integer(1);
    if (!TRY(each(stated))) break;
  }
  return {};
}

}  // namespace

Result<std::vector<IdentityLink>> identity_links(const Reader& reader) {
  using model::Key;
  Statement rows = TRY(reader.database().prepare(
      "SELECT r.data, m.conversation, m.number FROM record r LEFT JOIN message m"
      " ON m.id = r.message WHERE r.kind = ?1 ORDER BY r.run, r.position"));
  rows.bind(1, static_cast<std::int64_t>(model::Kind::identity));
  std::vector<IdentityLink> out;
  while (TRY(rows.step())) {
    model::Record record;
    if (!model::decode(rows.blob(0), record))
      return fail(ErrorCode::corrupt, "identity record", "the stored record cannot be decoded");
    IdentityLink& link = out.emplace_back();
    link.before = text_of(record, Key::before);
    link.after = text_of(record, Key::after);
    link.name = text_of(record, Key::name);
    link.action = text_of(record, Key::action);
    link.platform = text_of(record, Key::platform);
    link.account = text_of(record, Key::account);
    if (const model::Field* sent = record.find(Key::sent)) link.sent = sent->time;
    link.conversation = rows.integer(1);
    link.number = rows.integer(2);
  }
  return out;
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

void StatedNumbers::learn(const std::string& platform, const std::string& account,
                          std::string number) {
  if (numbers_.size() >= kMostKnown) return;
  const auto [known, is_new] = numbers_.emplace(std::pair(platform, account), number);
  if (!is_new && known->second != number) known->second.clear();
}

Result<StatedNumbers> StatedNumbers::read(const Reader& reader) {
  using model::Key;
  StatedNumbers out;
  TRY(each_record(reader, model::Kind::identity, [&](const Stated& stated) -> Result<bool> {
    std::string account, number;
    for (const Key key : {Key::before, Key::after, Key::account, Key::phone}) {
      const std::string text = text_of(stated.record, key);
      auto found = international_number(text);
      if (!found) found = number_of_account(text);
      if (found)
        number = std::move(*found);
      else if (text.find('@') != std::string::npos)
        account = text;
    }
    if (!account.empty() && !number.empty())
      out.learn(text_of(stated.record, Key::platform), account, std::move(number));
    return true;
  }));
  for (const model::Kind kind : {model::Kind::account, model::Kind::contact})
    TRY(each_record(reader, kind, [&](const Stated& stated) -> Result<bool> {
      const std::string account = text_of(stated.record, Key::account);
      const std::string platform = text_of(stated.record, Key::platform);
      // A card that was sent says what its sender wrote on it.
      if (account.empty() || platform.empty() || stated.record.find(Key::message) != nullptr)
        return true;
      if (auto number = only_number(stated.record)) out.learn(platform, account, *number);
      return true;
    }));
  return out;
}

std::optional<std::string> StatedNumbers::of(const std::string& platform,
                                             const std::string& account) const {
  auto found = numbers_.find({platform, account});
  if (found == numbers_.end()) found = numbers_.find({"", account});
  return found == numbers_.end() || found->second.empty() ? std::nullopt
                                                          : std::optional(found->second);
}

Result<OwnerNames> OwnerNames::read(const Reader& reader) {
  using model::Key;
  OwnerNames out;
  TRY(each_record(reader, model::Kind::account, [&](const Stated& stated) -> Result<bool> {
    const std::string name = text_of(stated.record, Key::name);
    if (name.empty() || !is_set(stated.record, Key::owner)) return true;
    const auto [known, is_new] =
        out.names_.emplace(std::pair(stated.exhibit, text_of(stated.record, Key::platform)), name);
    if (!is_new && known->second != name) known->second.clear();
    return out.names_.size() < kMostKnown;
  }));
  return out;
}

std::optional<std::string> OwnerNames::of(std::int64_t exhibit, const std::string& platform) const {
  const auto found = names_.find({exhibit, platform});
  return found == names_.end() || found->second.empty() ? std::nullopt
                                                        : std::optional(found->second);
}

}  // namespace forensics::casefile
