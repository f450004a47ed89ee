#include "ledger/folder_source.hpp"

#include <sys/stat.h>

namespace forensics::ledger {
namespace {

constexpr std::uint64_t kPiece = std::uint64_t{1} << 20;

// A copy from elsewhere must not lead the verifier out of it: `path`, below `root`, and the folders
// on the way to it are no symbolic links.
Status require_no_link(const std::string& root, const std::string& path) {
  for (std::size_t end = root.size(); end != path.npos;) {
    end = path.find('/', end + 1);
    const std::string part = path.substr(0, end);
    struct stat facts {};
    if (::lstat(part.c_str(), &facts) == 0 && S_ISLNK(facts.st_mode))
      return fail(ErrorCode::unreadable, part, "a symbolic link");
  }
  return {};
}

Result<std::vector<std::string>> list(const std::string& root, const std::string& path) {
  TRY(require_no_link(root, path));
  return list_directory(path);
}

Status read_all(const std::string& path, const std::function<void(ByteView)>& piece) {
  const Descriptor file = TRY(open_read(path));
  for (std::uint64_t offset = 0;;) {
    const std::string bytes = TRY(read_at(file, offset, kPiece));
    if (bytes.empty()) return {};
    piece(bytes);
    offset += bytes.size();
  }
}

}  // namespace

Result<std::string> FolderSource::read_ledger(std::uint64_t offset, std::uint64_t length) {
  if (!entries_) {
    TRY(require_no_link(layout_.root, layout_.entries()));
    entries_ = TRY(open_read(layout_.entries()));
  }
  return read_at(entries_, offset, length);
}

std::string FolderSource::path_of(Folder folder) const {
  switch (folder) {
    case Folder::ledger: return layout_.folder();
    case Folder::checkpoints: return layout_.checkpoints();
    case Folder::recovery: return layout_.recovery();
    case Folder::keys: return layout_.keys();
    case Folder::tokens: return layout_.tokens();
    case Folder::cosignatures: return layout_.cosignatures();
    case Folder::records: return layout_.records();
  }
  return layout_.checkpoints();
}

Result<std::vector<std::string>> FolderSource::names(Folder folder) {
  const std::string path = path_of(folder);
  if (folder != Folder::checkpoints && !exists(path)) return std::vector<std::string>{};
  return list(layout_.root, path);
}

Result<std::string> FolderSource::read(Folder folder, const std::string& name,
                                       std::uint64_t limit) {
  const std::string path = path_of(folder) + '/' + name;
  TRY(require_no_link(layout_.root, path));
  return read_file(path, limit);
}

Status FolderSource::read_pieces(Folder folder, const std::string& name,
                                 const std::function<void(ByteView)>& piece) {
  const std::string path = path_of(folder) + '/' + name;
  TRY(require_no_link(layout_.root, path));
  return read_all(path, piece);
}

Status FolderSource::read_object(const Digest& digest, const std::function<void(ByteView)>& piece) {
  const std::string name = to_hex(view(digest));
  const std::string path = layout_.objects() + '/' + name.substr(0, 2) + '/' + name;
  TRY(require_no_link(layout_.root, path));
  return read_all(path, piece);
}

Status FolderSource::each_object(const std::function<void(std::string_view)>& name) {
  if (!exists(layout_.objects())) return {};
  for (const std::string& shard : TRY(list(layout_.root, layout_.objects()))) {
    const auto objects = list(layout_.root, layout_.objects() + '/' + shard);
    if (!objects) {
      name(shard);
      continue;
    }
    for (const std::string& object : *objects)
      name(shard.size() == 2 && object.starts_with(shard) ? object : shard + '/' + object);
  }
  return {};
}

}  // namespace forensics::ledger
