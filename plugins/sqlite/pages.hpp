#pragma once
// Images of pages and a cache of bounded size that reads them.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bytes.hpp"

namespace sqlite {

// Where an image of a page stands.
struct Place {
  std::uint32_t input = kMain;
  std::uint64_t offset = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

// One page as one of the files has it. Shorter than a page where the file ends.
struct Image {
  std::uint32_t number = 0;
  Place place;
  std::string bytes;

  Span span(std::size_t at, std::uint64_t length) const {
    return {place.input, place.offset + at, length};
  }
};
using ImagePtr = std::shared_ptr<const Image>;

struct Inputs {
  const Bytes* main = nullptr;
  const Bytes* wal = nullptr;      // null where there is none
  const Bytes* journal = nullptr;  // null where there is none

  const Bytes* of(std::uint32_t input) const {
    return input == kMain ? main : input == kWal ? wal : journal;
  }
};

// Whoever holds an image keeps it; the cache itself holds about `bytes` of them.
class PageCache {
 public:
  PageCache(const Inputs& inputs, std::uint32_t page_size, std::size_t bytes);

  ImagePtr read(std::uint32_t number, const Place& place);

 private:
  Inputs inputs_;
  std::uint32_t page_size_;
  std::vector<std::shared_ptr<Image>> slots_;
};

}  // namespace sqlite
