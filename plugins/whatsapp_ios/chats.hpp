#pragma once
// Conversations: ZWACHATSESSION with ZWAGROUPINFO, and those that messages speak of although the
// database does not have them.

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <unordered_map>

#include "people.hpp"
#include "sqlite/carve.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_ios {

struct Chat {
  std::int64_t ref = 0;
  std::string jid;
  std::int64_t rowid = 0;  // 0: the database does not have it
  // For what can be inferred from them.
  std::uint64_t messages = 0;
  double newest = -std::numeric_limits<double>::infinity();
};

class Chats {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 18;

  Chats(sqlite::Fields& fields, People& people);

  void read();

  // The chat of that row id; null where the database has none.
  Chat* find(std::int64_t rowid);
  Chat* find_jid(const std::string& jid);
  // A conversation for a record whose chat is not there: one for each number or identity that is
  // said. `row` is the record that says it.
  Chat& missing(std::optional<std::int64_t> rowid, const std::string& jid,
                const sqlite::RowView& row);

  void recovered(const sqlite::Recovered& found);

  std::map<std::int64_t, Chat>& by_rowid() { return chats_; }
  bool limited() const { return limited_; }

 private:
  struct Columns {
    explicit Columns(const sqlite::Table* table);
    sqlite::TableView view;
    int rowid, jid, name, type, removed, archived, hidden, group, identifier, last_text, saved;
  };
  void emit(const Columns& columns, const sqlite::RowView& row, std::int64_t ref,
            const sqlite::Recovered* found);
  void group_info(const Columns& columns, const sqlite::RowView& chat);
  void leftover_groups();
  void link_identities(const Columns& columns, const sqlite::RowView& row, const std::string& jid);

  sqlite::Fields& fields_;
  People& people_;
  Columns columns_;
  sqlite::TableView groups_;
  int group_created_ = -1;
  int group_creator_ = -1;
  sqlite::Seeker group_rows_;
  std::map<std::int64_t, bool> joined_;  // group infos
  std::map<std::int64_t, Chat> chats_;   // by row id
  std::map<std::string, std::int64_t> by_jid_;
  std::map<std::string, Chat> missing_;  // by what is said of them
  std::int64_t count_ = 0;
  bool limited_ = false;
};

}  // namespace whatsapp_ios
