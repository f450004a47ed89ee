#include "desktop.hpp"

namespace viber {
namespace {

constexpr std::int64_t kNotesFlag = 1 << 19;
constexpr std::int64_t kChannel = 3;
constexpr std::size_t kMostChats = std::size_t{1} << 20;

}  // namespace

Desktop::Desktop(Records& records) : records_(records), fields_(records.fields) {
  sqlite::Database& db = records.db();
  const auto open = [&](std::string_view name) { return sqlite::TableView(db.table(name)); };
  auto& c = contacts_;
  c.view = open("Contact");
  c.id = c.view["ContactID"];
  c.name = c.view.any({"Name", "FirstName"});
  c.second_name = c.view["SecondName"];
  c.number = c.view["Number"];
  c.member = c.view["MID"];
  c.encrypted_member = c.view["EncryptedMID"];
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
  m.number = m.view["Number"];
  // Before contacts had a number in their own row.
  for (const char* name : {"ContactRelation", "OriginNumberInfo", "PhoneNumber"}) {
    Numbers& list = numbers_of_.emplace_back();
    list.view = open(name);
    list.number = list.view["Number"];
    list.contact = list.view["ContactID"];
    list.name = list.view["ClientName"];
  }
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
  t.client_flag = t.view["ClientFlag"];
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
  for (const Numbers& list : numbers_of_)
    if (list.view.there() && &list.view.table() == &table) return true;
  return false;
}

void Desktop::read() {
  find_owner();
  find_numbers();
  each(members_.view, [&](const RowView& row) {
    const auto chat = row.integer(members_.chat);
    if (chat && chat_sizes_.size() < kMostChats) ++chat_sizes_[*chat];
  });
  account();
  each(contacts_.view, [&](const RowView& row) { contact(row, nullptr); });
  for (const Numbers& list : numbers_of_)
    each(list.view, [&](const RowView& row) { number(list, row); });
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

std::unique_ptr<Reader> read_desktop(Records& records) {
  return std::make_unique<Desktop>(records);
}

}  // namespace viber
