#pragma once
// What the parts of one report share: where to read, where to write, which page holds what, and
// what was learned on the way for the cover, which is written last.

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "casefile/case.hpp"
#include "casefile/reader.hpp"
#include "report/pages.hpp"
#include "report/sources.hpp"
#include "timeline/events.hpp"

namespace forensics::report {

// The page on which a numbered thing stands: pages in order, each known by its first number.
class PageMap {
 public:
  void put(std::int64_t number, std::size_t page) {
    if (page > first_.size()) first_.resize(page, number);
  }
  std::size_t page_of(std::int64_t number) const {
    const auto behind = std::upper_bound(first_.begin(), first_.end(), number);
    return std::max<std::size_t>(static_cast<std::size_t>(behind - first_.begin()), 1);
  }
  std::size_t pages() const { return first_.size(); }

 private:
  std::vector<std::int64_t> first_;
};

// One state of a plugin that took part.
struct PluginUse {
  std::string id, version;
  Digest sha256{};
  auto operator<=>(const PluginUse&) const = default;
};

// What later parts look up about a conversation.
struct Thread {
  PageMap pages;
  timeline::Assertions assertions;
};

struct Learned {
  std::map<std::string, std::int64_t> levels;  // isolation level: runs
  std::map<PluginUse, std::int64_t> plugins;   // runs
  std::int64_t runs_incomplete = 0;
  std::int64_t warnings = 0, errors = 0;  // notes of runs
  std::int64_t undecided_readings = 0;    // artifacts with an open date order
  std::int64_t messages = 0;              // shown
  std::int64_t untimed = 0;               // of these: without a readable time
  std::int64_t open_dates = 0;            // of these: with two readings, none of them asserted
  std::int64_t placed = 0;                // of these: with a known UTC
  std::int64_t attachments_shown = 0;     // as picture, sound or film
};

struct Context {
  const casefile::OpenCase& open;
  const casefile::Reader& reader;
  Site& site;
  Sources& sources;
  std::string checked;  // what was verified before, in a sentence; empty: nothing
  PageMap artifact_pages;
  std::map<std::int64_t, casefile::Exhibit> exhibits;
  std::map<std::int64_t, Thread> threads;  // by conversation
  Learned learned;

  Address artifact_address(std::int64_t id) const {
    return Address("artifacts").page(artifact_pages.page_of(id)).at(Address("A{:06}", id));
  }
  Address message_address(std::int64_t conversation, std::int64_t number) const {
    const auto thread = threads.find(conversation);
    const std::size_t page = thread == threads.end() ? 1 : thread->second.pages.page_of(number);
    return Address("c{:04}", conversation).page(page).at(message_anchor(conversation, number));
  }
  static Address message_anchor(std::int64_t conversation, std::int64_t number) {
    return Address("C{:04}-M{:06}", conversation, number);
  }
};

// The parts, in the order in which they are written: each fills what later ones look up. The method
// page and the cover follow; see cover.hpp.
Status write_artifacts(Context& context);
Status write_coverage(Context& context);
Status write_conversations(Context& context);
Status write_timeline(Context& context);

}  // namespace forensics::report
