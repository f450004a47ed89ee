#include <gtest/gtest.h>

#include "casefile/reader.hpp"

namespace forensics::casefile {
namespace {

TEST(Names, CitationsAreWrittenWithLeadingZeros) {
  EXPECT_EQ(artifact_id(17), "A000017");
  EXPECT_EQ(conversation_id(3), "C0003");
  EXPECT_EQ(message_id(3, 124), "C0003-M000124");
  EXPECT_EQ(message_id(12345, 1234567), "C12345-M1234567");
}

TEST(Names, CitationsAreReadBack) {
  const auto message = parse_citation("C0003-M000124");
  ASSERT_TRUE(message);
  EXPECT_EQ(message->what, Citation::What::message);
  EXPECT_EQ(message->id, 3);
  EXPECT_EQ(message->number, 124);
  EXPECT_EQ(parse_citation("c3-m124")->number, 124);
  EXPECT_EQ(parse_citation("a17")->what, Citation::What::artifact);
  EXPECT_EQ(parse_citation("C12")->what, Citation::What::conversation);
}

TEST(Names, WhatIsNoCitationIsRefused) {
  for (const char* text : {"", "A", "C", "A0", "C-M1", "C3-", "C3-M", "C3M4", "C3-M0", "B7", "A17x",
                           "A-1", "A+1", " A1", "A99999999999999999999", "C1-M2-M3", "M1"})
    EXPECT_FALSE(parse_citation(text)) << text;
}

TEST(Names, EveryMessageTypeHasANameThatReadsBack) {
  for (int number = 1; number <= 10; ++number) {
    const auto type = static_cast<MessageType>(number);
    EXPECT_EQ(message_type(name_of(type)), type);
  }
  EXPECT_FALSE(message_type("nonsense"));
  EXPECT_EQ(name_of(MessageType::view_once), "view_once");
}

}  // namespace
}  // namespace forensics::casefile
