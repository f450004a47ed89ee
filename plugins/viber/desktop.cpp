#include "desktop.hpp"

namespace viber {
namespace {

constexpr std::int64_t kNotesFlag = 1 << 19;
constexpr std::int64_t kChannel = 3;
constexpr std::int64_t kLeader = 2;
constexpr std::size_t kMostChats = std::size_t{1} << 20;

}  // namespace

Desktop::Desktop(Records& records) : records_(records), fields_(records.fields) {
  sqlite::Database& db = records.db();
  const auto open = [&](std::string_view name) { return sqlite::TableView(db.table(name)); };
  auto& c = contacts_;
  c.view = open("Contact");
  c.id = c.view["ContactID"];
  c.name = c.view["Name"];
  c.number = c.view["Number"];
  c.member = c.view.any({"MID", "EncryptedMID"});
  c.client_name = c.view["ClientName"];
  auto& chats = chats_;
  chats.view = open("ChatInfo");
  chats.id = chats.view["ChatID"];
  chats.name = chats.view["Name"];
  chats.token = chats.view["Token"];
  chats.flags = chats.view["Flags"];
  chats.type = chats.view["PGType"];
  chats.time = chats.view["TimeStamp"];
  auto& m = members_;
  m.view = open("ChatRelation");
  m.chat = m.view["ChatID"];
  m.contact = m.view["ContactID"];
  m.role = m.view["PGRole"];
  auto& e = events_;
  e.view = open("Events");
  e.id = e.view["EventID"];
  e.time = e.view["TimeStamp"];
  e.direction = e.view["Direction"];
  e.type = e.view["Type"];
  e.chat = e.view["ChatID"];
  e.contact = e.view["ContactID"];
  e.token = e.view["Token"];
  e.longitude = e.view["ContactLongitude"];
  e.latitude = e.view["ContactLatitude"];
  e.number = e.view["Number"];
  e.view.ignore({"SortOrder", "Seq"});  // orders of display
  auto& t = messages_;
  t.view = open("Messages");
  t.id = t.view["EventID"];
  t.type = t.view["Type"];
  t.body = t.view["Body"];
  t.path = t.view["PayloadPath"];
  t.thumbnail = t.view["ThumbnailPath"];
  t.sticker = t.view["StickerID"];
  t.voice = t.view["PttID"];
  t.duration = t.view["Duration"];
  t.info = t.view["Info"];
  t.reaction = t.view["SelfReaction"];
  t.admins_reactions = t.view["AdminsReactions"];
  t.members_reactions = t.view["MembersReactions"];
  calls_.view = open("Calls");
  calls_.id = calls_.view["EventID"];
  calls_.type = calls_.view.any({"Type", "CallType"});
  calls_.duration = calls_.view.any({"Duration", "CallDuration"});
  likes_.view = open("LikeRelation");
  likes_.token = likes_.view["MessageToken"];
  likes_.event = likes_.view["LikeEventID"];
  uploads_ = open("UploadFile");
  upload_event_ = uploads_.any({"EventID", "MessageEventID"});
  upload_path_ = uploads_.any({"FilePath", "Path", "LocalPath", "FileName"});

  contact_by_id_ = sqlite::Lookup(db, contacts_.view, contacts_.id);
  message_by_event_ = sqlite::Lookup(db, messages_.view, messages_.id);
  event_by_id_ = sqlite::Lookup(db, events_.view, events_.id);
  call_by_event_ = sqlite::Lookup(db, calls_.view, calls_.id);
  if (likes_.view.there()) event_by_token_ = sqlite::Lookup(db, events_.view, events_.token);
}

bool Desktop::reads(const sqlite::Table& table) const {
  for (const sqlite::TableView* view :
       {&contacts_.view, &chats_.view, &members_.view, &events_.view, &messages_.view, &calls_.view,
        &likes_.view, &uploads_})
    if (view->there() && &view->table() == &table) return true;
  return false;
}

void Desktop::read() {
  find_owner();
  each(members_.view, [&](const RowView& row) {
    const auto chat = row.integer(members_.chat);
    if (chat && chat_sizes_.size() < kMostChats) ++chat_sizes_[*chat];
  });
  account();
  each(contacts_.view, [&](const RowView& row) { contact(row, nullptr); });
  each(chats_.view, [&](const RowView& row) { chat(row, nullptr); });
  each(members_.view, [&](const RowView& row) { membership(row); });
  each(events_.view, [&](const RowView& row) { event(row, nullptr); });
  each(messages_.view, [&](const RowView& row) {
    const auto id = row.integer(messages_.id);
    if (!id || event_by_id_.first(*id) == nullptr) lone_message(row, nullptr);
  });
  each(calls_.view, [&](const RowView& row) {
    const auto id = row.integer(calls_.id);
    if (id && event_by_id_.first(*id) != nullptr) return fields_.joined(row);
    const std::int64_t ref = records_.loose_message();
    const std::int64_t conversation = records_.shared_conversation(Records::kCalls, row);
    records_.start(FX_KIND_MESSAGE, ref, row);
    fields_.ref("conversation", conversation, row, -1);
    records_.word("type", "call", row, -1);
    fields_.rest(row);
    fields_.emit();
    call(ref, 0, row, &row);
  });
  each(likes_.view, [&](const RowView& row) { like(row); });
  each(uploads_, [&](const RowView& row) { upload(row); });
}

// The owner is whoever wrote what went out. Where that is not one contact the column says something
// else in this version, and nobody is called the owner.
void Desktop::find_owner() {
  bool several = false;
  each(events_.view, [&](const RowView& row) {
    const auto contact = row.integer(events_.contact);
    if (several || row.integer(events_.direction) != 1 || !contact || *contact <= 0) return;
    several = owner_ && *owner_ != *contact;
    owner_ = contact;
  });
  if (several) owner_.reset();
}

void Desktop::account() {
  const sqlite::Row* row = owner_ ? contact_by_id_.first(*owner_) : nullptr;
  if (row == nullptr) return;
  const RowView owner(contacts_.view, *row);
  records_.start(FX_KIND_ACCOUNT, 0, owner);
  fields_.word("platform", "viber", "viber.database", owner, -1);
  fields_.text("account", owner, contacts_.member);
  fields_.text("phone", owner, contacts_.number);
  fields_.text("name", owner, contacts_.name);
  fields_.number("owner", 1, "viber.author-of-outgoing", owner, -1);
  fields_.emit();
}

void Desktop::contact(const RowView& row, Found found) {
  records_.begin_contact("contact", row, contacts_.name, contacts_.number, contacts_.member, found);
  fields_.text("source_id", row, contacts_.id);
  if (owner_ && row.integer(contacts_.id) == owner_)
    fields_.number("owner", 1, "viber.author-of-outgoing", row, -1);
  fields_.extra("ClientName", row, contacts_.client_name);
  fields_.rest(row);
  fields_.emit();
}

void Desktop::chat(const RowView& row, Found found) {
  const auto& c = chats_;
  const auto id = row.integer(c.id);
  records_.begin_conversation(found == nullptr ? id_of(id) : "lost " + id_of(id), row, found);
  fields_.text("title", row, c.name);
  // The token of a group is the same on all devices; an ordinary chat may have none.
  if (!fields_.text("source_id", row, c.token)) fields_.text("source_id", row, c.id);
  const std::int64_t flags = row.integer(c.flags).value_or(0);
  const auto size = id ? chat_sizes_.find(*id) : chat_sizes_.end();
  if (row.integer(c.type) == kChannel) {
    records_.word("type", "channel", row, c.type);
  } else if ((flags & kNotesFlag) != 0) {
    records_.word("type", "notes", row, c.flags);
  } else if (size != chat_sizes_.end()) {
    fields_.word("type", size->second > 2 ? "group" : "direct", "viber.number-of-members", row, -1);
  }
  fields_.extra(row, c.id);
  if (flags != 0) fields_.extra(row, c.flags);
  if (row.is_set(c.time)) fields_.extra(row, c.time);
  if (row.value(c.type) != nullptr) fields_.extra(row, c.type);
  fields_.rest(row);
  fields_.emit();
}

void Desktop::membership(const RowView& row) {
  const std::int64_t conversation = chat_of(row, members_.chat);
  const std::int64_t person =
      participant(conversation, row.integer(members_.contact), row, members_.contact);
  if (person == 0)
    return fields_.skip(row, "viber-member-of-no-one", "a member without a contact's number");
  records_.start(FX_KIND_MEMBERSHIP, 0, row);
  fields_.ref("conversation", conversation, row, members_.chat);
  fields_.ref("participant", person, row, members_.contact);
  if (row.integer(members_.role) == kLeader) records_.word("role", "leader", row, members_.role);
  if (row.is_set(members_.role)) fields_.extra(row, members_.role);
  fields_.rest(row);
  fields_.emit();
}

std::int64_t Desktop::chat_of(const RowView& row, int column) {
  const auto id = row.integer(column);
  if (!id) return records_.shared_conversation(Records::kNoChat, row);
  if (const std::int64_t known = records_.conversation(id_of(id)); known != 0) return known;
  // A chat that ChatInfo does not have (any more): its number is all that is known.
  const std::int64_t ref = records_.begin_conversation(id_of(id), row);
  fields_.text("source_id", row, column);
  fields_.word("state", "unlisted", "viber.chat-without-row", row, column);
  fields_.emit();
  return ref;
}

std::int64_t Desktop::participant(std::int64_t conversation, std::optional<std::int64_t> contact,
                                  const RowView& from, int column) {
  if (!contact || *contact <= 0) return 0;
  const auto [ref, is_new] = records_.person(conversation, id_of(contact));
  if (!is_new) return ref;
  if (const sqlite::Row* row = contact_by_id_.first(*contact)) {
    const RowView known(contacts_.view, *row);
    records_.begin_person(ref, conversation, known);
    if (!fields_.text("name", known, contacts_.name))
      fields_.text("name", known, contacts_.client_name);
    fields_.text("phone", known, contacts_.number);
    fields_.text("account", known, contacts_.member);
    fields_.text("source_id", known, contacts_.id);
  } else {
    records_.begin_person(ref, conversation, from);
    fields_.text("source_id", from, column);
    fields_.extra_word("contact", "not in the table of contacts", "viber.unknown-contact", from,
                       column);
  }
  if (owner_ == contact) fields_.number("owner", 1, "viber.author-of-outgoing", from, column);
  fields_.emit();
  return ref;
}

std::unique_ptr<Reader> read_desktop(Records& records) {
  return std::make_unique<Desktop>(records);
}

}  // namespace viber
