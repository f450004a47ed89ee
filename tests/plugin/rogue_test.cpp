// Every misdeed ends the run as what it is, and the host goes on as if nothing had happened.

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "host_fixture.hpp"

namespace forensics::plugin {
namespace {

using RogueTest = HostTest;

const std::string kInput = "some evidence that nobody may touch\n";

TEST_F(RogueTest, ReadsAPath) {
  start_with({"reads_a_path"});
  const Outcome outcome = run("org.example.reads-a-path", kInput);
  EXPECT_EQ(outcome.ending, Ending::complete) << outcome.detail;
  ASSERT_EQ(sink_.notes.size(), 1U);
  EXPECT_EQ(sink_.notes[0].code, "refused");
  expect_unharmed();
}

class ForbiddenCall : public HostTest, public testing::WithParamInterface<const char*> {};

TEST_P(ForbiddenCall, IsAViolation) {
  std::string id = std::string("org.example.") + GetParam();
  std::replace(id.begin(), id.end(), '_', '-');
  start_with({GetParam()});
  const Outcome outcome = run(id, kInput);
  EXPECT_EQ(outcome.ending, Ending::violation) << outcome.detail;
  EXPECT_EQ(outcome.detail, "forbidden system call (SIGSYS)");
  EXPECT_EQ(outcome.isolation.level, host_->isolation().level);
  expect_unharmed();
}

INSTANTIATE_TEST_SUITE_P(Rogue, ForbiddenCall,
                         testing::Values("opens_a_socket", "forks", "executes",
                                         "maps_writable_code"),
                         [](const auto& parameter) { return std::string(parameter.param); });

// What a constructor does happens while the plugin is loaded, before it is asked anything.
class ForbiddenInConstructor : public HostTest, public testing::WithParamInterface<const char*> {};

TEST_P(ForbiddenInConstructor, KeepsTheHostFromStarting) {
  const std::string victim = "/tmp/forensics-rogue-victim";
  const std::string created = "/tmp/forensics-rogue-created";
  std::ofstream(victim) << "precious";
  ::unlink(created.c_str());
  const auto host = Host::start(options({GetParam()}));
  struct stat facts {};
  ASSERT_EQ(::stat(victim.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_size, 8);
  EXPECT_NE(::stat(created.c_str(), &facts), 0);
  ::unlink(victim.c_str());
  ::unlink(created.c_str());
  ASSERT_FALSE(host);
  EXPECT_EQ(host.error().code, ErrorCode::plugin);
  EXPECT_NE(host.error().message.find("forbidden system call"), std::string::npos)
      << host.error().message;
}

INSTANTIATE_TEST_SUITE_P(Rogue, ForbiddenInConstructor,
                         testing::Values("connects_while_loading", "truncates_in_constructor",
                                         "creates_in_constructor", "steals_descriptors",
                                         "makes_code_in_constructor",
                                         "maps_writable_code_in_constructor"),
                         [](const auto& parameter) { return std::string(parameter.param); });

TEST_F(RogueTest, StallsInConstructor) {
  Host::Options wanted = options({"stalls_in_constructor"});
  wanted.probe_limits.idle_seconds = 1;
  const auto host = Host::start(wanted);
  ASSERT_FALSE(host);
  EXPECT_EQ(host.error().code, ErrorCode::plugin);
  EXPECT_EQ(host.error().message, "it cannot be loaded: the worker was silent for too long");
}

TEST_F(RogueTest, StallsInProbe) {
  Host::Options wanted = options({"stalls_in_probe"});
  wanted.probe_limits.idle_seconds = 1;
  start(wanted);
  const Descriptor input = evidence(kTwoColumns);
  std::vector<std::string> trouble;
  const auto scores = host_->probe(input, "input.txt", trouble);
  ASSERT_TRUE(scores) << scores.error().text();
  ASSERT_EQ(scores->size(), 1U);
  ASSERT_EQ(trouble.size(), 1U);
  EXPECT_EQ(trouble[0], "org.example.stalls-in-probe: the worker was silent for too long");
  expect_unharmed();
}

TEST_F(RogueTest, HalfAFrame) {
  start_with({"half_a_frame"});
  Limits limits;
  limits.idle_seconds = 1;
  const Outcome outcome = run("org.example.half-a-frame", kInput, limits);
  EXPECT_EQ(outcome.ending, Ending::limit);
  EXPECT_EQ(outcome.detail, "the worker was silent for too long");
  expect_unharmed();
}

// Each byte is counted once, however often it was covered and skipped.
TEST_F(RogueTest, OverlapsSpans) {
  start_with({"overlaps_spans"});
  const Outcome outcome = run("org.example.overlaps-spans", kInput);
  EXPECT_EQ(outcome.ending, Ending::complete) << outcome.detail;
  EXPECT_EQ(outcome.records, 5U);
  EXPECT_EQ(outcome.covered, 10U);
  EXPECT_EQ(outcome.skipped, kInput.size() - 10);
  EXPECT_EQ(outcome.unexplained_bytes, 0U);
  expect_unharmed();
}

TEST_F(RogueTest, ReadsInConstructor) {
  start_with({"reads_in_constructor"});
  if (host_->isolation().landlock_abi == 0) GTEST_SKIP() << "this kernel has no Landlock";
  const Outcome outcome = run("org.example.reads-in-constructor", kInput);
  EXPECT_EQ(outcome.ending, Ending::complete) << outcome.detail;
  ASSERT_EQ(sink_.notes.size(), 2U);
  EXPECT_EQ(sink_.notes[0].code, "refused");
  EXPECT_EQ(sink_.notes[1].code, "library read");
  EXPECT_NE(outcome.isolation.explanation.find("libraries of this system"), std::string::npos);
}

// It plays the worker's part, but the level was measured before it could say a word, and what holds
// it is what was measured.
TEST_F(RogueTest, ForgesHello) {
  const auto host = Host::start(options({"forges_hello"}));
  ASSERT_FALSE(host);
  EXPECT_EQ(host.error().code, ErrorCode::plugin);
  EXPECT_EQ(host.error().message, "it does not say which plugin it holds");

  Host::Options bare = options({"forges_hello"});
  bare.simulate.without_seccomp = true;
  const auto refused = Host::start(bare);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::isolation);
}

// It never confines itself further and is handed evidence all the same; that was measured without
// it and holds: it exits with code 3 where it can open a file.
TEST_F(RogueTest, PlaysTheWorker) {
  start_with({"plays_the_worker"});
  if (host_->isolation().landlock_abi == 0) GTEST_SKIP() << "this kernel has no Landlock";
  const Outcome outcome = run("org.example.plays-the-worker", kInput);
  EXPECT_EQ(outcome.ending, Ending::complete) << outcome.detail;
  EXPECT_NE(outcome.isolation.landlock_abi, 99);
  EXPECT_NE(outcome.isolation.explanation.find("libraries of this system"), std::string::npos);
  expect_unharmed();
}

// A worker that opens files to load code is no filtered one where only Landlock could say which.
TEST_F(RogueTest, WithoutLandlockSharedObjectsAreNotFiltered) {
  Host::Options wanted = options({});
  wanted.simulate.landlock_abi = 0;
  const auto refused = Host::start(wanted);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::isolation);
  wanted.required = Level::process;
  start(wanted);
  EXPECT_EQ(host_->isolation().level, Level::process);
  expect_unharmed();
}

TEST_F(RogueTest, BringsALibraryAlong) {
  const auto host = Host::start(options({"needs_a_stranger"}));
  ASSERT_FALSE(host);
  EXPECT_EQ(host.error().code, ErrorCode::plugin);
  EXPECT_NE(host.error().message.find("librogue_stranger.so"), std::string::npos)
      << host.error().message;
}

// Whatever a worker says, it can only be about the plugin that it holds.
TEST_F(RogueTest, AnswersAsAnother) {
  start_with({"answers_as_another", "reads_a_path"});
  const Descriptor input = evidence(kInput);
  for (int round = 0; round < 2; ++round) {
    std::vector<std::string> trouble;
    const auto scores = host_->probe(input, "input.txt", trouble);
    ASSERT_TRUE(scores) << scores.error().text();
    ASSERT_EQ(scores->size(), 2U);
    EXPECT_EQ((*scores)[0].plugin, "org.example.answers-as-another");
    EXPECT_EQ((*scores)[1].plugin, "org.example.reads-a-path");
    EXPECT_EQ((*scores)[1].score, 50);
  }
  expect_unharmed();
}

TEST_F(RogueTest, SpeaksUnasked) {
  start_with({"speaks_unasked"});
  const Descriptor input = evidence(kTwoColumns);
  std::vector<std::string> trouble;
  auto scores = host_->probe(input, "input.txt", trouble);
  ASSERT_TRUE(scores) << scores.error().text();
  EXPECT_TRUE(trouble.empty());
  scores = host_->probe(input, "input.txt", trouble);
  ASSERT_TRUE(scores) << scores.error().text();
  ASSERT_EQ(trouble.size(), 1U);
  EXPECT_EQ(trouble[0], "org.example.speaks-unasked: its worker spoke before it was asked");
  EXPECT_EQ((*scores)[0].plugin, "org.example.two-columns");
  expect_unharmed();
}

TEST_F(RogueTest, ThrowsInProbe) {
  start_with({"throws_in_probe"});
  const Descriptor input = evidence(kTwoColumns);
  std::vector<std::string> trouble;
  const auto scores = host_->probe(input, "input.txt", trouble);
  ASSERT_TRUE(scores) << scores.error().text();
  EXPECT_EQ(scores->size(), 1U);
  ASSERT_EQ(trouble.size(), 1U);
  EXPECT_EQ(trouble[0], "org.example.throws-in-probe: it threw an exception across the C boundary");
}

TEST_F(RogueTest, SaysCancelled) {
  start_with({"says_cancelled"});
  const Outcome outcome = run("org.example.says-cancelled", kInput);
  EXPECT_EQ(outcome.ending, Ending::bug);
  EXPECT_EQ(outcome.detail, "the plugin said cancelled without being asked");
  EXPECT_EQ(outcome.records, 1U);
  expect_unharmed();
}

// A request to stop is heard whatever the worker does. No time is measured: a host that does not
// hear it waits for hours.
class StoppedOnRequest : public HostTest, public testing::WithParamInterface<const char*> {};

TEST_P(StoppedOnRequest, EndsARun) {
  std::atomic<bool> stop = false;
  Host::Options wanted = options({GetParam()});
  wanted.stop = &stop;
  start(wanted);
  std::string id = std::string("org.example.") + GetParam();
  std::replace(id.begin(), id.end(), '_', '-');
  const Descriptor input = evidence(kInput);
  std::thread user([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    stop = true;
  });
  const auto outcome = try_to_run(id, input);
  user.join();
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::cancelled);
  stop = false;
  expect_unharmed();
}

INSTANTIATE_TEST_SUITE_P(Rogue, StoppedOnRequest,
                         testing::Values("never_answers", "floods_skips", "closes_its_channel"),
                         [](const auto& parameter) { return std::string(parameter.param); });

TEST_F(RogueTest, StallsInProbeUntilStopped) {
  std::atomic<bool> stop = false;
  Host::Options wanted = options({"stalls_in_probe"});
  wanted.stop = &stop;
  start(wanted);
  const Descriptor input = evidence(kInput);
  std::thread user([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    stop = true;
  });
  std::vector<std::string> trouble;
  const auto scores = host_->probe(input, "input.txt", trouble);
  user.join();
  ASSERT_FALSE(scores);
  EXPECT_EQ(scores.error().code, ErrorCode::cancelled);
}

TEST_F(RogueTest, ZeroLengthConfession) {
  start_with({"zero_length_confession"});
  const Outcome outcome = run("org.example.zero-length-confession", kInput);
  EXPECT_EQ(outcome.records, 1U);
  EXPECT_EQ(outcome.rejected, 1U);
  ASSERT_EQ(sink_.notes.size(), 1U);
  EXPECT_EQ(sink_.notes[0].message,
            "field \"text\" at byte 0, length 0: the value stands on no bytes of the evidence");
  expect_unharmed();
}

TEST_F(RogueTest, FloodsBytes) {
  start_with({"floods_bytes"});
  Limits limits;
  limits.output_bytes = std::uint64_t{8} << 20;
  Outcome outcome = run("org.example.floods-bytes", kInput, limits);
  EXPECT_EQ(outcome.ending, Ending::limit);
  EXPECT_EQ(outcome.detail, "more than 8388608 bytes of records, skips and notes");
  EXPECT_EQ(outcome.records, 7U);

  // 64 MiB and 64 bytes for each byte of the input.
  outcome = run("org.example.floods-bytes", kInput);
  EXPECT_EQ(outcome.ending, Ending::limit);
  EXPECT_EQ(outcome.detail, "more than 67111168 bytes of records, skips and notes");
  EXPECT_EQ(outcome.records, 63U);
  expect_unharmed();
}

TEST_F(RogueTest, LiesAboutASpan) {
  start_with({"lies_about_span"});
  const Outcome outcome = run("org.example.lies-about-span", kInput);
  EXPECT_EQ(outcome.ending, Ending::complete);
  EXPECT_EQ(outcome.records, 1U);
  EXPECT_EQ(outcome.rejected, 1U);
  ASSERT_EQ(sink_.notes.size(), 1U);
  EXPECT_EQ(sink_.notes[0].severity, 3);
  EXPECT_EQ(sink_.notes[0].code, "rejected");
  EXPECT_EQ(sink_.notes[0].message,
            "field \"text\" at byte 0, length 7: the plugin said \"planted\", the evidence (utf8) "
            "has \"some ev\"");
  expect_unharmed();
}

TEST_F(RogueTest, ReachesOutside) {
  start_with({"reaches_outside"});
  const Outcome outcome = run("org.example.reaches-outside", kInput);
  EXPECT_EQ(outcome.ending, Ending::complete);
  EXPECT_EQ(outcome.records, 1U);
  EXPECT_EQ(outcome.rejected, 1U);
  ASSERT_EQ(sink_.notes.size(), 1U);
  EXPECT_NE(sink_.notes[0].message.find("reaches outside the input of 36 bytes"), std::string::npos)
      << sink_.notes[0].message;
  expect_unharmed();
}

TEST_F(RogueTest, UsesUnknownWords) {
  start_with({"uses_unknown_words"});
  const Outcome outcome = run("org.example.uses-unknown-words", kInput);
  EXPECT_EQ(outcome.ending, Ending::complete);
  EXPECT_EQ(outcome.records, 1U);
  EXPECT_EQ(outcome.rejected, 2U);
  ASSERT_EQ(sink_.notes.size(), 2U);
  EXPECT_EQ(sink_.notes[0].message, "a field has a key that is not in the vocabulary");
  EXPECT_EQ(sink_.notes[1].message, "the record is of no known kind");
  expect_unharmed();
}

TEST_F(RogueTest, RefersToNothing) {
  start_with({"refers_to_nothing"});
  const Outcome outcome = run("org.example.refers-to-nothing", kInput);
  EXPECT_EQ(outcome.ending, Ending::complete);
  EXPECT_EQ(outcome.records, 1U);
  ASSERT_EQ(sink_.notes.size(), 2U);
  EXPECT_NE(sink_.notes[0].message.find("refers to number 7"), std::string::npos);
  EXPECT_EQ(sink_.notes[1].message, "reference number 1 is taken");
  expect_unharmed();
}

TEST_F(RogueTest, FloodsRecords) {
  start_with({"floods_records"});
  Limits limits;
  limits.records = 1000;
  const Outcome outcome = run("org.example.floods-records", kInput, limits);
  EXPECT_EQ(outcome.ending, Ending::limit);
  EXPECT_EQ(outcome.detail, "more than 1000 records");
  EXPECT_EQ(sink_.records.size(), 1000U);
  expect_unharmed();
}

TEST_F(RogueTest, HandsOverTooMuch) {
  start_with({"hands_over_too_much"});
  const Outcome outcome = run("org.example.hands-over-too-much", kInput);
  EXPECT_EQ(outcome.ending, Ending::limit);
  EXPECT_EQ(outcome.detail, "a record is longer than one may be");
  EXPECT_EQ(outcome.records, 1U);
  expect_unharmed();
}

TEST_F(RogueTest, NeverAnswers) {
  start_with({"never_answers"});
  Limits limits;
  limits.idle_seconds = 1;
  const Outcome outcome = run("org.example.never-answers", kInput, limits);
  EXPECT_EQ(outcome.ending, Ending::limit);
  EXPECT_EQ(outcome.detail, "the worker was silent for too long");
  expect_unharmed();
}

TEST_F(RogueTest, UsesUpItsTime) {
  start_with({"never_answers"});
  Limits limits;
  limits.cpu_seconds = 1;
  const Outcome outcome = run("org.example.never-answers", kInput, limits);
  EXPECT_EQ(outcome.ending, Ending::limit);
  EXPECT_EQ(outcome.detail, "processor time used up");
  EXPECT_GT(outcome.cpu_milliseconds, 0U);
  expect_unharmed();
}

TEST_F(RogueTest, UsesUpMemory) {
#ifdef FORENSICS_SANITIZED
  GTEST_SKIP() << "sanitizers need more address space than any limit would leave";
#endif
  start_with({"uses_up_memory"});
  Limits limits;
  limits.memory = std::uint64_t{256} << 20;
  const Outcome outcome = run("org.example.uses-up-memory", kInput, limits);
  EXPECT_EQ(outcome.ending, Ending::limit);
  EXPECT_EQ(outcome.records, 1U);
  EXPECT_GT(outcome.peak_memory, std::uint64_t{100} << 20);
  EXPECT_LT(outcome.peak_memory, limits.memory);
  expect_unharmed();
}

TEST_F(RogueTest, CrashesInParse) {
  start_with({"crashes_in_parse"});
  const Outcome outcome = run("org.example.crashes-in-parse", kInput);
  EXPECT_EQ(outcome.ending, Ending::crashed);
  EXPECT_EQ(outcome.detail.substr(0, 18), "stopped by SIGABRT");
  expect_unharmed();
}

TEST_F(RogueTest, FollowsANullPointer) {
  start_with({"follows_a_null_pointer"});
  const Outcome outcome = run("org.example.follows-a-null-pointer", kInput);
  EXPECT_EQ(outcome.ending, Ending::crashed);
  expect_unharmed();
}

TEST_F(RogueTest, CrashesInProbe) {
  start_with({"crashes_in_probe", "reads_a_path"});
  const Descriptor input = evidence(kTwoColumns);
  for (int round = 0; round < 2; ++round) {
    std::vector<std::string> trouble;
    const auto scores = host_->probe(input, "input.txt", trouble);
    ASSERT_TRUE(scores) << scores.error().text();
    ASSERT_EQ(scores->size(), 2U);
    EXPECT_EQ((*scores)[0].plugin, "org.example.two-columns");
    EXPECT_EQ((*scores)[0].score, 100);
    EXPECT_EQ((*scores)[1].plugin, "org.example.reads-a-path");
    ASSERT_EQ(trouble.size(), 1U);
    EXPECT_EQ(trouble[0].substr(0, 48), "org.example.crashes-in-probe: stopped by SIGABRT");
  }
  expect_unharmed();
}

TEST_F(RogueTest, WritesGarbage) {
  start_with({"writes_garbage"});
  const Outcome outcome = run("org.example.writes-garbage", kInput);
  EXPECT_EQ(outcome.ending, Ending::protocol);
  EXPECT_EQ(outcome.detail, "the worker sent bytes that are no frame");
  expect_unharmed();
}

TEST_F(RogueTest, LeavesEarly) {
  start_with({"leaves_early"});
  const Outcome outcome = run("org.example.leaves-early", kInput);
  EXPECT_EQ(outcome.ending, Ending::crashed);
  EXPECT_EQ(outcome.detail, "the worker left before the run was over");
  expect_unharmed();
}

TEST_F(RogueTest, ClosesItsChannel) {
  start_with({"closes_its_channel"});
  const Outcome outcome = run("org.example.closes-its-channel", kInput);
  EXPECT_EQ(outcome.ending, Ending::protocol);
  EXPECT_EQ(outcome.detail, "the worker closed its channel and ran on");
  expect_unharmed();
}

TEST_F(RogueTest, FloodsStderr) {
  start_with({"floods_stderr"});
  const Outcome outcome = run("org.example.floods-stderr", kInput);
  EXPECT_EQ(outcome.ending, Ending::complete) << outcome.detail;
  EXPECT_EQ(outcome.records, 1U);
  expect_unharmed();
}

}  // namespace
}  // namespace forensics::plugin
