#pragma once
// Who is who: participants, one for each person in a conversation, and the names that the database
// has for an identity.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "parts.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_ios {

// The telephone number in an identity "49...@s.whatsapp.net", with "+" before it; else empty.
std::string phone_of(std::string_view jid);
bool is_group(std::string_view jid);
// Has one of WhatsApp's servers behind the "@".
bool is_jid(std::string_view text);

// Where an identity stands: in a column, or in a part of one.
struct Identity {
  std::string jid;
  const sqlite::RowView* row = nullptr;
  int column = -1;
  Part part;  // instead of the column
};

class People {
 public:
  static constexpr std::size_t kMostNames = std::size_t{1} << 19;
  static constexpr std::size_t kMostParticipants = std::size_t{1} << 20;

  People(sqlite::Fields& fields, Parts& parts);

  // Reads the names that other tables have: of contacts with a chat of their own, then those that
  // people gave themselves. The rows of ZWAPROFILEPUSHNAME become contacts.
  void read_names();

  // The participant; emitted where it is new. 0 where there are too many.
  std::int64_t of(std::int64_t conversation, const Identity& identity);
  // The same with the name in a column of the identity's row.
  std::int64_t of(std::int64_t conversation, const Identity& identity, int name_column);
  // The owner of the device; `row` is what shows that there is one.
  std::int64_t owner(std::int64_t conversation, const sqlite::RowView& row, int column);

  // The owner's identity, where a notice was addressed to it.
  void set_owner(std::string jid) { owner_ = std::move(jid); }
  const std::string& owner_jid() const { return owner_; }
  bool limited() const { return limited_; }

 private:
  struct Name {
    bool pushed = false;  // ZWAPROFILEPUSHNAME, else ZWACHATSESSION
    std::int64_t rowid = 0;
  };
  void name_of(const std::string& jid);
  std::int64_t next(std::int64_t conversation, const std::string& jid);

  sqlite::Fields& fields_;
  Parts& parts_;
  sqlite::TableView chats_;
  sqlite::TableView pushed_;
  int partner_name_ = -1;
  int push_name_ = -1;
  sqlite::Seeker chat_rows_;
  sqlite::Seeker push_rows_;
  std::unordered_map<std::string, Name> names_;
  std::map<std::pair<std::int64_t, std::string>, std::int64_t> participants_;
  std::string owner_;
  std::int64_t count_ = 0;
  bool limited_ = false;
};

}  // namespace whatsapp_ios
