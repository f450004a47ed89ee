#include "ledger/folder_source.hpp"

#include "ledger/note.hpp"

namespace forensics::ledger {
namespace {
constexpr std::uint64_t kPiece = std::uint64_t{1} << 20;
}

Result<std::string> FolderSource::read_ledger(std::uint64_t offset, std::uint64_t length) {
  if (!entries_) entries_ = TRY(open_read(layout_.entries()));
  return read_at(entries_, offset, length);
}

Result<std::vector<std::string>> FolderSource::checkpoint_names() {
  return list_directory(layout_.checkpoints());
}

Result<std::string> FolderSource::read_checkpoint(const std::string& name) {
  return read_file(layout_.checkpoints() + '/' + name, kMaxNote);
}

Status FolderSource::read_object(const Digest& digest, const std::function<void(ByteView)>& piece) {
  const std::string name = to_hex(view(digest));
  const Descriptor file = TRY(open_read(layout_.objects() + '/' + name.substr(0, 2) + '/' + name));
  for (std::uint64_t offset = 0;;) {
    const std::string bytes = TRY(read_at(file, offset, kPiece));
    if (bytes.empty()) return {};
    piece(bytes);
    offset += bytes.size();
  }
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
