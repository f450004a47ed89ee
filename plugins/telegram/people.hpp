#pragma once
// The participants of one conversation and the numbers of all records.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "html/bytes.hpp"
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
  // Whom a page shows by a name at `where`, and tells from others of that name by `looks`. `fill`
  // puts what is known into the new record.
  template <class Fill>
  std::int64_t find_shown(std::string_view name, std::string_view looks, html::Range where,
                          Fill fill) {
    bool is_new = false;
    const std::int64_t ref = known("\n" + std::string(name) + "\n" + std::string(looks), is_new);
    if (!is_new) return ref;
    fx::Record& record = writer_.apart(FX_KIND_PARTICIPANT, ref, where.offset);
    record.ref("conversation", conversation_, kReference, fx::span(where.offset, 0));
    fill(record);
    writer_.emit_apart();
    return ref;
  }

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
