#include "people.hpp"

#include <charconv>

namespace telegram {
namespace {

// Before 2.7.2 one number held kind and id.
constexpr std::uint64_t kFirstUser = std::uint64_t{1} << 32;
constexpr std::uint64_t kFirstOther = std::uint64_t{2} << 32;

bool is_prefixed(std::string_view id) {
  for (const std::string_view prefix : {"user", "chat", "channel"}) {
    if (!id.starts_with(prefix) || id.size() == prefix.size()) continue;
    return id.find_first_not_of("0123456789", prefix.size()) == std::string_view::npos;
  }
  return false;
}

}  // namespace

std::string account_of_bare_id(std::string_view digits) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return {};
  if (number < kFirstUser || number >= kFirstOther) return {};
  return "user" + std::to_string(number - kFirstUser);
}

std::string account_of_user(const json::Value& id) {
  const std::string_view raw = id.raw();
  if (!id.is_text() || raw.empty() || raw == "0") return {};
  const bool is_number = raw.find_first_not_of("0123456789") == std::string_view::npos;
  return is_number ? "user" + std::string(raw) : id.text();
}

void People::begin(std::int64_t conversation) {
  conversation_ = conversation;
  people_.clear();
  owner_spoke_ = others_spoke_ = false;
}

std::string People::account_of(const json::Value& id) {
  if (!id.is_text()) return {};
  const std::string raw = id.text();
  if (is_prefixed(raw)) return raw;
  const std::string account = account_of_bare_id(raw);
  return account.empty() ? raw : account;
}

std::int64_t People::known(const std::string& key, bool& is_new) {
  const auto found = people_.find(key);
  is_new = found == people_.end();
  if (!is_new) return found->second;
  if (people_.size() >= kMost) {
    is_new = false;
    ++too_many_;
    return 0;
  }
  people_.emplace(key, ++numbers_.participant);
  return numbers_.participant;
}

std::int64_t People::find(const json::Value& name, const json::Value& id) {
  const std::string account = account_of(id);
  const bool has_name = name.is_text() && !name.raw().empty();
  if (account.empty() && !has_name) return 0;
  bool is_new = false;
  // A name may hold anything, an account never a line feed.
  std::string key = account.empty() ? "\n" + name.text() : account;
  // The same person never has two names in one export; where an id has, both are told.
  if (!account.empty() && has_name) key += "\n" + name.text();
  const std::int64_t ref = known(key, is_new);
  if (!account.empty()) (is_owner(account) ? owner_spoke_ : others_spoke_) = true;
  if (is_new) {
    const fx_span where = has_name ? name.span() : id.span();
    fx::Record& record = writer_.apart(FX_KIND_PARTICIPANT, ref, where.offset);
    record.ref("conversation", conversation_, kReference, fx::span(where.offset, 0));
    if (has_name) writer_.put(record, "name", name);
    if (!account.empty()) {
      if (account == id.raw())
        writer_.put(record, "account", id);
      else
        writer_.derive(record, "account", account, "telegram.bare-id", id.span());
      if (is_owner(account)) record.number("owner", 1, "telegram.personal-information", id.span());
    }
    writer_.emit_apart();
  }
  if (ref != 0) {
    if (has_name) name.use();
    // A bare number says more than what was made of it.
    if (account == id.raw()) id.use();
  }
  return ref;
}

std::int64_t People::find_user(const json::Value& id) {
  const std::string account = account_of_user(id);
  if (account.empty()) return 0;
  bool is_new = false;
  const std::int64_t ref = known(account, is_new);
  if (!is_new) return ref;
  const fx_span where = id.span();
  fx::Record& record = writer_.apart(FX_KIND_PARTICIPANT, ref, where.offset);
  record.ref("conversation", conversation_, kReference, fx::span(where.offset, 0));
  writer_.derive(record, "account", account, "telegram.user-id", where);
  writer_.emit_apart();
  return ref;
}

void People::finish() const {
  if (too_many_ != 0)
    writer_.host().note(FX_WARNING, fx::span(0, 0), "participant-limit",
                        std::to_string(too_many_) + " times a person was one too many to be kept");
}

}  // namespace telegram
