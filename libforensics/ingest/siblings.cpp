#include "ingest/siblings.hpp"

namespace forensics::ingest {
namespace {

constexpr std::int64_t kMaxSiblings = 50'000;

}  // namespace

std::string file_name(const std::string& path) {
  return path.substr(path.find_last_of('/') + 1);
}

std::string folder_of(const std::string& path) {
  return path.substr(0, path.find_last_of('/') + 1);
}

Result<std::vector<plugin::Sibling>> siblings_of(const casefile::Database& database,
                                                 const casefile::Artifact& artifact) {
  const std::string folder = folder_of(artifact.path);
  std::string past = folder;  // the first path that is not below the folder
  if (!past.empty()) past.back() = '/' + 1;
  casefile::Statement select = TRY(database.prepare(
      "SELECT path, size, modified, modified_kind FROM artifact WHERE exhibit = ?1 AND path >= ?2"
      " AND (?3 = x'' OR path < ?3) AND id <> ?4 AND instr(substr(path, ?5), x'2F') = 0"
      " ORDER BY path LIMIT ?6"));
  select.bind(1, artifact.exhibit)
      .bind_blob(2, folder)
      .bind_blob(3, past)
      .bind(4, artifact.id)
      .bind(5, static_cast<std::int64_t>(folder.size()) + 1)
      .bind(6, kMaxSiblings);
  std::vector<plugin::Sibling> siblings;
  while (TRY(select.step())) {
    plugin::Sibling sibling;
    sibling.name = file_name(std::string(select.blob(0)));
    sibling.length = static_cast<std::uint64_t>(select.integer(1));
    sibling.modified = select.integer(2);
    sibling.has_modified = select.is_null(2) ? 0 : static_cast<std::uint32_t>(select.integer(3));
    siblings.push_back(std::move(sibling));
  }
  return siblings;
}

}  // namespace forensics::ingest
