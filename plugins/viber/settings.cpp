// Keys and values: viber_prefs of Android and Settings.data of iOS. What they say of the owner
// becomes an account; all else is the application's own business and is skipped, table by table.
// docs/formats/viber.md, section "Settings".

#include <array>
#include <deque>
#include <string>
#include <vector>

#include "reader.hpp"
#include "text.hpp"

namespace viber {
namespace {

constexpr std::size_t kMostKeys = 400;  // that are told

bool contains(std::string_view text, std::string_view part) {
  for (std::size_t at = 0; at + part.size() <= text.size(); ++at)
    if (same_word(text.substr(at, part.size()), part)) return true;
  return false;
}

class Settings final : public Reader {
 public:
  explicit Settings(Records& records) : records_(records), fields_(records.fields) {
    for (const char* name : {"kvdata", "Data"}) {
      view_ = sqlite::TableView(records.db().table(name));
      if (view_.there()) break;
    }
    key_ = view_.any({"key", "object_key"});
    value_ = view_.any({"value", "object_value"});
  }

  bool reads(const sqlite::Table& table) const override {
    return view_.there() && &view_.table() == &table;
  }

  void read() override {
    if (!view_.there()) return;
    std::vector<std::int64_t> personal;
    each([&](const RowView& row, const std::string& key) {
      if (is_personal(key) && row.row().rowid && personal.size() < kMostKeys)
        personal.push_back(*row.row().rowid);
      else
        fields_.skip(row, "viber-setting", "a setting that says nothing of a person");
    });
    tell(personal);
  }

  void recover(const sqlite::Recovered& found) override {
    if (!view_.there() || found.table != &view_.table()) return;
    const RowView row(view_, *found.row);
    const std::string key = row.text(key_, fields_.encoding());
    if (!is_personal(key) || ++recovered_ > kMostKeys) return;
    records_.start(FX_KIND_ACCOUNT, 0, row, &found);
    fields_.word("platform", "viber", "viber.database", row, -1);
    fields_.extra(key, row, value_);
    fields_.emit();
  }

 private:
  template <class Visit>
  void each(const Visit& visit) {
    records_.db().for_each_row(view_.table(), [&](const sqlite::Row& row) {
      const RowView its(view_, row);
      visit(its, its.text(key_, fields_.encoding()));
      return true;
    });
  }

  static bool is_pin(std::string_view key) {
    return contains(key, "hidden_chats_pin") || contains(key, "hiddenChatsPIN");
  }
  static bool is_phone_key(std::string_view key) {
    return contains(key, "canonizedphone") || same_word(key, "_myPhoneNumber") ||
           contains(key, "currentphonenumber") || contains(key, "reg_number") ||
           contains(key, "phone_number_canonized");
  }
  static bool is_name_key(std::string_view key) {
    return contains(key, "myusername") || same_word(key, "display_name");
  }
  static bool is_personal(std::string_view key) {
    constexpr std::array<std::string_view, 15> kWords = {
        "phone",   "number", "username", "name",     "email", "member",   "pin",     "regist",
        "country", "udid",   "birth",    "viber_id", "_uid",  "location", "deviceid"};
    for (const std::string_view word : kWords)
      if (contains(key, word)) return true;
    return false;
  }

  // One record of all of them: they are about one person.
  void tell(const std::vector<std::int64_t>& personal) {
    std::deque<sqlite::Row> rows;
    for (const std::int64_t id : personal)
      if (sqlite::Row row; records_.db().find_row(view_.table(), id, row))
        rows.push_back(std::move(row));
    if (rows.empty()) return;
    records_.start(FX_KIND_ACCOUNT, 0, RowView(view_, rows.front()));
    fields_.word("platform", "viber", "viber.database", RowView(view_, rows.front()), -1);
    bool phone = false;
    bool name = false;
    for (const sqlite::Row& each : rows) {
      const RowView row(view_, each);
      const std::string key = row.text(key_, fields_.encoding());
      if (!phone && is_phone_key(key) && is_phone(row.text(value_, fields_.encoding()))) {
        phone = fields_.text("phone", row, value_);
        fields_.number("owner", 1, "viber.own-settings", row, key_);
      } else if (!name && is_name_key(key)) {
        name = fields_.text("name", row, value_);
      }
      fields_.extra(key, row, value_);
      fields_.rest(row);
    }
    fields_.emit();
    for (const sqlite::Row& each : rows) {
      const RowView row(view_, each);
      if (&each != &rows.front()) fields_.joined(row);
      if (is_pin(row.text(key_, fields_.encoding())))
        records_.host().note(FX_INFO, fields_.span(row, value_), "hidden-chats-pin",
                             "there are chats hidden behind a PIN: its digest stands here, and was "
                             "not broken");
    }
  }

  Records& records_;
  sqlite::Fields& fields_;
  sqlite::TableView view_;
  int key_ = -1;
  int value_ = -1;
  std::size_t recovered_ = 0;
};

}  // namespace

std::unique_ptr<Reader> read_settings(Records& records) {
  return std::make_unique<Settings>(records);
}

}  // namespace viber
