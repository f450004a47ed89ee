#include "thread.hpp"

namespace telegram {
namespace {

constexpr std::uint64_t kListed = 20;

}  // namespace

void SeenIds::add(std::int64_t id) {
  auto after = ranges_.upper_bound(id);
  if (after != ranges_.begin()) {
    const auto before = std::prev(after);
    if (id <= before->second) return;
    if (id - 1 == before->second) {
      before->second = id;
      if (after != ranges_.end() && after->first - 1 == id) {
        before->second = after->second;
        ranges_.erase(after);
      }
      return;
    }
  }
  if (after != ranges_.end() && after->first - 1 == id) {
    const std::int64_t last = after->second;
    ranges_.erase(after);
    ranges_.emplace(id, last);
    return;
  }
  if (!is_full()) ranges_.emplace(id, id);
}

bool SeenIds::contains(std::int64_t id) const {
  const auto after = ranges_.upper_bound(id);
  return after != ranges_.begin() && id <= std::prev(after)->second;
}

void Thread::reply(const fx::Host& host, std::int64_t id, const fx_span& where) {
  if (seen.contains(id) || seen.is_full()) return;
  if (++dangling <= kListed)
    host.note(FX_INFO, where, "dangling-reply",
              "the message that is answered does not stand before its answer: deleted, outside of "
              "the export, or in another thread");
}

void Thread::finish(const fx::Host& host, bool owner_alone) {
  if (dangling > kListed)
    host.note(FX_INFO, fx::span(0, 0), "dangling-reply",
              std::to_string(dangling) + " answers in all of this conversation");
  const bool is_shared = type.ends_with("group") || type.ends_with("channel");
  if (is_shared && owner_alone)
    host.note(FX_WARNING, fx::span(0, 0), "own-messages-only",
              "every message of this " + type +
                  " is the owner's: an account export leaves out "
                  "what others wrote in groups and channels, unless asked for it; their silence "
                  "follows from nothing here");
}

}  // namespace telegram
