#include "casefile/people.hpp"

#include <gtest/gtest.h>

#include "casefile/identities.hpp"
#include "reading/small_case.hpp"

namespace forensics::casefile {
namespace {

using Names = std::vector<std::string>;

TEST(People, InternationalNumbersAreComparedByTheirDigits) {
  EXPECT_EQ(international_number("+39 06 5550 0101"), "+390655500101");
  EXPECT_EQ(international_number("\u202A+39\u00A006\u20115550 (0101)\u202C"), "+390655500101");
  for (const char* text : {"06 5550 0101", "Kidane", "+39", "+39 06 5550 0101 x2", "", "++39065550",
                           "39+0655500101", "+1234567890123456"})
    EXPECT_FALSE(international_number(text)) << text;
}

TEST(People, AreJoinedByNumberAcrossExhibitsAndByNameWithinOne) {
  test::SmallCase small;
  small.execute("INSERT INTO participant (id, conversation, ref, name) VALUES (5, 3, 2, 'Kidane')");
  const auto found = *people(Reader(small.database()));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].names, Names{"Kidane"});
  EXPECT_EQ(found[0].basis, Person::Basis::name);
  EXPECT_EQ(found[0].conversations, (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(found[0].messages, 4);
  EXPECT_EQ(found[0].last, 1710086400000);
  EXPECT_EQ(found[1].basis, Person::Basis::phone);
  EXPECT_EQ(found[1].names, Names{"Selam"});
  EXPECT_EQ(found[1].exhibits, (Names{"EX001", "EX002"}));
  EXPECT_EQ(found[1].messages, 5);
  EXPECT_EQ(found[1].first, 1710000030000);
  // The same name in another exhibit proves nothing.
  EXPECT_EQ(found[2].names, Names{"Kidane"});
  EXPECT_EQ(found[2].exhibits, Names{"EX002"});
}

model::Record record_of(model::Kind kind,
                        std::initializer_list<std::pair<model::Key, const char*>> texts) {
  model::Record record;
  record.kind = kind;
  for (const auto& [key, text] : texts) {
    model::Field field;
    field.key = key;
    field.text = text;
    record.fields.push_back(field);
  }
  return record;
}

void store(test::SmallCase& small, int position, const model::Record& record) {
  std::string bytes;
  model::encode(record, bytes);
  auto insert = *small.database().prepare("INSERT INTO record VALUES (1, ?1, ?2, NULL, ?3)");
  insert.bind(1, std::int64_t{position}).bind(2, static_cast<std::int64_t>(record.kind));
  ASSERT_TRUE(insert.bind_blob(3, bytes).run());
}

TEST(People, AccountsJoinByTheNumberInThemOrAsTheyAre) {
  using model::Key;
  using model::Kind;
  test::SmallCase small;
  small.execute(
      "DELETE FROM participant;"
      "INSERT INTO participant (id, conversation, ref, name, account) VALUES"
      " (1, 1, 1, 'Selam', '390655500101@s.whatsapp.net'), (2, 2, 2, NULL, '77@lid'),"
      " (3, 1, 3, 'Q', 'x7Gk='), (4, 2, 4, NULL, 'x7Gk='), (5, 3, 5, NULL, 'x7Gk=')");
  store(small, 300,
        record_of(Kind::identity,
                  {{Key::before, "77@lid"}, {Key::after, "390655500101@s.whatsapp.net"}}));
  store(small, 301,
        record_of(Kind::contact, {{Key::name, "Boat man"}, {Key::phone, "+39 06 5550 0101"}}));
  const auto found = *people(Reader(small.database()));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].basis, Person::Basis::phone);
  EXPECT_EQ(found[0].accounts, (Names{"390655500101@s.whatsapp.net", "77@lid"}));
  EXPECT_EQ(found[0].phones, Names{"+390655500101"});
  EXPECT_EQ(found[0].saved_as, Names{"Boat man"});
  EXPECT_EQ(found[1].basis, Person::Basis::account);
  EXPECT_EQ(found[1].conversations, (std::vector<std::int64_t>{1, 2}));
  // The same words on another application are another account.
  EXPECT_EQ(found[2].conversations, (std::vector<std::int64_t>{3}));
}

TEST(People, AreJoinedOverPlatformsByTheNumberThatTheApplicationStates) {
  using model::Key;
  using model::Kind;
  test::SmallCase small;
  small.execute(
      "DELETE FROM participant;"
      "INSERT INTO participant (id, conversation, ref, name, phone, account) VALUES"
      " (1, 1, 1, 'Nadim', '+39 06 5550 0101', NULL), (2, 3, 2, 'N. Boats', NULL, 'user77'),"
      " (3, 3, 3, 'Omid', NULL, 'user78')");
  store(small, 300,
        record_of(Kind::account, {{Key::platform, "telegram"},
                                  {Key::account, "user77"},
                                  {Key::phone, "+390655500101"}}));
  // Of two different numbers neither is proven.
  for (const char* phone : {"+390655500101", "+390655500199"})
    store(small, phone[12] - '0' + 310,
          record_of(Kind::contact,
                    {{Key::platform, "telegram"}, {Key::account, "user78"}, {Key::phone, phone}}));
  const auto found = *people(Reader(small.database()));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].names, (Names{"N. Boats", "Nadim"}));
  EXPECT_EQ(found[0].platforms, (Names{"telegram", "whatsapp"}));
  EXPECT_EQ(found[0].basis, Person::Basis::phone);
  EXPECT_EQ(found[1].names, Names{"Omid"});
  EXPECT_EQ(found[1].basis, Person::Basis::account);
}

TEST(People, AnOwnerWhomNoThreadNamesHasTheNameOfTheAccount) {
  using model::Key;
  using model::Kind;
  test::SmallCase small;
  small.execute(
      "DELETE FROM participant;"
      "INSERT INTO participant (id, conversation, ref, name, owner) VALUES"
      " (1, 1, 1, NULL, 1), (2, 2, 2, 'Selam', 0), (3, 3, 3, NULL, 1)");
  model::Record account =
      record_of(Kind::account, {{Key::platform, "whatsapp"}, {Key::name, "Selam"}});
  account.fields.emplace_back().key = Key::owner;
  account.fields.back().number = 1;
  store(small, 300, account);
  const auto found = *people(Reader(small.database()));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].names, Names{"Selam"});
  EXPECT_TRUE(found[0].owner);
  EXPECT_EQ(found[0].conversations, (std::vector<std::int64_t>{1, 2}));
  EXPECT_TRUE(found[1].names.empty());  // of another exhibit and platform
}

TEST(People, LinksNameTheMessageThatStatesThem) {
  test::SmallCase small;
  model::Record record;
  record.kind = model::Kind::identity;
  for (const auto& [key, text] : {std::pair(model::Key::before, "+39 06 5550 0101"),
                                  std::pair(model::Key::after, "+39 06 5550 0102")}) {
    model::Field field;
    field.key = key;
    field.text = text;
    record.fields.push_back(field);
  }
  std::string bytes;
  model::encode(record, bytes);
  auto insert = *small.database().prepare("INSERT INTO record VALUES (1, 200, 9, 8, ?1)");
  ASSERT_TRUE(insert.bind_blob(1, bytes).run());
  const auto links = *identity_links(Reader(small.database()));
  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links[0].before, "+39 06 5550 0101");
  EXPECT_EQ(links[0].after, "+39 06 5550 0102");
  EXPECT_EQ(message_id(links[0].conversation, links[0].number), "C0002-M000003");
}

}  // namespace
}  // namespace forensics::casefile
