#pragma once
// The databases that make_corpus.py writes, and their values in the words of its truth files.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sqlite/database.hpp"
#include "sqlite/text.hpp"
#include "support/fixtures.hpp"

namespace sqlite_test {

class MemoryBytes final : public sqlite::Bytes {
 public:
  explicit MemoryBytes(std::string bytes) : bytes_(std::move(bytes)) {}

  std::uint64_t length() const override { return bytes_.size(); }
  std::size_t read(std::uint64_t offset, char* buffer, std::size_t n) const override {
    if (offset >= bytes_.size()) return 0;
    const std::size_t count = std::min(n, bytes_.size() - static_cast<std::size_t>(offset));
    std::memcpy(buffer, bytes_.data() + offset, count);
    return count;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// The files of one seized database, in memory.
struct Files {
  std::string name;
  MemoryBytes main;
  std::optional<MemoryBytes> wal;
  std::optional<MemoryBytes> journal;

  sqlite::Inputs inputs() const {
    return {&main, wal ? &*wal : nullptr, journal ? &*journal : nullptr};
  }
  const std::string& bytes_of(std::uint32_t input) const {
    return input == sqlite::kMain  ? main.bytes()
           : input == sqlite::kWal ? wal->bytes()
                                   : journal->bytes();
  }
};

inline Files load(const std::filesystem::path& path) {
  const auto beside = [&](const char* ending) -> std::optional<MemoryBytes> {
    const std::filesystem::path file = path.string() + ending;
    if (!std::filesystem::exists(file)) return std::nullopt;
    return MemoryBytes(forensics::test::slurp(file));
  };
  return {path.stem().string(), MemoryBytes(forensics::test::slurp(path)), beside("-wal"),
          beside("-journal")};
}

inline std::string hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

inline std::string shown_real(double value) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx",
                static_cast<unsigned long long>(std::bit_cast<std::uint64_t>(value)));
  return std::string("R") + digits;
}

inline std::string shown(const sqlite::Value& value, sqlite::Encoding encoding) {
  switch (value.type) {
    case sqlite::Storage::null: return "N";
    case sqlite::Storage::integer: return "I" + std::to_string(value.integer);
    case sqlite::Storage::real: return shown_real(value.real);
    case sqlite::Storage::text:
      // A default comes from the schema, which was read as UTF-8.
      return "T" + hex(value.in_record ? sqlite::to_utf8(value.bytes, encoding)
                                       : std::string(value.bytes));
    case sqlite::Storage::blob: return "B" + hex(value.bytes);
  }
  return "?";
}

inline std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "\t") + part;
  return out;
}

// The folder in which the corpus of this build stands.
inline std::filesystem::path corpus() {
  return SQLITE_CORPUS;
}

inline std::vector<std::filesystem::path> databases(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string name = entry.path().filename().string();
    if (name.ends_with("-wal") || name.ends_with("-journal")) continue;
    std::FILE* file = std::fopen(entry.path().c_str(), "rb");
    std::array<char, 16> head{};
    const bool full = std::fread(head.data(), 1, head.size(), file) == head.size();
    std::fclose(file);
    if (full && std::memcmp(head.data(), "SQLite format 3", 16) == 0) out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace sqlite_test
