// Viber desktop: contacts, the owner, members of chats.

#include "desktop.hpp"
#include "text.hpp"

namespace viber {
namespace {

constexpr std::int64_t kLeader = 2;

}  // namespace

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
  member_id(owner);
  fields_.text("phone", owner, contacts_.number);
  name(owner);
  fields_.number("owner", 1, "viber.author-of-outgoing", owner, -1);
  fields_.emit();
}

void Desktop::contact(const RowView& row, Found found) {
  records_.begin_contact("contact", row, -1, contacts_.number, -1, found);
  name(row);
  if (member_id(row) && row.value(contacts_.member) != nullptr)
    fields_.extra(row, contacts_.encrypted_member);
  fields_.text("source_id", row, contacts_.id);
  if (owner_ && row.integer(contacts_.id) == owner_)
    fields_.number("owner", 1, "viber.author-of-outgoing", row, -1);
  fields_.extra("ClientName", row, contacts_.client_name);
  fields_.rest(row);
  fields_.emit();
}

// Old versions keep numbers apart from contacts, and say of authors and members their number alone.
void Desktop::find_numbers() {
  const auto add = [&](std::map<std::string, std::int64_t>& to, const RowView& row, int number,
                       std::optional<std::int64_t> id) {
    std::string text = row.text(number, fields_.encoding());
    if (id && !text.empty() && to.size() < kMostNumbers) to.emplace(std::move(text), *id);
  };
  each(contacts_.view, [&](const RowView& row) {
    add(contact_of_number_, row, contacts_.number, row.integer(contacts_.id));
  });
  for (const Numbers& list : numbers_of_)
    each(list.view, [&](const RowView& row) {
      if (list.contact >= 0)
        add(contact_of_number_, row, list.number, row.integer(list.contact));
      else if (!row.text(list.name, fields_.encoding()).empty())
        add(name_of_number_, row, list.number, row.row().rowid);
    });
}

void Desktop::number(const Numbers& list, const RowView& row) {
  records_.begin_contact("number", row, -1, list.number, -1);
  fields_.extra(row, list.name);  // what the person calls himself
  const auto id = row.integer(list.contact);
  if (const sqlite::Row* found = id ? contact_by_id_.first(*id) : nullptr) {
    const RowView contact(contacts_.view, *found);
    name(contact);
    fields_.text("source_id", contact, contacts_.id);
  } else {
    fields_.extra(row, list.contact);
  }
  fields_.rest(row);
  fields_.emit();
}

bool Desktop::name(const RowView& contact) {
  const std::string second = contact.text(contacts_.second_name, fields_.encoding());
  const std::string first = contact.text(contacts_.name, fields_.encoding());
  if (second.empty()) return fields_.text("name", contact, contacts_.name);
  if (first.empty()) return fields_.text("name", contact, contacts_.second_name);
  fields_.word("name", fields_.keep(first + " " + second), "viber.first-and-second-name", contact,
               contacts_.name);
  return true;
}

bool Desktop::member_id(const RowView& contact) {
  return fields_.text("account", contact, contacts_.member) ||
         fields_.text("account", contact, contacts_.encrypted_member);
}

void Desktop::membership(const RowView& row) {
  const std::int64_t conversation = chat_of(row, members_.chat);
  std::int64_t person =
      participant(conversation, row.integer(members_.contact), row, members_.contact);
  if (person == 0) person = participant_by_number(conversation, row, members_.number);
  if (person == 0)
    return fields_.skip(row, "viber-member-of-no-one", "a member that names no person");
  records_.start(FX_KIND_MEMBERSHIP, 0, row);
  fields_.ref("conversation", conversation, row, members_.chat);
  fields_.ref("participant", person, row, members_.contact);
  if (row.integer(members_.role) == kLeader) records_.word("role", "leader", row, members_.role);
  if (row.is_set(members_.role)) fields_.extra(row, members_.role);
  fields_.extra(row, members_.number);
  fields_.rest(row);
  fields_.emit();
}

std::int64_t Desktop::participant(std::int64_t conversation, std::optional<std::int64_t> contact,
                                  const RowView& from, int column) {
  if (!contact || *contact <= 0) return 0;
  const auto [ref, is_new] = records_.person(conversation, id_of(contact));
  if (!is_new) return ref;
  const bool by_number = from.integer(column) != contact;
  if (const sqlite::Row* row = contact_by_id_.first(*contact)) {
    const RowView known(contacts_.view, *row);
    records_.begin_person(ref, conversation, known);
    if (!name(known)) fields_.text("name", known, contacts_.client_name);
    // In old versions the number stands where the person is named, not in the contact.
    if (!fields_.text("phone", known, contacts_.number) && by_number)
      fields_.text("phone", from, column);
    member_id(known);
    fields_.text("source_id", known, contacts_.id);
  } else {
    records_.begin_person(ref, conversation, from);
    fields_.text(by_number ? "phone" : "source_id", from, column);
    fields_.extra_word("contact", "not in the table of contacts", "viber.unknown-contact", from,
                       column);
  }
  if (owner_ == contact) fields_.number("owner", 1, "viber.author-of-outgoing", from, column);
  fields_.emit();
  return ref;
}

std::int64_t Desktop::participant_by_number(std::int64_t conversation, const RowView& from,
                                            int column) {
  const std::string number = from.text(column, fields_.encoding());
  if (number.empty()) return 0;
  if (const auto known = contact_of_number_.find(number); known != contact_of_number_.end())
    return participant(conversation, known->second, from, column);
  const auto [ref, is_new] = records_.person(conversation, "number " + number);
  if (!is_new) return ref;
  // The row whose name is taken lives until the record is emitted.
  sqlite::Row row;
  const auto named = name_of_number_.find(number);
  const Numbers* list = nullptr;
  for (const Numbers& each : numbers_of_)
    if (each.view.there() && each.contact < 0 && list == nullptr &&
        named != name_of_number_.end() &&
        records_.db().find_row(each.view.table(), named->second, row))
      list = &each;
  records_.begin_person(ref, conversation, from);
  fields_.text("phone", from, column);
  if (list != nullptr) fields_.text("name", RowView(list->view, row), list->name);
  fields_.emit();
  return ref;
}

}  // namespace viber
