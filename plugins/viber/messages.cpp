#include "messages.hpp"

#include "text.hpp"

namespace viber {
namespace {

// What versions with threads write where a number is expected.
constexpr std::string_view kGroup = "groupEntity";
constexpr std::string_view kOwner = "owner";

// Kinds of conversations, as one public reader has them.
constexpr const char* kOneSource = "viber.code-of-one-source";
const char* kind_of(std::int64_t type) {
  switch (type) {
    case 0: return "direct";
    case 1: return "group";
    case 5: return "community";
    case 6: return "notes";
    default: return nullptr;
  }
}

}  // namespace

AndroidMessages::AndroidMessages(Records& records) : records_(records), fields_(records.fields) {
  sqlite::Database& db = records.db();
  const auto open = [&](std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
      if (const sqlite::Table* table = db.table(name)) return sqlite::TableView(table);
    return sqlite::TableView();
  };
  auto& c = chats_;
  c.view = open({"conversations", "threads"});
  c.id = c.view["_id"];
  c.type = c.view["conversation_type"];
  c.group = c.view["group_id"];
  c.name = c.view.any({"name", "group_name"});
  c.deleted = c.view["deleted"];
  c.role = c.view["group_role"];
  c.recipient = c.view["recipient_number"];
  groups_.view = open({"groups"});
  groups_.thread = groups_.view["thread_id"];
  groups_.name = groups_.view["name"];
  auto& m = members_;
  m.view = open({"participants"});
  m.id = m.view["_id"];
  m.chat = m.view.any({"conversation_id", "thread_id"});
  m.person = m.view["participant_info_id"];
  m.active = m.view["active"];
  m.role = m.view["group_role"];
  m.number = m.view["number"];
  auto& p = people_;
  p.view = open({"participants_info"});
  p.id = p.view["_id"];
  p.number = p.view["number"];
  p.contact_name = p.view["contact_name"];
  p.viber_name = p.view["viber_name"];
  p.display_name = p.view["display_name"];
  p.viber_id = p.view["viber_id"];
  p.member = p.view.any({"member_id", "encrypted_member_id"});
  p.type = p.view["participant_type"];
  auto& t = messages_;
  t.view = open({"messages"});
  t.id = t.view["_id"];
  t.chat = t.view.any({"conversation_id", "thread_id"});
  t.time = t.view.any({"msg_date", "date"});
  t.token = t.view.any({"token", "message_token"});
  t.member = t.view["participant_id"];
  t.address = t.view["address"];
  t.deleted = t.view["deleted"];
  t.send_type = t.view.any({"send_type", "type"});  // the same, by its older name
  t.mime = t.view.any({"extra_mime", "mime_type"});
  t.status = t.view["status"];
  t.latitude = t.view["location_lat"];
  t.longitude = t.view["location_lng"];
  t.uri = t.view["extra_uri"];
  t.destination = t.view["destination_uri"];
  t.body = t.view["body"];
  t.description = t.view["description"];
  t.info = t.view["msg_info"];
  t.quoted = t.view["quoted_message_data"];
  t.read_time = t.view["read_message_time"];
  t.order = t.view["order_key"];
  calls_.view = open({"messages_calls"});
  calls_.message = calls_.view["message_id"];
  calls_.chat = calls_.view["conversation_id"];
  calls_.date = calls_.view["date"];
  calls_.duration = calls_.view["duration"];
  calls_.type = calls_.view.any({"viber_call_type", "call_type", "type"});
  auto& l = likes_;
  l.view = open({"messages_likes"});
  l.message_token = l.view.any({"message_token", "msg_token"});
  l.like_token = l.view["like_token"];
  l.person = l.view.any({"participant_id", "participant_info_id"});
  l.number = l.view.any({"participant_number", "member_id", "number"});
  l.date = l.view.any({"date", "like_date"});
  l.type = l.view.any({"type", "reaction", "reaction_type"});
  public_accounts_ = open({"public_accounts"});
  account_name_ = public_accounts_.any({"name", "group_name", "uri"});
  account_group_ = public_accounts_.any({"group_id", "public_account_id", "_id"});

  group_of_thread_ = sqlite::Lookup(db, groups_.view, groups_.thread);
  member_by_id_ = sqlite::Lookup(db, members_.view, members_.id);
  person_by_id_ = sqlite::Lookup(db, people_.view, people_.id);
  message_by_id_ = sqlite::Lookup(db, messages_.view, messages_.id);
  if (likes_.view.there()) message_by_token_ = sqlite::Lookup(db, messages_.view, messages_.token);
}

bool AndroidMessages::reads(const sqlite::Table& table) const {
  for (const sqlite::TableView* view :
       {&chats_.view, &members_.view, &people_.view, &messages_.view, &calls_.view, &likes_.view,
        &public_accounts_, &groups_.view})
    if (view->there() && &view->table() == &table) return true;
  return false;
}

void AndroidMessages::read() {
  each(people_.view, [&](const RowView& row) { person_contact(row, nullptr); });
  each(public_accounts_, [&](const RowView& row) {
    records_.begin_contact("public-account", row, account_name_, -1, -1);
    fields_.text("source_id", row, account_group_);
    fields_.rest(row);
    fields_.emit();
  });
  each(chats_.view, [&](const RowView& row) { chat(row, nullptr); });
  each(groups_.view, [&](const RowView& row) {
    fields_.skip(row, "viber-group-of-thread", "its values stand in the record of its thread");
  });
  each(members_.view, [&](const RowView& row) { membership(row); });
  each(messages_.view, [&](const RowView& row) { message(row, nullptr); });
  each(calls_.view, [&](const RowView& row) { call(row); });
  each(likes_.view, [&](const RowView& row) { like(row); });
}

// --- People --------------------------------------------------------------------------------------

void AndroidMessages::person_contact(const RowView& row, Found found) {
  const auto& p = people_;
  const auto text = [&](int column) { return row.text(column, fields_.encoding()); };
  // What a person calls himself is no name that the owner saved.
  const int name = !text(p.contact_name).empty() ? p.contact_name
                   : !text(p.viber_name).empty() ? p.viber_name
                                                 : p.display_name;
  const bool owner = row.value(p.type) != nullptr && row.integer(p.type) == 0;
  records_.begin_contact("participant", row, p.contact_name, p.number, p.member, found);
  fields_.text("username", row, p.viber_id);
  fields_.text("source_id", row, p.id);
  if (owner) fields_.number("owner", 1, "viber.participant-type", row, p.type);
  for (const int other : {p.contact_name, p.viber_name, p.display_name})
    if (other != p.contact_name && !text(other).empty() && text(other) != text(p.contact_name))
      fields_.extra(row, other);
  if (row.is_set(p.type)) fields_.extra(row, p.type);
  fields_.rest(row);
  fields_.emit();
  if (found != nullptr) return;
  if (const auto id = row.integer(p.id))
    for (const int column : {p.number, p.member})
      if (std::string who = text(column); !who.empty() && people_by_name_.size() < kMostNames)
        people_by_name_.emplace(std::move(who), *id);
  if (!owner) return;
  records_.start(FX_KIND_ACCOUNT, 0, row);
  fields_.word("platform", "viber", "viber.database", row, -1);
  fields_.text("account", row, p.member);
  fields_.text("phone", row, p.number);
  fields_.text("name", row, name);
  fields_.number("owner", 1, "viber.participant-type", row, p.type);
  fields_.emit();
}

std::int64_t AndroidMessages::participant(std::int64_t conversation, std::int64_t person,
                                          const RowView& from, int column) {
  const auto [ref, is_new] = records_.person(conversation, "#" + std::to_string(person));
  if (!is_new) return ref;
  const auto& p = people_;
  if (const sqlite::Row* row = person_by_id_.first(person)) {
    const RowView known(p.view, *row);
    records_.begin_person(ref, conversation, known);
    fields_.text("name", known, p.contact_name) || fields_.text("name", known, p.viber_name) ||
        fields_.text("name", known, p.display_name);
    fields_.text("phone", known, p.number);
    fields_.text("account", known, p.member);
    fields_.text("username", known, p.viber_id);
    fields_.text("source_id", known, p.id);
    if (known.value(p.type) != nullptr && known.integer(p.type) == 0)
      fields_.number("owner", 1, "viber.participant-type", known, p.type);
  } else {
    records_.begin_person(ref, conversation, from);
    fields_.text("source_id", from, column);
    fields_.extra_word("participant", "not in the table of people", "viber.unknown-contact", from,
                       column);
  }
  fields_.emit();
  return ref;
}

std::int64_t AndroidMessages::participant_named(std::int64_t conversation, const RowView& from,
                                                int column) {
  const std::string who = from.text(column, fields_.encoding());
  return participant_named(conversation, who, from, column);
}

std::int64_t AndroidMessages::participant_named(std::int64_t conversation, const std::string& who,
                                                const RowView& from, int column) {
  if (who.empty() || who == kGroup) return 0;
  if (who == kOwner) return records_.nameless_owner(conversation, from, column);
  if (const auto known = people_by_name_.find(who); known != people_by_name_.end())
    return participant(conversation, known->second, from, column);
  const auto [ref, is_new] = records_.person(conversation, who);
  if (!is_new) return ref;
  records_.begin_person(ref, conversation, from);
  const char* key = is_phone(who) ? "phone" : "account";
  if (from.text(column, fields_.encoding()) == who)
    fields_.text(key, from, column);
  else  // a part of the column
    fields_.word(key, who, "viber.member-id", from, column);
  fields_.emit();
  return ref;
}

std::int64_t AndroidMessages::member(std::int64_t conversation, const RowView& from, int column) {
  const auto id = from.integer(column);
  if (!id || *id <= 0) return 0;
  const sqlite::Row* row = member_by_id_.first(*id);
  if (row == nullptr) {
    // The row of the member is gone: its number stands for a person of its own.
    const auto [ref, is_new] = records_.person(conversation, "member " + std::to_string(*id));
    if (!is_new) return ref;
    records_.begin_person(ref, conversation, from);
    fields_.text("source_id", from, column);
    fields_.extra_word("participant", "not in the table of members", "viber.unknown-contact", from,
                       column);
    fields_.emit();
    return ref;
  }
  const RowView its(members_.view, *row);
  if (const auto person = its.integer(members_.person))
    return participant(conversation, *person, its, members_.person);
  return participant_named(conversation, its, members_.number);
}

// --- Conversations -------------------------------------------------------------------------------

void AndroidMessages::chat(const RowView& row, Found found) {
  const auto& c = chats_;
  const auto id = row.integer(c.id);
  records_.begin_conversation(found == nullptr ? id_of(id) : "lost " + id_of(id), row, found);
  const sqlite::Row* its = id ? group_of_thread_.first(*id) : nullptr;
  const sqlite::Row nothing;
  const RowView group(groups_.view, its == nullptr ? nothing : *its);
  if (!fields_.text("title", row, c.name)) fields_.text("title", group, groups_.name);
  fields_.text("source_id", row, row.is_set(c.group) ? c.group : c.id);
  const auto type = row.integer(c.type);
  const std::string recipient = row.text(c.recipient, fields_.encoding());
  if (const char* kind = type ? kind_of(*type) : nullptr; kind != nullptr)
    fields_.word("type", kind, kOneSource, row, c.type);
  else if (row.is_set(c.group) || recipient == kGroup)
    fields_.word("type", "group", "viber.group-id", row,
                 row.is_set(c.group) ? c.group : c.recipient);
  else if (row.value(c.group) != nullptr || !recipient.empty())
    fields_.word("type", "direct", "viber.group-id", row, -1);
  if (recipient != kGroup) fields_.text("account", row, c.recipient);
  if (its != nullptr) fields_.rest(group);
  if (row.is_set(c.deleted)) records_.word("state", "deleted", row, c.deleted);
  fields_.extra(row, c.id);
  fields_.extra(row, c.type);
  if (row.is_set(c.role)) fields_.extra(row, c.role);
  fields_.rest(row);
  fields_.emit();
}

void AndroidMessages::membership(const RowView& row) {
  const auto& m = members_;
  const std::int64_t conversation = chat_of(row, m.chat);
  const auto person = row.integer(m.person);
  const std::int64_t who = person ? participant(conversation, *person, row, m.person)
                                  : participant_named(conversation, row, m.number);
  if (who == 0) return fields_.skip(row, "viber-member-of-no-one", "a member that names no person");
  records_.start(FX_KIND_MEMBERSHIP, 0, row);
  fields_.ref("conversation", conversation, row, m.chat);
  fields_.ref("participant", who, row, m.person);
  if (const auto active = row.integer(m.active); active == 0 || active == 1)
    records_.word("state", active == 1 ? "active" : "inactive", row, m.active);
  if (row.is_set(m.role)) fields_.extra(row, m.role);
  fields_.rest(row);
  fields_.emit();
}

std::int64_t AndroidMessages::chat_of(const RowView& row, int column) {
  const auto id = row.integer(column);
  if (!id) return records_.shared_conversation(Records::kNoChat, row);
  if (const std::int64_t known = records_.conversation(id_of(id)); known != 0) return known;
  const std::int64_t ref = records_.begin_conversation(id_of(id), row);
  fields_.text("source_id", row, column);
  fields_.word("state", "unlisted", "viber.chat-without-row", row, column);
  fields_.emit();
  return ref;
}

// --- What was deleted ----------------------------------------------------------------------------

void AndroidMessages::recover(const sqlite::Recovered& found) {
  const auto is = [&](const sqlite::TableView& view) {
    return view.there() && found.table == &view.table();
  };
  if (is(messages_.view)) {
    const RowView row(messages_.view, *found.row);
    const auto id = row.integer(messages_.id);
    const auto send_type = row.integer(messages_.send_type);
    const auto chat = row.integer(messages_.chat);
    const bool sound = plausible_time(row.integer(messages_.time)) && (!id || *id > 0) &&
                       (!chat || *chat >= 0) && (!send_type || *send_type == 0 || *send_type == 1);
    if (sound) message(row, &found);
  } else if (is(people_.view)) {
    const RowView row(people_.view, *found.row);
    const std::string number = row.text(people_.number, fields_.encoding());
    const std::string name = row.text(people_.viber_name, fields_.encoding()) +
                             row.text(people_.contact_name, fields_.encoding()) +
                             row.text(people_.display_name, fields_.encoding());
    if ((!number.empty() || !name.empty()) && (number.empty() || is_phone(number)))
      person_contact(row, &found);
  } else if (is(chats_.view)) {
    chat(RowView(chats_.view, *found.row), &found);
  }
}

std::unique_ptr<Reader> read_messages(Records& records) {
  return std::make_unique<AndroidMessages>(records);
}

}  // namespace viber
