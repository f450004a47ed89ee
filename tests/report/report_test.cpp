// A whole report of a case made by hand: what stands in its pages, their size, their links, their
// bytes, and what happens to the folder when things go wrong.

#include "report/report.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/sha256.hpp"
#include "harbour_sample.hpp"

namespace forensics::report {
namespace {

namespace fs = std::filesystem;
using test::CaseFixture;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

// Name, relative to the folder, and bytes of every file.
std::map<std::string, std::string> files_of(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      files[fs::relative(entry.path(), folder).string()] = content_of(entry.path());
  return files;
}

std::map<std::string, std::string> pages_of(const std::string& folder) {
  auto files = files_of(folder);
  std::erase_if(files, [](const auto& file) { return !file.first.ends_with(".html"); });
  return files;
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
    ++found;
  return found;
}

// Values of every attribute `name` in the tags of a page.
std::vector<std::string> attributes(const std::string& page, const std::string& name) {
  std::vector<std::string> values;
  const std::string key = " " + name + "=";
  for (std::size_t open = page.find('<'); open != std::string::npos;
       open = page.find('<', open + 1)) {
    // No ">" stands in a value: evidence has "&gt;" there.
    const std::string tag = page.substr(open, page.find('>', open) - open);
    const std::size_t at = tag.find(key);
    if (at == std::string::npos) continue;
    const std::size_t value = at + key.size();
    const bool quoted = tag[value] == '"';
    values.push_back(quoted ? tag.substr(value + 1, tag.find('"', value + 1) - value - 1)
                            : tag.substr(value, tag.find(' ', value) - value));
  }
  return values;
}

ReportSummary must_write(const CaseFixture& fixture, const std::string& out,
                         ReportOptions options = {}) {
  options.check = false;  // the fixture is a database without a ledger
  auto summary = write_report(fixture.root(), out, options);
  if (!summary) throw std::runtime_error(summary.error().text());
  return *summary;
}

TEST(Report, ShowsEveryMessageOnceUnderItsNumber) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  const ReportSummary summary = must_write(fixture, fixture.path("out"));
  EXPECT_EQ(summary.messages, 24);
  EXPECT_EQ(summary.conversations, 3);
  EXPECT_EQ(summary.unreadable_objects, 0);
  std::map<std::string, int> ids;
  for (const auto& [name, page] : pages_of(fixture.path("out")))
    for (const std::string& id : attributes(page, "id"))
      if (id.starts_with("C0")) ++ids[id];
  ASSERT_EQ(ids.size(), 24U);
  for (const auto& [id, times] : ids) EXPECT_EQ(times, 1) << id;
  EXPECT_TRUE(ids.contains(casefile::message_id(1, 21)));
  EXPECT_TRUE(ids.contains("C0002-M000001"));
  EXPECT_TRUE(ids.contains("C0003-M000002"));
}

TEST(Report, NamesTheSourceOfAMessage) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  must_write(fixture, fixture.path("out"));
  const std::string page = content_of(fixture.path("out/c0001.html"));
  const std::string object = content_of(fixture.object_path(5));
  // The second message: its line in the object, at the offset and length that the page gives.
  const std::string line = "05/03/2024, 14:03 - Karim: Boat leaves";
  const std::size_t start = object.find(line);
  const std::size_t end = object.find('\n', start) + 1;
  const std::string origin = page.substr(page.find("id=\"C0001-M000002\""), 1500);
  EXPECT_NE(
      origin.find("offset " + std::to_string(start) + " length " + std::to_string(end - start)),
      std::string::npos)
      << origin;
  EXPECT_NE(origin.find("written <bdi class=raw>05/03/2024, 14:03</bdi>"), std::string::npos);
  EXPECT_NE(origin.find("<time datetime=\"2024-03-05T14:03\">2024-03-05 14:03</time>"),
            std::string::npos);
  EXPECT_NE(origin.find(to_hex(view(Sha256::of(object)))), std::string::npos);
  EXPECT_NE(origin.find("org.libforensics.whatsapp-text 0.1.0"), std::string::npos);
  // A stated offset fixes the instant.
  EXPECT_NE(page.find("UTC 2024-03-07T10:00:00Z, zone stated"), std::string::npos);
}

TEST(Report, ShowsBothReadingsOfAnOpenDate) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  must_write(fixture, fixture.path("out"));
  const std::string page = content_of(fixture.path("out/c0002.html"));
  EXPECT_NE(page.find("Wednesday, 3 April 2024, or Monday, 4 March 2024"), std::string::npos);
  EXPECT_NE(page.find("day and month open: two readings"), std::string::npos);
  const std::string timeline = content_of(fixture.path("out/timeline.html"));
  EXPECT_EQ(count(timeline, "href=\"c0002.html#C0002-M000001\""), 2U);
  EXPECT_LT(timeline.find("Second reading"), timeline.find("First reading"));
}

TEST(Report, FollowsAnAssertedDateOrderAndZone) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  model::Record reading = test::record(model::Kind::reading, {{model::Key::subject, "date-order"},
                                                              {model::Key::value, "day-month-year"},
                                                              {model::Key::verdict, "undecided"}});
  std::string data;
  model::encode(reading, data);
  fixture.sql(
      "INSERT INTO record VALUES (2, 99, 10, NULL, x'" + to_hex(data) +
      "'); UPDATE exhibit SET date_order = 'month-day', zone = 'Europe/Malta' WHERE id = 2");
  must_write(fixture, fixture.path("out"));
  const std::string page = content_of(fixture.path("out/c0002.html"));
  EXPECT_NE(page.find("<time datetime=\"2024-03-04T10:00\">2024-03-04 10:00</time></span>"),
            std::string::npos);
  EXPECT_EQ(page.find("two readings"), std::string::npos);
  EXPECT_NE(page.find("UTC 2024-03-04T09:00:00Z, zone asserted"), std::string::npos);
  EXPECT_NE(page.find("as the examiner asserted; excluded: 2024-04-03 10:00"), std::string::npos);
}

TEST(Report, NeverWritesEvidenceAsMarkup) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  must_write(fixture, fixture.path("out"));
  const auto pages = pages_of(fixture.path("out"));
  const std::string chat = pages.at("c0001.html");
  EXPECT_NE(chat.find("&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;"),
            std::string::npos);
  EXPECT_NE(chat.find("Mallory&quot; onclick=&quot;x"), std::string::npos);
  EXPECT_NE(chat.find("<span class=ctl>U+202E</span>gpj.tac"), std::string::npos);
  for (const auto& [name, page] : pages) {
    EXPECT_EQ(page.find("<script"), std::string::npos) << name;
    EXPECT_EQ(page.find("<b>warning"), std::string::npos) << name;
    EXPECT_EQ(page.find("\u202E"), std::string::npos) << name;
    EXPECT_TRUE(is_utf8(page)) << name;
    for (const char* loading : {"src", "href", "srcset", "poster", "action", "style", "onclick"}) {
      for (const std::string& value : attributes(page, loading)) {
        EXPECT_EQ(value.find(':'), std::string::npos) << name << ": " << value;
        EXPECT_FALSE(value.starts_with("/")) << name << ": " << value;
      }
    }
    EXPECT_EQ(count(page,
                    "Content-Security-Policy content=\"default-src 'none'; img-src 'self'; "
                    "media-src 'self'; style-src 'self'; base-uri 'none'; "
                    "form-action 'none'\""),
              1U)
        << name;
  }
}

TEST(Report, LinksOnlyToWhatIsThere) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  test::add_long_chat(fixture, 500);
  must_write(fixture, fixture.path("out"), {.page_bytes = 20'000});
  const auto files = files_of(fixture.path("out"));
  std::map<std::string, std::set<std::string>> anchors;
  for (const auto& [name, page] : pages_of(fixture.path("out")))
    for (const std::string& id : attributes(page, "id")) anchors[name].insert(id);
  std::size_t links = 0;
  for (const auto& [name, page] : pages_of(fixture.path("out"))) {
    for (const char* kind : {"href", "src"}) {
      for (const std::string& value : attributes(page, kind)) {
        const std::size_t hash = value.find('#');
        const std::string target = hash == 0 ? name : value.substr(0, hash);
        EXPECT_TRUE(files.contains(target)) << name << " leads to " << value;
        if (hash != std::string::npos) {
          EXPECT_TRUE(anchors[target].contains(value.substr(hash + 1)))
              << name << " leads to " << value;
        }
        ++links;
      }
    }
  }
  EXPECT_GT(links, 1000U);
}

TEST(Report, CopiesMediaThatBrowsersShowAndNothingElse) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  must_write(fixture, fixture.path("out"));
  std::set<std::string> endings;
  for (const auto& entry : fs::directory_iterator(fixture.path("out/files"))) {
    endings.insert(entry.path().extension());
    EXPECT_EQ(entry.path().stem(), to_hex(view(Sha256::of(content_of(entry.path())))));
  }
  EXPECT_EQ(endings, (std::set<std::string>{".png", ".gif", ".ogg"}));
  const std::string chat = content_of(fixture.path("out/c0001.html"));
  EXPECT_EQ(count(chat, "<img "), 2U);
  EXPECT_EQ(count(chat, "<audio controls preload=none "), 1U);
  EXPECT_NE(chat.find("not in the export: it was made without media"), std::string::npos);
  EXPECT_NE(chat.find("missing: named by the message"), std::string::npos);
  EXPECT_NE(chat.find("Karim<span class=ctl>U+202E</span>fcv.exe"), std::string::npos);
}

TEST(Report, SaysWhereAStoredFileIsAlteredOrMissing) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  std::ofstream(fixture.object_path(1), std::ios::app) << "x";
  fs::remove(fixture.object_path(2));
  const ReportSummary summary = must_write(fixture, fixture.path("out"));
  EXPECT_EQ(summary.altered_objects, 1);
  EXPECT_EQ(summary.unreadable_objects, 1);
  const std::string chat = content_of(fixture.path("out/c0001.html"));
  EXPECT_EQ(count(chat, "<img "), 0U);
  EXPECT_EQ(count(chat, "The stored file is missing or altered: not shown."), 2U);
  EXPECT_NE(content_of(fixture.path("out/index.html"))
                .find("Stored files that are not what the case says"),
            std::string::npos);
}

TEST(Report, WarnsOnTheCoverBelowTheIsolationThatIsRequired) {
  const auto cover = [](const std::string& level) {
    CaseFixture fixture;
    fixture.chat(fixture.exhibit("E"), "a.txt", "A", {}, level);
    must_write(fixture, fixture.path("out"));
    return content_of(fixture.path("out/index.html"));
  };
  EXPECT_NE(cover("L1").find("Isolation below L2."), std::string::npos);
  EXPECT_NE(cover("L2").find("Isolation below L3."), std::string::npos);
  EXPECT_EQ(cover("L3").find("Isolation below"), std::string::npos);
}

TEST(Report, ShowsTheSignedCheckpointOrSaysThatThereIsNone) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  must_write(fixture, fixture.path("out"));
  const std::string note = content_of(fixture.path("out/checkpoint.note"));
  EXPECT_TRUE(note.starts_with("urn:uuid:00000000-0000-4000-8000-000000000417\n1\n")) << note;
  const std::string cover = content_of(fixture.path("out/index.html"));
  EXPECT_NE(cover.find("urn:uuid:00000000-0000-4000-8000-000000000417"), std::string::npos);
  EXPECT_EQ(cover.find("No verified checkpoint"), std::string::npos);

  fs::remove_all(fixture.root() + "/ledger");
  must_write(fixture, fixture.path("out"));
  EXPECT_NE(content_of(fixture.path("out/index.html")).find("No verified checkpoint"),
            std::string::npos);
  EXPECT_FALSE(fs::exists(fixture.path("out/checkpoint.note")));
}

TEST(Report, ListsWhatWasNotReadAndWhy) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  must_write(fixture, fixture.path("out"));
  const std::string page = content_of(fixture.path("out/coverage.html"));
  for (const char* expected :
       {"<b>Unexplained</b> bytes 40 to 51 (12 in all)", "UTF-8 signature at the start",
        "a &lt;b&gt;warning&lt;/b&gt;", "the archive needs a password", "<code>encrypted</code>",
        "caf<span class=ctl>byte E9</span>&lt;i&gt;.bin"})
    EXPECT_NE(page.find(expected), std::string::npos) << expected;
  // Trouble stands first.
  EXPECT_LT(page.find("locked.zip"), page.find("_chat.txt"));
}

TEST(Report, KeepsPagesBelowOneMegabyteWhateverAMessageHolds) {
  CaseFixture fixture;
  test::Said big;
  big.stamp = "01/01/2024, 00:00";
  big.wall = test::wall(2024, 1, 1, 0, 0);
  big.sender = std::string(300'000, '"');
  big.text = std::string(1'500'000, '<') + std::string(200'000, '\x01') + "END";
  for (int i = 0; i < 3000; ++i)
    big.files.push_back({std::string(300, '\x02'), "missing", std::nullopt});
  fixture.chat(fixture.exhibit("E"), std::string(5000, '&'), std::string(400'000, '<'), {big});
  test::add_long_chat(fixture, 20'000);
  must_write(fixture, fixture.path("out"));
  std::size_t opening = 0, control = 0;
  std::set<std::string> anchors;
  for (const auto& [name, page] : pages_of(fixture.path("out"))) {
    EXPECT_LT(page.size(), 1'000'000U) << name;
    if (name.starts_with("c0001")) {
      opening += count(page, "&lt;");
      control += count(page, "U+0001");
    }
    if (!name.starts_with("c0002")) continue;
    for (const std::string& id : attributes(page, "id")) {
      if (!id.starts_with("C0002-M")) continue;
      EXPECT_TRUE(anchors.insert(id).second) << id;
    }
  }
  EXPECT_GE(opening, 1'500'000U);
  EXPECT_EQ(control, 200'000U);
  EXPECT_EQ(anchors.size(), 20'000U);
  EXPECT_TRUE(fs::exists(fixture.path("out/c0002-pages.html")));
}

TEST(Report, IsTheSameToTheByteInAnyZoneAndLocale) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  must_write(fixture, fixture.path("one"));
  ::setenv("TZ", "Asia/Tokyo", 1);
  ::tzset();
  const std::string before = std::setlocale(LC_ALL, nullptr);
  std::setlocale(LC_ALL, "C.UTF-8");
  const ReportSummary two = must_write(fixture, fixture.path("two"));
  std::setlocale(LC_ALL, before.c_str());
  ::unsetenv("TZ");
  ::tzset();
  EXPECT_EQ(files_of(fixture.path("one")), files_of(fixture.path("two")));
  EXPECT_EQ(two.manifest, Sha256::of(content_of(fixture.path("two/manifest-sha256.txt"))));
  EXPECT_EQ(static_cast<std::size_t>(two.files), files_of(fixture.path("two")).size() - 1);
}

TEST(Report, IsListedInAManifestThatSha256sumChecks) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  must_write(fixture, fixture.path("out"));
  const std::string check =
      "cd '" + fixture.path("out") + "' && sha256sum --quiet --strict -c manifest-sha256.txt";
  EXPECT_EQ(std::system(check.c_str()), 0);
  std::ofstream(fixture.path("out/c0001.html"), std::ios::app) << "x";
  EXPECT_NE(std::system((check + " 2>/dev/null >/dev/null").c_str()), 0);
}

TEST(Report, GivesACommandThatPrintsTheMessage) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  must_write(fixture, fixture.path("out"));
  const std::string page = content_of(fixture.path("out/method.html"));
  const std::size_t start = page.find("tail -c");
  std::string command = page.substr(start, page.find("</code>", start) - start);
  command.replace(command.find("CASE"), 4, fixture.root());
  const std::string shown = fixture.path("shown");
  ASSERT_EQ(std::system((command + " > '" + shown + "'").c_str()), 0);
  EXPECT_EQ(content_of(shown),
            "05/03/2024, 14:00 - Messages and calls are end-to-end encrypted.\n");
}

TEST(Report, ReplacesAnEarlierReportAndNothingElse) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  const std::string out = fixture.path("out");
  fs::create_directory(out);
  must_write(fixture, out);
  const auto first = files_of(out);
  must_write(fixture, out + "/");
  EXPECT_EQ(files_of(out), first);

  std::ofstream(out + "/notes.txt") << "mine";
  const auto refused = write_report(fixture.root(), out, {.check = false});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::output);
  EXPECT_NE(refused.error().message.find("notes.txt"), std::string::npos);
  EXPECT_EQ(content_of(out + "/notes.txt"), "mine");
  EXPECT_EQ(files_of(out).size(), first.size() + 1);

  std::ofstream(fixture.path("file")) << "x";
  EXPECT_FALSE(write_report(fixture.root(), fixture.path("file"), {.check = false}));
}

// A disk that is full after a while.
class FullDisk : public Files {
 public:
  explicit FullDisk(int writes) : writes_(writes) {}
  Status write(const Descriptor& file, ByteView bytes, const std::string& path) override {
    if (writes_-- <= 0) return fail(ErrorCode::output, path, "No space left on device");
    return Files::write(file, bytes, path);
  }

 private:
  int writes_;
};

TEST(Report, LeavesNothingBehindWhenWritingFails) {
  CaseFixture fixture;
  test::add_harbour_sample(fixture);
  must_write(fixture, fixture.path("out"));
  const auto before = files_of(fixture.path("out"));
  for (int writes = 0; writes < 30; writes += 3) {
    FullDisk disk(writes);
    const auto failed =
        write_report(fixture.root(), fixture.path("out"), {.files = &disk, .check = false});
    ASSERT_FALSE(failed) << writes;
    EXPECT_EQ(failed.error().code, ErrorCode::output);
    EXPECT_EQ(files_of(fixture.path("out")), before);
    for (const auto& entry : fs::directory_iterator(fixture.path("")))
      EXPECT_EQ(entry.path().string().find(".tmp-"), std::string::npos) << entry.path();
  }
}

TEST(Report, RefusesAPageSizeThatMakesNoSense) {
  CaseFixture fixture;
  const auto refused =
      write_report(fixture.root(), fixture.path("out"), {.page_bytes = 2'000'000, .check = false});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::usage);
}

TEST(Report, OfAnEmptyCaseSaysSo) {
  CaseFixture fixture;
  must_write(fixture, fixture.path("out"));
  EXPECT_NE(content_of(fixture.path("out/index.html")).find("Nothing was taken in yet."),
            std::string::npos);
  EXPECT_NE(content_of(fixture.path("out/conversations.html")).find("No conversation was read"),
            std::string::npos);
}

}  // namespace
}  // namespace forensics::report
