#include "model/record.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/json.hpp"
#include "model/record_line.hpp"

namespace forensics::model {
namespace {

Record sample() {
  Record record;
  record.kind = Kind::message;
  record.ref = 7;
  record.extent = {1000, 60, Codec::none};
  Field conversation;
  conversation.key = Key::conversation;
  conversation.basis = Basis::derived;
  conversation.rule = "test.rule";
  conversation.number = 1;
  conversation.span = {1000, 0, Codec::none};
  Field sent;
  sent.key = Key::sent;
  sent.basis = Basis::derived;
  sent.rule = "test.time";
  sent.time = {1709647380000, 0, Precision::minute, TimeBasis::unknown};
  sent.span = {1000, 17, Codec::none};
  Field text;
  text.key = Key::text;
  text.basis = Basis::decoded;
  text.text = "Grüße \"you\"\n";
  text.span = {1027, 33, Codec::utf8_lines};
  record.fields = {conversation, sent, text};
  return record;
}

TEST(RecordEncoding, GivesBackWhatWentIn) {
  const Record record = sample();
  std::string bytes;
  encode(record, bytes);
  Record back;
  ASSERT_TRUE(decode(bytes, back));
  EXPECT_EQ(back, record);
}

TEST(RecordEncoding, HoldsInputsNumbersAndScatteredValues) {
  Record record = sample();
  record.extent.input = 7;
  record.fields[1].span.codec = kLastCodec;
  record.fields[2].span.input = 1;
  record.fields[2].more = {{5, 6, Codec::none, 1}, {900'000, 0, Codec::none, 7}};
  std::string bytes;
  encode(record, bytes);
  Record back = sample();
  ASSERT_TRUE(decode(bytes, back));
  EXPECT_EQ(back, record);
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_FALSE(decode(ByteView(bytes).substr(0, length), back)) << length;
  std::string line;
  append_record_line(record, "", line);
  EXPECT_NE(line.find(R"(,7])"), std::string::npos);
  EXPECT_NE(line.find(R"("more":[[5,6,1],[900000,0,7]])"), std::string::npos);
}

TEST(RecordEncoding, ARecordOfOneInputHasTheBytesThatItAlwaysHad) {
  std::string bytes;
  encode(sample(), bytes);
  Record record;
  ASSERT_TRUE(decode(bytes, record));
  // The first field's byte of basis and codec has no second form for the same.
  record.fields.resize(1);
  record.fields[0].span = {1024, 1, Codec::utf8};
  bytes.clear();
  encode(record, bytes);
  const std::size_t at = bytes.find(static_cast<char>(record.fields[0].key), 1) + 1;
  std::string longer = bytes;
  longer[at] = static_cast<char>((static_cast<unsigned char>(bytes[at]) & 7) | 8);
  longer.insert(at + 1, 1, static_cast<char>(Codec::utf8));
  EXPECT_FALSE(decode(longer, record));
}

TEST(RecordEncoding, LeavesOutTheValueOfOneKeyOnly) {
  Record record = sample();
  std::string bytes;
  encode_without(record, Key::text, bytes);
  Record back;
  ASSERT_TRUE(decode(bytes, back));
  EXPECT_EQ(back.find(Key::text)->text, "");
  record.fields[2].text.clear();
  EXPECT_EQ(back, record);
}

TEST(RecordEncoding, RefusesEveryTruncation) {
  std::string bytes;
  encode(sample(), bytes);
  Record back;
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_FALSE(decode(ByteView(bytes).substr(0, length), back)) << length;
  EXPECT_FALSE(decode(bytes + '\0', back));
}

TEST(RecordEncoding, SurvivesAnyFlippedBitAndStaysCanonical) {
  std::string bytes;
  encode(sample(), bytes);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    Record back;
    if (!decode(flipped, back)) continue;
    std::string again;
    encode(back, again);
    EXPECT_EQ(again, flipped) << "two encodings of one record, bit " << bit;
  }
}

TEST(RecordEncoding, RefusesNumbersThatCanonicalJsonCannotHold) {
  Record record = sample();
  record.fields[0].number = std::int64_t{1} << 53;
  std::string bytes;
  encode(record, bytes);
  Record back;
  EXPECT_FALSE(decode(bytes, back));
}

TEST(RecordLine, IsTheCanonicalJsonOfTheSpecification) {
  std::string line;
  append_record_line(sample(), "000102030405060708090a0b0c0d0e0f", line);
  EXPECT_EQ(
      line,
      R"({"extent":[1000,60],"fields":[{"basis":"derived","codec":"none","key":"conversation","rule":"test.rule","span":[1000,0],"value":1},)"
      R"({"basis":"derived","codec":"none","key":"sent","rule":"test.time","span":[1000,17],"value":{"basis":"unknown","offset":0,"precision":"minute","wall":1709647380000}},)"
      R"({"basis":"decoded","codec":"utf8-lines","key":"text","span":[1027,33],"value":"Grüße \"you\"\n"}],"kind":"message","ref":7,"salt":"000102030405060708090a0b0c0d0e0f"})");
  const auto parsed = Json::parse_canonical(line);
  ASSERT_TRUE(parsed) << parsed.error().text();
  EXPECT_EQ(parsed->dump(), line);
}

TEST(Vocabulary, NumbersAndNamesAreUnique) {
  for (const KeyInfo& a : keys()) {
    EXPECT_EQ(find_key(a.name), &a);
    EXPECT_EQ(find_key(static_cast<std::uint8_t>(a.key)), &a);
  }
  EXPECT_EQ(find_key("no such key"), nullptr);
  EXPECT_EQ(find_key(std::uint8_t{0}), nullptr);
  EXPECT_EQ(find_kind(255), nullptr);
}

TEST(Vocabulary, RequiredKeysAreAllowedKeys) {
  for (const KindInfo& kind : kinds())
    for (const Key key : kind.required) EXPECT_TRUE(allows(kind.kind, key)) << kind.name;
}

}  // namespace
}  // namespace forensics::model
