#pragma once
// A case on disk: a folder that holds everything known about one investigation.
//
//   case.json        format version and case UUID; written once
//   ledger/ keys/    see ledger/ledger.hpp
//   objects/ab/...   evidence bytes by SHA-256, read-only; see object_store.hpp
//   case.db          see schema.hpp; rebuildable
//   verify_case.py   the stand-alone verifier and its parts; see shipped_files.hpp
//   reports/ lock
//
// One writer at a time holds the lock; readers are always welcome.

#include <memory>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/json.hpp"
#include "casefile/database.hpp"
#include "ledger/head.hpp"

namespace forensics::casefile {

struct CaseFacts {
  std::string uuid;    // RFC 9562, lower case
  std::string number;  // the agency's number
  std::string title;
  std::string examiner;
  std::string agency;
  std::string authority;  // legal authority: order, warrant, consent
  std::string created;    // RFC 3339, UTC
  std::string version;    // of the program that made it
};

struct CasePaths {
  std::string root;
  std::string facts() const { return root + "/case.json"; }
  std::string database() const { return root + "/case.db"; }
  std::string objects() const { return root + "/objects"; }
  std::string reports() const { return root + "/reports"; }
  std::string lock() const { return root + "/lock"; }
};

// Written to case.json; a higher number means that a newer version made the case.
inline constexpr std::int64_t kCaseVersion = 1;

std::string serialise(const CaseFacts& facts);  // the content of case.json

// The path of a stored object: objects/<first two hex digits>/<64 hex digits>.
std::string object_path(const CasePaths& paths, const Digest& digest);

// Reads case.json. ErrorCode::not_found: no case there; ::newer: made by a newer version.
Result<CaseFacts> read_facts(const CasePaths& paths);

// What the first entry of the ledger states of the case stands in place of what `facts` says.
CaseFacts as_stated(CaseFacts facts, const ledger::Entry& genesis);

// case.json is there for people and for a quick start; the signed first entry of the ledger states
// the same. ErrorCode::integrity: the two differ. A case without a ledger states nothing.
Status require_stated(const CasePaths& paths, const CaseFacts& facts);

// A case opened for reading: its facts and its database as it stands at this moment. What a writer
// adds meanwhile is not seen, so that all that one reader says goes together.
struct OpenCase {
  CasePaths paths;
  CaseFacts facts;
  Database database;
};
Result<OpenCase> open_case(const std::string& root);

}  // namespace forensics::casefile
