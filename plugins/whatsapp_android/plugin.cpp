// WhatsApp on Android: its databases and preferences. docs/formats/whatsapp-android.md says what is
// read and where the meanings come from.

#include <forensics/plugin.hpp>

#include <algorithm>
#include <array>
#include <string_view>

#include "accounts.hpp"
#include "contacts.hpp"
#include "msgstore.hpp"
#include "preferences.hpp"
#include "recovery.hpp"
#include "side_tables.hpp"
#include "sqlite/account.hpp"
#include "sqlite/fields.hpp"
#include "sqlite/first_look.hpp"

namespace whatsapp_android {
namespace {

bool is_database_name(std::string_view name) {
  return name == "msgstore.db" || name == "wa.db" || name == "axolotl.db";
}

// Tables whose rows the plugin answers for.
bool is_read_store(const sqlite::Table& table) {
  static constexpr std::string_view kRead[] = {"message",
                                               "messages",
                                               "messages_quotes",
                                               "messages_vcards",
                                               "chat",
                                               "chat_list",
                                               "jid",
                                               "jid_map",
                                               "lid_display_name",
                                               "call_log",
                                               "call_log_participant_v2",
                                               "missed_call_logs",
                                               "missed_call_log_participant",
                                               "group_participant_user",
                                               "group_past_participant_user",
                                               "group_participants",
                                               "group_participants_history",
                                               "receipt_user",
                                               "receipt_device",
                                               "message_orphaned_edit",
                                               "message_add_on_orphan",
                                               "receipt_orphaned",
                                               "receipts",
                                               "message_thumbnails",
                                               "deleted_chat_job"};
  if (std::ranges::find(kRead, table.name) != std::end(kRead)) return true;
  if (is_technical(table.name) || table.without_rowid) return false;
  if (is_of_chats(table)) return true;
  const sqlite::TableView view(&table);
  if (table.name == "message_add_on_receipt_device" || table.name == "messages_vcards_jids" ||
      table.name == "played_self_receipt")
    return false;
  return view.has("message_row_id") || view.has("message_add_on_row_id") ||
         table.name == "message_add_on";
}

bool is_read_book(const sqlite::Table& table) {
  static constexpr std::string_view kRead[] = {
      "wa_contacts",           "wa_vnames",           "wa_block_list",
      "wa_group_descriptions", "wa_biz_profiles",     "wa_group_admin_settings",
      "wa_last_entry_point",   "wa_trusted_contacts", "wa_address_book"};
  return std::ranges::find(kRead, table.name) != std::end(kRead);
}

bool is_read_keys(const sqlite::Table& table) {
  return table.name == "identities" || table.name == "sessions";
}

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.whatsapp-android",
  "version": "1.0.0",
  "name": "WhatsApp on Android: databases and preferences",
  "formats": ["whatsapp-android"],
  "kinds": ["conversation", "participant", "message", "attachment", "location", "call", "contact",
            "poll", "identity", "reading", "account", "membership", "reaction", "receipt"],
  "options": [],
  "companions": [{"input": 1, "suffix": "-wal"}, {"input": 2, "suffix": "-journal"},
                 {"input": 3, "name": "wa.db"}, {"input": 4, "name": "wa.db-wal"},
                 {"input": 5, "name": "com.whatsapp_preferences_light.xml"},
                 {"input": 6, "name": "com.whatsapp_preferences.xml"},
                 {"input": 7, "name": "com.whatsapp.w4b_preferences_light.xml"}],
  "tested_with": ["msgstore.db of 2019 to 2022, and made ones after the schema of 2025"],
  "references": ["docs/formats/whatsapp-android.md"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) {
    const sqlite::HeadBytes bytes(host);
    sqlite::Limits limits;
    limits.cache_bytes = std::size_t{256} << 10;
    sqlite::Database db({&bytes}, limits);
    if (!db.readable()) return probe_other(host, bytes, name);
    if (is_message_store(db)) return 95;
    if (is_address_book(db)) return 95;
    const bool keys = is_key_store(db);
    if (keys) return sqlite::TableView(db.table("identities")).has("recipient_id") ? 92 : 20;
    // The schema of a message store is longer than what a probe may see, and can stand anywhere.
    const int words = known_words(host);
    const bool named = is_database_name(name);
    const int score = std::min(95, (named ? 90 : 0) + words * (named ? 2 : 15));
    return score == 0 && sqlite::may_stand_in_log(db) ? sqlite::kPerhapsInLog : score;
  }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    const sqlite::SeizedFiles files(host);
    sqlite::Database db(files.inputs());
    if (!db.readable()) {
      if (name.ends_with(".xml")) return parse_preferences(host);
      if (db.recognition().kind == sqlite::FileKind::encrypted && is_database_name(name))
        return sqlite::refuse_encrypted(host, db.recognition());
      return FX_NOT_MINE;
    }
    sqlite::Fields fields(host, db, files);
    std::function<bool(const sqlite::Table&)> is_read;
    if (is_message_store(db)) {
      emit_message_store(fields);
      is_read = is_read_store;
    } else if (is_address_book(db)) {
      emit_address_book(fields);
      emit_recovered_contacts(fields);
      is_read = is_read_book;
    } else if (is_key_store(db)) {
      emit_key_store(fields);
      is_read = is_read_keys;
    } else if (is_database_name(name) && db.defects().count() != 0) {
      // Its name says what it was; what is left of its schema does not.
      is_read = [](const sqlite::Table&) { return false; };
    } else {
      return FX_NOT_MINE;
    }
    sqlite::record_gaps(fields, sqlite::account_for_rest(host, db, files, is_read),
                        {"message", "messages", "chat", "chat_list", "call_log"});
    fields.report_left();
    sqlite::report_defects(host, db, files);
    return sqlite::ending_of(db.defects());
  }

 private:
  static int probe_other(const fx::Host& host, const sqlite::Bytes& bytes, std::string_view name) {
    if (is_database_name(name)) return sqlite::is_encrypted(bytes) ? sqlite::kNamedAndEncrypted : 0;
    std::array<char, 16384> head{};
    return probe_preferences({head.data(), host.read(0, head.data(), head.size())}, name);
  }

  // How many words that only these databases have stand in the first 64 KiB.
  static int known_words(const fx::Host& host) {
    static constexpr std::string_view kWords[] = {
        "message_quoted", "receipt_user", "message_media", "group_participant", "key_remote_jid",
        "media_wa_type",  "chat_row_id",  "wa_contacts",   "@s.whatsapp.net",   "status@broadcast"};
    std::string head(std::size_t{64} << 10, '\0');
    head.resize(host.read(0, head.data(), head.size()));
    return static_cast<int>(std::ranges::count_if(
        kWords, [&](std::string_view word) { return head.find(word) != std::string::npos; }));
  }
};

}  // namespace
}  // namespace whatsapp_android

FX_PLUGIN(whatsapp_android::Plugin)
