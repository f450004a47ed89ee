#pragma once
// A case opened for reading, and the words that commands use to choose what to read of it.

#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "casefile/case.hpp"
#include "casefile/reader.hpp"
#include "timeline/case_times.hpp"

namespace forensics::cli {

// Bytes of stored objects. Keeps the few that were asked for last open.
class SourceBytes {
 public:
  explicit SourceBytes(casefile::CasePaths paths) : paths_(std::move(paths)) {}

  Result<std::string> read(const Digest& object, std::uint64_t offset, std::uint64_t length);
  // Hashes the whole object. ErrorCode::integrity where it is not what its name says.
  Status check(const Digest& object);

 private:
  Result<const Descriptor*> open(const Digest& object);

  casefile::CasePaths paths_;
  std::map<Digest, Descriptor> open_;
};

struct Reading {
  static Result<std::unique_ptr<Reading>> open(const std::string& root, const std::string& zone);

  explicit Reading(casefile::OpenCase opened)
      : open_case(std::move(opened)),
        reader(open_case.database),
        times(reader),
        bytes(open_case.paths) {}
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  casefile::OpenCase open_case;
  casefile::Reader reader;
  timeline::CaseTimes times;
  SourceBytes bytes;
  std::optional<timeline::Zone> zone;  // to show times in; nullopt: UTC
};

// The options that lists of messages share.
struct Filters {
  std::string root;
  std::string exhibit, conversation, sender, type, from, to, zone, after;
  std::int64_t limit = 0;
};
void add_case_argument(CLI::App& command, std::string& root);
void add_filters(CLI::App& command, Filters& filters);

// ErrorCode::usage: what is named is not in the case, or not of the form.
Result<std::int64_t> exhibit_id(const casefile::Reader& reader, const std::string& reference);
Result<casefile::MessageFilter> message_filter(const casefile::Reader& reader,
                                               const Filters& filters);
Result<casefile::EventFilter> event_filter(const casefile::Reader& reader, const Filters& filters);

}  // namespace forensics::cli
