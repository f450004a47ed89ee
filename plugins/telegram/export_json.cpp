#include "export_json.hpp"

#include "chat_json.hpp"
#include "sections.hpp"

namespace telegram {
namespace {

constexpr std::uint64_t kProbed = std::uint64_t{64} << 10;

class Silent final : public json::DefectSink {
 public:
  void found(json::Defect, std::uint64_t, std::uint64_t) override { ++count_; }
  std::uint64_t count() const { return count_; }

 private:
  std::uint64_t count_ = 0;
};

bool is_chat_type(std::string_view word) {
  for (const std::string_view each :
       {"saved_messages", "replies", "verification_codes", "personal_chat", "bot_chat",
        "private_group", "private_supergroup", "public_supergroup", "private_channel",
        "public_channel"})
    if (word == each) return true;
  return false;
}

bool is_section(std::string_view key) {
  for (const std::string_view each :
       {"personal_information", "profile_pictures", "stories", "contacts", "frequent_contacts",
        "sessions", "web_sessions", "other_data", "chats", "left_chats"})
    if (key == each) return true;
  return false;
}

// What the start of a file shows of Telegram's own structure.
struct Evidence {
  int root = 0;     // keys of a chat or an account at the root
  int message = 0;  // keys that only a message of Telegram has
  bool has_messages = false;
  bool is_chat = false;
  bool is_account = false;
};

void look_at(Evidence& seen, const json::Reader& reader, std::string_view key) {
  if (reader.depth() == 1) {
    if (key == "messages") seen.has_messages = true;
    if (key == "messages" || key == "type" || key == "id" || key == "name") ++seen.root;
    if (is_section(key)) seen.is_account = true;
    return;
  }
  for (const std::string_view each :
       {"date_unixtime", "from_id", "actor_id", "text_entities", "reply_to_message_id", "from",
        "actor", "date", "user_id", "about"})
    if (key == each) ++seen.message;
}

}  // namespace

int probe_json(const fx::Host& host, std::string_view name) {
  const json::HostSource head(host, 0, kProbed);
  Silent defects;
  json::Reader reader(head, defects, {std::size_t{64} << 10, 4096});
  if (reader.next().kind != json::Kind::begin_object) return 0;
  Evidence seen;
  std::string key;
  for (int tokens = 0; tokens < 4000 && defects.count() < 200; ++tokens) {
    const json::Token& token = reader.next();
    if (token.kind == json::Kind::end || reader.depth() == 0) break;
    if (token.kind == json::Kind::key) {
      key = token.raw;
      look_at(seen, reader, key);
    } else if (reader.depth() == 1 && key == "type" && is_chat_type(token.raw)) {
      seen.is_chat = true;
    }
  }
  const int by_name = name.ends_with("result.json") ? 2 : 0;
  if (seen.is_chat && seen.has_messages) return 95 + by_name;
  if (seen.is_account && seen.message > 0) return 93 + by_name;
  if (seen.has_messages && seen.root >= 2 && seen.message >= 3) return 80 + by_name;
  if (seen.is_chat && seen.root >= 2) return 70 + by_name;
  return 0;
}

fx_status parse_json(const fx::Host& host) {
  const json::HostSource source(host);
  json::Repairs repairs(host);
  json::Reader reader(source, repairs);
  if (reader.next().kind != json::Kind::begin_object) return FX_NOT_MINE;

  Writer writer(host);
  Export out(writer);
  read_root(out, reader, source);
  out.finish();
  const std::uint64_t rest = host.length() - std::min(host.length(), reader.offset());
  writer.skip_to(reader.offset(), "json-end", "the brackets that end the export");
  if (rest != 0) {
    const bool is_space = reader.next().kind == json::Kind::end;
    if (!is_space)
      host.note(FX_WARNING, fx::span(writer.offset(), rest), "trailing",
                "something stands behind the end of the export");
    writer.skip_to(host.length(), is_space ? "white-space" : "trailing",
                   "behind the end of the export");
  }
  repairs.finish();
  return repairs.is_cut() ? FX_TRUNCATED : FX_OK;
}

}  // namespace telegram
