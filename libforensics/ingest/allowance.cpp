#include "ingest/allowance.hpp"

#include <algorithm>

namespace forensics::ingest {
namespace {

// As for a single archive: below this much the ratio says nothing.
constexpr std::uint64_t kRatioFrom = std::uint64_t{64} << 20;

constexpr const char* kBelow =
    "WITH RECURSIVE below (id, size) AS ("
    " SELECT id, size FROM artifact WHERE parent = ?1"
    " UNION ALL SELECT artifact.id, artifact.size FROM artifact JOIN below"
    " ON artifact.parent = below.id)"
    " SELECT count(*), coalesce(sum(size), 0) FROM below";
constexpr const char* kMembers =
    "SELECT count(*), coalesce(sum(size), 0) FROM artifact WHERE parent = ?1";

std::uint64_t less(std::uint64_t whole, std::uint64_t part) {
  return whole - std::min(whole, part);
}

}  // namespace

Result<Allowance::Unpacked> Allowance::count(const char* query, std::int64_t artifact) const {
  casefile::Statement select = TRY(database_.prepare(query));
  TRY(select.bind(1, artifact).step());
  return Unpacked{static_cast<std::uint64_t>(select.integer(1)),
                  static_cast<std::uint64_t>(select.integer(0))};
}

Result<Allowance::Share> Allowance::share_of(const casefile::Artifact& archive) {
  const casefile::Reader reader(database_);
  casefile::Artifact outermost = archive;
  while (outermost.parent) {
    auto parent = TRY(reader.artifact(*outermost.parent));
    if (!parent) break;
    outermost = std::move(*parent);
  }
  auto found = by_outermost_.find(outermost.id);
  if (found == by_outermost_.end())
    found = by_outermost_.emplace(outermost.id, TRY(count(kBelow, outermost.id))).first;
  current_ = &found->second;

  const Unpacked own = TRY(count(kMembers, archive.id));
  const std::uint64_t bytes_before = less(current_->bytes, own.bytes);
  const std::uint64_t members_before = less(current_->members, own.members);
  std::uint64_t in_proportion = 0;
  if (__builtin_mul_overflow(static_cast<std::uint64_t>(outermost.size), limits_.ratio,
                             &in_proportion))
    in_proportion = limits_.total_bytes;

  Share share{limits_, bytes_before == 0 && members_before == 0, false, outermost.path};
  // Alone, an archive is judged by its own limits, and by those that say why.
  if (share.is_whole) return share;
  const std::uint64_t most = std::min(limits_.total_bytes, std::max(kRatioFrom, in_proportion));
  share.limits.total_bytes = less(most, bytes_before);
  share.limits.members = less(limits_.members, members_before);
  share.is_used_up = share.limits.total_bytes == 0 || share.limits.members == 0;
  return share;
}

void Allowance::take(std::uint64_t bytes) {
  current_->bytes += bytes;
  ++current_->members;
}

}  // namespace forensics::ingest
