#include "plugin/span_check.hpp"

#include <gtest/gtest.h>

#include "host_fixture.hpp"

namespace forensics::plugin {
namespace {

using model::Basis;
using model::Codec;
using model::Field;
using model::Key;
using model::Kind;
using model::Record;

Field field(Key key, std::string text, Basis basis, model::Span span) {
  Field field;
  field.key = key;
  field.text = std::move(text);
  field.basis = basis;
  field.span = span;
  if (basis == Basis::derived) field.rule = "test.rule";
  return field;
}

Field reference(Key key, std::int64_t number) {
  Field field;
  field.key = key;
  field.number = number;
  return field;
}

const std::string kBytes = "42 \"caf\\u00e9\"\r\n-7";

class RecordCheckTest : public testing::Test {
 protected:
  RecordCheckTest() {
    Record conversation{Kind::conversation, 1, {}, {}};
    conversation.fields = {field(Key::platform, "test", Basis::derived, {})};
    EXPECT_EQ(check_.reject(conversation), std::nullopt);
  }

  // What is said of a message with this one more field; "" where nothing is.
  std::string verdict(const Field& last) {
    Record message{Kind::message, 0, {0, 2, Codec::none}, {}};
    message.fields = {reference(Key::conversation, 1), field(Key::type, "text", Basis::derived, {}),
                      last};
    return check_.reject(message).value_or("");
  }

  Descriptor input_ = evidence(kBytes);
  RecordCheck check_{only_input(input_.get(), kBytes.size()), 1000};
};

TEST_F(RecordCheckTest, TakesWhatTheBytesSay) {
  EXPECT_EQ(verdict(field(Key::text, "42", Basis::verbatim, {0, 2, Codec::utf8})), "");
  EXPECT_EQ(verdict(field(Key::text, "caf\u00E9", Basis::decoded, {4, 9, Codec::json_string})), "");
  EXPECT_EQ(verdict(field(Key::text, "\"\n-7", Basis::decoded, {13, 5, Codec::utf8_lines})), "");
  EXPECT_EQ(verdict(field(Key::text, "anything", Basis::derived, {4, 9, Codec::none})), "");
}

TEST_F(RecordCheckTest, WordsOfPeopleStandOnBytes) {
  EXPECT_EQ(verdict(field(Key::text, "I did it", Basis::derived, {4, 0, Codec::none})),
            "field \"text\" at byte 4, length 0: the value stands on no bytes of the evidence");
  EXPECT_NE(verdict(field(Key::name, "Ada", Basis::derived, {})), "");
  EXPECT_EQ(verdict(field(Key::action, "left", Basis::derived, {})), "");
}

TEST_F(RecordCheckTest, ATitleMayStandInTheFileName) {
  const auto verdict_on = [&](std::optional<std::string> name, const std::string& rule) {
    RecordCheck check(only_input(input_.get(), kBytes.size()), 1000, std::move(name));
    Record conversation{Kind::conversation, 1, {}, {}};
    conversation.fields = {field(Key::platform, "test", Basis::derived, {}),
                           field(Key::title, "Ada", Basis::derived, {})};
    conversation.fields[1].rule = rule;
    return check.reject(conversation).value_or("");
  };
  EXPECT_EQ(verdict_on("Chat with Ada.txt", "test.file-name"), "");
  EXPECT_EQ(verdict_on(std::nullopt, "test.file-name"), "");
  EXPECT_NE(verdict_on("Chat with Bob.txt", "test.file-name"), "");
  EXPECT_NE(verdict_on("Chat with Ada.txt", "test.rule"), "");
}

TEST_F(RecordCheckTest, RejectsWhatTheyDoNotSay) {
  EXPECT_EQ(verdict(field(Key::text, "43", Basis::verbatim, {0, 2, Codec::utf8})),
            "field \"text\" at byte 0, length 2: the plugin said \"43\", the evidence (utf8) has "
            "\"42\"");
  EXPECT_NE(verdict(field(Key::text, "cafe", Basis::decoded, {4, 9, Codec::json_string})), "");
  EXPECT_NE(verdict(field(Key::text, "\"\r\n-7", Basis::decoded, {13, 5, Codec::utf8_lines})), "");
  EXPECT_EQ(verdict(field(Key::text, "", Basis::verbatim, {0, 2, Codec::utf8})),
            "field \"text\" at byte 0, length 2: the span is longer than any source of the value");
}

TEST_F(RecordCheckTest, HoldsEachBasisToItsCodecs) {
  EXPECT_NE(verdict(field(Key::text, "42", Basis::verbatim, {0, 2, Codec::percent})), "");
  EXPECT_NE(verdict(field(Key::text, "42", Basis::decoded, {0, 2, Codec::none})), "");
  Field without_rule = field(Key::text, "42", Basis::derived, {});
  without_rule.rule.clear();
  EXPECT_NE(verdict(without_rule), "");
  EXPECT_NE(verdict(field(Key::text, "\xFF", Basis::derived, {})), "");
}

TEST_F(RecordCheckTest, ReadsNumbersAsTheyAreWritten) {
  Field number;
  number.key = Key::edited;
  number.basis = Basis::decoded;
  number.number = -7;
  number.span = {16, 2, Codec::utf8};
  EXPECT_EQ(verdict(number), "");
  number.number = 7;
  EXPECT_NE(verdict(number), "");
  Field time;
  time.key = Key::sent;
  time.basis = Basis::verbatim;
  time.span = {0, 2, Codec::utf8};
  EXPECT_NE(verdict(time), "");
}

TEST_F(RecordCheckTest, KnowsTheVocabulary) {
  EXPECT_NE(verdict(field(Key::latitude, "1", Basis::derived, {})).find("a message has no such"),
            std::string::npos);
  EXPECT_NE(verdict(field(Key::type, "text", Basis::derived, {})).find("stated twice"),
            std::string::npos);
  EXPECT_EQ(verdict(field(Key::extra, "a=b", Basis::derived, {})), "");
  Record bare{Kind::message, 0, {}, {reference(Key::conversation, 1)}};
  EXPECT_EQ(check_.reject(bare), "a message needs the field \"type\"");
}

TEST_F(RecordCheckTest, ARejectedRecordCannotBeReferredTo) {
  Record participant{Kind::participant, 5, {0, 99, Codec::none}, {reference(Key::conversation, 1)}};
  EXPECT_NE(check_.reject(participant), std::nullopt) << "its extent is outside";
  EXPECT_NE(verdict(reference(Key::sender, 5)), "");
  participant.extent = {0, 2, Codec::none};
  EXPECT_EQ(check_.reject(participant), std::nullopt);
  EXPECT_EQ(verdict(reference(Key::sender, 5)), "");
  EXPECT_NE(verdict(reference(Key::sender, 1)), "") << "1 is a conversation, not a participant";
}

TEST_F(RecordCheckTest, JoinsAScatteredValue) {
  Field text = field(Key::text, "427", Basis::verbatim, {0, 2, Codec::utf8});
  text.more = {{17, 1, Codec::none}};
  EXPECT_EQ(verdict(text), "");
  text.more = {{16, 1, Codec::none}};
  EXPECT_NE(verdict(text).find("the evidence (utf8) has \"42-\""), std::string::npos);
  text.more = {{18, 1, Codec::none}};
  EXPECT_NE(verdict(text).find("reaches outside"), std::string::npos);
}

TEST_F(RecordCheckTest, ComparesTimesThatAreNumbers) {
  Field sent;
  sent.key = Key::sent;
  sent.basis = Basis::decoded;
  sent.span = {0, 2, Codec::int_be};  // "42" is 0x3432
  sent.time = {0x3432, 0, model::Precision::millisecond, model::TimeBasis::epoch};
  EXPECT_EQ(verdict(sent), "");
  sent.time.wall = 0x3433;
  EXPECT_NE(verdict(sent).find("the plugin said 13363 ms"), std::string::npos);
  sent.time = {0x3432, 3600, model::Precision::millisecond, model::TimeBasis::offset};
  EXPECT_NE(verdict(sent).find("since an epoch in UTC"), std::string::npos);
  sent.span.codec = Codec::utf8;
  EXPECT_NE(verdict(sent).find("is derived"), std::string::npos);
}

TEST(RecordCheckOfSeveralInputs, KnowsEachByItsNumber) {
  const Descriptor first = evidence("one");
  const Descriptor second = evidence("second");
  Inputs inputs = only_input(first.get(), 3);
  inputs[3] = {second.get(), 6, true};
  RecordCheck check(inputs, 1000);
  const auto verdict = [&](const model::Span& span, const char* text) {
    Record conversation{Kind::conversation, 0, {0, 6, Codec::none, 3}, {}};
    conversation.fields = {field(Key::platform, "test", Basis::derived, {}),
                           field(Key::title, text, Basis::verbatim, span)};
    return check.reject(conversation).value_or("");
  };
  EXPECT_EQ(verdict({0, 6, Codec::utf8, 3}, "second"), "");
  EXPECT_EQ(verdict({0, 3, Codec::utf8, 0}, "one"), "");
  EXPECT_NE(verdict({0, 3, Codec::utf8, 3}, "one").find("of companion 3"), std::string::npos);
  EXPECT_NE(verdict({0, 0, Codec::utf8, 2}, "").find("not there"), std::string::npos);
  EXPECT_NE(verdict({4, 3, Codec::utf8, 3}, "").find("reaches outside"), std::string::npos);
}

TEST(SpanReader, ReadsAnywhereInALargeInput) {
  std::string bytes(3'000'000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7 + i / 251);
  const Descriptor input = evidence(bytes);
  SpanReader reader(input.get(), bytes.size());
  const model::Span kSpans[] = {
      {0, 10, {}},          {500, 300, {}}, {1'048'570, 20, {}}, {2'999'990, 10, {}},
      {0, 3'000'000, {}},   {40, 0, {}},    {3'000'000, 0, {}},  {1'500'000, 100'000, {}},
      {1'400'000, 100, {}}, {20, 40, {}},
  };
  for (const model::Span& span : kSpans) {
    ASSERT_TRUE(reader.holds(span));
    const auto read = reader.read(span);
    ASSERT_TRUE(read) << span.offset;
    ASSERT_EQ(*read, ByteView(bytes).substr(span.offset, span.length)) << span.offset;
  }
  EXPECT_FALSE(reader.holds({3'000'000, 1, {}}));
  EXPECT_FALSE(reader.holds({~std::uint64_t{0}, 2, {}}));
  EXPECT_FALSE(reader.holds({1, ~std::uint64_t{0}, {}}));
}

TEST(SpanReader, SaysSoWhenTheInputShrinks) {
  const Descriptor input = evidence("short");
  SpanReader reader(input.get(), 1000);
  EXPECT_EQ(reader.read({500, 10, {}}), std::nullopt);
}

}  // namespace
}  // namespace forensics::plugin
