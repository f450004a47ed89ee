// Manifest.db of an iTunes-style backup: which files of the device it holds. Their names there are
// SHA-1 over "domain-path"; docs/formats/ios-backup.md.

#include <forensics/plugin.hpp>

#include <map>
#include <string>
#include <string_view>

#include "sqlite/account.hpp"
#include "sqlite/fields.hpp"
#include "sqlite/first_look.hpp"

namespace ios_backup {
namespace {

using sqlite::RowView;
using sqlite::TableView;

constexpr std::size_t kMostDomains = std::size_t{1} << 16;
constexpr std::size_t kLongestDomain = 1024;
constexpr const char* kRule = "ios.backup.domain";

const sqlite::Table* files_of(const sqlite::Database& db) {
  const sqlite::Table* table = db.table("Files");
  if (table == nullptr) return nullptr;
  const TableView view(table);
  return view.has("fileID") && view.has("domain") && view.has("relativePath") ? table : nullptr;
}

struct Domain {
  std::int64_t first_row = 0;
  std::uint64_t files = 0;
  std::uint64_t others = 0;  // folders, links, and what says not what it is
};

// One reading for each domain: what the backup has of which application.
class Domains {
 public:
  Domains(sqlite::Fields& fields, const sqlite::Table& table)
      : fields_(fields), view_(&table), domain_(view_["domain"]), flags_(view_["flags"]) {}

  void read() {
    fields_.db().for_each_row(view_.table(), [&](const sqlite::Row& found) {
      const RowView row(view_, found);
      std::string name = row.text(domain_, fields_.encoding());
      if (name.empty() || name.size() > kLongestDomain || !found.rowid) return true;
      if (domains_.size() >= kMostDomains && !domains_.contains(name)) return cut_ = true;
      Domain& domain = domains_[std::move(name)];
      if (domain.files + domain.others == 0) domain.first_row = *found.rowid;
      ++(row.integer(flags_) == 1 ? domain.files : domain.others);
      return true;
    });
  }

  void emit() {
    for (const auto& [name, domain] : domains_) {
      sqlite::Row first;
      if (!fields_.db().find_row(view_.table(), domain.first_row, first)) continue;
      const RowView row(view_, first);
      fields_.start(FX_KIND_READING, 0);
      fields_.word("subject", "backup-domain", kRule, row, domain_);
      fields_.text("value", row, domain_);
      fields_.word("verdict", "chosen", kRule, row, -1);
      fields_.word(
          "reason",
          fields_.keep("the backup lists " + std::to_string(domain.files) + " files of it, and " +
                       std::to_string(domain.others) + " folders and links"),
          kRule, row, -1);
      fields_.extra_word("files", fields_.keep(std::to_string(domain.files)), kRule, row, -1);
      fields_.emit();
    }
    if (cut_)
      fields_.host().note(FX_WARNING, fx::span(0, 0), "limit",
                          "more domains than are told: the others are left out");
  }

 private:
  sqlite::Fields& fields_;
  TableView view_;
  int domain_;
  int flags_;
  std::map<std::string, Domain> domains_;
  bool cut_ = false;
};

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.ios-backup",
  "version": "1.0.0",
  "name": "iTunes-style backups: the list of files",
  "formats": ["ios-backup-manifest"],
  "kinds": ["reading"],
  "options": [],
  "companions": [{"input": 1, "suffix": "-wal"}, {"input": 2, "suffix": "-journal"}],
  "references": ["docs/formats/ios-backup.md"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) {
    const sqlite::HeadBytes head(host);
    const sqlite::Database db({&head});
    const bool named = name == "Manifest.db";
    if (!db.readable()) return named && sqlite::is_encrypted(head) ? sqlite::kNamedAndEncrypted : 0;
    if (files_of(db) != nullptr) return 95;
    return named && sqlite::may_stand_in_log(db) ? sqlite::kPerhapsInLog : 0;
  }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    const sqlite::SeizedFiles files(host);
    sqlite::Database db(files.inputs());
    if (db.recognition().kind == sqlite::FileKind::encrypted && name == "Manifest.db")
      return sqlite::refuse_encrypted(host, db.recognition());
    const sqlite::Table* table = db.readable() ? files_of(db) : nullptr;
    if (table == nullptr) return FX_NOT_MINE;
    sqlite::Fields fields(host, db, files);
    Domains domains(fields, *table);
    domains.read();
    domains.emit();
    sqlite::account_for_rest(host, db, files, [](const sqlite::Table&) { return false; });
    sqlite::report_defects(host, db, files);
    return sqlite::ending_of(db.defects());
  }
};

}  // namespace
}  // namespace ios_backup

FX_PLUGIN(ios_backup::Plugin)
