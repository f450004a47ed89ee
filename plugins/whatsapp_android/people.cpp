#include "people.hpp"

#include "jid.hpp"

namespace whatsapp_android {
namespace {

// Numbers of the companions in the manifest.
constexpr std::uint32_t kBook = 3;
constexpr std::uint32_t kBookLog = 4;

constexpr const char* kJidRule = "whatsapp.jid";

}  // namespace

AddressBook::AddressBook(const fx::Host& host)
    : files_(host, kBook, kBookLog, sqlite::SeizedFiles::kNone) {
  if (!files_.there()) return;
  db_.emplace(files_.inputs());
  if (!db_->readable()) return;
  view_ = sqlite::TableView(db_->table("wa_contacts"));
  if (!view_.there()) return;
  jid_ = view_["jid"];
  names_ = {view_["display_name"], view_["wa_name"], view_["nickname"], view_["given_name"],
            view_["company"]};
  rows_ = sqlite::Seeker(*db_, &view_.table());
  db_->for_each_row(view_.table(), [&](const sqlite::Row& row) {
    const std::string jid = sqlite::RowView(view_, row).text(jid_, db_->header().encoding);
    if (!jid.empty() && row.rowid) by_jid_.try_emplace(jid, *row.rowid);
    return by_jid_.size() < kMost;
  });
}

bool AddressBook::name(sqlite::Fields& fields, const char* key, const std::string& jid) {
  const auto found = by_jid_.find(jid);
  if (found == by_jid_.end()) return false;
  const sqlite::Row* row = rows_.find(found->second);
  if (row == nullptr) return false;
  const sqlite::RowView contact(view_, *row);
  for (const int column : names_)
    if (fields.text(key, contact, column, files_, db_->header().encoding)) return true;
  return false;
}

Jids::Jids(sqlite::Fields& fields) : fields_(fields) {
  sqlite::Database& db = fields.db();
  view_ = sqlite::TableView(db.table("jid"));
  if (view_.there()) {
    user_ = view_["user"];
    server_ = view_["server"];
    raw_ = view_["raw_string"];
    type_ = view_["type"];
    rows_ = sqlite::Seeker(db, &view_.table());
    db.for_each_row(view_.table(), [&](const sqlite::Row& row) {
      if (!row.rowid) return true;
      const sqlite::RowView jid(view_, row);
      std::string raw = jid.text(raw_, fields.encoding());
      if (raw.empty())
        raw = jid.text(user_, fields.encoding()) + '@' + jid.text(server_, fields.encoding());
      by_text_.try_emplace(std::move(raw), *row.rowid);
      return by_text_.size() < kMost;
    });
  }
  sqlite::TableView map(db.table("jid_map"));
  const int lid = map["lid_row_id"];
  const int phone = map["jid_row_id"];
  if (lid < 0 || phone < 0) return;
  db.for_each_row(map.table(), [&](const sqlite::Row& row) {
    const sqlite::RowView pair(map, row);
    const auto from = pair.integer(lid);
    const auto to = pair.integer(phone);
    if (from && to && *from != *to) phone_of_lid_.try_emplace(*from, *to);
    return phone_of_lid_.size() < kMost;
  });
}

std::string Jids::text(std::int64_t row) {
  const sqlite::Row* found = rows_.find(row);
  if (found == nullptr) return {};
  const sqlite::RowView jid(view_, *found);
  std::string raw = jid.text(raw_, fields_.encoding());
  if (!raw.empty()) return raw;
  return jid.text(user_, fields_.encoding()) + '@' + jid.text(server_, fields_.encoding());
}

std::int64_t Jids::resolved(std::int64_t row) {
  const auto found = phone_of_lid_.find(row);
  return found == phone_of_lid_.end() ? row : found->second;
}

std::int64_t Jids::find(const std::string& jid) const {
  const auto found = by_text_.find(jid);
  return found == by_text_.end() ? 0 : found->second;
}

void Jids::put(const char* account, const char* phone, std::int64_t row) {
  const sqlite::Row* found = rows_.find(row);
  if (found == nullptr) return;
  const sqlite::RowView jid(view_, *found);
  if (!fields_.text(account, jid, raw_)) {
    fields_.word(account, fields_.keep(text(row)), kJidRule, jid, user_);
  } else {
    // The columns beside repeat parts of it.
    const std::string raw = text(row);
    if (!raw.starts_with(jid.text(user_, fields_.encoding()))) fields_.extra(jid, user_);
    if (!raw.ends_with(jid.text(server_, fields_.encoding()))) fields_.extra(jid, server_);
    // 0 is a person and 1 a group, as the server says, too.
    const auto type = jid.integer(type_);
    if (type && *type != 0 && !(*type == 1 && server_of(raw) == "g.us")) fields_.extra(jid, type_);
  }
  const std::string number = phone_of(text(row));
  if (phone != nullptr && !number.empty())
    fields_.word(phone, fields_.keep(number), kJidRule, jid, user_);
}

std::int64_t People::known(const Person& person) {
  const auto found = numbers_.find(person);
  return found == numbers_.end() ? 0 : found->second;
}

std::int64_t People::add(const Person& person) {
  const std::int64_t number = next_++;
  if (numbers_.size() < kMost) numbers_.emplace(person, number);
  return number;
}

std::int64_t People::by_row(std::int64_t conversation, std::int64_t jid_row,
                            const sqlite::RowView& row, int column) {
  if (jid_row <= 0) return 0;
  const std::int64_t resolved = jids_.resolved(jid_row);
  const auto asked = by_row_.find({conversation, resolved});
  if (asked != by_row_.end()) return asked->second;
  const std::string jid = jids_.text(resolved);
  if (!jid.empty() && jid == owner_jid_) return owner(conversation, row, column);
  const Person person = {conversation, jid.empty() ? "#" + std::to_string(jid_row) : jid};
  std::int64_t number = known(person);
  if (number == 0) {
    number = add(person);
    fields_.start(FX_KIND_PARTICIPANT, number);
    fields_.ref("conversation", conversation, row, column);
    if (jid.empty()) {
      // Nobody is lost because a table is: the number of the missing row is all there is.
      fields_.extra("jid_row_id", row, column);
    } else {
      book_.name(fields_, "name", jid);
      jids_.put("account", "phone", resolved);
      if (resolved != jid_row)
        fields_.extra_word("lid", fields_.keep(jids_.text(jid_row)), "whatsapp.jid-map", row,
                           column);
    }
    fields_.emit();
  }
  jids_.mark(resolved);
  jids_.mark(jid_row);
  if (by_row_.size() < kMost) by_row_[{conversation, resolved}] = number;
  return number;
}

std::int64_t People::by_text(std::int64_t conversation, const std::string& jid,
                             const sqlite::RowView& row, int column) {
  if (jid.empty()) return 0;
  if (const std::int64_t jid_row = jids_.find(jid))
    return by_row(conversation, jid_row, row, column);
  if (jid == owner_jid_) return owner(conversation, row, column);
  const Person person = {conversation, jid};
  if (const std::int64_t number = known(person)) return number;
  const std::int64_t number = add(person);
  fields_.start(FX_KIND_PARTICIPANT, number);
  fields_.ref("conversation", conversation, row, column);
  book_.name(fields_, "name", jid);
  if (!fields_.text("account", row, column))
    fields_.word("account", fields_.keep(jid), kJidRule, row, column);
  if (const std::string phone = phone_of(jid); !phone.empty())
    fields_.word("phone", fields_.keep(phone), kJidRule, row, column);
  fields_.emit();
  return number;
}

std::int64_t People::owner(std::int64_t conversation, const sqlite::RowView& row, int column) {
  const Person person = {conversation, std::string()};
  if (const std::int64_t number = known(person)) return number;
  const std::int64_t number = add(person);
  fields_.start(FX_KIND_PARTICIPANT, number);
  fields_.ref("conversation", conversation, row, column);
  fields_.number("owner", 1, "whatsapp.from-me", row, column);
  if (!owner_jid_.empty()) {
    book_.name(fields_, "name", owner_jid_);
    fields_.record().derived("account", owner_jid_, "whatsapp.own-jid", owner_span_);
    if (const std::string phone = phone_of(owner_jid_); !phone.empty())
      fields_.record().derived("phone", fields_.keep(phone), "whatsapp.own-jid", owner_span_);
  }
  fields_.emit();
  return number;
}

}  // namespace whatsapp_android
