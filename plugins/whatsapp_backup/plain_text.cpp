#include "plain_text.hpp"

#include <zlib.h>

#include <algorithm>

namespace whatsapp_backup {
namespace {

constexpr std::size_t kBuffer = std::size_t{256} << 10;
constexpr int kZlibOrGzip = MAX_WBITS + 32;
constexpr std::string_view kSqlite("SQLite format 3\0", 16);
constexpr std::string_view kOthers[] = {
    std::string_view("PK\3\4", 4),       std::string_view("\x89PNG", 4),
    std::string_view("\xff\xd8\xff", 3), std::string_view("RIFF", 4),
    std::string_view("{\"", 2),          std::string_view("[{", 2),
};

std::uint32_t be(std::string_view bytes, std::size_t at, std::size_t n) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < n; ++i) out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

// The size that a database states of itself, or 0 where it does not count.
std::uint64_t stated_size(std::string_view header) {
  if (header.size() < 100 || be(header, 24, 4) != be(header, 92, 4)) return 0;
  const std::uint64_t page = be(header, 16, 2) == 1 ? 65536 : be(header, 16, 2);
  return page * be(header, 28, 4);
}

// Bytes of PKCS #7 padding at the end; 0 where there is none.
std::size_t padding_of(std::string_view tail) {
  if (tail.size() < 16) return 0;
  const auto n = static_cast<unsigned char>(tail.back());
  if (n == 0 || n > 16) return 0;
  const std::string_view last = tail.substr(tail.size() - n);
  return std::ranges::all_of(last, [&](char c) { return c == tail.back(); }) ? n : 0;
}

}  // namespace

Wrapping wrapping_of(std::string_view first) {
  if (first.size() < 4) return Wrapping::unknown;
  if (first[0] == 0x78 && be(first, 0, 2) % 31 == 0) return Wrapping::compressed;
  if (first.starts_with("\x1f\x8b\x08")) return Wrapping::compressed;
  if (first.starts_with(kSqlite.substr(0, std::min(first.size(), kSqlite.size()))))
    return Wrapping::sqlite;
  const auto starts = [&](std::string_view magic) { return first.starts_with(magic); };
  return std::ranges::any_of(kOthers, starts) ? Wrapping::other : Wrapping::unknown;
}

PlainText::PlainText(const fx::Host& host, bool padded) : host_(host), padded_(padded) {}

PlainText::~PlainText() {
  if (stream_ != nullptr) inflateEnd(stream_.get());
}

void PlainText::begin(std::string_view first) {
  begun_ = true;
  wrapping_ = wrapping_of(first);
  if (wrapping_ == Wrapping::sqlite) stated_ = stated_size(first);
  if (wrapping_ != Wrapping::compressed) return;
  auto stream = std::make_unique<z_stream_s>();
  *stream = {};
  if (inflateInit2(stream.get(), kZlibOrGzip) != Z_OK) throw std::bad_alloc();
  stream_ = std::move(stream);
  buffer_ = std::make_unique<char[]>(kBuffer);
  ending_ = Ending::cut;
}

bool PlainText::write(std::string_view bytes) {
  if (bytes.empty()) return true;
  if (!begun_) begin(bytes);
  if (ended_) {
    surplus_ += bytes.size();
    return true;
  }
  return stream_ != nullptr ? inflate(bytes) : pass_on(bytes);
}

bool PlainText::inflate(std::string_view bytes) {
  // zlib's interface has no const; it does not write to its input.
  stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream_->avail_in = static_cast<uInt>(bytes.size());
  while (true) {
    stream_->next_out = reinterpret_cast<Bytef*>(buffer_.get());
    stream_->avail_out = static_cast<uInt>(kBuffer);
    const int code = ::inflate(stream_.get(), Z_NO_FLUSH);
    const std::size_t made = kBuffer - stream_->avail_out;
    if (written_ + made > kMostPlainBytes) {
      ending_ = Ending::limit;
      return false;
    }
    release({buffer_.get(), made});
    if (code == Z_STREAM_END) {
      ending_ = Ending::complete;
      ended_ = true;
      surplus_ = stream_->avail_in;
      return true;
    }
    if (code != Z_OK && code != Z_BUF_ERROR) {
      ending_ = Ending::damaged;
      return false;
    }
    if (stream_->avail_in == 0 && made < kBuffer) return true;
    if (code == Z_BUF_ERROR && made == 0) return true;
  }
}

bool PlainText::pass_on(std::string_view bytes) {
  if (written_ + tail_.size() + bytes.size() > kMostPlainBytes) {
    ending_ = Ending::limit;
    return false;
  }
  if (!padded_) {
    release(bytes);
    return true;
  }
  // All but the last bytes of what is held back and what came.
  if (bytes.size() >= kTail) {
    release(tail_);
    release(bytes.substr(0, bytes.size() - kTail));
    tail_ = bytes.substr(bytes.size() - kTail);
    return true;
  }
  tail_ += bytes;
  if (tail_.size() > kTail) {
    release(std::string_view(tail_).substr(0, tail_.size() - kTail));
    tail_.erase(0, tail_.size() - kTail);
  }
  return true;
}

Ending PlainText::finish() {
  if (!tail_.empty()) {
    const std::uint64_t all = written_ + tail_.size();
    std::size_t less = padding_of(tail_);
    if (stated_ >= written_ && stated_ <= all) less = static_cast<std::size_t>(all - stated_);
    release(std::string_view(tail_).substr(0, tail_.size() - less));
    tail_.clear();
  }
  return ending_;
}

void PlainText::release(std::string_view bytes) {
  if (bytes.empty()) return;
  host_.write_child(bytes.data(), bytes.size());
  written_ += bytes.size();
}

}  // namespace whatsapp_backup
