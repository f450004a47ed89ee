#pragma once
// ZWAMESSAGEINFO.ZRECEIPTINFO: what became of a message, how people reacted, and what a poll asks.

#include <cstdint>
#include <string>

#include "parts.hpp"
#include "people.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_ios {

class Receipts {
 public:
  Receipts(sqlite::Fields& fields, Parts& parts, People& people);

  bool there() const { return view_.there(); }
  const sqlite::TableView& view() const { return view_; }
  const sqlite::Row* find(std::int64_t rowid);
  std::int64_t message_of(const sqlite::RowView& row) const {
    return row.integer(message_).value_or(0);
  }

  int message_key() const { return message_; }  // the column that names the message

  // The records of one row, bound to the message. Its cell counts as joined.
  void emit(const sqlite::RowView& row, std::int64_t conversation, std::int64_t message);
  // Whether a time was computed from an offset whose meaning is inferred.
  bool inferred() const { return inferred_; }

 private:
  struct Context {
    const sqlite::RowView& row;
    std::int64_t conversation;
    std::int64_t message;
    std::uint64_t base = 0;  // 3: seconds since 1970
  };
  std::string_view info_of(const sqlite::RowView& row) const;
  Identity identity(const Context& context, const protobuf::Field& field, std::size_t base) const;
  void receipt(const Context& context, const protobuf::Field& field);
  void reactions(const Context& context, const protobuf::Field& field);
  void reaction(const Context& context, const protobuf::Field& field, std::size_t base, bool own);
  void poll(const Context& context, const protobuf::Field& field);
  void others(const Context& context);

  sqlite::Fields& fields_;
  Parts& parts_;
  People& people_;
  sqlite::TableView view_;
  int message_ = -1;
  int info_ = -1;
  sqlite::Seeker rows_;
  bool inferred_ = false;
};

}  // namespace whatsapp_ios
