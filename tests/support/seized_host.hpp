#pragma once
// A host for the plugins of databases: several inputs, values that are numbers or scattered, and an
// account of each input. Codecs of numbers are written here a second time, as plainly as possible:
// a test must not believe a span because the code under test believes it.
//
//   SeizedHost host("bytes of msgstore.db");
//   host.add_companion(1, "msgstore.db-wal", "...");
//   EXPECT_EQ(host.parse(*fx_plugin_entry_v1_whatsapp_android(), "msgstore.db"), FX_OK);
//   EXPECT_EQ(host.breaches(), std::vector<std::string>{});
//   EXPECT_EQ(host.unexplained(0), 0u);
//   for (const SeizedRecord* message : host.of("message")) ... message->text("text") ...

#include <forensics/plugin.h>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forensics::test {

struct SeizedPlace {
  std::uint32_t input = 0;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

struct SeizedSkip {
  SeizedPlace place;
  std::string code;
};

struct SeizedField {
  std::string key;
  std::uint32_t type = 0;
  std::uint32_t basis = 0;
  std::string text;         // of a text
  std::int64_t number = 0;  // of an integer or reference; of a time milliseconds since 1970
  std::string rule;
  std::uint64_t offset = 0;  // of its span
  std::uint64_t length = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> more;  // offset and length of further spans
  fx_time time{};  // of a time
  std::vector<SeizedPlace> places;  // its span and the further ones
};

// An artifact that the plugin made.
struct SeizedChild {
  std::string name;
  std::string method;
  std::string bytes;
  std::string why;
  bool verified = false;
  bool ended = false;
};

struct SeizedRecord {
  std::string kind;
  std::int64_t ref = 0;
  std::uint32_t input = 0;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::vector<SeizedField> fields;

  const SeizedField* find(std::string_view key) const;
  std::string text(std::string_view key) const;  // empty where there is none
  std::optional<std::int64_t> number(std::string_view key) const;
  bool has_extra(std::string_view name_and_value) const;
  // "message 3 conversation=1 type=text text=..."
  std::string line() const;
};

class SeizedHost {
 public:
  explicit SeizedHost(std::string input);
  SeizedHost(const SeizedHost&) = delete;
  SeizedHost& operator=(const SeizedHost&) = delete;

  void add_companion(std::uint32_t input, std::string name, std::string bytes);

  // The names of the files beside the input.
  void set_siblings(std::vector<std::string> names);

  int probe(const fx_plugin& plugin, std::string_view name);
  fx_status parse(const fx_plugin& plugin, std::string_view name);

  const std::vector<SeizedRecord>& records() const { return records_; }
  std::vector<const SeizedRecord*> of(std::string_view kind) const;
  const SeizedRecord* referred(std::string_view kind, std::optional<std::int64_t> ref) const;
  std::vector<std::string> lines() const;
  // "code: message"
  const std::vector<std::string>& notes() const { return notes_; }
  const std::map<std::string, std::uint64_t>& skipped() const { return skipped_; }  // by code
  const std::vector<SeizedChild>& children() const { return made_; }
  const std::vector<SeizedSkip>& skips() const { return skips_; }
  // What the plugin did against the contract; the first hundred.
  const std::vector<std::string>& breaches() const { return breaches_; }
  // Bytes of an input that no extent and no skip covers.
  std::uint64_t unexplained(std::uint32_t input) const;

 private:
  struct Companion {
    std::string name;
    std::string bytes;
    bool there = false;
  };

  static SeizedHost& self(void* context) { return *static_cast<SeizedHost*>(context); }
  std::int64_t read(std::uint32_t input, std::uint64_t offset, void* buffer, std::uint64_t n) const;
  void emit(const fx_record& record);
  void field(const fx_record& record, const fx_field& field, SeizedRecord& out);
  const void* extension(std::string_view id) const;
  void compare(const fx_field& field, const std::string& where);
  bool holds(const fx_span& span) const;
  void cover(const fx_span& span);
  void breach(const std::string& what);

  std::array<Companion, 8> inputs_;
  std::vector<fx_companion> items_;
  fx_companions companions_{};
  std::vector<std::string> sibling_names_;
  std::vector<fx_sibling> sibling_items_;
  fx_siblings siblings_{};
  fx_children children_{};
  std::vector<SeizedChild> made_;
  fx_host host_{};
  std::vector<SeizedRecord> records_;
  std::vector<std::string> notes_;
  std::map<std::string, std::uint64_t> skipped_;
  std::vector<SeizedSkip> skips_;
  std::vector<std::string> breaches_;
  std::array<std::vector<std::pair<std::uint64_t, std::uint64_t>>, 8> covered_;
  std::map<std::string, std::set<std::int64_t>> refs_;
};

}  // namespace forensics::test
