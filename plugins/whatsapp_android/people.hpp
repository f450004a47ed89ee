#pragma once
// Who wrote and who is in a thread: one participant for each person of each conversation, emitted
// where the person is first met. Names come from the address book wa.db where the exhibit has it,
// numbers from the JID, and a LID is resolved through jid_map.
//
// Memory: a number for each person of each conversation, up to kMost; beyond it people are emitted
// again rather than lost.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "sqlite/fields.hpp"

namespace whatsapp_android {

// The address book as a companion of the message database: names by JID.
class AddressBook {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 18;

  explicit AddressBook(const fx::Host& host);
  // Adds the name of `jid` to the record under construction, from the best column that has one.
  bool name(sqlite::Fields& fields, const char* key, const std::string& jid);

 private:
  sqlite::SeizedFiles files_;
  std::optional<sqlite::Database> db_;
  sqlite::TableView view_;
  sqlite::Seeker rows_;
  int jid_ = -1;
  std::array<int, 5> names_{-1, -1, -1, -1, -1};
  std::unordered_map<std::string, std::int64_t> by_jid_;
};

// The table of JIDs and what resolves one to another.
class Jids {
 public:
  explicit Jids(sqlite::Fields& fields);

  // The JID in words; empty where the row is unknown.
  std::string text(std::int64_t row);
  // The row of the telephone JID behind a LID, else `row` itself.
  std::int64_t resolved(std::int64_t row);
  // The row of a JID in words; 0: none.
  std::int64_t find(const std::string& jid) const;
  // Adds the JID of `row` to the record under construction; `phone` may be null.
  void put(const char* account, const char* phone, std::int64_t row);
  bool there() const { return view_.there(); }
  sqlite::TableView& view() { return view_; }
  void mark(std::int64_t row) { used_[row] = true; }
  bool is_marked(std::int64_t row) const { return used_.contains(row); }

 private:
  static constexpr std::size_t kMost = std::size_t{1} << 18;

  sqlite::Fields& fields_;
  sqlite::TableView view_;
  sqlite::Seeker rows_;
  int user_ = -1;
  int server_ = -1;
  int raw_ = -1;
  int type_ = -1;
  std::unordered_map<std::int64_t, std::int64_t> phone_of_lid_;
  std::unordered_map<std::string, std::int64_t> by_text_;
  std::unordered_map<std::int64_t, bool> used_;
};

class People {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 18;

  People(sqlite::Fields& fields, Jids& jids, AddressBook& book)
      : fields_(fields), jids_(jids), book_(book) {}

  // The participant of a conversation, for a record of `row` that names it in `column`. Emits it
  // when it is new, so ask before a record is begun. 0: nobody is named.
  std::int64_t by_row(std::int64_t conversation, std::int64_t jid_row, const sqlite::RowView& row,
                      int column);
  std::int64_t by_text(std::int64_t conversation, const std::string& jid,
                       const sqlite::RowView& row, int column);
  // The owner of the device.
  std::int64_t owner(std::int64_t conversation, const sqlite::RowView& row, int column);

  // Who that is, and where it stands.
  void set_owner(std::string jid, const fx_span& where) {
    owner_jid_ = std::move(jid);
    owner_span_ = where;
  }

 private:
  using Person = std::pair<std::int64_t, std::string>;

  std::int64_t known(const Person& person);
  std::int64_t add(const Person& person);

  sqlite::Fields& fields_;
  Jids& jids_;
  AddressBook& book_;
  std::string owner_jid_;
  fx_span owner_span_ = fx::span(0, 0);
  std::map<Person, std::int64_t> numbers_;
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> by_row_;
  std::int64_t next_ = 1;
};

}  // namespace whatsapp_android
