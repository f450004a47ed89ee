// WhatsApp for iOS: ChatStorage.sqlite, ContactsV2.sqlite, CallHistory.sqlite and LID.sqlite, under
// whatever name a backup gives them. docs/formats/whatsapp-ios.md says what is read, table by
// table.

#include <forensics/plugin.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "calls.hpp"
#include "chats.hpp"
#include "contacts.hpp"
#include "gaps.hpp"
#include "members.hpp"
#include "messages.hpp"
#include "recovered.hpp"
#include "sqlite/account.hpp"
#include "sqlite/first_look.hpp"

namespace whatsapp_ios {
namespace {

// Tables that are answered for row by row.
constexpr std::array<std::string_view, 19> kRead = {
    "ZWAJOINABLECALLEVENT", "ZWAVCARDMENTION",       "ZWAPROFILEPICTUREITEM",
    "ZWAMESSAGE",           "ZWAMEDIAITEM",          "ZWACHATSESSION",
    "ZWAGROUPINFO",         "ZWAGROUPMEMBER",        "ZWAGROUPMEMBERSCHANGE",
    "ZWAMESSAGEINFO",       "ZWAMESSAGEDATAITEM",    "ZWAPROFILEPUSHNAME",
    "ZWABLACKLISTITEM",     "ZWAADDRESSBOOKCONTACT", "ZWAPHONENUMBERLIDPAIR",
    "ZWAZACCOUNT",          "ZWACDCALLEVENT",        "ZWACDCALLEVENTPARTICIPANT",
    "ZWAAGGREGATECALLEVENT"};

bool is_read(const sqlite::Table& table) {
  for (const std::string_view name : kRead)
    if (table.name == name) return true;
  return false;
}

// A table with this column is WhatsApp's, whatever other columns its version has.
struct Mark {
  std::string_view table;
  std::string_view column;
  int score;
};
constexpr Mark kMarks[] = {
    {"ZWAMESSAGE", "ZCHATSESSION", 96},           {"ZWACHATSESSION", "ZCONTACTJID", 94},
    {"ZWAADDRESSBOOKCONTACT", "ZWHATSAPPID", 95}, {"ZWACDCALLEVENT", "ZOUTCOME", 95},
    {"ZWAPHONENUMBERLIDPAIR", "ZLID", 95},        {"ZWAZACCOUNT", "ZIDENTIFIER", 90},
    {"ZWAAGGREGATECALLEVENT", "ZFIRSTDATE", 90},
};

int score_of(sqlite::Database& db) {
  int best = 0;
  for (const Mark& mark : kMarks) {
    const sqlite::Table* table = db.table(mark.table);
    if (table == nullptr) continue;
    const bool has = sqlite::TableView(table).has(mark.column);
    best = std::max(best, has ? mark.score : 70);
  }
  return best;
}

// Also as a backup names them: SHA-1 over domain and path.
bool is_database_name(std::string_view name) {
  static constexpr std::string_view kNames[] = {"ChatStorage.sqlite",
                                                "ContactsV2.sqlite",
                                                "CallHistory.sqlite",
                                                "LID.sqlite",
                                                "7c7fba66680ef796b916b067077cc246adacf01d",
                                                "b8548dc30aa1030df0ce18ef08b882cf7ab5212f",
                                                "e794f6ffcc3c222535f47684a63d5178da3c4500"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.whatsapp-ios",
  "version": "1.0.0",
  "name": "WhatsApp for iOS databases",
  "formats": ["whatsapp-ios-chats", "whatsapp-ios-contacts", "whatsapp-ios-calls",
              "whatsapp-ios-identities"],
  "kinds": ["conversation", "participant", "message", "attachment", "location", "call", "contact",
            "poll", "identity", "reading", "account", "membership", "reaction", "receipt"],
  "options": [],
  "companions": [{"input": 1, "suffix": "-wal"}, {"input": 2, "suffix": "-journal"}],
  "tested_with": ["ChatStorage.sqlite of iOS 15, 2023"],
  "references": ["docs/formats/whatsapp-ios.md"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) {
    const sqlite::HeadBytes head(host);
    sqlite::Database db({&head});
    if (!db.readable())
      return is_database_name(name) && sqlite::is_encrypted(head) ? sqlite::kNamedAndEncrypted : 0;
    const int score = score_of(db);
    return score == 0 && sqlite::may_stand_in_log(db) ? sqlite::kPerhapsInLog : score;
  }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    const sqlite::SeizedFiles files(host);
    sqlite::Database db(files.inputs());
    if (db.recognition().kind == sqlite::FileKind::encrypted && is_database_name(name))
      return sqlite::refuse_encrypted(host, db.recognition());
    if (!db.readable() || score_of(db) == 0) return FX_NOT_MINE;
    sqlite::Fields fields(host, db, files);
    Parts parts(fields);
    People people(fields, parts);
    Chats chats(fields, people);
    Members members(fields, people, chats);
    Messages messages(fields, parts, people, chats, members);
    Calls calls(fields, people, chats, messages.count());

    messages.find_owner();
    people.read_names();
    chats.read();
    members.read();
    messages.read();
    messages.read_leftovers();
    members.read_changes(messages.count());
    calls.read();
    read_contacts(fields);
    read_hidden_identities(fields);
    read_mentioned(fields);
    infer_from_chats(fields, chats);
    infer_from_rowids(fields);
    recover(fields, messages, chats, calls);

    if (messages.inferred_receipts())
      host.note(
          FX_INFO, fx::span(0, 0), "receipt-times-inferred",
          "times of delivery and reading are computed from offsets whose meaning is inferred, "
          "not documented");
    auto gaps = sqlite::account_for_rest(host, db, files, is_read);
    // With a counter of them infer_from_rowids() has spoken of messages.
    if (db.table("Z_PRIMARYKEY") != nullptr) gaps.erase("ZWAMESSAGE");
    sqlite::record_gaps(fields, std::move(gaps),
                        {"ZWAMESSAGE", "ZWACHATSESSION", "ZWACDCALLEVENT"});
    fields.report_left();
    sqlite::report_defects(host, db, files);
    if (people.limited() || chats.limited() || members.limited()) {
      host.note(FX_WARNING, fx::span(0, 0), "limit",
                "more names, chats or members than the plugin holds: some records name nobody");
      return FX_LIMIT;
    }
    return sqlite::ending_of(db.defects());
  }
};

}  // namespace
}  // namespace whatsapp_ios

FX_PLUGIN(whatsapp_ios::Plugin)
