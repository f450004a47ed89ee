#pragma once
// Finds the files that messages speak of among the artifacts of their exhibit: by the digest that
// the source states of them, else by where they lay, else by name.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "casefile/database.hpp"
#include "casefile/reader.hpp"

namespace forensics::ingest {

class AttachmentLinks {
 public:
  // `source` is the artifact whose messages they are. Both are borrowed.
  AttachmentLinks(const casefile::Database& database, const casefile::Artifact& source)
      : database_(database), source_(source) {}

  // Gives the attachments of the messages from this one on their state and artifact.
  Status settle(std::int64_t first_message) const;

 private:
  struct Wanted {
    std::string name, path;  // empty: not stated
    std::string digest;
  };
  using Found = std::vector<std::int64_t>;  // one: it is this; several: they cannot be told apart
  Result<Found> find(const Wanted& wanted) const;
  Result<Found> by_digest(const std::string& digest) const;
  Result<Found> by_child(const std::string& name) const;
  Result<Found> below(const std::string& path) const;
  Result<Found> by_path(const std::string& path) const;
  Result<Found> by_backup_id(const std::string& path) const;
  Result<Found> by_name(const std::string& name) const;

  const casefile::Database& database_;
  const casefile::Artifact& source_;
};

}  // namespace forensics::ingest
