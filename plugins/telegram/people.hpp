#pragma once
// The participants of one conversation and the numbers of all records.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "writer.hpp"

namespace telegram {

// An id as the schema of the day writes it: "user5", "channel5", or a bare number that holds both.
// One form for all: user5, chat5, channel5. Empty where the kind cannot be told.
std::string account_of_bare_id(std::string_view digits);
// Of a number that is a user's for certain.
std::string account_of_user(const json::Value& id);

struct Numbers {
  std::int64_t conversation = 0;
  std::int64_t participant = 0;
  std::int64_t message = 0;
};

// Whose export it is, where it says so.
struct Owner {
  std::string account;  // as "user5"; empty: not stated
};

class People {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 18;

  People(Writer& writer, Numbers& numbers, const Owner& owner)
      : writer_(writer), numbers_(numbers), owner_(owner) {}

  void begin(std::int64_t conversation);

  // The participant with that name and id, either of which may be null or absent; its record is
  // emitted where it is the first time. 0 where there is nobody, or too many.
  std::int64_t find(const json::Value& name, const json::Value& id);
  // The user of a bare number, as mentions have it.
  std::int64_t find_user(const json::Value& id);
  // Of a name that stands in the source as `value` at `where`.
  std::int64_t find_name(std::string_view value, const fx_span& where);

  // The id in its one form; empty where there is none.
  static std::string account_of(const json::Value& id);
  bool is_owner(std::string_view account) const {
    return !owner_.account.empty() && account == owner_.account;
  }

  // Whether all who were found by id are the owner, and somebody was.
  bool owner_alone() const { return owner_spoke_ && !others_spoke_; }
  void finish() const;

 private:
  std::int64_t known(const std::string& key, bool& is_new);

  Writer& writer_;
  Numbers& numbers_;
  const Owner& owner_;
  std::int64_t conversation_ = 0;
  std::map<std::string, std::int64_t, std::less<>> people_;
  bool owner_spoke_ = false;
  bool others_spoke_ = false;
  std::uint64_t too_many_ = 0;
};

}  // namespace telegram
