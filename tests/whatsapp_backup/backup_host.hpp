#pragma once
// A host for the plugin in the test's process, with keys, companions and children. What is said of
// values and spans is checked by the real host; here only what a backup becomes is of interest.

#include <forensics/plugin.hpp>

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <vector>

extern "C" const fx_plugin* fx_plugin_entry_v1_whatsapp_backup(void);

namespace backup_test {

struct Child {
  std::string name;
  std::string bytes;
  std::string method;
  bool verified = false;
  std::string why;
};

class BackupHost {
 public:
  explicit BackupHost(std::string input) : input_(std::move(input)) {
    host_ = {sizeof host_, FX_ABI_VERSION, this, length,  read,
             emit,         skip,           note, nullptr, extension};
    host_.cancelled = [](void*) { return 0; };
  }
  BackupHost(const BackupHost&) = delete;
  BackupHost& operator=(const BackupHost&) = delete;

  BackupHost& key(std::string bytes) {
    keys_.push_back(std::move(bytes));
    return *this;
  }
  BackupHost& companion(std::uint32_t input, std::string name, std::string bytes) {
    companions_[input] = {std::move(name), std::move(bytes)};
    return *this;
  }

  int probe(std::string_view name) {
    return fx_plugin_entry_v1_whatsapp_backup()->probe(&host_, fx::text(name));
  }
  fx_status parse(std::string_view name) {
    children.clear();
    notes.clear();
    extras.clear();
    covered_.assign(input_.size(), false);
    return fx_plugin_entry_v1_whatsapp_backup()->parse(&host_, fx::text(name), fx::text("{}"));
  }

  std::size_t uncovered() const {
    return static_cast<std::size_t>(std::ranges::count(covered_, false));
  }
  bool has_note(std::string_view code) const { return std::ranges::count(notes, code) != 0; }
  bool has_extra(std::string_view text) const { return std::ranges::count(extras, text) != 0; }

  std::vector<Child> children;
  std::vector<std::string> notes;   // codes
  std::vector<std::string> extras;  // of all records

 private:
  static BackupHost& me(void* context) { return *static_cast<BackupHost*>(context); }
  static std::int64_t copy(std::string_view from, std::uint64_t offset, void* to, std::uint64_t n) {
    if (offset >= from.size()) return 0;
    const std::string_view part = from.substr(static_cast<std::size_t>(offset), n);
    std::memcpy(to, part.data(), part.size());
    return static_cast<std::int64_t>(part.size());
  }

  static std::uint64_t length(void* context) { return me(context).input_.size(); }
  static std::int64_t read(void* context, std::uint64_t offset, void* to, std::uint64_t n) {
    return copy(me(context).input_, offset, to, n);
  }
  static int emit(void* context, const fx_record* record) {
    me(context).cover(record->extent);
    for (std::uint64_t i = 0; i < record->field_count; ++i)
      if (std::string_view(record->fields[i].key) == "extra")
        me(context).extras.emplace_back(fx::view(record->fields[i].text));
    return 0;
  }
  static int skip(void* context, const fx_span* span, fx_text, fx_text) {
    me(context).cover(*span);
    return 0;
  }
  static int note(void* context, std::uint32_t, const fx_span*, fx_text code, fx_text) {
    me(context).notes.emplace_back(fx::view(code));
    return 0;
  }
  void cover(const fx_span& span) {
    for (std::uint64_t i = 0; i < span.length; ++i) covered_.at(span.offset + i) = true;
  }

  static const void* extension(void* context, const char* id) {
    return me(context).extension(std::string_view(id));
  }
  const void* extension(std::string_view id) {
    if (id == "fx.keys/1") {
      key_items_.clear();
      for (const std::string& key : keys_) key_items_.push_back(fx::text(key));
      key_list_ = {sizeof key_list_, key_items_.size(), key_items_.data()};
      return &key_list_;
    }
    if (id == "fx.companions/1") {
      items_.clear();
      for (const auto& [input, file] : companions_)
        items_.push_back({sizeof(fx_companion), input, fx::text(file.first), file.second.size()});
      list_ = {sizeof list_, items_.size(), items_.data(),
               [](void* self, std::uint32_t input, std::uint64_t at, void* to, std::uint64_t n) {
                 return copy(me(self).companions_.at(input).second, at, to, n);
               }};
      return &list_;
    }
    if (id == "fx.children/1") {
      makers_ = {sizeof makers_,
                 [](void* self, fx_text name, const fx_span*, fx_text method) {
                   me(self).children.push_back(
                       {std::string(fx::view(name)), "", std::string(fx::view(method)), false, ""});
                   return 0;
                 },
                 [](void* self, const void* bytes, std::uint64_t n) {
                   me(self).children.back().bytes.append(static_cast<const char*>(bytes), n);
                   return 0;
                 },
                 [](void* self, std::int32_t verified, fx_text why) {
                   me(self).children.back().verified = verified == 1;
                   me(self).children.back().why = fx::view(why);
                   return 0;
                 }};
      return &makers_;
    }
    return nullptr;
  }

  std::string input_;
  fx_host host_{};
  std::vector<std::string> keys_;
  std::vector<fx_text> key_items_;
  fx_keys key_list_{};
  std::map<std::uint32_t, std::pair<std::string, std::string>> companions_;
  std::vector<fx_companion> items_;
  fx_companions list_{};
  fx_children makers_{};
  std::vector<bool> covered_;
};

}  // namespace backup_test
