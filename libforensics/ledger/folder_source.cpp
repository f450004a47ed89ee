#include "ledger/folder_source.hpp"

namespace forensics::ledger {
namespace {

constexpr std::uint64_t kPiece = std::uint64_t{1} << 20;

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
  if (!entries_) entries_ = TRY(open_read(layout_.entries()));
  return read_at(entries_, offset, length);
}

std::string FolderSource::path_of(Folder folder) const {
  switch (folder) {
    case Folder::checkpoints: return layout_.checkpoints();
    case Folder::tokens: return layout_.tokens();
    case Folder::cosignatures: return layout_.cosignatures();
    case Folder::records: return layout_.records();
  }
  return layout_.checkpoints();
}

Result<std::vector<std::string>> FolderSource::names(Folder folder) {
  const std::string path = path_of(folder);
  if (folder != Folder::checkpoints && !exists(path)) return std::vector<std::string>{};
  return list_directory(path);
}

Result<std::string> FolderSource::read(Folder folder, const std::string& name,
                                       std::uint64_t limit) {
  return read_file(path_of(folder) + '/' + name, limit);
}

Status FolderSource::read_pieces(Folder folder, const std::string& name,
                                 const std::function<void(ByteView)>& piece) {
  return read_all(path_of(folder) + '/' + name, piece);
}

Status FolderSource::read_object(const Digest& digest, const std::function<void(ByteView)>& piece) {
  const std::string name = to_hex(view(digest));
  return read_all(layout_.objects() + '/' + name.substr(0, 2) + '/' + name, piece);
}

Status FolderSource::each_object(const std::function<void(std::string_view)>& name) {
  if (!exists(layout_.objects())) return {};
  for (const std::string& shard : TRY(list_directory(layout_.objects()))) {
    const auto objects = list_directory(layout_.objects() + '/' + shard);
    if (!objects) {
      name(shard);
      continue;
    }
    for (const std::string& object : *objects)
      name(object.starts_with(shard) ? object : shard + '/' + object);
  }
  return {};
}

}  // namespace forensics::ledger
