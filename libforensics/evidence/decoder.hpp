#pragma once
// One run of libarchive over a range of a file. Formats and filters are chosen one by one: the
// "all" functions of libarchive would start external programs. Used by archive.cpp only.

#include <cstdint>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "evidence/delivery.hpp"
#include "evidence/source.hpp"

struct archive;
struct archive_entry;

namespace forensics::evidence {

enum class Format : std::uint8_t {
  zip_member,  // one local header and its data
  seven_zip,
  tar,
  compressed_tar,
  compressed_file,  // gzip, bzip2, xz or zstd around anything
};

// Loads the locales and character set tables that decoding needs.
void load_locales();

class Decoder {
 public:
  // Reads `prefix`, then the bytes from `begin` to `end` of the source.
  Decoder(Source& source, std::uint64_t begin, std::uint64_t end, std::string prefix = {});
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  Status open(Format format);

  // The next member, nullptr behind the last; valid until the next call. Blocks where the header of
  // a tar member should stand and does not are passed over.
  Result<archive_entry*> next();

  // Hands the content of the current member to `delivery` and ends the member there. An error of
  // the content alone is none here: true if the next member can be asked for.
  Result<bool> deliver_content(Delivery& delivery);

  // The first `limit` bytes of the content of the current member.
  Result<std::string> content(std::size_t limit);

  // False where no filter took the bytes: they only begin like compressed data.
  bool is_compressed() const;

  // Bytes of prefix and range that were taken so far.
  std::uint64_t consumed() const;

  // Bytes that next() passed over, and where the first of them stood in the tar.
  std::uint64_t passed_over() const { return passed_over_; }
  std::uint64_t passed_over_at() const { return passed_over_at_; }

  // What libarchive says went wrong last.
  Error error() const;

 private:
  struct Feed;
  struct Free {
    void operator()(archive* handle) const;
  };
  std::unique_ptr<Feed> feed_;
  std::unique_ptr<archive, Free> archive_;
  archive_entry* entry_ = nullptr;  // the current member, owned by libarchive
  std::uint64_t passed_over_ = 0;
  std::uint64_t passed_over_at_ = 0;
};

}  // namespace forensics::evidence
