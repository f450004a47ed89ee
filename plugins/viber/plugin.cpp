// Viber: the databases of desktop, Android and iOS clients and the e-mail message history.
// docs/formats/viber.md says what is read and how it is decided.

#include <forensics/plugin.hpp>

#include <memory>
#include <string>
#include <string_view>

#include "history.hpp"
#include "reader.hpp"
#include "sqlite/account.hpp"
#include "sqlite/first_look.hpp"

namespace viber {
namespace {

std::unique_ptr<Reader> reader_of(Family family, Records& records) {
  switch (family) {
    case Family::none: return nullptr;
    case Family::desktop: return read_desktop(records);
    case Family::messages: return read_messages(records);
    case Family::phone_book: return read_phone_book(records);
    case Family::ios: return read_ios(records);
    case Family::preferences:
    case Family::ios_settings: return read_settings(records);
  }
  return nullptr;
}

fx_status parse_database(const fx::Host& host, std::string_view name) {
  const sqlite::SeizedFiles files(host);
  sqlite::Database db(files.inputs());
  if (db.recognition().kind == sqlite::FileKind::encrypted && is_database_name(name))
    return sqlite::refuse_encrypted(host, db.recognition());
  if (!db.readable()) return FX_NOT_MINE;
  const Family family = family_of(db, name).family;
  Records records(host, db, files);
  const std::unique_ptr<Reader> reader = reader_of(family, records);
  if (reader == nullptr) return FX_NOT_MINE;
  reader->read();
  if (reader->looks_ahead())
    sqlite::carve(db, {}, [&](const sqlite::Recovered& found) {
      reader->foresee(found);
      return true;
    });
  sqlite::carve(db, {}, [&](const sqlite::Recovered& found) {
    reader->recover(found);
    return true;
  });
  records.finish();
  const auto reads = [&](const sqlite::Table& table) { return reader->reads(table); };
  sqlite::record_gaps(records.fields, sqlite::account_for_rest(host, db, files, reads),
                      {"Events", "Messages", "messages", "conversations", "calls", "ZVIBERMESSAGE",
                       "ZCONVERSATION", "ZRECENT"});
  records.fields.report_left();
  sqlite::report_defects(host, db, files);
  return sqlite::ending_of(db.defects());
}

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.viber",
  "version": "1.0.0",
  "name": "Viber",
  "formats": ["viber-desktop", "viber-android", "viber-ios", "viber-history-csv"],
  "kinds": ["conversation", "participant", "message", "attachment", "location", "call", "contact",
            "reading", "account", "membership", "reaction", "receipt"],
  "options": [],
  "companions": [{"input": 1, "suffix": "-wal"}, {"input": 2, "suffix": "-journal"}],
  "tested_with": ["Android viber_data of user_version 235; a made desktop database"],
  "references": ["docs/formats/viber.md"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) {
    const sqlite::HeadBytes head(host);
    const sqlite::Database db({&head});
    if (db.readable()) {
      if (const int score = family_of(db, name).score; score > 0) return score;
      if (!sqlite::may_stand_in_log(db)) return 0;
      return sqlite::kPerhapsInLog + (is_database_name(name) ? 1 : 0);
    }
    if (is_database_name(name)) return sqlite::is_encrypted(head) ? sqlite::kNamedAndEncrypted : 0;
    return probe_history(host, name);
  }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    const sqlite::HeadBytes head(host);
    const bool is_database = sqlite::Database({&head}).readable() || is_database_name(name);
    return is_database ? parse_database(host, name) : parse_history(host, name);
  }
};

}  // namespace
}  // namespace viber

FX_PLUGIN(viber::Plugin)
