#pragma once
// A host for one plugin in the test's own process: the input is a string, what the plugin says is
// kept, and everything that the contract promises is checked on the way.
//
//   CollectingHost host("bytes of the artifact");
//   EXPECT_EQ(host.parse(*fx_plugin_entry_v1_whatsapp(), "_chat.txt"), FX_OK);
//   EXPECT_EQ(host.breaches(), std::vector<std::string>{});
//   EXPECT_TRUE(host.unexplained().empty());

#include <forensics/plugin.h>

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/record.hpp"

namespace forensics::test {

struct Range {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  bool operator==(const Range&) const = default;
};

struct Skip {
  Range range;
  std::string code;
  std::string why;
  bool operator==(const Skip&) const = default;
};

struct Note {
  fx_severity severity{};
  Range range;
  std::string code;
  std::string message;
  bool operator==(const Note&) const = default;
};

struct Sibling {
  std::string name;
  std::uint64_t length = 0;
  std::int64_t modified = 0;       // milliseconds since 1970
  std::uint32_t has_modified = 0;  // as in fx_sibling
};

class CollectingHost {
 public:
  explicit CollectingHost(std::string input);
  CollectingHost(const CollectingHost&) = delete;
  CollectingHost& operator=(const CollectingHost&) = delete;

  // Before parse().
  void set_siblings(std::vector<Sibling> siblings);
  void limit_reads(std::uint64_t bytes) { read_limit_ = bytes; }         // short reads from now on
  void cancel_after(std::uint64_t records) { cancel_after_ = records; }  // then emit() refuses

  int probe(const fx_plugin& plugin, std::string_view name);
  // Starts over: what an earlier run collected is dropped.
  fx_status parse(const fx_plugin& plugin, std::string_view name, std::string_view options = "{}");

  const std::vector<model::Record>& records() const { return records_; }
  const std::vector<Skip>& skips() const { return skips_; }
  const std::vector<Note>& notes() const { return notes_; }

  // What the plugin did against the contract: a value that its span does not hold, a key that the
  // kind does not have, a reference to nothing, a span outside the input, ...
  const std::vector<std::string>& breaches() const { return breaches_; }

  // The ranges that no extent and no skip covers, in order.
  std::vector<Range> unexplained() const;

 private:
  static CollectingHost& self(void* context) { return *static_cast<CollectingHost*>(context); }

  std::int64_t read(std::uint64_t offset, void* buffer, std::uint64_t n) const;
  int emit(const fx_record& record);
  void skip(const fx_span& span, std::string code, std::string why);
  void note(std::uint32_t severity, const fx_span& span, std::string code, std::string message);
  const void* extension(std::string_view id) const;

  model::Record read_record(const fx_record& record);
  void read_field(const fx_field& field, model::Record& out);
  void check_value(const model::Record& record, const model::Field& field);
  void check_reference(const model::Record& record, const model::Field& field);
  void check_whole(const model::Record& record);
  Range range_of(const fx_span& span, std::string_view of_what);
  void breach(const std::string& what);

  std::string input_;
  std::uint64_t read_limit_ = 0;
  std::uint64_t cancel_after_ = 0;
  std::vector<Sibling> siblings_;
  std::vector<fx_sibling> sibling_items_;
  fx_siblings sibling_list_{};
  fx_host host_{};

  std::vector<model::Record> records_;
  std::vector<Skip> skips_;
  std::vector<Note> notes_;
  std::vector<std::string> breaches_;
  std::vector<Range> covered_;
  std::array<std::set<std::int64_t>, 256> refs_;  // by kind
};

}  // namespace forensics::test
