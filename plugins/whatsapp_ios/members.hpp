#pragma once
// Who is and was in a group: ZWAGROUPMEMBER, and the changes that ZWAGROUPMEMBERSCHANGE keeps.

#include <cstdint>
#include <unordered_map>

#include "chats.hpp"
#include "people.hpp"

namespace whatsapp_ios {

class Members {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 20;

  Members(sqlite::Fields& fields, People& people, Chats& chats);

  void read();
  // The participant of a row of ZWAGROUPMEMBER; 0 where there is none.
  std::int64_t find(std::int64_t rowid) const;
  // Rows of ZWAGROUPMEMBERSCHANGE as notices; each takes a number from `messages`.
  void read_changes(std::int64_t& messages);
  bool limited() const { return limited_; }

 private:
  sqlite::Fields& fields_;
  People& people_;
  Chats& chats_;
  sqlite::TableView view_;
  sqlite::TableView changes_;
  std::unordered_map<std::int64_t, std::int64_t> participants_;
  bool limited_ = false;
};

}  // namespace whatsapp_ios
