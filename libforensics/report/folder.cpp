#include "report/folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>
#include <utility>

namespace forensics::report {
namespace {

constexpr std::uint64_t kMaxManifest = std::uint64_t{256} << 20;
constexpr std::size_t kDigestColumn = 66;  // 64 hex digits and two spaces

enum class Found { nothing, empty, report, file, foreign };

// The names that a manifest lists.
std::set<std::string> listed_names(std::string_view manifest) {
  std::set<std::string> names;
  while (!manifest.empty()) {
    const std::size_t end = std::min(manifest.find('\n'), manifest.size());
    const std::string_view line = manifest.substr(0, end);
    if (line.size() > kDigestColumn) names.emplace(line.substr(kDigestColumn));
    manifest.remove_prefix(std::min(end + 1, manifest.size()));
  }
  return names;
}

// What stands at `path`. `stranger` becomes the first name that no report of ours would hold.
Result<Found> look(const std::string& path, std::string& stranger) {
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) != 0) {
    if (errno == ENOENT) return Found::nothing;
    return fail(ErrorCode::output, path, "cannot look at it: " + system_message(errno));
  }
  if (!S_ISDIR(facts.st_mode)) return Found::file;
  const auto names = TRY(list_directory(path));
  if (names.empty()) return Found::empty;
  std::set<std::string> listed;
  if (auto manifest = read_file(path + "/" + kManifest, kMaxManifest)) {
    listed = listed_names(*manifest);
    listed.insert(kManifest);
  }
  const auto first_stranger = [&](const std::string& folder, const std::string& prefix) -> Status {
    for (const std::string& name : TRY(list_directory(folder))) {
      const bool media = prefix.empty() && name == "files" && !listed.empty();
      if (media || listed.contains(prefix + name)) continue;
      stranger = prefix + name;
      return {};
    }
    return {};
  };
  TRY(first_stranger(path, ""));
  if (stranger.empty() && exists(path + "/files")) TRY(first_stranger(path + "/files", "files/"));
  return stranger.empty() ? Found::report : Found::foreign;
}

Status check_free(const std::string& path, Found& found) {
  std::string stranger;
  found = TRY(look(path, stranger));
  if (found == Found::file)
    return fail(ErrorCode::output, path, "is a file; name a folder for the report");
  if (found == Found::foreign) {
    return fail(
        ErrorCode::output, path,
        "holds '" + stranger + "', which is no part of a report; name an empty or new folder");
  }
  return {};
}

void remove_tree(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

}  // namespace

Result<Folder> Folder::open(Files& files, std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  Found found{};
  TRY(check_free(path, found));
  std::string temporary = path + ".tmp-" + std::to_string(::getpid());
  for (int attempt = 2; exists(temporary); ++attempt)
    temporary = path + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
  TRY(files.make_directory(temporary));
  Folder folder(files, std::move(path), std::move(temporary));
  TRY(files.make_directory(folder.part("files")));
  folder.manifest_ = TRY(files.create(folder.part(kManifest), 0644));
  return folder;
}

Folder::Folder(Folder&& other) noexcept
    : files_(other.files_),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      manifest_(std::move(other.manifest_)),
      manifest_hash_(std::move(other.manifest_hash_)),
      file_count_(other.file_count_),
      bytes_(other.bytes_) {}

Folder::~Folder() {
  if (!temporary_.empty()) remove_tree(temporary_);
}

Status Folder::write(const std::string& name, ByteView bytes) {
  Stream stream = TRY(begin(name));
  TRY(append(stream, bytes));
  return end(stream);
}

Result<Folder::Stream> Folder::begin(const std::string& name) {
  Descriptor file = TRY(files_->create(part(name), 0644));
  return Stream{name, std::move(file), {}, 0};
}

Status Folder::append(Stream& stream, ByteView bytes) {
  stream.hash.update(bytes);
  stream.size += static_cast<std::int64_t>(bytes.size());
  return files_->write(stream.file, bytes, part(stream.name));
}

Status Folder::end(Stream& stream) {
  return list(stream, stream.hash.finish());
}

Result<bool> Folder::end(Stream& stream, const Digest& expected) {
  if (stream.hash.finish() != expected) {
    discard(stream);
    return false;
  }
  TRY(list(stream, expected));
  return true;
}

void Folder::discard(const Stream& stream) {
  static_cast<void>(files_->remove(part(stream.name)));
}

Status Folder::list(const Stream& stream, const Digest& digest) {
  const std::string line = to_hex(view(digest)) + "  " + stream.name + "\n";
  manifest_hash_.update(line);
  ++file_count_;
  bytes_ += stream.size;
  return files_->write(manifest_, line, part(kManifest));
}

Result<Descriptor> Folder::scratch() {
  const std::string path = part("scratch");
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file)
    return fail(ErrorCode::output, path, "cannot create the file: " + system_message(errno));
  TRY(files_->remove(path));
  return file;
}

Result<Digest> Folder::commit() {
  TRY(files_->sync_filesystem(manifest_, temporary_));
  TRY(replace());
  temporary_.clear();
  const std::size_t slash = path_.find_last_of('/');
  TRY(files_->sync_directory(slash == std::string::npos ? "." : path_.substr(0, slash + 1)));
  return manifest_hash_.finish();
}

Status Folder::replace() {
  // Looked at again: whatever was put there in the meantime is not ours to remove.
  Found found{};
  TRY(check_free(path_, found));
  if (found != Found::report) return files_->rename(temporary_, path_);
  const std::string earlier = temporary_ + ".earlier";
  TRY(files_->rename(path_, earlier));
  if (auto renamed = files_->rename(temporary_, path_); !renamed) {
    static_cast<void>(files_->rename(earlier, path_));
    return renamed;
  }
  remove_tree(earlier);
  return {};
}

}  // namespace forensics::report
