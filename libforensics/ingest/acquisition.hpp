#pragma once
// The `acquire` entry: one artifact taken in, as the ledger says it and as apply() reads it.

#include <cstdint>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/json.hpp"
#include "casefile/object_store.hpp"

namespace forensics::ingest {

struct Acquisition {
  std::int64_t artifact = 0;
  std::int64_t exhibit = 0;
  std::int64_t container = 0;      // artifact number of the archive around it, 0: none
  std::int64_t container_seq = 0;  // ledger entry of that archive
  std::int64_t member = 0;         // position in the archive
  std::int64_t depth = 0;
  std::string path;  // bytes, within the exhibit
  std::string media_type;
  std::optional<casefile::Stored> object;
  std::optional<std::int64_t> modified;
  bool modified_is_utc = false;
  std::string status = "stored";  // stored, unreadable, special
  std::optional<Error> error;
  // Of what a plugin made out of its container:
  std::string method;
  bool verified = false;

  Json body() const;
};

// A path as it is kept: a hostile archive nests names until no entry of the ledger holds them (one name of a zip has
// up to 64 KiB). Of a longer one the beginning, its length and its SHA-256; all of it stands in the archive.
inline constexpr std::size_t kLongestPath = 72 << 10;
std::string kept_path(std::string path);

// Puts bytes of the evidence under `key`, or base64 under `<key>_b64` where they are not UTF-8.
void put_evidence_bytes(Json& body, const std::string& key, const std::string& bytes);

// An error as ledger entries hold it. Its words may quote names of the evidence, which need not be
// UTF-8: they are made legible here, and stand byte for byte in the entry's path.
Json error_json(const Error& error);

}  // namespace forensics::ingest
