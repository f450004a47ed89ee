// Telegram for Android: cache4.db and the preferences that name the owner.
// docs/formats/telegram-android.md says what is read.

#include <forensics/plugin.hpp>

#include <string_view>

#include "cache.hpp"
#include "preferences.hpp"
#include "sqlite/account.hpp"

namespace telegram_android {
namespace {

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.telegram-android",
  "version": "1.0.0",
  "name": "Telegram for Android",
  "formats": ["telegram-android-cache4", "telegram-android-preferences"],
  "kinds": ["conversation", "participant", "message", "contact", "account"],
  "options": [],
  "companions": [{"input": 1, "suffix": "-wal"}, {"input": 2, "suffix": "-journal"}],
  "tested_with": ["made files only"],
  "references": ["docs/formats/telegram-android.md"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) {
    const sqlite::HeadBytes head(host);
    const sqlite::Database db({&head});
    if (!db.readable()) return probe_preferences(host, name);
    if (!Cache::is_one(db)) return 0;
    return name == "cache4.db" ? 96 : 92;
  }

  static fx_status parse(fx::Host& host, std::string_view, std::string_view) {
    const sqlite::SeizedFiles files(host);
    sqlite::Database db(files.inputs());
    if (!db.readable()) return parse_preferences(host);
    if (!Cache::is_one(db)) return FX_NOT_MINE;
    Cache cache(host, db, files);
    cache.read();
    sqlite::carve(db, {}, [&](const sqlite::Recovered& found) {
      cache.recover(found);
      return true;
    });
    cache.finish();
    sqlite::account_for_rest(host, db, files,
                             [&](const sqlite::Table& table) { return cache.reads(table); });
    sqlite::report_defects(host, db, files);
    if (db.defects().count() == 0) return FX_OK;
    return db.defects().has("truncated") ? FX_TRUNCATED : FX_CORRUPT;
  }
};

}  // namespace
}  // namespace telegram_android

FX_PLUGIN(telegram_android::Plugin)
