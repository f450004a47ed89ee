#pragma once
// Where the bytes of a seized database come from, and how a place in them is named.
//
// A database is up to three files: the main file, its write-ahead log and its rollback journal. All
// are read at random, never written, and nothing is believed that was not checked.

#include <forensics/plugin.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace sqlite {

// Inputs of a database; the numbers are those of Span::input.
enum Input : std::uint32_t { kMain = 0, kWal = 1, kJournal = 2 };

// A place in one of the files, as it was acquired.
struct Span {
  std::uint32_t input = kMain;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

// Random access to one file. What is thrown by read() passes through this library unchanged.
class Bytes {
 public:
  virtual ~Bytes() = default;
  virtual std::uint64_t length() const = 0;
  // Copies up to `n` bytes from `offset`; fewer only where the file ends. Returns how many.
  virtual std::size_t read(std::uint64_t offset, char* buffer, std::size_t n) const = 0;
};

// One input of a plugin: 0 is the artifact it was asked to read, others are its companions.
class HostBytes final : public Bytes {
 public:
  explicit HostBytes(const fx::Host& host, std::uint32_t input = 0) : host_(&host), input_(input) {
    if (input == 0) {
      length_ = host.length();
    } else if (const fx_companion* found = host.companion(input)) {
      length_ = found->length;
    }
  }

  std::uint64_t length() const override { return length_; }
  std::size_t read(std::uint64_t offset, char* buffer, std::size_t n) const override {
    since_asked_ += n;
    if (since_asked_ >= kAskAfter) {
      host_->check_cancelled();
      since_asked_ = 0;
    }
    return input_ == 0 ? host_->read(offset, buffer, n) : host_->read(input_, offset, buffer, n);
  }

 private:
  static constexpr std::size_t kAskAfter = std::size_t{4} << 20;

  const fx::Host* host_;
  std::uint32_t input_;
  std::uint64_t length_ = 0;
  mutable std::size_t since_asked_ = 0;
};

// What a probe may see: the first 64 KiB, and 1 MiB wherever the pages of the schema stand that the
// first page names; databases that were compacted have them anywhere. The rest of the file looks as
// if it could not be read.
class HeadBytes final : public Bytes {
 public:
  explicit HeadBytes(const fx::Host& host) : host_(&host) {}

  std::uint64_t length() const override { return host_->length(); }
  std::size_t read(std::uint64_t offset, char* buffer, std::size_t n) const override {
    if (offset < kHead)
      return host_->read(offset, buffer, std::min<std::size_t>(n, kHead - offset));
    if (n > kElsewhere - elsewhere_) return 0;
    elsewhere_ += n;
    return host_->read(offset, buffer, n);
  }

 private:
  static constexpr std::uint64_t kHead = std::uint64_t{64} << 10;
  static constexpr std::uint64_t kElsewhere = std::uint64_t{1} << 20;

  const fx::Host* host_;
  mutable std::size_t elsewhere_ = 0;
};

}  // namespace sqlite
