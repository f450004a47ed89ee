#pragma once
// A disk on which the process dies at a chosen moment.

#include <string>

#include "base/files.hpp"

namespace forensics::test {

// Dies at the n-th change to the disk; everything later fails. `torn`: a write that dies leaves the
// first half of its bytes.
class DyingFiles final : public Files {
 public:
  explicit DyingFiles(int steps, bool torn = true) : left_(steps), torn_(torn) {}
  bool died() const { return died_; }

  Result<Descriptor> create(const std::string& path, unsigned mode) override {
    TRY(step());
    return Files::create(path, mode);
  }
  Result<Descriptor> open_append(const std::string& path) override {
    TRY(step());
    return Files::open_append(path);
  }
  Status write(const Descriptor& file, ByteView bytes, const std::string& path) override {
    if (const Status alive = step(); !alive) {
      if (torn_ && left_ == -1) TRY(Files::write(file, bytes.substr(0, bytes.size() / 2), path));
      return alive;
    }
    return Files::write(file, bytes, path);
  }
  Status sync(const Descriptor& file, const std::string& path) override {
    TRY(step());
    return Files::sync(file, path);
  }
  Status sync_data(const Descriptor& file, const std::string& path) override {
    TRY(step());
    return Files::sync_data(file, path);
  }
  Status sync_directory(const std::string& path) override {
    TRY(step());
    return Files::sync_directory(path);
  }
  Status sync_filesystem(const Descriptor& any, const std::string& path) override {
    TRY(step());
    return Files::sync_filesystem(any, path);
  }
  Status rename(const std::string& from, const std::string& to) override {
    TRY(step());
    return Files::rename(from, to);
  }
  Status link(const std::string& from, const std::string& to) override {
    TRY(step());
    return Files::link(from, to);
  }
  Status truncate(const std::string& path, std::uint64_t length) override {
    TRY(step());
    return Files::truncate(path, length);
  }
  Status remove(const std::string& path) override {
    TRY(step());
    return Files::remove(path);
  }
  Status make_directory(const std::string& path) override {
    TRY(step());
    return Files::make_directory(path);
  }

 private:
  Status step() {
    if (left_ > 0) {
      --left_;
      return {};
    }
    --left_;
    died_ = true;
    return fail(ErrorCode::output, "disk", "the process was killed here");
  }

  int left_;
  bool torn_;
  bool died_ = false;
};

}  // namespace forensics::test
