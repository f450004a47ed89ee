#pragma once
// What the readers of all Viber databases share: numbers of records, people of conversations, the
// clock of tokens, and the words that a column's value becomes by a rule.
//
// Memory: a number for each conversation and for each person of each conversation, up to kMost of
// both; behind that messages are given without a sender and say so.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sqlite/fields.hpp"
#include "token.hpp"

namespace viber {

using sqlite::RowView;

// The row behind a record was recovered, or is live (null).
using Found = const sqlite::Recovered*;

class Records {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 18;
  // Conversations that no row stands for.
  static constexpr std::string_view kRecovered = "recovered";
  static constexpr std::string_view kNoChat = "no-chat";
  static constexpr std::string_view kCalls = "calls";

  Records(const fx::Host& host, sqlite::Database& db, const sqlite::SeizedFiles& files)
      : fields(host, db, files), clock(host), host_(host) {}

  sqlite::Fields fields;  // the record under construction
  TokenClock clock;

  const fx::Host& host() const { return host_; }
  sqlite::Database& db() { return fields.db(); }

  // Starts a record on `row`, marked where the row was recovered.
  void start(fx_kind kind, std::int64_t ref, const RowView& row, Found found = nullptr);

  // The conversation that was begun for `id`; 0 where there is none.
  std::int64_t conversation(std::string_view id) const;
  // Starts the record of a new one.
  std::int64_t begin_conversation(std::string_view id, const RowView& row, Found found = nullptr);
  // The one that takes in what has no conversation of its own; made where it is needed.
  std::int64_t shared_conversation(std::string_view id, const RowView& row);

  // The number of a person in a conversation, and whether it is new: then its record is due.
  // 0 where there are too many.
  std::pair<std::int64_t, bool> person(std::int64_t conversation, std::string_view id);
  // Starts the record of a person.
  void begin_person(std::int64_t ref, std::int64_t conversation, const RowView& row);

  // The owner, where the source says no more of him than that something went out.
  std::int64_t nameless_owner(std::int64_t conversation, const RowView& row, int column);

  // The number of a message that no row is asked for by.
  std::int64_t loose_message() { return loose_++; }

  // A word that follows from a column's value by a rule.
  void word(const char* key, std::string_view word, const RowView& row, int column);
  // `code`: "name=value", as the source has it.
  void code(std::string_view name, const RowView& row, int column);
  // That the source's code has no known meaning.
  void unknown_code(std::string_view name, const RowView& row, int column);
  // 1, where the column is not 0.
  void mark(const char* key, const RowView& row, int column);

  // source_id and server_time of the message, and the comparison with its time in ms.
  void token(const RowView& row, int column, std::optional<std::int64_t> sent);

  // A location record where the columns hold one. `type` says whose it is.
  void location(std::int64_t message, std::string_view type, const RowView& row, int latitude,
                int longitude, Found found = nullptr);

  // A contact of the columns `name` and `phone`; further fields are the caller's.
  void begin_contact(std::string_view type, const RowView& row, int name, int phone, int account,
                     Found found = nullptr);

  // Says what the whole artifact showed.
  void finish();

 private:
  const fx::Host& host_;
  std::map<std::string, std::int64_t, std::less<>> conversations_;
  std::map<std::pair<std::int64_t, std::string>, std::int64_t> people_;
  std::int64_t last_conversation_ = 0;
  std::int64_t last_person_ = 0;
  std::int64_t loose_ = std::int64_t{1} << 40;  // behind the numbers of rows
  std::uint64_t too_many_ = 0;
};

// The id of a conversation or a person that a number stands for.
inline std::string id_of(std::optional<std::int64_t> number) {
  return number ? std::to_string(*number) : std::string();
}

// Times that a message can have: 2009 to 2047, in ms since 1970.
bool plausible_time(std::optional<std::int64_t> milliseconds);

}  // namespace viber
