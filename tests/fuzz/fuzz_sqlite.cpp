// Feeds arbitrary bytes to the SQLite reader: a main file and, where the first byte says so, a log
// or a journal cut from the same bytes. Reads all live rows and everything that was deleted.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "sqlite/carve.hpp"

namespace {

class View final : public sqlite::Bytes {
 public:
  explicit View(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t length() const override { return bytes_.size(); }
  std::size_t read(std::uint64_t offset, char* buffer, std::size_t n) const override {
    if (offset >= bytes_.size()) return 0;
    const std::string_view part = bytes_.substr(static_cast<std::size_t>(offset), n);
    std::memcpy(buffer, part.data(), part.size());
    return part.size();
  }

 private:
  std::string_view bytes_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = 3 + (std::size_t{data[1]} << 8 | data[2]) * (size - 3) / 65536;
  const bool alone = data[0] % 3 == 0;
  const View main(all.substr(3, alone ? size : cut - 3));
  const View beside(all.substr(cut));
  const View* const files[] = {&main, &beside};
  sqlite::Database db(
      {&main, data[0] % 3 == 1 ? &beside : nullptr, data[0] % 3 == 2 ? &beside : nullptr});
  std::vector<sqlite::Span> spans;
  const auto check = [&](const sqlite::Row& row) {
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      row.spans(i, spans);
      for (const sqlite::Span& span : spans)
        if (span.offset + span.length > files[span.input == sqlite::kMain ? 0 : 1]->length())
          __builtin_trap();
    }
    return true;
  };
  for (const sqlite::Table& table : db.tables()) db.for_each_row(table, check);
  carve(db, {}, [&](const sqlite::Recovered& found) { return check(*found.row); });
  return 0;
}
