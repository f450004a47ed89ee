#pragma once
// Where JSON is read from: the input of a run, a part of it (a script in a page), or memory.

#include <forensics/plugin.hpp>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace json {

class Source {
 public:
  virtual ~Source() = default;
  // Offsets are those of spans: a part of an input keeps the offsets of the whole.
  virtual std::uint64_t begin() const = 0;
  virtual std::uint64_t end() const = 0;
  // Copies up to `n` bytes; fewer only at the end.
  virtual std::size_t read(std::uint64_t offset, char* buffer, std::size_t n) const = 0;
};

class HostSource final : public Source {
 public:
  explicit HostSource(const fx::Host& host) : HostSource(host, 0, host.length()) {}
  HostSource(const fx::Host& host, std::uint64_t begin, std::uint64_t end)
      : host_(host), begin_(begin), end_(std::min(end, host.length())) {}

  std::uint64_t begin() const override { return begin_; }
  std::uint64_t end() const override { return end_; }
  std::size_t read(std::uint64_t offset, char* buffer, std::size_t n) const override {
    if (offset >= end_) return 0;
    host_.check_cancelled();
    return host_.read(offset, buffer, std::min<std::uint64_t>(n, end_ - offset));
  }

 private:
  const fx::Host& host_;
  std::uint64_t begin_;
  std::uint64_t end_;
};

// `text` must outlive it and is said to begin at `offset`.
class MemorySource final : public Source {
 public:
  explicit MemorySource(std::string_view text, std::uint64_t offset = 0)
      : text_(text), offset_(offset) {}

  std::uint64_t begin() const override { return offset_; }
  std::uint64_t end() const override { return offset_ + text_.size(); }
  std::size_t read(std::uint64_t offset, char* buffer, std::size_t n) const override {
    if (offset >= end()) return 0;
    const std::size_t take = std::min<std::size_t>(n, end() - offset);
    std::memcpy(buffer, text_.data() + (offset - offset_), take);
    return take;
  }

 private:
  std::string_view text_;
  std::uint64_t offset_;
};

}  // namespace json
