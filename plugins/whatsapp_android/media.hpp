#pragma once
// What hangs on a message: files, places, contact cards, polls.

#include <cstdint>

#include "beside.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_android {

// `message_media`, or the columns of the older `messages` row.
class Media {
 public:
  Media(sqlite::TableView& view, bool legacy);
  // The attachment of message `message`; `what` is the kind of file where the message says it.
  void emit(sqlite::Fields& fields, std::int64_t message, std::string_view what,
            const sqlite::RowView& row) const;
  // Its columns as they are, to a record under construction.
  void extras(sqlite::Fields& fields, const sqlite::RowView& row) const;
  // Whether an older row has a file.
  bool is_there(const sqlite::RowView& row) const;

 private:
  bool legacy_;
  int path_, name_, mime_, size_, length_, hash_, duration_, pages_, url_, caption_, thumb_;
};

// `message_location`, or the columns of the older `messages` row.
class Place {
 public:
  Place(sqlite::TableView& view, bool legacy);
  void emit(sqlite::Fields& fields, std::int64_t message, bool live,
            const sqlite::RowView& row) const;
  bool is_there(const sqlite::RowView& row) const;

 private:
  bool legacy_;
  int latitude_, longitude_, name_, address_, url_, duration_;
  int last_latitude_, last_longitude_, last_time_;
};

// A contact card (RFC 6350 and what came before) in `column` of `row`.
void emit_card(sqlite::Fields& fields, std::int64_t message, const sqlite::RowView& row,
               int column);

}  // namespace whatsapp_android
