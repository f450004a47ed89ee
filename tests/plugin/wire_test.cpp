#include "plugin/wire.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "plugin/messages.hpp"

namespace forensics::plugin {
namespace {

using Next = FrameDecoder::Next;
using namespace std::string_literals;

constexpr std::uint64_t kLimit = std::uint64_t{4} << 20;

// Feeds `bytes` in pieces of `piece` and collects what comes out, as "type:payload".
Next feed(const std::string& bytes, std::size_t piece, std::vector<std::string>& out,
          std::uint64_t limit = kLimit) {
  FrameDecoder decoder(limit);
  for (std::size_t at = 0; at <= bytes.size();) {
    Message message;
    const Next next = decoder.next(message);
    if (next == Next::message) {
      out.push_back(std::to_string(static_cast<int>(message.type)) + ":" +
                    std::string(message.payload));
      continue;
    }
    if (next != Next::starved || at == bytes.size()) return next;
    std::size_t room = 0;
    char* space = decoder.space(room);
    const std::size_t n = std::min({room, piece, bytes.size() - at});
    std::memcpy(space, bytes.data() + at, n);
    decoder.filled(n);
    at += n;
  }
  return Next::starved;
}

TEST(Frames, ComeOutAsTheyWentIn) {
  std::string bytes;
  append_message(bytes, FrameType::record, "one");
  append_message(bytes, FrameType::note, "");
  append_message(bytes, FrameType::done, std::string(3000, 'x'));
  for (const std::size_t piece : {1U, 7U, 4096U, 100000U}) {
    std::vector<std::string> out;
    EXPECT_EQ(feed(bytes, piece, out), Next::starved);
    EXPECT_EQ(out, (std::vector<std::string>{"5:one", "8:", "13:" + std::string(3000, 'x')}));
  }
}

TEST(Frames, HaveTheDocumentedBytes) {
  std::string bytes;
  append_message(bytes, FrameType::score, "ab");
  EXPECT_EQ(bytes, "\x02\0\0\0\x04\0\0\0ab"s);
}

TEST(Frames, ALongMessageIsSplitAndJoined) {
  const std::string payload(2 * kMaxPayload + 17, 'y');
  std::string in_place;
  const std::size_t start = begin_frame(in_place);
  in_place += payload;
  end_frame(in_place, start, FrameType::record);
  std::string appended;
  append_message(appended, FrameType::record, payload);
  EXPECT_EQ(in_place, appended);
  EXPECT_EQ(appended.size(), payload.size() + 3 * kFrameHeader);
  std::vector<std::string> out;
  EXPECT_EQ(feed(appended, 100'000, out), Next::starved);
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0], "5:" + payload);
}

TEST(Frames, AMessageBeyondTheLimitIsRefusedBeforeItIsHeld) {
  std::string bytes;
  append_message(bytes, FrameType::record, std::string(2 * kMaxPayload, 'y'));
  std::vector<std::string> out;
  EXPECT_EQ(feed(bytes, 4096, out, kMaxPayload + 1), Next::oversized);
  EXPECT_TRUE(out.empty());
}

struct Malformed {
  const char* name;
  std::string bytes;
};

class MalformedFrame : public testing::TestWithParam<Malformed> {};

TEST_P(MalformedFrame, IsRefused) {
  std::vector<std::string> out;
  EXPECT_EQ(feed(GetParam().bytes, 3, out), Next::malformed);
}

INSTANTIATE_TEST_SUITE_P(Table, MalformedFrame,
                         testing::Values(Malformed{"TypeZero", "\0\0\0\0\0\0\0\0"s},
                                         Malformed{"TypeUnknown", "\0\0\0\0\x10\0\0\0"s},
                                         Malformed{"TooLong", "\x01\0\x10\0\x05\0\0\0"s},
                                         Malformed{"LengthAllOnes", "\xFF\xFF\xFF\xFF\x05\0\0\0"s},
                                         Malformed{"FlagUnknown", "\0\0\0\0\x05\0\x02\0"s},
                                         Malformed{"EmptyWithMore", "\0\0\0\0\x05\0\x01\0"s},
                                         Malformed{
                                             "TypeChangesMidway",
                                             "\x01\0\0\0\x05\0\x01\0x\x01\0\0\0\x08\0\0\0y"s}),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

TEST(Frames, RandomBytesNeverGetPastTheDecoder) {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(random() % 200, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    // A plausible head, so that more than the first check is reached.
    if (bytes.size() > 8 && round % 2 == 0) bytes.replace(0, 8, "\x09\0\0\0\x05\0\x01\0"s);
    std::vector<std::string> out;
    const Next next = feed(bytes, 1 + random() % 50, out);
    ASSERT_TRUE(next == Next::starved || next == Next::malformed);
  }
}

template <typename Value>
std::string bytes_of(const Value& value) {
  std::string out;
  encode(value, out);
  return out;
}

// Every proper prefix of a payload is refused, and so is a byte too many.
template <typename Value>
void expect_exact(const Value& value) {
  const std::string bytes = bytes_of(value);
  Value back;
  ASSERT_TRUE(decode(bytes, back));
  EXPECT_EQ(bytes_of(back), bytes);
  for (std::size_t n = 0; n < bytes.size(); ++n) EXPECT_FALSE(decode(bytes.substr(0, n), back));
  EXPECT_FALSE(decode(bytes + '\0', back));
}

TEST(Messages, AreReadExactlyAsWritten) {
  TaskMessage task;
  task.mode = Mode::parse;
  task.plugin = 3;
  task.length = 1 << 20;
  task.name = "_chat.txt";
  task.options = "{}";
  task.siblings = {{"IMG.jpg", 10, -5, 1}, {"\xFF", 0, 0, 0}};
  task.limits.records = 77;
  expect_exact(task);
  HelloMessage hello;
  hello.isolation = {Level::confined, 7, true, "why"};
  expect_exact(hello);
  expect_exact(PluginMessage{1, "{}"});
  expect_exact(ScoreMessage{2, -1, true});
  expect_exact(Skip{{1, 2, model::Codec::none}, "code", "why"});
  expect_exact(Note{2, {1, 2, model::Codec::none}, "code", "message"});
  Member member;
  member.name = "a/b";
  member.type = Member::Type::symlink;
  member.link_target = "../c";
  member.has_modified = 2;
  expect_exact(member);
  expect_exact(MemberEndMessage{true, {ErrorCode::corrupt, "where", "what"}});
  expect_exact(AttemptMessage{13});
  expect_exact(DoneMessage{Ending::truncated, "detail"});
}

TEST(Messages, RefuseWhatNoWorkerWouldSay) {
  DoneMessage done;
  EXPECT_FALSE(decode(bytes_of(DoneMessage{Ending::crashed, ""}), done));
  EXPECT_FALSE(decode(bytes_of(DoneMessage{Ending::violation, ""}), done));
  Note note;
  EXPECT_FALSE(decode(bytes_of(Note{4, {}, "", ""}), note));
  HelloMessage hello;
  HelloMessage in_process;
  in_process.isolation.level = Level::in_process;
  EXPECT_FALSE(decode(bytes_of(in_process), hello));
  TaskMessage task;
  std::string many = bytes_of(TaskMessage{});
  many.replace(many.size() - 4, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_FALSE(decode(many, task)) << "a count of siblings that are not there";
}

}  // namespace
}  // namespace forensics::plugin
