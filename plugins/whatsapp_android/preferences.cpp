#include "preferences.hpp"

#include <algorithm>
#include <optional>

#include "jid.hpp"
#include "sqlite/text.hpp"

namespace whatsapp_android {
namespace {

// Entries that say whose device this is; the others are settings.
constexpr std::string_view kAbout[] = {"registration_jid",
                                       "ph",
                                       "cc",
                                       "push_name",
                                       "my_current_status",
                                       "self_lid",
                                       "version",
                                       "device_id",
                                       "gdrive_account_name",
                                       "gdrive_last_successful_backup_timestamp",
                                       "registration_success_time_ms",
                                       "last_login_time",
                                       "registration_voice_code_length",
                                       "client_static_keypair_pwd_enc_registered",
                                       "my_profile_name",
                                       "username"};

bool is_about(std::string_view name) {
  return std::ranges::find(kAbout, name) != std::end(kAbout);
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.size() <= 20 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The value of attribute `name` in the head of an element.
std::optional<std::string_view> attribute(std::string_view head, std::string_view name) {
  for (std::size_t at = head.find(name); at != std::string_view::npos;
       at = head.find(name, at + 1)) {
    const std::size_t quote = at + name.size() + 1;
    if (at == 0 || head[at - 1] != ' ' || quote >= head.size() || head[quote - 1] != '=') continue;
    if (head[quote] != '"' && head[quote] != '\'') continue;
    const std::size_t end = head.find(head[quote], quote + 1);
    if (end == std::string_view::npos) return std::nullopt;
    return head.substr(quote + 1, end - quote - 1);
  }
  return std::nullopt;
}

const Preference* find(const std::vector<Preference>& preferences, std::string_view name) {
  const auto found = std::ranges::find(preferences, name, &Preference::name);
  return found == preferences.end() ? nullptr : &*found;
}

// Escaped and ill-formed values are not shown as values of the account, only as places.
bool is_plain(std::string_view value) {
  return sqlite::well_formed(value, sqlite::Encoding::utf8) &&
         value.find('&') == std::string_view::npos;
}

}  // namespace

std::vector<Preference> read_preferences(std::string_view xml) {
  std::vector<Preference> out;
  std::size_t at = 0;
  while (out.size() < kMostPreferences) {
    const std::size_t open = xml.find('<', at);
    if (open == std::string_view::npos) break;
    const std::size_t close = xml.find('>', open);
    if (close == std::string_view::npos) break;
    const std::string_view head = xml.substr(open, close - open);
    at = close + 1;
    const auto name = attribute(head, "name");
    if (!name) continue;
    if (const auto value = attribute(head, "value")) {
      out.push_back(
          {*name, *value, open, at, static_cast<std::uint64_t>(value->data() - xml.data())});
      continue;
    }
    if (!head.starts_with("<string") || head.ends_with('/')) continue;
    const std::size_t end = xml.find("</string>", at);
    if (end == std::string_view::npos) break;
    out.push_back({*name, xml.substr(at, end - at), open, end + 9, at});
    at = end + 9;
  }
  return out;
}

OwnJid own_jid(const std::vector<Preference>& preferences) {
  if (const Preference* jid = find(preferences, "registration_jid")) {
    const std::string_view user = user_of(jid->value);
    if (is_digits(user)) return {std::string(user) + "@s.whatsapp.net", jid->at, jid->value.size()};
  }
  const Preference* country = find(preferences, "cc");
  const Preference* phone = find(preferences, "ph");
  if (country == nullptr || phone == nullptr || !is_digits(country->value) ||
      !is_digits(phone->value))
    return {};
  return {std::string(country->value) + std::string(phone->value) + "@s.whatsapp.net", phone->at,
          phone->value.size()};
}

int probe_preferences(std::string_view head, std::string_view name) {
  if (head.find("<map>") == std::string_view::npos) return 0;
  const bool named = name.find("com.whatsapp") != std::string_view::npos;
  const bool own = head.find("name=\"registration_jid\"") != std::string_view::npos ||
                   (head.find("name=\"ph\"") != std::string_view::npos &&
                    head.find("name=\"cc\"") != std::string_view::npos);
  return own ? (named ? 95 : 80)
             : (named && head.find("<string name=") != std::string_view::npos ? 60 : 0);
}

std::string read_input(const fx::Host& host, std::uint32_t input) {
  const fx_companion* companion = input == 0 ? nullptr : host.companion(input);
  if (input != 0 && companion == nullptr) return {};
  const std::uint64_t length = input == 0 ? host.length() : companion->length;
  std::string out(static_cast<std::size_t>(std::min<std::uint64_t>(length, kMostXml)), '\0');
  out.resize(input == 0 ? host.read(0, out.data(), out.size())
                        : host.read(input, 0, out.data(), out.size()));
  return out;
}

fx_status parse_preferences(const fx::Host& host) {
  const std::string xml = read_input(host, 0);
  const std::vector<Preference> preferences = read_preferences(xml);
  fx::Record record;
  std::vector<std::string> texts;
  texts.reserve(2 + std::size(kAbout) * 2);
  const auto keep = [&](std::string text) -> std::string_view {
    return texts.emplace_back(std::move(text));
  };
  const OwnJid own = own_jid(preferences);
  const std::uint64_t end = host.length();
  record.start(FX_KIND_ACCOUNT, 1, own.at, own.length);
  record.derived("platform", "whatsapp", "whatsapp.android", fx::span(0, 0));
  record.number("owner", 1, "whatsapp.preferences", fx::span(own.at, own.length));
  if (!own.jid.empty()) {
    const fx_span where = fx::span(own.at, own.length);
    record.derived("account", own.jid, "whatsapp.own-jid", where);
    if (std::string phone = phone_of(own.jid); !phone.empty())
      record.derived("phone", keep(std::move(phone)), "whatsapp.own-jid", where);
  }
  std::size_t count = 0;
  for (const Preference& each : preferences) {
    if (!is_about(each.name) || each.value.empty() || each.value.size() > 4096 ||
        ++count > std::size(kAbout))
      continue;
    const fx_span where = fx::span(each.at, each.value.size());
    if (each.name == "push_name" && is_plain(each.value)) {
      if (std::ranges::find_if(preferences, [&](const Preference& other) {
            return other.name == each.name;
          })->at == each.at)
        record.verbatim("name", each.value, each.at);
    } else if (is_plain(each.value)) {
      record.derived("extra", keep(std::string(each.name) + "=" + std::string(each.value)),
                     "android.preference", where);
    } else {
      record.derived("extra", keep(std::string(each.name) + "=(not plain text)"),
                     "android.preference", where);
    }
  }
  const bool found = !own.jid.empty() || record.field_count() > 2;
  if (found) host.emit(record);
  host.skip(fx::span(0, end), "whatsapp-preferences",
            "settings of the application; those that say whose device it is are in the account");
  if (xml.size() < end)
    host.note(FX_WARNING, fx::span(xml.size(), 0), "long-file",
              "only the first 8 MiB of the preferences were read");
  return found ? FX_OK : FX_NOT_MINE;
}

}  // namespace whatsapp_android
