#pragma once
// The decrypted bytes on their way to the child: recognised by their first bytes, decompressed,
// and freed of padding.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct z_stream_s;

namespace whatsapp_backup {

enum class Wrapping : std::uint8_t {
  unknown,
  compressed,  // zlib or gzip
  sqlite,
  other,  // an archive, a picture, JSON: something that is known by its first bytes
};

// What bytes decrypted with the right key begin with; unknown for those of a wrong one.
Wrapping wrapping_of(std::string_view first);

enum class Ending : std::uint8_t {
  complete,  // compressed: by its own checksum
  cut,       // ends inside the compressed stream
  damaged,   // contradicts the compression
  limit,     // kMostPlainBytes
};

inline constexpr std::uint64_t kMostPlainBytes = std::uint64_t{64} << 30;

// Writes to the child that is open. One serves one child.
class PlainText {
 public:
  PlainText(const fx::Host& host, bool padded);
  ~PlainText();
  PlainText(const PlainText&) = delete;
  PlainText& operator=(const PlainText&) = delete;

  // False once nothing more is of use.
  bool write(std::string_view bytes);
  Ending finish();

  std::uint64_t written() const { return written_; }
  // Decrypted bytes behind the end of the compressed stream.
  std::uint64_t surplus() const { return surplus_; }

 private:
  void begin(std::string_view first);
  bool inflate(std::string_view bytes);
  bool pass_on(std::string_view bytes);
  void release(std::string_view bytes);

  static constexpr std::size_t kTail = 64;

  const fx::Host& host_;
  const bool padded_;
  bool begun_ = false;
  bool ended_ = false;
  Wrapping wrapping_ = Wrapping::unknown;
  Ending ending_ = Ending::complete;
  std::unique_ptr<z_stream_s> stream_;
  std::unique_ptr<char[]> buffer_;
  std::uint64_t stated_ = 0;  // size of a database by its own header
  std::string tail_;          // held back until it is known not to be padding
  std::uint64_t written_ = 0;
  std::uint64_t surplus_ = 0;
};

}  // namespace whatsapp_backup
