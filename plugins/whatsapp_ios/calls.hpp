#pragma once
// CallHistory.sqlite: each call as a message of the conversation with the other side, and a call
// record bound to it.

#include <cstdint>
#include <string>

#include "chats.hpp"
#include "people.hpp"
#include "sqlite/carve.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_ios {

class Calls {
 public:
  Calls(sqlite::Fields& fields, People& people, Chats& chats, std::int64_t& messages);

  void read();
  void recovered(const sqlite::Recovered& found);

 private:
  struct Columns {
    explicit Columns(const sqlite::Table* table);
    sqlite::TableView view;
    int rowid, date, duration, outcome, creator, group, id, aggregate;
  };
  void call(const Columns& columns, const sqlite::RowView& row, const sqlite::Recovered* found);
  void choose_join();
  void joinable();
  void leftovers();
  std::int64_t joined_by(const Columns& columns, const sqlite::RowView& row) const;

  sqlite::Fields& fields_;
  People& people_;
  Chats& chats_;
  std::int64_t& messages_;
  Columns columns_;
  sqlite::TableView aggregates_;
  int incoming_, missed_, video_, first_date_;
  sqlite::Seeker aggregate_rows_;
  sqlite::TableView participants_;
  int participant_jid_, participant_call_;
  sqlite::Lookup participants_of_;
  bool by_rowid_ = true;  // participants name the row id of their call, not that of the aggregate
};

}  // namespace whatsapp_ios
