#include <sys/stat.h>

#include <fstream>

#include "base/sha256.hpp"
#include "host_fixture.hpp"

namespace forensics::plugin {
namespace {

TEST_F(HostTest, ParsesAndAccountsForEveryByte) {
  start_with({});
  const Outcome outcome = run("org.example.two-columns", kTwoColumns + "a line without\n\xFFz");
  EXPECT_EQ(outcome.ending, Ending::complete) << outcome.detail;
  EXPECT_EQ(outcome.records, 5U);
  EXPECT_EQ(outcome.rejected, 0U);
  EXPECT_EQ(outcome.covered, kTwoColumns.size());
  EXPECT_EQ(outcome.skipped, 17U);
  EXPECT_EQ(outcome.unexplained_bytes, 0U);
  ASSERT_EQ(sink_.records.size(), 5U);
  const model::Record& last = sink_.records.back();
  EXPECT_EQ(last.kind, model::Kind::message);
  ASSERT_NE(last.find(model::Key::text), nullptr);
  EXPECT_EQ(last.find(model::Key::text)->text, "hello");
  EXPECT_EQ(last.find(model::Key::text)->span, (model::Span{34, 5, model::Codec::utf8}));
  EXPECT_EQ(last.find(model::Key::sender)->number, 2);
  ASSERT_EQ(sink_.skips.size(), 2U);
  EXPECT_EQ(sink_.skips[0].code, "no-tab");
  EXPECT_EQ(sink_.skips[0].span.offset, kTwoColumns.size());
}

TEST_F(HostTest, StreamDigestIsOverLengthAndEncoding) {
  start_with({});
  const Outcome outcome = run("org.example.two-columns", kTwoColumns);
  Sha256 expected;
  for (const model::Record& record : sink_.records) {
    std::string bytes;
    model::encode(record, bytes);
    const char length[4] = {static_cast<char>(bytes.size()), 0, 0, 0};
    expected.update({length, 4}).update(bytes);
  }
  EXPECT_EQ(outcome.stream, expected.finish());
  EXPECT_EQ(run("org.example.two-columns", kTwoColumns).stream, outcome.stream);
}

TEST_F(HostTest, RejectsInvalidTextAsTheSpanCheckSees) {
  start_with({});
  const Outcome outcome = run("org.example.two-columns", "#two-columns\nAda\t\xFF\xFE\n");
  EXPECT_EQ(outcome.records, 2U);
  EXPECT_EQ(outcome.rejected, 1U);
  EXPECT_EQ(outcome.unexplained_bytes, 4U);
  ASSERT_EQ(outcome.unexplained.size(), 1U);
  EXPECT_EQ(outcome.unexplained[0], (model::Span{16, 4, model::Codec::none}));
}

class SeveralInputsTest : public HostTest {
 protected:
  Outcome read(const std::string& main, const std::string& log, std::vector<std::string> keys) {
    const Descriptor input = evidence(main);
    const Descriptor companion = evidence(log);
    Task task;
    task.plugin = "org.example.several-inputs";
    task.input = input.get();
    task.companions = {{1, companion.get(), "a/file-log"}};
    task.keys = std::move(keys);
    task.takes_children = true;
    auto job = host_->parse(std::move(task));
    EXPECT_TRUE(job) << job.error().text();
    return *(*job)->drain(sink_);
  }
  const std::string main_ = "#several-inputs\nAda\tgood morning\n";
};

TEST_F(SeveralInputsTest, EachIsCheckedAndAccountedForByItself) {
  start_with({});
  const Outcome outcome = read(main_, "Bob\thello\nodd\nx", {});
  EXPECT_EQ(outcome.ending, Ending::complete) << outcome.detail;
  EXPECT_EQ(outcome.rejected, 0U) << sink_.notes.front().message;
  EXPECT_EQ(outcome.covered, main_.size());
  EXPECT_EQ(outcome.unexplained_bytes, 0U);
  ASSERT_EQ(outcome.companions.size(), 1U);
  EXPECT_EQ(outcome.companions[0].input, 1);
  EXPECT_EQ(outcome.companions[0].covered, 10U);
  EXPECT_EQ(outcome.companions[0].skipped, 5U);
  EXPECT_EQ(outcome.companions[0].unexplained_bytes, 0U);
  ASSERT_EQ(sink_.records.size(), 3U);
  const model::Field* text = sink_.records[2].find(model::Key::text);
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(text->text, "hello");
  EXPECT_EQ(text->span, (model::Span{4, 1, model::Codec::utf8, 1}));
  EXPECT_EQ(text->more, (std::vector<model::Span>{{5, 4, model::Codec::none, 1}}));
  EXPECT_FALSE(outcome.asked_for_keys);
}

TEST_F(SeveralInputsTest, AChildComesOutWithTheKeyAndNotWithoutIt) {
  start_with({});
  const std::string sealed = main_ + "!inner.txt\t" + std::string("\x01\x02\x03") + "\n";
  Outcome outcome = read(sealed, "", {});
  EXPECT_EQ(outcome.ending, Ending::encrypted);
  EXPECT_TRUE(outcome.asked_for_keys);
  EXPECT_TRUE(sink_.children.empty());
  sink_ = {};
  outcome = read(sealed, "", {"@"});
  EXPECT_EQ(outcome.ending, Ending::complete) << outcome.detail;
  EXPECT_EQ(outcome.children, 1U);
  ASSERT_EQ(sink_.children.size(), 1U);
  EXPECT_EQ(sink_.children[0].child.name, "inner.txt");
  EXPECT_EQ(sink_.children[0].child.method, "exclusive-or");
  EXPECT_EQ(sink_.children[0].bytes, "ABC");
  EXPECT_TRUE(sink_.children[0].verified);
  EXPECT_TRUE(sink_.children[0].whole);
}

TEST_F(SeveralInputsTest, AChildWhoseNameIsAPathEndsTheRun) {
  start_with({});
  const Outcome outcome = read(main_ + "!../up\t1\n", "", {"@"});
  EXPECT_EQ(outcome.ending, Ending::protocol);
  EXPECT_TRUE(sink_.children.empty());
}

TEST_F(HostTest, IdentifiesPluginsByTheBytesThatRun) {
  start_with({});
  const PluginInfo* info = nullptr;
  for (const PluginInfo& plugin : host_->plugins())
    if (plugin.id == "org.example.two-columns") info = &plugin;
  ASSERT_NE(info, nullptr);
  EXPECT_EQ(info->version, "1.0.0");
  EXPECT_EQ(info->carrier, "shared-object");
  EXPECT_EQ(info->abi, 1U);
  const auto bytes = read_file(FORENSICS_TEST_PLUGINS "/two_columns.so", 1 << 24);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(info->sha256, Sha256::of(*bytes));
}

TEST_F(HostTest, JobsRunSideBySide) {
  start_with({});
  std::vector<std::unique_ptr<Job>> jobs;
  const Descriptor input = evidence(kTwoColumns);
  for (int i = 0; i < 4; ++i) {
    Task task;
    task.plugin = "org.example.two-columns";
    task.input = input.get();
    auto job = host_->parse(task);
    ASSERT_TRUE(job) << job.error().text();
    jobs.push_back(std::move(*job));
  }
  for (auto job = jobs.rbegin(); job != jobs.rend(); ++job) {
    CollectingSink sink;
    const auto outcome = (*job)->drain(sink);
    ASSERT_TRUE(outcome) << outcome.error().text();
    EXPECT_EQ(sink.records.size(), 5U);
  }
}

TEST_F(HostTest, ProbesManyInputsWithOneHost) {
  start_with({});
  const Descriptor mine = evidence(kTwoColumns);
  const Descriptor other = evidence("nothing of the kind");
  for (int i = 0; i < 300; ++i) {
    std::vector<std::string> trouble;
    const auto scores = host_->probe(i % 2 == 0 ? mine : other, "x", trouble);
    ASSERT_TRUE(scores) << scores.error().text();
    ASSERT_EQ(scores->size(), i % 2 == 0 ? 1U : 0U);
    ASSERT_TRUE(trouble.empty());
  }
}

TEST_F(HostTest, HandsOverNothingThatCanBeWritten) {
  start_with({});
  const Descriptor writable(::memfd_create("evidence", MFD_CLOEXEC));
  Task task;
  task.plugin = "org.example.two-columns";
  task.input = writable.get();
  const auto job = host_->parse(task);
  ASSERT_FALSE(job);
  EXPECT_EQ(job.error().code, ErrorCode::internal);
}

TEST_F(HostTest, PassesOnTheErrorOfASink) {
  class FullSink final : public Sink {
    Status record(const model::Record&) override {
      return fail(ErrorCode::output, "case", "disk full");
    }
    Status skip(const Skip&) override { return {}; }
    Status note(const Note&) override { return {}; }
  } sink;
  start_with({});
  const Descriptor input = evidence(kTwoColumns);
  Task task;
  task.plugin = "org.example.two-columns";
  task.input = input.get();
  const auto job = host_->parse(task);
  ASSERT_TRUE(job);
  const auto outcome = (*job)->drain(sink);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::output);
  expect_unharmed();
}

TEST_F(HostTest, RefusesCodeThatOthersCanWrite) {
  const std::string path = testing::TempDir() + "/writable_by_others.so";
  const auto bytes = read_file(FORENSICS_TEST_PLUGINS "/two_columns.so", 1 << 24);
  ASSERT_TRUE(bytes);
  std::ofstream(path, std::ios::binary) << *bytes;
  ASSERT_EQ(::chmod(path.c_str(), 0666), 0);
  Host::Options wanted = options({});
  wanted.plugins = {path};
  const auto host = Host::start(wanted);
  ASSERT_FALSE(host);
  EXPECT_EQ(host.error().code, ErrorCode::plugin);
  EXPECT_NE(host.error().message.find("anyone can write"), std::string::npos);
  ::unlink(path.c_str());
}

TEST_F(HostTest, NamesAWorkerThatIsMissing) {
  Host::Options wanted = options({});
  wanted.worker = "/nonexistent/forensics-worker";
  const auto host = Host::start(wanted);
  ASSERT_FALSE(host);
  EXPECT_EQ(host.error().code, ErrorCode::not_found);
  EXPECT_EQ(host.error().where, "/nonexistent/forensics-worker");
}

TEST_F(HostTest, RefusesASecondPluginOfTheSameId) {
  Host::Options wanted = options({});
  wanted.plugins.push_back(wanted.plugins.front());
  const auto host = Host::start(wanted);
  ASSERT_FALSE(host);
  EXPECT_NE(host.error().message.find("a second plugin"), std::string::npos);
}

// The level that is reported is the one that is left.
TEST_F(HostTest, ReportsTheLevelThatIsReached) {
  Host::Options wanted = options({});
  start(wanted);
  const Level best = host_->isolation().level;
  wanted.simulate.landlock_abi = 2;
  start(wanted);
  EXPECT_EQ(host_->isolation().level, Level::filtered);
  EXPECT_LE(host_->isolation().landlock_abi, 2);
  EXPECT_TRUE(host_->isolation().seccomp);
  expect_unharmed();
  wanted.plugins.clear();
  wanted.simulate.landlock_abi = 0;
  start(wanted);
  EXPECT_EQ(host_->isolation().level, Level::filtered);
  EXPECT_EQ(host_->isolation().landlock_abi, 0);
  EXPECT_GE(best, Level::filtered) << "this machine has no seccomp filters";
}

TEST_F(HostTest, RefusesBelowTheRequiredLevel) {
  Host::Options wanted = options({});
  wanted.simulate.without_seccomp = true;
  const auto refused = Host::start(wanted);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::isolation);
  EXPECT_NE(refused.error().message.find("L1"), std::string::npos) << refused.error().message;
  EXPECT_NE(refused.error().message.find("use --isolation L1."), std::string::npos);

  wanted.required = Level::process;
  start(wanted);
  EXPECT_EQ(host_->isolation().level, Level::process);
  EXPECT_FALSE(host_->isolation().seccomp);
  expect_unharmed();
}

TEST_F(HostTest, SelfTestShowsEveryDenial) {
  const auto test = self_test(options({}));
  ASSERT_TRUE(test) << test.error().text();
  ASSERT_EQ(test->denials.size(), 8U);
  for (const SelfTest::Denial& denial : test->denials)
    EXPECT_TRUE(denial.denied) << denial.what << ": " << denial.how;
  EXPECT_EQ(test->denials[0].how, "EACCES");
  EXPECT_EQ(test->denials[2].how, "SIGSYS");
}

TEST_F(HostTest, SelfTestSaysWhatIsNotDenied) {
  Host::Options bare = options({});
  bare.simulate = {.landlock_abi = 0, .without_seccomp = true};
  const auto test = self_test(bare);
  ASSERT_TRUE(test) << test.error().text();
  EXPECT_EQ(test->isolation.level, Level::process);
  EXPECT_FALSE(test->denials[0].denied);
  EXPECT_EQ(test->denials[0].how, "it worked");
  EXPECT_FALSE(test->denials[4].denied) << "executing a program";
}

}  // namespace
}  // namespace forensics::plugin
