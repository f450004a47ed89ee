#pragma once
// The library's front door: make a case, take evidence in, read it, verify it, report it.
//
//   using namespace forensics;
//   TRY(create_case("case-17", {.number = "2026-0017", .examiner = "A. Examiner"}));
//   IngestReport done =
//       TRY(ingest_evidence("case-17", {"/media/seized/phone-a"}, {.reference = "PHONE-A"}));
//   TRY(for_each_message("case-17", {}, [](const Message& message) {
//     std::cout << message.id << ' ' << message.text << '\n';
//     return true;
//   }));
//
// A case is named by its folder; every function opens it anew, so nothing is held between calls.
// Paths and names from evidence are bytes. Text is UTF-8. Wall clocks are ISO 8601 without offset,
// instants end in 'Z'.
//
// Threads: any number of readers; one writer a case (ErrorCode::busy tells a second one so).

#include <forensics/error.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace forensics {

struct NewCase {
  std::string number;    // the agency's case number; required
  std::string examiner;  // required
  std::string agency;
  std::string title;
  std::string authority;  // order, warrant or consent under which the evidence was seized
};

// ErrorCode::usage: the folder holds a case or anything else, or a required fact is missing.
Status create_case(const std::string& folder, const NewCase& facts);

struct IngestOptions {
  std::string reference;  // of the exhibit, e.g. "PHONE-A"; empty: EX001, EX002, ...
  std::string custodian;
  std::string note;
  int jobs = 2;  // workers under way at once; results do not depend on it
};

struct IngestReport {
  std::uint64_t artifacts = 0;
  std::uint64_t bytes = 0;
  std::uint64_t messages = 0;
  std::uint64_t unexplained_bytes = 0;  // nothing accounts for them: look at the report's coverage
  std::uint64_t unrecognised = 0;       // artifacts that no plugin reads and that are no media
  std::vector<Error> errors;            // located; at most 100
};

// Takes in files and folders, read-only, and everything in them. Goes on where an earlier call was
// killed. ErrorCode::isolation: this machine cannot confine the workers.
Result<IngestReport> ingest_evidence(const std::string& folder,
                                     const std::vector<std::string>& paths,
                                     const IngestOptions& options);

// Where a fact stands: bytes [offset, offset + length) of the artifact with this SHA-256.
struct Provenance {
  std::string exhibit;   // reference
  std::string artifact;  // "A000017"
  std::string path;      // within the exhibit, bytes
  std::string sha256;    // 64 hex digits
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::string plugin;  // id and version
};

struct Message {
  std::string id;            // "C0003-M000124", stable
  std::string conversation;  // "C0003"
  std::string platform;
  std::optional<std::string> sender;  // display name or number; none: the application itself
  std::string type;  // text, media, location, poll, call, contact, deleted, system, ...
  std::string text;
  std::optional<std::string> wall;        // as the source's clock says
  std::optional<std::string> wall_other;  // the other reading where day and month stay open
  Provenance source;
};

struct MessageQuery {
  std::optional<std::string> conversation;  // "C0003"
  std::optional<std::string> sender;        // exact
};

// In the order of conversations and of their sources. Return false to end early. Memory does not
// grow with the case.
Status for_each_message(const std::string& folder, const MessageQuery& query,
                        const std::function<bool(const Message&)>& each);

struct VerifyReport {
  bool intact = false;                // no failure
  std::vector<std::string> failures;  // "CODE where: message"
  std::vector<std::string> warnings;
  std::vector<std::string> limits;  // what this verification cannot show, in whole sentences
};

// Ledger, signatures, objects, records and spans. Writes nothing.
Result<VerifyReport> verify_case(const std::string& folder);

// A folder of static pages at `output`. Returns the path of the first one.
Result<std::string> write_report(const std::string& folder, const std::string& output);

}  // namespace forensics
