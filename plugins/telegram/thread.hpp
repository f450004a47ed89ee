#pragma once
// The conversation that is being read, and which messages of it were seen.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "writer.hpp"

namespace telegram {

// Message ids that were seen, as intervals: they mostly count up.
class SeenIds {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 19;

  void add(std::int64_t id);
  bool contains(std::int64_t id) const;
  bool is_full() const { return ranges_.size() >= kMost; }

 private:
  std::map<std::int64_t, std::int64_t> ranges_;  // first to last
};

struct Thread {
  std::int64_t ref = 0;
  std::string type;  // as the source has it
  std::string peer;  // of a chat of two the id of the other, as "user5"; empty: not proved
  SeenIds seen;
  std::uint64_t messages = 0;
  std::uint64_t dangling = 0;
  bool is_posts = false;  // stories, profile pictures: no messages of a chat

  // A reply to `id` at `where`, after everything before it was seen.
  void reply(const fx::Host& host, std::int64_t id, const fx_span& where);
  // What is missing, as far as the conversation shows it.
  void finish(const fx::Host& host, bool owner_alone);
};

}  // namespace telegram
