#include "casefile/inventory.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/bytes.hpp"
#include "casefile/reader.hpp"

namespace forensics::casefile {
namespace {

struct Mark {
  std::string_view app;
  // In lower case: a component of the path that is this, or this followed by '.' or '-', or that is
  // an iOS domain of it ("AppDomain-...", "AppDomainGroup-group....").
  std::string_view component;
};

constexpr Mark kMarks[] = {
    {"WhatsApp", "com.whatsapp"},
    {"WhatsApp", "net.whatsapp.whatsapp"},
    {"WhatsApp", "msgstore.db"},
    {"WhatsApp", "chatstorage.sqlite"},
    {"WhatsApp Business", "com.whatsapp.w4b"},
    {"WhatsApp Business", "net.whatsapp.whatsappsmb"},
    {"Telegram", "org.telegram.messenger"},
    {"Telegram", "org.telegram.plus"},
    {"Telegram", "org.thunderdog.challegram"},
    {"Telegram", "ph.telegra.telegraph"},
    {"Telegram", "telegram desktop"},
    {"Telegram", "tdata"},
    {"Viber", "com.viber.voip"},
    {"Viber", "com.viber"},
    {"Viber", "viber.share.container"},
    {"Viber", "viber_messages"},
    {"Viber", "viber.db"},
    {"Signal", "org.thoughtcrime.securesms"},
    {"Signal", "org.whispersystems.signal"},
    {"Facebook", "com.facebook.katana"},
    {"Facebook", "com.facebook.lite"},
    {"Facebook", "com.facebook.facebook"},
    {"Messenger", "com.facebook.orca"},
    {"Messenger", "com.facebook.mlite"},
    {"Messenger", "com.facebook.messenger"},
    {"Instagram", "com.instagram.android"},
    {"Instagram", "com.burbn.instagram"},
    {"IMO", "com.imo.android.imoim"},
    {"IMO", "com.imo.android.imoimhd"},
    {"IMO", "co.babypenguin.imo"},
    {"Line", "jp.naver.line.android"},
    {"Line", "jp.naver.line"},
    {"WeChat", "com.tencent.mm"},
    {"WeChat", "com.tencent.xin"},
    {"Skype", "com.skype.raider"},
    {"Skype", "com.skype.skype"},
    {"Snapchat", "com.snapchat.android"},
    {"Snapchat", "com.toyopagroup.picaboo"},
    {"TikTok", "com.zhiliaoapp.musically"},
    {"TikTok", "com.ss.android.ugc.trill"},
    {"Discord", "com.discord"},
    {"Discord", "com.hammerandchisel.discord"},
    {"Threema", "ch.threema.app"},
    {"Threema", "ch.threema.iapp"},
    {"Wire", "com.wire"},
    {"Wire", "com.wearezeta.zclient.ios"},
    {"Element", "im.vector.app"},
    {"Botim", "im.thebot.messenger"},
    {"Zangi", "com.beint.zangi"},
    {"Truecaller", "com.truecaller"},
};

// Files of iTunes backups by domain and path; their names in the backup are SHA-1 over both.
constexpr std::string_view kBackedUp[] = {
    "AppDomainGroup-group.net.whatsapp.WhatsApp.shared-ChatStorage.sqlite",
    "AppDomainGroup-group.net.whatsapp.WhatsApp.shared-ContactsV2.sqlite",
    "AppDomainGroup-group.net.whatsapp.WhatsApp.shared-CallHistory.sqlite",
    "AppDomainGroup-group.net.whatsapp.WhatsApp.shared-LID.sqlite",
    "AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared-ChatStorage.sqlite",
    "AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared-ContactsV2.sqlite",
    "AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared-CallHistory.sqlite",
    "AppDomainGroup-group.viber.share.container-com.viber/database/Contacts.data",
    "AppDomainGroup-group.viber.share.container-com.viber/settings/Settings.data",
    "AppDomain-com.viber-Documents/Contacts.data",
    "AppDomainGroup-group.com.facebook.Messenger-_store_shared/lightspeed-userDatabases",
    "AppDomain-com.skype.skype-Library/Application Support/Skype4LifeSlimCore",
    "HomeDomain-Library/SMS/sms.db",
    "HomeDomain-Library/AddressBook/AddressBook.sqlitedb",
};

constexpr std::size_t kFileId = 40;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace

std::string backup_file_id(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha1(), nullptr) != 1)
    return {};
  return to_hex({reinterpret_cast<const char*>(digest.data()), length});
}

namespace {

const std::map<std::string, std::string, std::less<>>& file_ids() {
  static const auto kIds = [] {
    std::map<std::string, std::string, std::less<>> ids;
    for (const std::string_view each : kBackedUp)
      for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
        std::string path = std::string(each) + suffix;
        ids.emplace(backup_file_id(path), path);
      }
    return ids;
  }();
  return kIds;
}

bool is_marked(std::string_view component, std::string_view mark) {
  for (const std::string_view domain : {"appdomain-", "appdomainplugin-", "appdomaingroup-group.", "group."})
    if (component.starts_with(domain)) component.remove_prefix(domain.size());
  if (!component.starts_with(mark)) return false;
  component.remove_prefix(mark.size());
  return component.empty() || component.front() == '.' || component.front() == '-';
}

// The longest mark decides: "com.whatsapp.w4b" is not "com.whatsapp".
std::string_view app_of_component(std::string_view component) {
  const Mark* best = nullptr;
  for (const Mark& mark : kMarks)
    if (is_marked(component, mark.component) &&
        (best == nullptr || mark.component.size() > best->component.size()))
      best = &mark;
  return best != nullptr ? best->app : std::string_view();
}

// Domains as plugins of backups tell them: docs/formats/ios-backup.md.
Status count_listed(const Database& database, std::vector<AppSeen>& all) {
  return Reader(database).records(
      std::nullopt, model::Kind::reading, [&](const model::Record& record) -> Result<bool> {
        const model::Field* subject = record.find(model::Key::subject);
        const model::Field* value = record.find(model::Key::value);
        if (subject == nullptr || value == nullptr || subject->text != "backup-domain") return true;
        const auto seen = std::ranges::find(all, app_of(value->text), &AppSeen::name);
        if (seen == all.end()) return true;
        for (const model::Field& field : record.fields)
          if (field.key == model::Key::extra && field.text.starts_with("files=")) {
            std::int64_t files = 0;
            const char* end = field.text.data() + field.text.size();
            std::from_chars(field.text.data() + 6, end, files);
            seen->listed += std::max<std::int64_t>(files, 0);
          }
        return true;
      });
}

}  // namespace

std::optional<std::string> backup_path(std::string_view file_id) {
  if (file_id.size() != kFileId) return std::nullopt;
  const auto found = file_ids().find(file_id);
  if (found == file_ids().end()) return std::nullopt;
  return found->second;
}

std::string_view app_of(std::string_view path) {
  const std::string all = lower(path);
  std::string_view rest = all;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view component = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (const auto stored = backup_path(component)) {
      // "AppDomainGroup-group.net.whatsapp.WhatsApp.shared-ChatStorage.sqlite"
      if (const auto app = app_of_component(lower(*stored)); !app.empty()) return app;
    }
    if (const auto app = app_of_component(component); !app.empty()) return app;
  }
  return {};
}

Result<std::vector<AppSeen>> apps_seen(const Database& database) {
  std::vector<AppSeen> all;
  for (const Mark& mark : kMarks)
    if (std::ranges::find(all, mark.app, &AppSeen::name) == all.end()) all.push_back({mark.app});
  // Parsed, partial or read together with another: reader.hpp, ArtifactStatus.
  Statement rows = TRY(database.prepare("SELECT path, status IN (2, 3, 9) FROM artifact"));
  while (TRY(rows.step())) {
    const std::string_view app = app_of(rows.blob(0));
    if (app.empty()) continue;
    AppSeen& seen = *std::ranges::find(all, app, &AppSeen::name);
    ++seen.artifacts;
    seen.read += rows.integer(1);
  }
  TRY(count_listed(database, all));
  std::erase_if(all, [](const AppSeen& each) { return each.artifacts + each.listed == 0; });
  return all;
}

}  // namespace forensics::casefile
