#pragma once
// All writing to disk, and the reading that goes with it, behind one interface: the commit path of
// a case (object store, ledger, checkpoints) uses nothing else, so that a test can stop it between
// any two system calls. Paths are bytes as the system has them.
//
// A failed sync is final: the kernel may have dropped the pages, so it is never tried again
// (the caller gets ErrorCode::output and the command ends).

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace forensics {

// Owns one file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { reset(); }
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      reset();
      number_ = other.release();
    }
    return *this;
  }
  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  int release() {
    const int number = number_;
    number_ = -1;
    return number;
  }
  void reset();

 private:
  int number_ = -1;
};

class Files {
 public:
  virtual ~Files() = default;

  // A new file; ErrorCode::output if it exists. `mode` as in open(2).
  virtual Result<Descriptor> create(const std::string& path, unsigned mode);
  virtual Result<Descriptor> open_append(const std::string& path);  // creates it if absent
  virtual Status write(const Descriptor& file, ByteView bytes, const std::string& path);
  virtual Status sync(const Descriptor& file, const std::string& path);       // fsync
  virtual Status sync_data(const Descriptor& file, const std::string& path);  // fdatasync
  virtual Status sync_directory(const std::string& path);
  virtual Status sync_filesystem(const Descriptor& any, const std::string& path);  // syncfs
  virtual Status rename(const std::string& from, const std::string& to);
  virtual Status link(const std::string& from, const std::string& to);  // a second name
  virtual Status truncate(const std::string& path, std::uint64_t length);
  virtual Status remove(const std::string& path);
  virtual Status make_directory(const std::string& path);  // and its parents; 0700

  // The real thing.
  static Files& system();
};

// Reading needs no fault injection: these are plain functions.
Result<Descriptor> open_read(const std::string& path);  // O_RDONLY|O_CLOEXEC|O_NOFOLLOW
Result<std::string> read_file(const std::string& path, std::uint64_t limit);
// Reads up to `length` bytes at `offset`; fewer only at the end of the file.
Result<std::string> read_at(const Descriptor& file, std::uint64_t offset, std::uint64_t length);
Result<std::uint64_t> size_of(const Descriptor& file);
bool exists(const std::string& path);
// Names in a directory, sorted by bytes, without "." and "..".
Result<std::vector<std::string>> list_directory(const std::string& path);

// What errno says, as a sentence part: "No space left on device".
std::string system_message(int error_number);

// Writes a file so that a reader sees all of it or nothing: temporary, sync, rename, directory
// sync.
Status write_atomically(Files& files, const std::string& path, ByteView bytes, unsigned mode);

}  // namespace forensics
