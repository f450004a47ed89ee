#include "ios.hpp"

#include "text.hpp"

namespace viber {
namespace {

constexpr std::int64_t kChannel = 3;
constexpr std::int64_t kNotes = 5;

// "Z_4MEMBERS": Core Data's name for a link between two kinds of things.
bool is_link(const sqlite::Table& table) {
  return table.name.size() > 3 && table.name.starts_with("Z_") && table.name[2] >= '0' &&
         table.name[2] <= '9';
}

}  // namespace

Ios::Ios(Records& records) : records_(records), fields_(records.fields) {
  open_tables();
  sqlite::Database& db = records.db();
  member_by_id_ = sqlite::Lookup(db, members_.view, members_.id);
  phone_of_member_ = sqlite::Lookup(db, phones_.view, phones_.member);
  phone_by_id_ = sqlite::Lookup(db, phones_.view, phones_.id);
  book_by_id_ = sqlite::Lookup(db, book_.view, book_.id);
  attachment_by_id_ = sqlite::Lookup(db, attachments_.view, attachments_.id);
  location_by_id_ = sqlite::Lookup(db, locations_.view, locations_.id);
  message_by_id_ = sqlite::Lookup(db, messages_.view, messages_.id);
  line_by_id_ = sqlite::Lookup(db, lines_.view, lines_.id);
}

void Ios::open_tables() {
  sqlite::Database& db = records_.db();
  const auto open = [&](std::string_view name) {
    sqlite::TableView view(db.table(name));
    view.ignore({"Z_ENT", "Z_OPT"});  // Core Data's own
    return view;
  };
  chats_.view = open("ZCONVERSATION");
  chats_.id = chats_.view["Z_PK"];
  chats_.name = chats_.view["ZNAME"];
  chats_.group = chats_.view["ZGROUPID"];
  chats_.subtype = chats_.view["ZSUBTYPE"];
  chats_.interlocutor = chats_.view["ZINTERLOCUTOR"];
  members_.view = open("ZMEMBER");
  members_.id = members_.view["Z_PK"];
  members_.name = members_.view.any({"ZDISPLAYFULLNAME", "ZNAME", "ZDISPLAYSHORTNAME"});
  members_.member = members_.view.any({"ZMEMBERID", "ZMID", "ZENCRYPTEDMEMBERID"});
  members_.phone = members_.view.any({"ZPHONE", "ZPHONENUMBER", "ZCANONIZEDPHONENUM"});
  const auto open_phones = [&](Phones& phones, std::string_view name) {
    phones.view = open(name);
    phones.id = phones.view["Z_PK"];
    phones.member = phones.view["ZMEMBER"];
    phones.contact = phones.view["ZCONTACT"];
    phones.phone = phones.view["ZPHONE"];
    phones.canonized = phones.view["ZCANONIZEDPHONENUM"];
  };
  open_phones(phones_, "ZPHONENUMBER");
  open_phones(book_numbers_, "ZABCONTACTNUMBER");
  book_.view = open("ZABCONTACT");
  book_.id = book_.view["Z_PK"];
  book_.name = book_.view.any({"ZMAINNAME", "ZNAME", "ZDISPLAYNAME"});
  book_.first = book_.view["ZPREFIXNAME"];
  book_.last = book_.view["ZSUFFIXNAME"];
  auto& m = messages_;
  m.view = open("ZVIBERMESSAGE");
  m.id = m.view["Z_PK"];
  m.text = m.view["ZTEXT"];
  m.time = m.view["ZDATE"];
  m.state_time = m.view["ZSTATEDATE"];
  m.state = m.view["ZSTATE"];
  m.system = m.view["ZSYSTEMTYPE"];
  m.token = m.view["ZTOKEN"];
  m.metadata = m.view["ZMETADATA"];
  m.attachment = m.view["ZATTACHMENT"];
  m.location = m.view["ZLOCATION"];
  m.conversation = m.view["ZCONVERSATION"];
  m.member = m.view["ZPHONENUMINDEX"];
  m.being_deleted = m.view["ZBEINGDELETED"];
  m.timer = m.view["ZTIMEBOMBDURATION"];
  auto& a = attachments_;
  a.view = open("ZATTACHMENT");
  a.id = a.view["Z_PK"];
  a.type = a.view["ZTYPE"];
  a.name = a.view.any({"ZFILENAME", "ZNAME"});
  a.path = a.view.any({"ZPATH", "ZFILEPATH", "ZLOCALPATH"});
  a.mime = a.view.any({"ZMIMETYPE", "ZCONTENTTYPE"});
  a.size = a.view.any({"ZFILESIZE", "ZSIZE"});
  a.message = a.view.any({"ZMESSAGE", "ZVIBERMESSAGE"});
  a.duration = a.view["ZDURATION"];
  auto& l = locations_;
  l.view = open("ZVIBERLOCATION");
  l.id = l.view["Z_PK"];
  l.latitude = l.view["ZLATITUDE"];
  l.longitude = l.view["ZLONGITUDE"];
  l.address = l.view["ZADDRESS"];
  auto& r = recents_;
  r.view = open("ZRECENT");
  r.id = r.view["Z_PK"];
  r.line = r.view["ZRECENTSLINE"];
  r.message = r.view["ZCALLLOGMESSAGE"];
  r.time = r.view["ZDATE"];
  r.duration = r.view["ZDURATION"];
  r.type = r.view["ZCALLTYPE"];
  lines_.view = open("ZRECENTSLINE");
  lines_.id = lines_.view["Z_PK"];
  lines_.type = lines_.view["ZCALLTYPE"];
  lines_.phone = lines_.view.any({"ZPHONENUMBER", "ZPHONE", "ZPHONENUMINDEX"});
  lines_.time = lines_.view["ZDATE"];
  lines_.duration = lines_.view["ZDURATION"];
  for (const sqlite::Table& table : db.tables()) {
    if (!is_link(table)) continue;
    Links link;
    link.view = sqlite::TableView(&table);
    link.chat = link.member = -1;
    for (const sqlite::Column& column : table.columns) {
      if (column.name.find("CONVERSATION") != std::string::npos)
        link.chat = link.view[column.name];
      else if (column.name.find("MEMBER") != std::string::npos ||
               column.name.find("PHONENUM") != std::string::npos)
        link.member = link.view[column.name];
    }
    if (link.chat >= 0 && link.member >= 0) links_.push_back(std::move(link));
  }
}

bool Ios::reads(const sqlite::Table& table) const {
  for (const sqlite::TableView* view :
       {&chats_.view, &members_.view, &phones_.view, &book_numbers_.view, &book_.view,
        &messages_.view, &attachments_.view, &locations_.view, &recents_.view, &lines_.view})
    if (is_table(*view, table)) return true;
  for (const Links& link : links_)
    if (is_table(link.view, table)) return true;
  return false;
}

void Ios::read() {
  each(book_.view, [&](const RowView& row) { book_contact(row, nullptr); });
  each(members_.view, [&](const RowView& row) { member_contact(row, nullptr); });
  for (const Phones* phones : {&phones_, &book_numbers_})
    each(phones->view, [&](const RowView& row) { phone_contact(*phones, row, nullptr); });
  each(chats_.view, [&](const RowView& row) { chat(row, nullptr); });
  for (const Links& link : links_)
    each(link.view, [&](const RowView& row) {
      const std::int64_t conversation = chat_of(row, link.chat);
      const std::int64_t person =
          participant(conversation, row.integer(link.member), row, link.member);
      if (person == 0)
        return fields_.skip(row, "viber-member-of-no-one", "a member that names no person");
      records_.start(FX_KIND_MEMBERSHIP, 0, row);
      fields_.ref("conversation", conversation, row, link.chat);
      fields_.ref("participant", person, row, link.member);
      fields_.rest(row);
      fields_.emit();
    });
  each(messages_.view, [&](const RowView& row) { message(row, nullptr); });
  each(recents_.view, [&](const RowView& row) { recent(row, nullptr); });
  each(lines_.view, [&](const RowView& row) {
    fields_.skip(row, "viber-line-of-calls", "its values stand in the records of its calls");
  });
  // What no message refers to.
  each(attachments_.view, [&](const RowView& row) {
    fields_.skip(row, "viber-attachment",
                 "its values stand in the record of the message that refers to it, if one does");
  });
  each(locations_.view, [&](const RowView& row) {
    fields_.skip(row, "viber-location",
                 "its values stand in the record of the message that refers to it, if one does");
  });
}

// --- People --------------------------------------------------------------------------------------

void Ios::member_contact(const RowView& row, Found found) {
  // Whether it is the address book's name or the member's own is not known.
  records_.begin_contact("member", row, -1, members_.phone, members_.member, found);
  fields_.extra(row, members_.name);
  fields_.text("source_id", row, members_.id);
  fields_.rest(row);
  fields_.emit();
}

void Ios::phone_contact(const Phones& phones, const RowView& row, Found found) {
  const bool canonized = !row.text(phones.canonized, fields_.encoding()).empty();
  const auto member = row.integer(phones.member);
  const auto contact = row.integer(phones.contact);
  records_.begin_contact("phone-number", row, -1, canonized ? phones.canonized : phones.phone, -1,
                         found);
  if (const sqlite::Row* its = member ? member_by_id_.first(*member) : nullptr) {
    const RowView known(members_.view, *its);
    fields_.extra("member", known, members_.name);
    fields_.text("account", known, members_.member);
  }
  if (const sqlite::Row* saved = contact ? book_by_id_.first(*contact) : nullptr) {
    fields_.text("name", RowView(book_.view, *saved), book_.name);
  }
  fields_.text("source_id", row, phones.id);
  fields_.extra(row, phones.member);
  fields_.extra(row, phones.contact);
  if (canonized) fields_.extra(row, phones.phone);
  fields_.rest(row);
  fields_.emit();
}

void Ios::book_contact(const RowView& row, Found found) {
  records_.begin_contact("phone-book", row, book_.name, -1, -1, found);
  fields_.text("source_id", row, book_.id);
  fields_.extra(row, book_.first);
  fields_.extra(row, book_.last);
  fields_.rest(row);
  fields_.emit();
}

std::int64_t Ios::participant(std::int64_t conversation, std::optional<std::int64_t> member,
                              const RowView& from, int column) {
  if (!member || *member <= 0) return 0;
  const auto [ref, is_new] = records_.person(conversation, id_of(member));
  if (!is_new) return ref;
  if (const sqlite::Row* row = member_by_id_.first(*member)) {
    const RowView known(members_.view, *row);
    records_.begin_person(ref, conversation, known);
    fields_.text("name", known, members_.name);
    fields_.text("account", known, members_.member);
    fields_.text("source_id", known, members_.id);
    if (!fields_.text("phone", known, members_.phone)) {
      if (const sqlite::Row* phone = phone_of_member_.first(*member)) {
        const RowView number(phones_.view, *phone);
        fields_.text("phone", number, phones_.canonized) ||
            fields_.text("phone", number, phones_.phone);
      }
    }
  } else if (const sqlite::Row* phone =
                 members_.view.there() ? nullptr : phone_by_id_.first(*member)) {
    // Before there were members, an author was a number.
    const RowView number(phones_.view, *phone);
    records_.begin_person(ref, conversation, number);
    fields_.text("phone", number, phones_.canonized) ||
        fields_.text("phone", number, phones_.phone);
    fields_.text("source_id", number, phones_.id);
  } else {
    records_.begin_person(ref, conversation, from);
    fields_.text("source_id", from, column);
    fields_.extra_word("member", "not in the table of members", "viber.unknown-contact", from,
                       column);
  }
  fields_.emit();
  return ref;
}

// --- Conversations -------------------------------------------------------------------------------

void Ios::chat(const RowView& row, Found found) {
  const auto& c = chats_;
  const auto id = row.integer(c.id);
  const std::int64_t ref =
      records_.begin_conversation(found == nullptr ? id_of(id) : "lost " + id_of(id), row, found);
  const bool group = fields_.text("source_id", row, c.group);
  if (!group) fields_.text("source_id", row, c.id);
  fields_.text("title", row, c.name);
  const auto subtype = row.integer(c.subtype);
  if (subtype == kChannel || subtype == kNotes)
    records_.word("type", subtype == kChannel ? "channel" : "notes", row, c.subtype);
  else if (group)
    fields_.word("type", "group", "viber.group-id", row, c.group);
  else if (row.value(c.interlocutor) != nullptr)
    fields_.word("type", "direct", "viber.interlocutor", row, c.interlocutor);
  fields_.extra(row, c.id);
  if (row.is_set(c.subtype)) fields_.extra(row, c.subtype);
  fields_.rest(row);
  fields_.emit();
  if (found != nullptr) return;
  const auto other = row.integer(c.interlocutor);
  const std::int64_t person = participant(ref, other, row, c.interlocutor);
  if (person == 0) return;
  if (id && interlocutors_.size() < Records::kMost) interlocutors_.emplace(*id, *other);
  records_.start(FX_KIND_MEMBERSHIP, 0, row);
  fields_.ref("conversation", ref, row, c.id);
  fields_.ref("participant", person, row, c.interlocutor);
  fields_.emit();
}

std::int64_t Ios::chat_of(const RowView& row, int column) {
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

void Ios::recover(const sqlite::Recovered& found) {
  const sqlite::Table& table = *found.table;
  const auto id_is_sound = [&](const RowView& row, int column) {
    const auto id = row.integer(column);
    return !id || *id > 0;
  };
  if (is_table(messages_.view, table)) {
    const RowView row(messages_.view, *found.row);
    const auto time = row.real(messages_.time);  // seconds since 2001: 2009 to 2047
    if (time && *time >= 252'460'800 && *time < 1'451'606'400 && id_is_sound(row, messages_.id))
      message(row, &found);
  } else if (is_table(members_.view, table)) {
    const RowView row(members_.view, *found.row);
    if (!row.text(members_.name, fields_.encoding()).empty()) member_contact(row, &found);
  } else if (is_table(phones_.view, table) || is_table(book_numbers_.view, table)) {
    const Phones& phones = is_table(phones_.view, table) ? phones_ : book_numbers_;
    const RowView row(phones.view, *found.row);
    if (is_phone(row.text(phones.canonized, fields_.encoding())) ||
        is_phone(row.text(phones.phone, fields_.encoding())))
      phone_contact(phones, row, &found);
  } else if (is_table(book_.view, table)) {
    const RowView row(book_.view, *found.row);
    if (!row.text(book_.name, fields_.encoding()).empty()) book_contact(row, &found);
  } else if (is_table(chats_.view, table)) {
    const RowView row(chats_.view, *found.row);
    if (id_is_sound(row, chats_.id)) chat(row, &found);
  } else if (is_table(recents_.view, table)) {
    const RowView row(recents_.view, *found.row);
    if (id_is_sound(row, recents_.id)) recent(row, &found);
  }
}

std::unique_ptr<Reader> read_ios(Records& records) {
  return std::make_unique<Ios>(records);
}

}  // namespace viber
