// The index of a write-ahead log ("-shm"): SQLite makes it anew from the log whenever it likes, and
// no content of the database stands in it. It is accounted for, so that nobody wonders what it
// holds. https://www.sqlite.org/walformat.html, section 2.

#include <forensics/plugin.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sqlite_index {
namespace {

constexpr std::uint64_t kBlock = 32768;
constexpr std::uint32_t kVersion = 3007000;
constexpr std::size_t kHead = 136;  // two copies of the header and the checkpoint's part

using Head = std::array<unsigned char, kHead>;

// In the byte order of the machine that wrote it.
std::uint32_t number_at(const Head& head, std::size_t at, bool big_endian) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | head[at + (big_endian ? i : 3 - i)];
  return value;
}

struct Index {
  bool ours = false;
  bool blank = false;  // never used, or wiped
  std::uint32_t frames = 0;
};

Index look(const fx::Host& host) {
  Index out;
  Head head{};
  if (host.length() == 0 || host.length() % kBlock != 0) return out;
  if (host.read(0, reinterpret_cast<char*>(head.data()), head.size()) != head.size()) return out;
  for (const bool big_endian : {false, true})
    if (number_at(head, 0, big_endian) == kVersion) {
      out.ours = true;
      out.frames = number_at(head, 16, big_endian);
    }
  for (const unsigned char byte : head)
    if (byte != 0) return out;
  out.blank = true;
  return out;
}

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.sqlite-index",
  "version": "1.0.0",
  "name": "Indexes of SQLite logs",
  "formats": ["sqlite-shm"],
  "kinds": [],
  "options": [],
  "references": ["https://www.sqlite.org/walformat.html"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) {
    const Index index = look(host);
    const bool named = name.ends_with("-shm");
    if (index.ours) return named ? 95 : 85;
    return index.blank && named ? 60 : 0;
  }

  static fx_status parse(fx::Host& host, std::string_view, std::string_view) {
    const Index index = look(host);
    if (!index.ours && !index.blank) return FX_NOT_MINE;
    host.skip(fx::span(0, host.length()), "sqlite-log-index",
              "the index of a write-ahead log: page numbers and hash tables that SQLite makes of "
              "the log; no content of its own");
    if (index.ours)
      host.note(FX_INFO, fx::span(16, 4), "frames",
                "it counts " + std::to_string(index.frames) + " frames of its log as valid");
    return FX_OK;
  }
};

}  // namespace
}  // namespace sqlite_index

FX_PLUGIN(sqlite_index::Plugin)
