#include "body.hpp"

#include <gtest/gtest.h>

#include "catalogue.hpp"

namespace whatsapp {
namespace {

constexpr const char* kLrm = "\u200E";

BodyFacts facts_of(std::string_view body,
                   BodyContext context = {.has_author = true, .author_speaks = true}) {
  static const Siblings kNone{{}};
  BodyFacts facts;
  read_body(body, context, kNone, facts);
  return facts;
}

TEST(Body, KnowsAttachmentsWithTheirCaptions) {
  const std::string android = "IMG-20240305-WA0001.jpg (file attached)\nat the pier";
  BodyFacts facts = facts_of(android);
  EXPECT_EQ(facts.type, Type::media);
  EXPECT_EQ(facts.file.of(android), "IMG-20240305-WA0001.jpg");
  EXPECT_EQ(facts.text.of(android), "at the pier");

  const std::string ios =
      std::string("Plan.pdf • ") + kLrm + "12 pages " + kLrm + "<attached: 1-Plan.pdf>";
  facts = facts_of(ios);
  EXPECT_EQ(facts.file.of(ios), "1-Plan.pdf");
  EXPECT_EQ(facts.pages, 12);

  const std::string unknown = std::string(kLrm) + "<qwerty: a.jpg>";
  facts = facts_of(unknown);
  EXPECT_EQ(facts.type, Type::media);
  EXPECT_EQ(facts.file.of(unknown), "a.jpg");
}

TEST(Body, TakesNoMarkerThatSomebodyTyped) {
  for (const char* typed : {"<qwerty: a.jpg>", "a.jpg (my holiday)", "image  was omitted",
                            "look: https://maps.google.com/?q=1.5,2.5", "call me, 5 min",
                            "<this is mine>", "PLAN:\nOPTION: a (1 vote)"})
    EXPECT_EQ(facts_of(typed).type, Type::text) << typed;
}

TEST(Body, ReadsPlacesCallsPollsAndEdits) {
  const std::string place = "location: https://maps.google.com/?q=50.9425526,-6.95";
  BodyFacts facts = facts_of(place);
  EXPECT_EQ(facts.latitude.of(place), "50.9425526");
  EXPECT_EQ(facts.longitude.of(place), "-6.95");

  facts = facts_of(std::string(kLrm) + "Video call, " + kLrm + "1 hr 5 min");
  EXPECT_EQ(facts.type, Type::call);
  EXPECT_EQ(facts.seconds, 3900);

  const std::string poll = "POLL:\nWhere?\nOPTION: Port (2 votes)\nOPTION: Station (0 votes)";
  facts = facts_of(poll);
  ASSERT_EQ(facts.options.size(), 2U);
  EXPECT_EQ(facts.question.of(poll), "Where?");
  EXPECT_EQ(facts.options[0].text.of(poll), "Port");
  EXPECT_EQ(facts.options[1].votes, 0);

  const std::string edited = "see you <This message was edited>";
  facts = facts_of(edited);
  EXPECT_TRUE(facts.edited);
  EXPECT_EQ(facts.text.of(edited), "see you");
}

TEST(Body, ReadsWhoChangedTheNumber) {
  const std::string both = "+1 202 555 0100 changed to +1 202 555 0101";
  const BodyFacts facts = facts_of(both, {});
  EXPECT_EQ(facts.action, "number-changed");
  EXPECT_EQ(facts.before.of(both), "+1 202 555 0100");
  EXPECT_EQ(facts.after.of(both), "+1 202 555 0101");
}

TEST(Body, TellsANoticeFromSpeechBehindAMark) {
  const std::string text = std::string(kLrm) + "qwerty asdf";
  EXPECT_EQ(facts_of(text).type, Type::text);
  EXPECT_EQ(facts_of(text, {.has_author = true, .author_speaks = false, .bracket = true}).type,
            Type::system);
  const BodyContext media = {
      .has_author = true, .author_speaks = true, .head_marked = true, .bracket = true};
  EXPECT_EQ(facts_of(text, media).type, Type::media);
}

TEST(Body, SaysWhereATypeFollowsFromThePlaceAlone) {
  const BodyContext media = {
      .has_author = true, .author_speaks = true, .head_marked = true, .bracket = true};
  const BodyContext notice = {.has_author = true, .author_speaks = false, .bracket = true};
  EXPECT_TRUE(facts_of(std::string(kLrm) + "qwerty asdf", media).by_place);
  EXPECT_TRUE(facts_of(std::string(kLrm) + "qwerty asdf", notice).by_place);
  EXPECT_FALSE(facts_of(std::string(kLrm) + "image omitted", media).by_place);
  EXPECT_FALSE(facts_of("qwerty asdf").by_place);
}

TEST(Catalogue, SpellsEveryPhraseAsItFoldsTexts) {
  std::string folded;
  const auto check = [&](std::string_view phrase) {
    fold_phrase(phrase, folded);
    EXPECT_EQ(folded, phrase);
  };
  for_each_phrase(check);
}

}  // namespace
}  // namespace whatsapp
