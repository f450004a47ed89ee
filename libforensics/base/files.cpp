#include "base/files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace forensics {
namespace {

tl::unexpected<Error> output_error(const std::string& path, const char* what) {
  return fail(ErrorCode::output, path,
              std::string("cannot ") + what + ": " + system_message(errno));
}

tl::unexpected<Error> input_error(const std::string& path, const char* what) {
  const ErrorCode code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::unreadable;
  return fail(code, path, std::string("cannot ") + what + ": " + system_message(errno));
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Leaves errno as mkdir set it, so that the caller can say why there is no folder.
bool is_directory(const std::string& path) {
  const int failure = errno;
  struct stat facts {};
  const bool directory = ::stat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode);
  errno = failure;
  return directory;
}

}  // namespace

void Descriptor::reset() {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

std::string system_message(int error_number) {
  char buffer[256];
  return ::strerror_r(error_number, buffer, sizeof buffer);
}

Result<Descriptor> Files::create(const std::string& path, unsigned mode) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
  if (!file) return output_error(path, "create the file");
  return file;
}

Result<Descriptor> Files::open_append(const std::string& path) {
  Descriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) return output_error(path, "open the file for appending");
  return file;
}

Status Files::write(const Descriptor& file, ByteView bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(file.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return output_error(path, "write");
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

Status Files::sync(const Descriptor& file, const std::string& path) {
  if (::fsync(file.get()) != 0) return output_error(path, "bring the file to disk");
  return {};
}

Status Files::sync_data(const Descriptor& file, const std::string& path) {
  if (::fdatasync(file.get()) != 0) return output_error(path, "bring the file to disk");
  return {};
}

Status Files::sync_directory(const std::string& path) {
  const Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory) return output_error(path, "open the folder");
  if (::fsync(directory.get()) != 0) return output_error(path, "bring the folder to disk");
  return {};
}

Status Files::sync_filesystem(const Descriptor& any, const std::string& path) {
  if (::syncfs(any.get()) != 0) return output_error(path, "bring the file system to disk");
  return {};
}

Status Files::rename(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0)
    return output_error(to, "rename a file to this name");
  return {};
}

Status Files::link(const std::string& from, const std::string& to) {
  if (::link(from.c_str(), to.c_str()) != 0)
    return output_error(to, "give a file this name as its second");
  return {};
}

Status Files::truncate(const std::string& path, std::uint64_t length) {
  if (::truncate(path.c_str(), static_cast<off_t>(length)) != 0)
    return output_error(path, "shorten the file");
  return {};
}

Status Files::remove(const std::string& path) {
  if (::unlink(path.c_str()) != 0) return output_error(path, "remove the file");
  return {};
}

Status Files::make_directory(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0 || is_directory(path)) return {};
  if (errno != ENOENT) return output_error(path, "create the folder");
  const std::string parent = parent_of(path);
  if (parent == path) return output_error(path, "create the folder");
  TRY(make_directory(parent));
  if (::mkdir(path.c_str(), 0700) != 0 && !is_directory(path))
    return output_error(path, "create the folder");
  return {};
}

Files& Files::system() {
  static Files files;
  return files;
}

Result<Descriptor> open_read(const std::string& path) {
  // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file) return input_error(path, "open the file");
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) return input_error(path, "look at the file");
  if (!S_ISREG(facts.st_mode) && !S_ISBLK(facts.st_mode))
    return fail(ErrorCode::unreadable, path, "not a regular file");
  return file;
}

Result<std::uint64_t> size_of(const Descriptor& file) {
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) return input_error("open file", "read the file's size");
  return static_cast<std::uint64_t>(facts.st_size);
}

Result<std::string> read_at(const Descriptor& file, std::uint64_t offset, std::uint64_t length) {
  std::string out(length, '\0');
  std::size_t have = 0;
  while (have < out.size()) {
    const ssize_t n = ::pread(file.get(), out.data() + have, out.size() - have,
                              static_cast<off_t>(offset + have));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return input_error("byte " + std::to_string(offset + have), "read");
    if (n == 0) break;
    have += static_cast<std::size_t>(n);
  }
  out.resize(have);
  return out;
}

Result<std::string> read_file(const std::string& path, std::uint64_t limit) {
  const Descriptor file = TRY(open_read(path));
  const std::uint64_t size = TRY(size_of(file));
  if (size > limit)
    return fail(ErrorCode::limit, path,
                "the file has " + std::to_string(size) + " bytes; at most " +
                    std::to_string(limit) + " are expected here");
  return read_at(file, 0, size);
}

bool exists(const std::string& path) {
  struct stat facts {};
  return ::lstat(path.c_str(), &facts) == 0;
}

Result<std::vector<std::string>> list_directory(const std::string& path) {
  DIR* directory = ::opendir(path.c_str());
  if (directory == nullptr) return input_error(path, "open the folder");
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(directory)) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  const int failure = errno;
  ::closedir(directory);
  if (failure != 0) {
    errno = failure;
    return input_error(path, "read the folder");
  }
  std::sort(names.begin(), names.end());
  return names;
}

Status write_atomically(Files& files, const std::string& path, ByteView bytes, unsigned mode) {
  const std::string temporary = path + ".tmp";
  // A left-over of an earlier, killed attempt.
  if (exists(temporary)) TRY(files.remove(temporary));
  {
    const Descriptor file = TRY(files.create(temporary, mode));
    TRY(files.write(file, bytes, temporary));
    TRY(files.sync(file, temporary));
  }
  TRY(files.rename(temporary, path));
  return files.sync_directory(parent_of(path));
}

}  // namespace forensics
