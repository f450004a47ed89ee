#include <cstdio>

#include "host_fixture.hpp"
#include "plugin/messages.hpp"
#include "plugin/unpack_run.hpp"

namespace forensics::plugin {
namespace {

// One file of a tar archive (POSIX.1-1988, ustar).
std::string tar_member(const std::string& name, const std::string& bytes) {
  std::string header(512, '\0');
  const auto put = [&](std::size_t at, const std::string& text) {
    header.replace(at, text.size(), text);
  };
  char size[12];
  std::snprintf(size, sizeof size, "%011zo", bytes.size());
  put(0, name);
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  put(124, size);
  put(136, "14570215200");  // 2024-03-01T00:00:00Z
  put(148, "        ");
  put(156, "0");
  put(257, std::string("ustar\0"
                       "00",
                       8));
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  char checksum[8];
  std::snprintf(checksum, sizeof checksum, "%06o", sum);
  put(148, std::string(checksum, 7));
  return header + bytes + std::string((512 - bytes.size() % 512) % 512, '\0');
}

std::string tar(const std::vector<std::pair<std::string, std::string>>& members) {
  std::string out;
  for (const auto& [name, bytes] : members) out += tar_member(name, bytes);
  return out + std::string(1024, '\0');
}

class CollectingMembers final : public MemberSink {
 public:
  Status begin(const Member& member) override {
    lines.push_back(member.name + "=");
    modified = member.modified;
    return {};
  }
  Status data(ByteView bytes) override {
    lines.back() += bytes;
    return {};
  }
  Status end(const Error* error) override {
    lines.back() += error == nullptr ? ";" : "!";
    return {};
  }

  std::vector<std::string> lines;
  std::int64_t modified = 0;
};

class UnpackTest : public HostTest {
 protected:
  Outcome unpack(const std::string& bytes, const Limits& limits = {}) {
    const auto outcome = host_->unpack(evidence(bytes), "evidence.bin", limits, members_);
    EXPECT_TRUE(outcome) << outcome.error().text();
    return outcome.value_or(Outcome{});
  }
  CollectingMembers members_;
};

TEST_F(UnpackTest, HandsOverMembersInOrder) {
  start_with({});
  const std::string large(200'000, 'x');
  const Outcome outcome = unpack(tar({{"b.txt", "hello"}, {"../a", ""}, {"c", large}}));
  EXPECT_EQ(outcome.ending, Ending::complete) << outcome.detail;
  EXPECT_EQ(members_.lines,
            (std::vector<std::string>{"b.txt=hello;", "../a=;", "c=" + large + ";"}));
  EXPECT_EQ(members_.modified, 1'709'251'200'000);
  EXPECT_EQ(outcome.isolation.level, host_->isolation().level);
}

TEST_F(UnpackTest, WhatIsNoArchiveIsNotMine) {
  start_with({});
  EXPECT_EQ(unpack("just a line of text\n").ending, Ending::not_mine);
  EXPECT_EQ(unpack("").ending, Ending::not_mine);
  EXPECT_TRUE(members_.lines.empty());
}

TEST_F(UnpackTest, ATruncatedArchiveKeepsWhatWasThere) {
  start_with({});
  const std::string whole = tar({{"a", "first"}, {"b", std::string(5000, 'y')}});
  const Outcome outcome = unpack(whole.substr(0, 3000));
  EXPECT_EQ(outcome.ending, Ending::truncated) << outcome.detail;
  ASSERT_EQ(members_.lines.size(), 2U);
  EXPECT_EQ(members_.lines[0], "a=first;");
  EXPECT_EQ(members_.lines[1].back(), '!');
}

TEST_F(UnpackTest, StopsAtTheLimitOfMembers) {
  start_with({});
  Limits limits;
  limits.members = 2;
  const Outcome outcome = unpack(tar({{"a", "1"}, {"b", "2"}, {"c", "3"}}), limits);
  EXPECT_EQ(outcome.ending, Ending::limit) << outcome.detail;
  EXPECT_EQ(members_.lines, (std::vector<std::string>{"a=1;", "b=2;"}));
}

TEST_F(HostTest, SiblingsPassThrough) {
  Host::Options wanted = options({});
  wanted.plugins = {FORENSICS_TEST_PLUGINS "/lists_siblings.so"};
  start(wanted);
  const Descriptor input = evidence("x");
  Task task;
  task.plugin = "org.example.lists-siblings";
  task.input = input.get();
  task.name = "_chat.txt";
  task.options = R"({"a":1})";
  task.siblings = {{"IMG-20240305-WA0001.jpg", 1234, -1, 1}, {"notes.pdf", 0, 99, 2}};
  auto job = host_->parse(task);
  ASSERT_TRUE(job) << job.error().text();
  const auto outcome = (*job)->drain(sink_);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->ending, Ending::complete) << outcome->detail;
  ASSERT_EQ(sink_.notes.size(), 3U);
  EXPECT_EQ(sink_.notes[0].code, "_chat.txt");
  EXPECT_EQ(sink_.notes[0].message, R"({"a":1})");
  EXPECT_EQ(sink_.notes[1].code, "IMG-20240305-WA0001.jpg");
  EXPECT_EQ(sink_.notes[1].message, "1234 -1 1");
  EXPECT_EQ(sink_.notes[2].message, "0 99 2");
}

// What no archive reader would send, as a worker that was taken over would.
class UnpackRunTest : public testing::Test {
 protected:
  class Counter final : public MemberSink {
   public:
    Status begin(const Member&) override { return {}; }
    Status data(ByteView bytes) override {
      taken += bytes.size();
      return {};
    }
    Status end(const Error*) override { return {}; }
    std::uint64_t taken = 0;
  };

  bool is_over_after(FrameType type, const std::string& payload) {
    const auto over = run_.take({type, payload});
    EXPECT_TRUE(over) << over.error().text();
    return over && *over;
  }
  void begin_member() {
    std::string member;
    encode(Member{}, member);
    EXPECT_FALSE(is_over_after(FrameType::member, member));
  }

  Counter sink_;
  UnpackRun run_{std::uint64_t{1} << 10, {}, sink_};
};

TEST_F(UnpackRunTest, EmptyPiecesAreRefused) {
  begin_member();
  EXPECT_TRUE(is_over_after(FrameType::data, ""));
  EXPECT_EQ(run_.finish()->ending, Ending::protocol);
}

TEST_F(UnpackRunTest, TheHostKeepsTheRatio) {
  begin_member();
  const std::string mebibyte(std::size_t{1} << 20, 'A');
  for (int i = 0; i < 64; ++i) ASSERT_FALSE(is_over_after(FrameType::data, mebibyte)) << i;
  EXPECT_TRUE(is_over_after(FrameType::data, "A"));
  const Outcome outcome = *run_.finish();
  EXPECT_EQ(outcome.ending, Ending::limit);
  EXPECT_EQ(outcome.detail, "the members are more than 1000 times as long as the archive");
  EXPECT_EQ(sink_.taken, std::uint64_t{64} << 20);
}

TEST_F(UnpackRunTest, NobodyAskedItToStop) {
  std::string done;
  encode(DoneMessage{Ending::cancelled, ""}, done);
  EXPECT_TRUE(is_over_after(FrameType::done, done));
  EXPECT_EQ(run_.finish()->ending, Ending::bug);
}

}  // namespace
}  // namespace forensics::plugin
