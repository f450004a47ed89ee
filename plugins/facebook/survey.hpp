#pragma once
// What sort of file of an export an input is, and what it says around its lists. A first walk over
// the file: the title of a thread stands behind its messages.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "json/defects.hpp"
#include "walk.hpp"

namespace facebook {

enum class Family {
  none,
  thread,        // messages with sender_name and timestamp_ms
  secure,        // the same of end-to-end encrypted chats: senderName and timestamp
  threads_2020,  // Instagram until 2020: a list of threads, each with its "conversation"
  section,       // any other list or object of an export
};

struct LooseValue {
  std::string path;
  std::string key;
  json::Kind kind{};
  json::Form form{};
  fx_span span{};
  std::string raw;
};

struct Survey {
  Family family = Family::none;
  std::vector<LooseValue> loose;  // the first ones; the walk that reads meets them again
  std::uint64_t loose_count = 0;
  std::uint64_t participants = 0;
  bool instagram = false;

  const LooseValue* find(std::string_view path) const;
  Walk::Shape shape() const;
};

constexpr std::size_t kMostLoose = 512;

// Defects are passed over in silence: the second walk tells them.
class NoDefects final : public json::DefectSink {
 public:
  void found(json::Defect, std::uint64_t, std::uint64_t) override {}
};

Survey survey_of(const fx::Host& host);

}  // namespace facebook
