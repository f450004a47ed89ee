// Viber: the databases of desktop, Android and iOS clients and the e-mail message history.
// docs/formats/viber.md says what is read and how it is decided.

#include <forensics/plugin.hpp>

#include <memory>
#include <string>
#include <string_view>

#include "history.hpp"
#include "reader.hpp"
#include "sqlite/account.hpp"

namespace viber {
namespace {

constexpr std::string_view kSignature("SQLite format 3\0", 16);

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

bool has_signature(const fx::Host& host) {
  char head[kSignature.size()];
  return host.read(0, head, sizeof head) == sizeof head &&
         std::string_view(head, sizeof head) == kSignature;
}

fx_status parse_database(const fx::Host& host, std::string_view name) {
  const sqlite::SeizedFiles files(host);
  sqlite::Database db(files.inputs());
  const sqlite::Recognition& recognition = db.recognition();
  if (recognition.kind == sqlite::FileKind::encrypted && is_database_name(name)) {
    host.note(FX_WARNING, fx::span(0, 0), "encrypted",
              "a database of this name that is encrypted as a whole, with a cipher that is not "
              "known here: " +
                  recognition.reason);
    host.skip(fx::span(0, host.length()), "encrypted", "encrypted: nothing of it can be read");
    return FX_ENCRYPTED;
  }
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
  sqlite::account_for_rest(host, db, files,
                           [&](const sqlite::Table& table) { return reader->reads(table); });
  records.fields.report_left();
  sqlite::report_defects(host, db, files);
  return FX_OK;
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
    if (has_signature(host)) {
      const sqlite::HeadBytes head(host);
      const sqlite::Database db({&head});
      return db.readable() ? family_of(db, name).score : 0;
    }
    if (is_database_name(name)) {
      const sqlite::HeadBytes head(host);
      sqlite::Defects defects;
      const bool encrypted = sqlite::recognise(head, defects).kind == sqlite::FileKind::encrypted;
      return encrypted ? 60 : 0;
    }
    return probe_history(host, name);
  }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    if (has_signature(host) || is_database_name(name)) return parse_database(host, name);
    return parse_history(host, name);
  }
};

}  // namespace
}  // namespace viber

FX_PLUGIN(viber::Plugin)
