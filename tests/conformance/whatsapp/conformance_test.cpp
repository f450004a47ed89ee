// The WhatsApp text plugin against every variant in variants/: see README.md there.

#include <forensics/plugin.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "support/collecting_host.hpp"
#include "support/fixtures.hpp"
#include "support/message_lines.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_whatsapp(void);

namespace forensics::test {
namespace {

namespace fs = std::filesystem;

// $FORENSICS_VARIANTS names another folder of the same form: a larger, private set.
fs::path variants() {
  if (const char* other = std::getenv("FORENSICS_VARIANTS")) return other;
  return repository() / "tests" / "conformance" / "whatsapp" / "variants";
}

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(variants()))
    out.push_back(entry.path().filename().string());
  std::ranges::sort(out);
  return out;
}

// "2024-06-20T10:00:02" with or without Z.
std::int64_t milliseconds(const std::string& iso) {
  const auto part = [&](std::size_t at, std::size_t length) {
    int value = 0;
    std::from_chars(iso.data() + at, iso.data() + at + length, value);
    return value;
  };
  using namespace std::chrono;
  const year_month_day date(year(part(0, 4)), month(static_cast<unsigned>(part(5, 2))),
                            day(static_cast<unsigned>(part(8, 2))));
  const auto moment =
      sys_days(date) + hours(part(11, 2)) + minutes(part(14, 2)) + seconds(part(17, 2));
  return duration_cast<std::chrono::milliseconds>(moment.time_since_epoch()).count();
}

std::vector<Sibling> read_siblings(const fs::path& file) {
  std::vector<Sibling> out;
  if (!fs::exists(file)) return out;
  for (const std::string& line : split_lines(slurp(file))) {
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    const std::string time = line.substr(second + 1);
    Sibling sibling;
    sibling.name = line.substr(0, first);
    sibling.length = std::stoull(line.substr(first + 1, second - first - 1));
    sibling.modified = time.empty() ? 0 : milliseconds(time);
    sibling.has_modified = time.empty() ? 0 : time.back() == 'Z' ? 1 : 2;
    out.push_back(std::move(sibling));
  }
  return out;
}

struct Variant {
  std::string file;
  std::string input;
  std::vector<Sibling> siblings;
  std::vector<std::string> expected;
  std::string title;  // "": not stated
};

constexpr std::string_view kAbout[] = {"about.txt", "expected.jsonl", "siblings.tsv", "title.txt"};

Variant read_variant(const fs::path& folder) {
  Variant out;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (std::ranges::find(kAbout, name) != std::end(kAbout)) continue;
    out.file = name;
  }
  out.input = slurp(folder / out.file);
  out.siblings = read_siblings(folder / "siblings.tsv");
  out.expected = split_lines(slurp(folder / "expected.jsonl"));
  if (fs::exists(folder / "title.txt")) out.title = split_lines(slurp(folder / "title.txt")).at(0);
  return out;
}

std::string title_of(const std::vector<model::Record>& records) {
  for (const model::Record& record : records)
    if (record.kind == model::Kind::conversation)
      if (const model::Field* title = record.find(model::Key::title)) return title->text;
  return {};
}

// Prints how many variants are read exactly, of all and of the sixteen measured on other readers.
class Score : public ::testing::Environment {
 public:
  void TearDown() override {
    const auto& suite = *::testing::UnitTest::GetInstance();
    for (int i = 0; i < suite.total_test_suite_count(); ++i) {
      const ::testing::TestSuite& tests = *suite.GetTestSuite(i);
      if (std::string_view(tests.name()) == "Whatsapp/Variants") print(tests);
    }
  }

 private:
  static void print(const ::testing::TestSuite& tests) {
    struct Count {
      int read = 0, all = 0;
    } every, peer;
    for (int i = 0; i < tests.total_test_count(); ++i) {
      const ::testing::TestInfo& test = *tests.GetTestInfo(i);
      const std::string_view name(test.name());
      if (!test.should_run() || !name.starts_with("AreReadExactly/")) continue;
      const int read = test.result()->Passed() ? 1 : 0;
      every = {every.read + read, every.all + 1};
      if (name.starts_with("AreReadExactly/peer_")) peer = {peer.read + read, peer.all + 1};
    }
    std::printf("conformance whatsapp: %d of %d variants, %d of %d of the peers' table\n",
                every.read, every.all, peer.read, peer.all);
  }
};

const auto* const kScore = ::testing::AddGlobalTestEnvironment(new Score);

class Variants : public ::testing::TestWithParam<std::string> {};

TEST_P(Variants, AreReadExactly) {
  const fx_plugin& plugin = *fx_plugin_entry_v1_whatsapp();
  const Variant variant = read_variant(variants() / GetParam());
  CollectingHost host(variant.input);
  host.set_siblings(variant.siblings);

  EXPECT_GT(host.probe(plugin, variant.file), 0);
  ASSERT_EQ(host.parse(plugin, variant.file), FX_OK);

  std::vector<std::string> lines;
  for (const Json& line : message_lines(host.records())) lines.push_back(line.dump());
  EXPECT_EQ(lines.size(), variant.expected.size());
  for (std::size_t i = 0; i < std::min(lines.size(), variant.expected.size()); ++i)
    EXPECT_EQ(lines[i], variant.expected[i]) << "message " << i + 1;

  if (!variant.title.empty()) {
    EXPECT_EQ(title_of(host.records()), variant.title);
  }
  EXPECT_EQ(host.breaches(), std::vector<std::string>{});
  for (const Range& gap : host.unexplained())
    ADD_FAILURE() << "unexplained bytes " << gap.begin << " to " << gap.end;

  const auto records = host.records();
  const auto skips = host.skips();
  const auto notes = host.notes();
  for (const std::uint64_t piece : {std::uint64_t{1}, std::uint64_t{7}}) {
    host.limit_reads(piece);
    ASSERT_EQ(host.parse(plugin, variant.file), FX_OK);
    EXPECT_TRUE(host.records() == records) << "other records when reading by " << piece;
    EXPECT_TRUE(host.skips() == skips) << "other skips when reading by " << piece;
    EXPECT_TRUE(host.notes() == notes) << "other notes when reading by " << piece;
  }
}

// The records that say how the date order was decided: one chosen, or two that stay, or one that
// says why there is none; and each refuted one gives its reason.
TEST_P(Variants, SayHowTheDatesWereDecided) {
  const Variant variant = read_variant(variants() / GetParam());
  const bool undecided = std::ranges::any_of(variant.expected, [](const std::string& line) {
    return line.find("\"wall_other\"") != std::string::npos;
  });
  CollectingHost host(variant.input);
  host.set_siblings(variant.siblings);
  ASSERT_EQ(host.parse(*fx_plugin_entry_v1_whatsapp(), variant.file), FX_OK);
  std::map<std::string, int> verdicts;
  for (const model::Record& record : host.records()) {
    if (record.kind != model::Kind::reading) continue;
    EXPECT_EQ(record.extent.length, 0U) << "a reading accounts for no bytes";
    if (record.find(model::Key::subject)->text != "date-order") continue;
    const std::string& verdict = record.find(model::Key::verdict)->text;
    ++verdicts[verdict];
    const model::Field* reason = record.find(model::Key::reason);
    EXPECT_TRUE(verdict != "refuted" || (reason != nullptr && !reason->text.empty()));
  }
  const bool dated = std::ranges::any_of(variant.expected, [](const std::string& line) {
    return line.find("\"wall\":null") == std::string::npos;
  });
  EXPECT_EQ(verdicts["undecided"], undecided ? 2 : dated ? 0 : 1);
  EXPECT_EQ(verdicts["chosen"] > 0, dated && !undecided);
}

// What the contract demands of any bytes: no value that its span does not hold, no crash.
void expect_sound(CollectingHost& host, const Variant& variant, const std::string& what) {
  const fx_status status = host.parse(*fx_plugin_entry_v1_whatsapp(), variant.file);
  EXPECT_NE(status, FX_BUG) << what;
  EXPECT_EQ(host.breaches(), std::vector<std::string>{}) << what;
}

TEST_P(Variants, AreReadSoundlyWhenCutOrDamaged) {
  const Variant variant = read_variant(variants() / GetParam());
  const std::size_t size = variant.input.size();
  const std::size_t step = size / 24 + 1;
  for (std::size_t cut = 0; cut < size; cut += step) {
    CollectingHost host(variant.input.substr(0, cut));
    expect_sound(host, variant, "cut at byte " + std::to_string(cut));
  }
  std::minstd_rand random(static_cast<std::uint32_t>(size));
  for (int round = 0; round < 24; ++round) {
    std::string damaged = variant.input;
    const std::size_t at = random() % size;
    damaged[at] = static_cast<char>(random() % 256);
    CollectingHost host(damaged);
    expect_sound(host, variant, "byte " + std::to_string(at) + " overwritten");
  }
}

TEST_P(Variants, StopAtOnceWhenTheHostRefuses) {
  const Variant variant = read_variant(variants() / GetParam());
  CollectingHost host(variant.input);
  host.set_siblings(variant.siblings);
  const fx_plugin& plugin = *fx_plugin_entry_v1_whatsapp();
  ASSERT_EQ(host.parse(plugin, variant.file), FX_OK);
  const auto records = host.records();
  ASSERT_GT(records.size(), 3U);
  host.cancel_after(3);
  EXPECT_EQ(host.parse(plugin, variant.file), FX_CANCELLED);
  EXPECT_TRUE(std::ranges::equal(host.records(), std::span(records).first(3)));
}

std::string test_name(const ::testing::TestParamInfo<std::string>& variant) {
  std::string name = variant.param;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Whatsapp, Variants, ::testing::ValuesIn(names()), test_name);

// What an examiner must be told: the note's code, and the message it stands at (counted from 1).
TEST(Notes, StandAtWhatTheyAreAbout) {
  if (std::getenv("FORENSICS_VARIANTS") != nullptr) GTEST_SKIP() << "a private set is tested";
  struct Case {
    std::string variant, code;
    std::size_t message;
  };
  for (const Case& known : {Case{"view-once-android", "null-body", 2},
                            Case{"trap-pasted-own-head", "possible-quoted-header", 2}}) {
    const Variant variant = read_variant(variants() / known.variant);
    CollectingHost host(variant.input);
    ASSERT_EQ(host.parse(*fx_plugin_entry_v1_whatsapp(), variant.file), FX_OK);
    std::vector<Range> messages;
    for (const model::Record& record : host.records())
      if (record.kind == model::Kind::message)
        messages.push_back({record.extent.offset, record.extent.end()});
    ASSERT_GE(messages.size(), known.message);
    const Range& about = messages[known.message - 1];
    const auto stands_there = [&](const Note& note) {
      return note.code == known.code && note.range.begin >= about.begin &&
             note.range.end <= about.end;
    };
    EXPECT_EQ(std::ranges::count_if(host.notes(), stands_there), 1) << known.variant;
  }
}

// Files that lie beside exports and are none.
TEST(NoExport, IsLeftToOthers) {
  const std::string inputs[] = {
      "",
      "\n\n\n",
      "Dear all,\n\nthe meeting of 05/03/2024 is moved to 14:03.\n\nBest: Alice\n",
      "date,name,text\n2024-03-05,Alice,hello\n2024-03-06,Bob,hi\n2024-03-07,Alice,ok\n",
      "# Notes\n\n- 2024-03-05: done\n- 2024-03-06: open\n- 2024-03-07: open\n",
      R"({"messages":[{"date":"05/03/2024, 14:03","from":"Alice","text":"hi"}]})",
      "1\n00:00:01,000 --> 00:00:04,000\nAlice: hello\n\n2\n00:00:05,000 --> 00:00:08,000\nBob: "
      "hi\n",
      "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Carol Example\r\nTEL:+44 7700 900456\r\nEND:VCARD\r\n",
      "\x89PNG\r\n\x1a\n\x01\x02\x03[05/03/2024, 14:03:07]\x04\xff\xfe\x05",
      std::string(5000, '\0'),
      std::string(5000, '['),
      std::string(5000, '1'),
  };
  const fx_plugin& plugin = *fx_plugin_entry_v1_whatsapp();
  for (const std::string& input : inputs) {
    CollectingHost host(input);
    EXPECT_EQ(host.probe(plugin, "_chat.txt"), 0) << input.substr(0, 40);
    EXPECT_EQ(host.parse(plugin, "_chat.txt"), FX_NOT_MINE) << input.substr(0, 40);
    EXPECT_TRUE(host.records().empty()) << input.substr(0, 40);
    EXPECT_EQ(host.breaches(), std::vector<std::string>{}) << input.substr(0, 40);
  }
}

TEST(Suite, HoldsEveryVariantThatWasPromised) {
  if (std::getenv("FORENSICS_VARIANTS") != nullptr) GTEST_SKIP() << "a private set is tested";
  EXPECT_GE(names().size(), 75U);
  EXPECT_EQ(std::ranges::count_if(names(), [](const auto& n) { return n.starts_with("peer-"); }),
            16);
}

}  // namespace
}  // namespace forensics::test
