#pragma once
// A host in memory for the tests of this folder: keeps what the plugin says as plain values.

#include <forensics/plugin.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <vector>

extern "C" const fx_plugin* fx_plugin_entry_v1_whatsapp(void);

namespace whatsapp_test {

struct Field {
  std::string key;
  std::string text;
  std::int64_t number = 0;
  fx_time time{};
  fx_span span{};
};

struct Record {
  std::uint32_t kind = 0;
  std::int64_t ref = 0;
  fx_span extent{};
  std::vector<Field> fields;

  const Field* find(std::string_view key) const {
    const auto found = std::ranges::find(fields, key, &Field::key);
    return found == fields.end() ? nullptr : &*found;
  }
  std::string text(std::string_view key) const {
    const Field* field = find(key);
    return field == nullptr ? std::string() : field->text;
  }
};

struct Said {
  std::string code;
  std::string text;
  fx_span span{};
};

class MemoryHost {
 public:
  explicit MemoryHost(std::string input, std::size_t read_limit = ~std::size_t{0})
      : input_(std::move(input)), read_limit_(read_limit) {
    host_.size = sizeof host_;
    host_.abi = FX_ABI_VERSION;
    host_.context = this;
    host_.length = [](void* self) { return std::uint64_t{me(self).input_.size()}; };
    host_.read = [](void* self, std::uint64_t offset, void* buffer, std::uint64_t n) {
      return me(self).read(offset, buffer, n);
    };
    host_.emit = [](void* self, const fx_record* record) { return me(self).emit(*record); };
    host_.skip = [](void* self, const fx_span* span, fx_text code, fx_text why) {
      me(self).skips.push_back({text_of(code), text_of(why), *span});
      return 0;
    };
    host_.note = [](void* self, std::uint32_t, const fx_span* span, fx_text code, fx_text message) {
      me(self).notes.push_back({text_of(code), text_of(message), *span});
      return 0;
    };
    host_.cancelled = [](void*) { return 0; };
    host_.extension = [](void* self, const char* id) -> const void* {
      return std::strcmp(id, "fx.siblings/1") == 0 ? &me(self).siblings_ : nullptr;
    };
  }
  MemoryHost(const MemoryHost&) = delete;
  MemoryHost& operator=(const MemoryHost&) = delete;

  void add_sibling(std::string name, std::int64_t modified = 0, std::uint32_t has_modified = 0) {
    names_.push_back(std::move(name));
    times_.push_back({modified, has_modified});
  }

  fx_status parse(std::string_view name) {
    items_.clear();
    for (std::size_t i = 0; i < names_.size(); ++i)
      items_.push_back({sizeof(fx_sibling),
                        {names_[i].data(), names_[i].size()},
                        1,
                        times_[i].first,
                        times_[i].second});
    siblings_ = {sizeof siblings_, items_.size(), items_.data()};
    return fx_plugin_entry_v1_whatsapp()->parse(&host_, {name.data(), name.size()}, {"{}", 2});
  }
  int probe(std::string_view name) {
    return fx_plugin_entry_v1_whatsapp()->probe(&host_, {name.data(), name.size()});
  }

  std::vector<Record> of(fx_kind kind) const {
    std::vector<Record> out;
    for (const Record& record : records)
      if (record.kind == static_cast<std::uint32_t>(kind)) out.push_back(record);
    return out;
  }
  const std::string& input() const { return input_; }
  const fx_host* raw() const { return &host_; }
  void discard() { keep_ = false; }

  // Bytes of the input that no extent and no skip covers.
  std::uint64_t uncovered() const {
    std::vector<bool> covered(input_.size());
    const auto cover = [&](const fx_span& span) {
      for (std::uint64_t i = span.offset; i < span.offset + span.length; ++i) covered.at(i) = true;
    };
    for (const Record& record : records) cover(record.extent);
    for (const Said& skip : skips) cover(skip.span);
    return static_cast<std::uint64_t>(std::ranges::count(covered, false));
  }

  std::vector<Record> records;
  std::vector<Said> skips;
  std::vector<Said> notes;
  std::uint64_t emitted = 0;
  int stop_after = -1;  // records after which the host says stop; -1: never

 private:
  static MemoryHost& me(void* self) { return *static_cast<MemoryHost*>(self); }
  static std::string text_of(fx_text text) {
    return text.length == 0 ? std::string() : std::string(text.data, text.length);
  }

  std::int64_t read(std::uint64_t offset, void* buffer, std::uint64_t n) const {
    if (offset >= input_.size()) return 0;
    const std::size_t count =
        std::min({static_cast<std::size_t>(n), input_.size() - static_cast<std::size_t>(offset),
                  read_limit_});
    std::memcpy(buffer, input_.data() + offset, count);
    return static_cast<std::int64_t>(count);
  }

  int emit(const fx_record& record) {
    ++emitted;
    if (stop_after >= 0 && emitted > static_cast<std::uint64_t>(stop_after)) return -1;
    if (!keep_) return 0;
    Record& copy = records.emplace_back();
    copy.kind = record.kind;
    copy.ref = record.ref;
    copy.extent = record.extent;
    for (std::uint64_t i = 0; i < record.field_count; ++i) {
      const fx_field& field = record.fields[i];
      copy.fields.push_back({field.key, text_of(field.text), field.number, field.time, field.span});
    }
    return 0;
  }

  std::string input_;
  std::size_t read_limit_;
  bool keep_ = true;
  fx_host host_{};
  std::vector<std::string> names_;
  std::vector<std::pair<std::int64_t, std::uint32_t>> times_;
  std::vector<fx_sibling> items_;
  fx_siblings siblings_{};
};

// The wall clock as ISO text without zone, empty where none was read.
inline std::string iso(const fx_time& time) {
  if (time.precision == FX_PRECISION_NONE) return {};
  const std::int64_t seconds = time.wall / 1000;
  std::int64_t days = seconds / 86400;
  const std::int64_t clock = seconds % 86400;
  days += 719468;
  const std::int64_t era = days / 146097;
  const std::int64_t doe = days % 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const std::int64_t day = doy - (153 * mp + 2) / 5 + 1;
  const std::int64_t month = mp < 10 ? mp + 3 : mp - 9;
  const std::int64_t year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d", static_cast<int>(year),
                static_cast<int>(month), static_cast<int>(day), static_cast<int>(clock / 3600),
                static_cast<int>(clock / 60 % 60));
  std::string out = text;
  if (time.precision >= FX_PRECISION_SECOND) {
    std::snprintf(text, sizeof text, ":%02d", static_cast<int>(clock % 60));
    out += text;
  }
  return out;
}

}  // namespace whatsapp_test
