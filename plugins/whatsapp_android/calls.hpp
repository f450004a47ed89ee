#pragma once
// `call_log` and `missed_call_logs`: each call is a message of its thread, so that it is in the
// timeline, with a call record on it.

#include <cstdint>

#include "beside.hpp"
#include "chats.hpp"
#include "people.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_android {

class Calls {
 public:
  Calls(sqlite::Fields& fields, Chats& chats, People& people);

  // `messages` are those of table message, which may have a row for a call.
  void emit_all(const sqlite::RowNumbers& messages, std::int64_t& next);
  void emit_recovered(const sqlite::Recovered& found, std::int64_t& next);

 private:
  struct Columns {
    explicit Columns(sqlite::TableView& view);
    int id, jid, from_me, call_id, time, video, duration, result, group;
  };

  void call(const sqlite::RowView& row, const Columns& at, std::int64_t message, std::int64_t& next,
            const sqlite::Recovered* found);
  void missed(const sqlite::RowNumbers& messages, std::int64_t& next);

  sqlite::Fields& fields_;
  Chats& chats_;
  People& people_;
  sqlite::TableView view_;
  Columns at_;
  Beside members_, links_;
};

}  // namespace whatsapp_android
