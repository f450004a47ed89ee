// Viber for Android: viber_data, the history of calls and the address book.
// docs/formats/viber.md, section "Android: calls and contacts".

#include <set>

#include "info.hpp"
#include "reader.hpp"
#include "text.hpp"

namespace viber {
namespace {

class PhoneBook final : public Reader {
 public:
  explicit PhoneBook(Records& records);
  void read() override;
  bool reads(const sqlite::Table& table) const override;
  void recover(const sqlite::Recovered& found) override;

 private:
  struct Calls {
    sqlite::TableView view;
    int id, number, canonized, group, date, duration, type, kind, token, end, start, conference;
  };
  struct Contacts {
    sqlite::TableView view;
    int id, name;
  };
  struct Numbers {
    sqlite::TableView view;
    int id, contact, canonized, raw;
  };
  // A table of numbers, each with a name or without.
  struct Listed {
    sqlite::TableView view;
    const char* type;
    int number, name, chosen_name, member, username, id;
  };

  void call(const RowView& row, Found found);
  std::int64_t conversation(const RowView& row);
  std::int64_t participant(std::int64_t conversation, const RowView& row);
  void conference(std::int64_t conversation, const RowView& row);
  void contact(const RowView& row, Found found);
  // `name` is the row of the contact that the number belongs to; null where it is gone.
  void number(const RowView& row, const RowView* name, Found found);
  void listed(const Listed& list, const RowView& row, Found found);

  template <class Visit>
  void each(const sqlite::TableView& view, const Visit& visit) {
    if (!view.there()) return;
    records_.db().for_each_row(view.table(), [&](const sqlite::Row& row) {
      visit(RowView(view, row));
      return true;
    });
  }

  Records& records_;
  sqlite::Fields& fields_;
  Calls calls_;
  Contacts contacts_;
  Numbers numbers_;
  std::vector<Listed> lists_;
  sqlite::Lookup numbers_of_contact_, contact_by_id_;
};

PhoneBook::PhoneBook(Records& records) : records_(records), fields_(records.fields) {
  sqlite::Database& db = records.db();
  auto& c = calls_;
  c.view = sqlite::TableView(db.table("calls"));
  c.id = c.view["_id"];
  c.number = c.view["number"];
  c.canonized = c.view["canonized_number"];
  c.group = c.view["group_id"];
  c.date = c.view["date"];
  c.duration = c.view["duration"];
  c.type = c.view["type"];
  c.kind = c.view["viber_call_type"];
  c.token = c.view["token"];
  c.end = c.view["end_reason"];
  c.start = c.view["start_reason"];
  c.conference = c.view["conference_info"];
  c.view.ignore({"aggregate_hash"});  // groups calls for display
  contacts_.view = sqlite::TableView(db.table("phonebookcontact"));
  contacts_.id = contacts_.view["_id"];
  contacts_.name = contacts_.view["display_name"];
  contacts_.view.ignore({"low_display_name", "phone_label", "contact_hash"});  // made of the name
  auto& n = numbers_;
  n.view = sqlite::TableView(db.table("phonebookdata"));
  n.id = n.view["_id"];
  n.contact = n.view["contact_id"];
  n.canonized = n.view["data2"];
  n.raw = n.view["data1"];
  for (const auto& [name, type] :
       {std::pair("vibernumbers", "viber-number"), std::pair("blockednumbers", "blocked"),
        std::pair("sync_data", "to-be-synchronised"), std::pair("viberpay_data", "viber-pay"),
        std::pair("walletnumbers", "wallet")}) {
    Listed& list = lists_.emplace_back();
    list.view = sqlite::TableView(db.table(name));
    list.type = type;
    list.number = list.view.any({"canonized_number", "canonized_phone_number", "phone_number"});
    list.name = list.view["display_name"];
    list.chosen_name = list.view["viber_name"];
    list.member = list.view.any({"member_id", "encrypted_member_id"});
    list.username = list.view["viber_id"];
    list.id = list.view["_id"];
  }
  numbers_of_contact_ = sqlite::Lookup(db, n.view, n.contact);
  contact_by_id_ = sqlite::Lookup(db, contacts_.view, contacts_.id);
}

bool PhoneBook::reads(const sqlite::Table& table) const {
  const auto is = [&](const sqlite::TableView& view) {
    return view.there() && &view.table() == &table;
  };
  for (const Listed& list : lists_)
    if (is(list.view)) return true;
  return is(calls_.view) || is(contacts_.view) || is(numbers_.view);
}

void PhoneBook::read() {
  each(contacts_.view, [&](const RowView& row) { contact(row, nullptr); });
  each(numbers_.view, [&](const RowView& row) {
    const auto id = row.integer(numbers_.contact);
    if (!id || contact_by_id_.first(*id) == nullptr) number(row, nullptr, nullptr);
  });
  for (const Listed& list : lists_)
    each(list.view, [&](const RowView& row) { listed(list, row, nullptr); });
  each(calls_.view, [&](const RowView& row) { call(row, nullptr); });
}

// One record a number: of the contact's row where it has none.
void PhoneBook::contact(const RowView& row, Found found) {
  bool any = false;
  const auto id = row.integer(contacts_.id);
  if (id && found == nullptr)
    numbers_of_contact_.each(*id, [&](const RowView& its) {
      number(its, &row, nullptr);
      any = true;
    });
  if (any) return fields_.joined(row);
  records_.begin_contact("phone-book", row, contacts_.name, -1, -1, found);
  fields_.text("source_id", row, contacts_.id);
  fields_.rest(row);
  fields_.emit();
}

void PhoneBook::number(const RowView& row, const RowView* name, Found found) {
  const bool canonized = !row.text(numbers_.canonized, fields_.encoding()).empty();
  records_.begin_contact("phone-book", row, -1, canonized ? numbers_.canonized : numbers_.raw, -1,
                         found);
  if (name != nullptr) {
    fields_.text("name", *name, contacts_.name);
    fields_.text("source_id", *name, contacts_.id);
  }
  if (canonized && row.text(numbers_.raw, fields_.encoding()) !=
                       row.text(numbers_.canonized, fields_.encoding()))
    fields_.extra(row, numbers_.raw);
  fields_.rest(row);
  if (name != nullptr) fields_.rest(*name);
  fields_.emit();
}

void PhoneBook::listed(const Listed& list, const RowView& row, Found found) {
  records_.begin_contact(list.type, row, list.name, list.number, list.member, found);
  fields_.extra(row, list.chosen_name);
  fields_.text("username", row, list.username);
  if (std::string_view(list.type) == "blocked")
    fields_.word("state", "blocked", "viber.table", row, -1);
  fields_.extra(row, list.id);
  fields_.rest(row);
  fields_.emit();
}

// The history of calls knows no threads: calls with one number, or of one group, are one.
std::int64_t PhoneBook::conversation(const RowView& row) {
  const bool group = row.is_set(calls_.group);
  const bool canonized = !row.text(calls_.canonized, fields_.encoding()).empty();
  const int column = group ? calls_.group : canonized ? calls_.canonized : calls_.number;
  const std::string id = (group ? "group " : "") + row.text(column, fields_.encoding());
  if (const std::int64_t known = records_.conversation(id); known != 0) return known;
  const std::int64_t ref = records_.begin_conversation(id, row);
  fields_.text(group ? "source_id" : "account", row, column);
  fields_.word("type", "call-log", "viber.table", row, -1);
  fields_.emit();
  return ref;
}

std::int64_t PhoneBook::participant(std::int64_t conversation, const RowView& row) {
  const bool canonized = !row.text(calls_.canonized, fields_.encoding()).empty();
  const int column = canonized ? calls_.canonized : calls_.number;
  const std::string id = row.text(column, fields_.encoding());
  if (id.empty()) return 0;
  const auto [ref, is_new] = records_.person(conversation, id);
  if (!is_new) return ref;
  records_.begin_person(ref, conversation, row);
  fields_.text("phone", row, column);
  fields_.emit();
  return ref;
}

void PhoneBook::call(const RowView& row, Found found) {
  const auto& c = calls_;
  const std::int64_t chat = conversation(row);
  const std::int64_t person = participant(chat, row);
  const auto type = row.integer(c.type);
  const bool in = type == 1 || type == 3;
  const std::int64_t sender = in          ? person
                              : type == 2 ? records_.nameless_owner(chat, row, c.type)
                                          : 0;
  const std::int64_t ref = records_.loose_message();
  records_.start(FX_KIND_MESSAGE, ref, row, found);
  fields_.ref("conversation", chat, row, c.canonized);
  if (sender != 0) fields_.ref("sender", sender, row, c.canonized);
  fields_.time("sent", row, c.date, sqlite::Clock::unix_ms);
  fields_.word("type", "call", "viber.table", row, -1);
  if (in || type == 2) records_.word("direction", in ? "in" : "out", row, c.type);
  records_.token(row, c.token, row.integer(c.date));
  fields_.extra(row, c.id);
  fields_.rest(row);
  fields_.emit();

  records_.start(FX_KIND_CALL, 0, row, found);
  fields_.ref("message", ref, row, -1);
  if (person != 0) fields_.ref("participant", person, row, c.canonized);
  fields_.number("duration", row, c.duration);
  if (in || type == 2) records_.word("direction", in ? "in" : "out", row, c.type);
  if (type == 3) records_.word("state", "missed", row, c.type);
  const auto kind = row.integer(c.kind);
  if (kind == 1 || kind == 4)
    records_.word("type", kind == 1 ? "audio" : "video", row, c.kind);
  else
    records_.unknown_code("viber_call_type", row, c.kind);
  if (!in && type != 2) records_.unknown_code("type", row, c.type);
  records_.code("type", row, c.type);
  for (const int column : {c.kind, c.end, c.start}) fields_.extra(row, column);
  if (row.text(c.number, fields_.encoding()) != row.text(c.canonized, fields_.encoding()))
    fields_.extra(row, c.number);
  fields_.extra(row, c.conference);
  fields_.emit();
  conference(chat, row);
}

// Who else took part, as far as the JSON of a conference names members: its shape is not known from
// any source, so only what looks like a list of people is read, and all of it is kept as it is.
void PhoneBook::conference(std::int64_t conversation, const RowView& row) {
  Info info(records_, row, calls_.conference);
  const auto people = [&](std::string_view, const json::Value& list) {
    json::for_each(list, [&](std::string_view, const json::Value& one) {
      const json::Value member = info.take_any(one, {"memberId", "mid", "number", "phoneNumber"});
      if (member.kind != json::Kind::string || member.raw.empty()) return true;
      const auto [ref, is_new] = records_.person(conversation, repaired(member.raw));
      if (!is_new) return true;
      records_.begin_person(ref, conversation, row);
      info.text(is_phone(member.raw) ? "phone" : "account", member);
      info.text("name", info.take_any(one, {"displayName", "name"}));
      fields_.extra_word("from", "conference_info", "viber.conference-guess", row,
                         calls_.conference);
      fields_.emit();
      return true;
    });
    return true;
  };
  if (info.root().kind == json::Kind::array) people({}, info.root());
  json::for_each(info.root(), people);
}

void PhoneBook::recover(const sqlite::Recovered& found) {
  const auto is = [&](const sqlite::TableView& view) {
    return view.there() && found.table == &view.table();
  };
  const auto phone_or_nothing = [&](const RowView& row, int column) {
    const std::string number = row.text(column, fields_.encoding());
    return number.empty() || is_phone(number);
  };
  if (is(calls_.view)) {
    const RowView row(calls_.view, *found.row);
    const auto duration = row.integer(calls_.duration);
    if (plausible_time(row.integer(calls_.date)) && phone_or_nothing(row, calls_.canonized) &&
        (!duration || (*duration >= 0 && *duration < 30 * 86'400)))
      call(row, &found);
  } else if (is(contacts_.view)) {
    const RowView row(contacts_.view, *found.row);
    if (!row.text(contacts_.name, fields_.encoding()).empty()) contact(row, &found);
  } else if (is(numbers_.view)) {
    const RowView row(numbers_.view, *found.row);
    const bool any = !row.text(numbers_.canonized, fields_.encoding()).empty() ||
                     !row.text(numbers_.raw, fields_.encoding()).empty();
    if (any && phone_or_nothing(row, numbers_.canonized)) number(row, nullptr, &found);
  } else {
    for (const Listed& list : lists_) {
      if (!is(list.view)) continue;
      const RowView row(list.view, *found.row);
      if (phone_or_nothing(row, list.number)) listed(list, row, &found);
    }
  }
}

}  // namespace

std::unique_ptr<Reader> read_phone_book(Records& records) {
  return std::make_unique<PhoneBook>(records);
}

}  // namespace viber
