#pragma once
// A message of a page as records.

#include <optional>
#include <string>

#include "clock.hpp"
#include "page_fields.hpp"
#include "people.hpp"
#include "signs.hpp"
#include "thread.hpp"

namespace telegram {

class PageMessages {
 public:
  PageMessages(Writer& writer, html::Values& values, People& people, Signs& signs, Numbers& numbers)
      : writer_(writer),
        fields_(writer, values),
        people_(people),
        signs_(signs),
        numbers_(numbers) {}

  // A message or service message of `thread`.
  void read(Thread& thread, const Block& block);
  // The day that the following service messages are of.
  void day(const Block& block);
  void finish() const;

 private:
  struct Said {
    html::Range name;  // of the sender, or of whom it was forwarded from
    std::int64_t sender = 0;
  };

  void read_message(Thread& thread, fx::Record& record);
  void put_sender(const Block& block);
  void put_time(fx::Record& record);
  void put_day(fx::Record& record);
  void put_reply(Thread& thread, fx::Record& record);
  void put_forward(fx::Record& record, const Block& block);
  std::int64_t person(const Piece& name, html::Range where);

  Writer& writer_;
  PageFields fields_;
  People& people_;
  Signs& signs_;
  Numbers& numbers_;

  Said last_;                // of the message before on this page
  html::Range forward_;      // the name that the forward before was from
  html::Range via_bot_;      // in the name at hand
  std::int64_t sender_ = 0;  // of the message at hand
  html::Range sender_at_;
  std::optional<std::int64_t> day_;
  html::Range day_at_;
  std::map<std::int32_t, std::uint64_t> offsets_;
  std::uint64_t without_offset_ = 0;
};

// Files, places, cards, calls and polls of the block that `fields` holds.
void attach_page_media(Writer& writer, PageFields& fields, std::int64_t message);
void attach_page_poll(Writer& writer, PageFields& fields, std::int64_t message);
void attach_page_reactions(Writer& writer, PageFields& fields, People& people,
                           std::int64_t message);
// What a message of these pieces is.
std::string_view page_type(const Block& block);

}  // namespace telegram
