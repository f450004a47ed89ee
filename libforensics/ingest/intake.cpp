#include <sys/stat.h>

#include "evidence/media_type.hpp"
#include "evidence/walk.hpp"
#include "ingest/pipeline.hpp"

namespace forensics::ingest {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;

// Tells whether a file changed while it was read. The time of the last change of the file's own
// facts cannot be set back, as that of its content can, and also changes when its name is taken
// away or given to another file.
struct Stamp {
  std::int64_t size = 0;
  std::int64_t modified = 0, modified_nanoseconds = 0;
  std::int64_t changed = 0, changed_nanoseconds = 0;
  bool operator==(const Stamp&) const = default;
};

Stamp stamp_of(const Descriptor& file) {
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) return {};
  return {facts.st_size, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec, facts.st_ctim.tv_sec,
          facts.st_ctim.tv_nsec};
}

std::string what_it_is(const evidence::WalkEntry& entry) {
  using Kind = evidence::WalkEntry::Kind;
  switch (entry.kind) {
    case Kind::symlink: return "a link to '" + entry.link_target + "': noted, not followed";
    case Kind::fifo: return "a FIFO: noted, not opened";
    case Kind::socket: return "a socket: noted, not opened";
    case Kind::device: return "a device: noted, not opened";
    default: return "not a file: noted";
  }
}

}  // namespace

Status Pipeline::take_in(std::int64_t exhibit, evidence::Walk& walk) {
  while (const auto entry = walk.next()) {
    TRY(check_stop());
    if (TRY(is_known(exhibit, entry->path, 0))) continue;
    Acquisition acquisition;
    acquisition.artifact = TRY(new_artifact());
    acquisition.exhibit = exhibit;
    acquisition.path = entry->path;
    acquisition.modified = entry->modified;
    acquisition.modified_is_utc = true;
    if (entry->error) {
      acquisition.status = "unreadable";
      acquisition.error = entry->error;
    } else if (entry->kind != evidence::WalkEntry::Kind::file) {
      acquisition.status = "special";
      acquisition.error = Error{ErrorCode::unreadable, entry->path, what_it_is(*entry)};
    } else {
      TRY(read_file(walk, acquisition));
    }
    TRY(acquire(std::move(acquisition)));
  }
  return {};
}

Status Pipeline::read_file(evidence::Walk& walk, Acquisition& acquisition) {
  auto file = walk.open_file();
  if (!file) {
    acquisition.status = "unreadable";
    acquisition.error = file.error();
    return {};
  }
  const Stamp before = stamp_of(*file);
  casefile::Incoming incoming = TRY(session_.objects().begin());
  std::string head;
  for (;;) {
    auto piece = read_at(*file, incoming.size(), kPiece);
    if (!piece) {
      // What could be read is kept; the error says where it ends.
      acquisition.error = Error{piece.error().code, acquisition.path,
                                "at " + piece.error().text() + "; the bytes before are kept"};
      break;
    }
    if (piece->empty()) break;
    if (head.empty()) head = piece->substr(0, evidence::kMediaTypeHead);
    TRY(incoming.write(*piece));
    report("taking in", piece->size());
    TRY(check_stop());
  }
  if (!acquisition.error &&
      !(before == stamp_of(*file) && static_cast<std::uint64_t>(before.size) == incoming.size()))
    acquisition.error = Error{ErrorCode::corrupt, acquisition.path,
                              "the file changed while it was read; these are the bytes as read"};
  acquisition.media_type = evidence::media_type(head);
  acquisition.object = TRY(session_.objects().finish(std::move(incoming)));
  return {};
}

}  // namespace forensics::ingest
