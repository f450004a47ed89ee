#include "message.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "clock.hpp"

namespace telegram {
namespace {

constexpr const char* kTypeRule = "telegram.type";

struct Member {
  std::string_view name;
  json::Value Message::*slot;
};

// In order of the names.
constexpr std::array kMembers = {
    Member{"action", &Message::action},
    Member{"actor", &Message::actor},
    Member{"actor_id", &Message::actor_id},
    Member{"address", &Message::address},
    Member{"contact_information", &Message::contact_information},
    Member{"contact_vcard", &Message::contact_vcard},
    Member{"date", &Message::date},
    Member{"date_unixtime", &Message::date_unixtime},
    Member{"discard_reason", &Message::discard_reason},
    Member{"duration_seconds", &Message::duration_seconds},
    Member{"edited", &Message::edited},
    Member{"edited_unixtime", &Message::edited_unixtime},
    Member{"file", &Message::file},
    Member{"file_name", &Message::file_name},
    Member{"file_size", &Message::file_size},
    Member{"forwarded_from", &Message::forwarded_from},
    Member{"forwarded_from_id", &Message::forwarded_from_id},
    Member{"from", &Message::from},
    Member{"from_id", &Message::from_id},
    Member{"id", &Message::id},
    Member{"information_text", &Message::information_text},
    Member{"inviter", &Message::inviter},
    Member{"live_location_period_seconds", &Message::live_period},
    Member{"location_information", &Message::location},
    Member{"media_type", &Message::media_type},
    Member{"members", &Message::members},
    Member{"mime_type", &Message::mime_type},
    Member{"photo", &Message::photo},
    Member{"photo_file_size", &Message::photo_file_size},
    Member{"place_name", &Message::place_name},
    Member{"poll", &Message::poll},
    Member{"reactions", &Message::reactions},
    Member{"reply_to_message_id", &Message::reply_to_message_id},
    Member{"saved_from", &Message::saved_from},
    Member{"self_destruct_period_seconds", &Message::self_destruct},
    Member{"text", &Message::text},
    Member{"text_entities", &Message::text_entities},
    Member{"thumbnail", &Message::thumbnail},
    Member{"thumbnail_file_size", &Message::thumbnail_file_size},
    Member{"type", &Message::type},
};
static_assert(std::is_sorted(kMembers.begin(), kMembers.end(),
                             [](const Member& a, const Member& b) { return a.name < b.name; }));

constexpr bool is_word_list_sorted(const auto& words) {
  return std::is_sorted(words.begin(), words.end());
}

// The actions of services that are known, in order.
constexpr std::array<std::string_view, 54> kActions = {"allow_sending_messages",
                                                       "attach_menu_bot_allowed",
                                                       "boost_apply",
                                                       "clear_history",
                                                       "conference_call",
                                                       "create_channel",
                                                       "create_group",
                                                       "delete_group_photo",
                                                       "edit_chat_theme",
                                                       "edit_group_photo",
                                                       "edit_group_title",
                                                       "gift_code_prize",
                                                       "giveaway_launch",
                                                       "giveaway_results",
                                                       "group_call",
                                                       "group_call_scheduled",
                                                       "invite_members",
                                                       "invite_to_group_call",
                                                       "join_group_by_link",
                                                       "join_group_by_request",
                                                       "joined_telegram",
                                                       "migrate_from_group",
                                                       "migrate_to_supergroup",
                                                       "paid_messages_price_change",
                                                       "paid_messages_refund",
                                                       "phone_call",
                                                       "pin_message",
                                                       "process_suggested_post",
                                                       "proximity_reached",
                                                       "refunded_payment",
                                                       "remove_members",
                                                       "requested_peer",
                                                       "requested_phone_number",
                                                       "score_in_game",
                                                       "send_passport_values",
                                                       "send_payment",
                                                       "send_premium_gift",
                                                       "send_star_gift",
                                                       "send_stars_gift",
                                                       "send_ton_gift",
                                                       "send_webview_data",
                                                       "set_chat_wallpaper",
                                                       "set_messages_ttl",
                                                       "set_same_chat_wallpaper",
                                                       "stars_prize",
                                                       "suggest_profile_photo",
                                                       "suggested_post_refund",
                                                       "suggested_post_success",
                                                       "take_screenshot",
                                                       "todo_append_tasks",
                                                       "todo_completions",
                                                       "topic_created",
                                                       "topic_edit",
                                                       "web_app_bot_allowed"};
static_assert(is_word_list_sorted(kActions));

std::string hyphenated(std::string word) {
  std::replace(word.begin(), word.end(), '_', '-');
  return word;
}

bool says(const json::Value& value, std::string_view word) {
  return value.is_string() && value.raw() == word;
}

bool holds_something(const json::Value& value) {
  return value && value.kind() != json::Kind::null && value.kind() != json::Kind::missing;
}

std::string_view type_of(const Message& m) {
  if (says(m.type, "service")) return says(m.action, "phone_call") ? "call" : "system";
  if (holds_something(m.location) || holds_something(m.live_period)) return "location";
  if (holds_something(m.poll)) return "poll";
  if (holds_something(m.contact_information)) return "contact";
  if (holds_something(m.photo) || holds_something(m.file) || holds_something(m.media_type) ||
      holds_something(m.self_destruct))
    return "media";
  const bool has_text = m.text.is_array() ? bool(m.text.child()) : !m.text.raw().empty();
  return has_text ? "text" : "other";
}

// The entities repeat the text, each part with its kind. Where they do, the parts are told already.
void use_repeated_text(const Context& context, const Message& m, std::string_view text) {
  if (!m.text_entities.is_array()) return;
  std::string repeated;
  for (json::Value part = m.text_entities.child(); part; part = part.next())
    json::append_text(repeated, part["text"].raw(), part["text"].form());
  if (repeated != text) {
    context.writer.host().note(FX_WARNING, m.text_entities.span(), "texts-differ",
                               "text and text_entities of one message do not say the same");
    return;
  }
  for (json::Value part = m.text_entities.child(); part; part = part.next()) {
    part["text"].use();
    if (says(part["type"], "plain")) part["type"].use();
  }
  m.text_entities.use();
}

// Links that the text does not show, and people whom it names by their id.
void put_entities(const Context& context, fx::Record& record, const json::Value& parts) {
  bool has_url = false;
  std::set<std::int64_t> named;
  for (json::Value part = parts.child(); part; part = part.next()) {
    const json::Value type = part["type"];
    if (type.is_string()) context.signs.see(type.raw());
    if (says(type, "text_link") && !has_url)
      has_url = context.writer.put(record, "url", part["href"]);
    if (!says(type, "mention_name") || !part["user_id"].is_text()) continue;
    const std::int64_t person = context.people.find_user(part["user_id"]);
    if (person != 0 && named.insert(person).second)
      record.ref("mentions", person, kReference, part["user_id"].span());
  }
}

void put_text(const Context& context, fx::Record& record, const Message& m) {
  const json::Value& source = m.text ? m.text : m.text_entities;
  JoinedText joined = join_text(source);
  if (source.is_array()) source.use();
  if (m.text) use_repeated_text(context, m, joined.text);
  if (!put_joined(context.writer, record, "text", std::move(joined)))
    put_joined(context.writer, record, "text", join_text(m.information_text));
  put_entities(context, record, m.text_entities.is_array() ? m.text_entities : m.text);
}

void put_edit(const Context& context, fx::Record& record, const Message& m) {
  if (!m.edited && !m.edited_unixtime) return;
  const auto wall = m.edited.is_string() ? iso_wall(m.edited.raw()) : std::nullopt;
  constexpr std::int64_t kDay = 86'400'000;
  const bool is_epoch = wall && !m.edited_unixtime && *wall > -kDay && *wall < kDay;
  if (is_epoch) {  // old versions write the start of 1970 where there was no edit
    context.zone.epoch(*wall);
    context.signs.before("2.1.9", "edited of messages that were not edited");
    return;
  }
  if (put_time(context, record, "edited_at", m.edited, m.edited_unixtime))
    record.number("edited", 1, "telegram.edited", (m.edited ? m.edited : m.edited_unixtime).span());
}

void put_reply(const Context& context, Thread& thread, fx::Record& record, const Message& m) {
  const json::Value& reply = m.reply_to_message_id;
  if (!reply.is_text() || !context.writer.put(record, "reply_to", reply)) return;
  std::int64_t id = 0;
  const std::string_view raw = reply.raw();
  if (std::from_chars(raw.data(), raw.data() + raw.size(), id).ec == std::errc())
    thread.reply(context.writer.host(), id, reply.span());
}

void put_forward(const Context& context, fx::Record& record, const Message& m) {
  const json::Value& why = m.forwarded_from      ? m.forwarded_from
                           : m.forwarded_from_id ? m.forwarded_from_id
                                                 : m.saved_from;
  if (!why) return;
  record.number("forwarded", 1, "telegram.forwarded", why.span());
  context.writer.put(record, "forwarded_from", m.forwarded_from);
}

void put_direction(const Context& context, const Thread& thread, fx::Record& record,
                   const json::Value& id) {
  const std::string account = People::account_of(id);
  if (account.empty()) return;
  const fx_span where = id.span();
  if (context.people.is_owner(account))
    record.derived("direction", "out", "telegram.personal-information", where);
  else if (!thread.peer.empty() && account == thread.peer)
    record.derived("direction", "in", "telegram.chat-of-two", where);
}

void put_kind(const Context& context, fx::Record& record, const Message& m) {
  record.derived("type", type_of(m), kTypeRule, m.type ? m.type.span() : fx::span(0, 0));
  if (says(m.type, "message") || says(m.type, "service")) m.type.use();
  if (!m.action.is_string()) return;
  context.signs.see(m.action.raw());
  const std::string action = m.action.text();
  const bool is_known = std::binary_search(kActions.begin(), kActions.end(), action);
  context.writer.derive(record, "action", hyphenated(action),
                        is_known ? "telegram.action" : "telegram.unknown-action", m.action.span());
  context.writer.put(record, "code", m.action);
}

// What only versions of some years leave so.
void look_for_absences(const Context& context, const Message& m) {
  if (!m.date) return;
  if (!m.date_unixtime) context.signs.before("3.7.6", "date without date_unixtime");
  if (m.text && m.date_unixtime && !m.text_entities)
    context.signs.before("4.1.2", "text without text_entities");
  if (m.photo && !m.photo_file_size && !is_placeholder(m.photo.raw()))
    context.signs.before("5.11.0", "photo without photo_file_size");
  if (m.file && !m.file_name && !m.media_type && !is_placeholder(m.file.raw()))
    context.signs.before("4.16.9", "file without file_name");
  const json::Value& id = m.from_id ? m.from_id : m.actor_id;
  if (id.kind() == json::Kind::number) {
    context.signs.since("1.4.8", "from_id");
    context.signs.before("2.7.2", "from_id without user, chat or channel");
  } else if (id.is_string()) {
    context.signs.since("2.7.2", "from_id with user, chat or channel");
  }
}

}  // namespace

Message Message::of(const json::Value& object, Signs& signs) {
  Message message;
  if (!object.is_object()) return message;
  for (json::Value member = object.child(); member; member = member.next()) {
    const std::string_view key = member.raw_key();
    signs.see(key);
    const auto found =
        std::lower_bound(kMembers.begin(), kMembers.end(), key,
                         [](const Member& a, std::string_view b) { return a.name < b; });
    if (found == kMembers.end() || found->name != key) continue;
    json::Value& slot = message.*(found->slot);
    // Some services write `text` twice: the words of a gift, and nothing.
    const bool is_empty = slot && slot.is_string() && slot.span().length == 0;
    if (!slot || is_empty) slot = member;
  }
  return message;
}

bool is_placeholder(std::string_view path) {
  return path.starts_with('(') && path.ends_with(')');
}

bool put_time(const Context& context, fx::Record& record, const char* key, const json::Value& local,
              const json::Value& unixtime) {
  const auto wall = local.is_string() ? iso_wall(local.raw()) : std::nullopt;
  const auto utc = unixtime.is_text() && unixtime.form() == json::Form::plain
                       ? unix_seconds(unixtime.raw())
                       : std::nullopt;
  if (utc) {
    fx_span where = unixtime.span();
    where.codec = FX_CODEC_DECIMAL_SECONDS;
    record.decoded(key, fx::instant(*utc * 1000, FX_PRECISION_SECOND), where);
    unixtime.use();
    // The local time stays beside it: its zone is the computer's on which the export was made.
    if (wall) context.zone.compare(*wall, *utc, context.writer.host(), local.span());
    return true;
  }
  if (!wall) return false;
  record.time(key, wall_time(*wall), "telegram.local-time", local.span());
  local.use();
  return true;
}

void read_message(const Context& context, Thread& thread, const json::Tree& tree) {
  Writer& writer = context.writer;
  const Message m = Message::of(tree.root(), context.signs);
  const bool is_service = says(m.type, "service");
  const json::Value& name = m.from || m.from_id ? m.from : m.actor;
  const json::Value& id = m.from || m.from_id ? m.from_id : m.actor_id;
  const std::int64_t sender = context.people.find(name, id);

  const std::int64_t ref = ++context.numbers.message;
  ++thread.messages;
  fx::Record& record = writer.begin(FX_KIND_MESSAGE, ref, tree.end());
  record.ref("conversation", thread.ref, kReference, fx::span(tree.root().span().offset, 0));
  if (sender != 0) record.ref("sender", sender, kReference, (id.is_text() ? id : name).span());
  put_time(context, record, "sent", m.date, m.date_unixtime);
  put_kind(context, record, m);
  put_text(context, record, m);
  put_edit(context, record, m);
  put_reply(context, thread, record, m);
  put_forward(context, record, m);
  put_direction(context, thread, record, id);
  writer.put(record, "source_id", m.id);

  attach_media(context, m, ref);
  attach_place(context, m, ref);
  attach_contact(context, m, ref);
  attach_poll(context, tree, m, ref);
  attach_reactions(context, tree, m, ref);
  if (is_service) {
    attach_call(context, m, ref, sender, context.people.is_owner(People::account_of(id)));
    attach_members(context, thread, record, m, ref, sender);
  }
  look_for_absences(context, m);
  writer.extras(record, tree, tree.root());
  writer.emit();

  std::int64_t number = 0;
  const std::string_view raw = m.id.raw();
  if (std::from_chars(raw.data(), raw.data() + raw.size(), number).ec == std::errc())
    thread.seen.add(number);
}

}  // namespace telegram
