// The e-mail message history, line by line and as a file.
#include "history.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/collecting_host.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_viber(void);

using namespace forensics;

namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

std::vector<const model::Record*> of_kind(const test::CollectingHost& host, model::Kind kind) {
  std::vector<const model::Record*> out;
  for (const model::Record& record : host.records())
    if (record.kind == kind) out.push_back(&record);
  return out;
}

std::string text_of(const model::Record& record, model::Key key) {
  const model::Field* field = record.find(key);
  return field == nullptr ? "(none)" : field->text;
}

struct Parsed {
  explicit Parsed(const std::string& file, std::string_view name = "Rosa.csv") : host(file) {
    score = host.probe(*fx_plugin_entry_v1_viber(), name);
    status = host.parse(*fx_plugin_entry_v1_viber(), name);
    messages = of_kind(host, model::Kind::message);
    EXPECT_EQ(host.breaches(), std::vector<std::string>{});
  }
  test::CollectingHost host;
  int score = 0;
  fx_status status = FX_OK;
  std::vector<const model::Record*> messages;
};

TEST(ViberHistoryHead, SplitsAtTheFirstFourCommas) {
  const std::string_view line = "05/03/2014,21:07:09,Rosa,+385911234567,Hello, you, there";
  const auto head = viber::read_history_head(line);
  ASSERT_TRUE(head);
  EXPECT_EQ(line.substr(head->name, head->name_length), "Rosa");
  EXPECT_EQ(line.substr(head->phone, head->phone_length), "+385911234567");
  EXPECT_EQ(line.substr(head->text), "Hello, you, there");
  EXPECT_FALSE(head->ambiguous);
}

TEST(ViberHistoryHead, AnchorsNamesWithCommasOnThePhone) {
  const std::string_view line = "05/03/2014,21:07:09,Petrov, Ivan,+79161234567,a, +1234567,b";
  const auto head = viber::read_history_head(line);
  ASSERT_TRUE(head);
  EXPECT_EQ(line.substr(head->name, head->name_length), "Petrov, Ivan");
  EXPECT_EQ(line.substr(head->text), "a, +1234567,b");
  EXPECT_TRUE(head->ambiguous);
}

TEST(ViberHistoryHead, WithoutAPhoneTheFirstCommasDecide) {
  const std::string_view line = "05/03/2014,21:07:09,Rosa,unknown,text, more";
  const auto head = viber::read_history_head(line);
  ASSERT_TRUE(head);
  EXPECT_EQ(line.substr(head->name, head->name_length), "Rosa");
  EXPECT_EQ(line.substr(head->text), "text, more");
  EXPECT_TRUE(head->ambiguous);
}

TEST(ViberHistoryHead, RefusesWhatIsNoHead) {
  for (const std::string_view line :
       {"", "5/3/2014", "05/03/2014,21:07:09", "05/03/2014,21:07:09,Me", "05/03/2014,21:07:09,Me,",
        "05/03/2014,24:07:09,Me,,x", "05/03/14,21:07:09,Me,,x", "x05/03/2014,21:07:09,Me,,x"})
    EXPECT_FALSE(viber::read_history_head(line)) << line;
}

TEST(ViberHistory, ReadsAConversation) {
  const std::string file = std::string(kMark) +
                           "05/03/2014,21:07:09,Rosa,+385911234567,Hello, you\r\n"
                           "second line\r\n"
                           "\r\n"
                           "25/03/2014,08:00:00,Me,,Good morning\r\n";
  const Parsed parsed(file);
  EXPECT_GE(parsed.score, 85);
  EXPECT_EQ(parsed.status, FX_OK);
  EXPECT_TRUE(parsed.host.unexplained().empty());
  ASSERT_EQ(parsed.messages.size(), 2U);
  const model::Record& first = *parsed.messages[0];
  EXPECT_EQ(text_of(first, model::Key::text), "Hello, you\nsecond line\n");
  EXPECT_EQ(text_of(first, model::Key::direction), "in");
  EXPECT_EQ(first.find(model::Key::sent)->time.wall, 1394053629000);
  EXPECT_EQ(first.find(model::Key::sent)->time.basis, model::TimeBasis::unknown);
  EXPECT_EQ(text_of(*parsed.messages[1], model::Key::direction), "out");
  const auto people = of_kind(parsed.host, model::Kind::participant);
  ASSERT_EQ(people.size(), 2U);
  EXPECT_EQ(text_of(*people[0], model::Key::phone), "+385911234567");
  EXPECT_EQ(people[1]->find(model::Key::owner)->number, 1);
  EXPECT_EQ(text_of(*of_kind(parsed.host, model::Kind::conversation)[0], model::Key::title),
            "Rosa");
}

TEST(ViberHistory, AnImpossibleDateStaysWithoutATime) {
  const Parsed parsed(
      "31/02/2014,08:00:00,Me,,x\n01/13/2014,08:00:00,Me,,y\n25/01/2014,08:00:00,Me,,z\n");
  ASSERT_EQ(parsed.messages.size(), 3U);
  EXPECT_EQ(parsed.messages[0]->find(model::Key::sent)->time.precision, model::Precision::none);
  EXPECT_EQ(parsed.messages[1]->find(model::Key::sent)->time.precision, model::Precision::none);
  EXPECT_EQ(parsed.messages[2]->find(model::Key::sent)->time.precision, model::Precision::second);
  ASSERT_EQ(parsed.host.notes().size(), 1U);
  EXPECT_EQ(parsed.host.notes()[0].code, "impossible-date");
}

TEST(ViberHistory, TheFileCanRefuteTheDocumentedOrder) {
  const Parsed parsed("03/25/2014,08:00:00,Me,,x\n03/04/2014,08:00:00,Me,,y\n");
  ASSERT_EQ(parsed.messages.size(), 2U);
  EXPECT_EQ(parsed.messages[0]->find(model::Key::sent)->time.wall, 1395734400000);
  EXPECT_EQ(of_kind(parsed.host, model::Kind::reading).size(), 2U);
}

TEST(ViberHistory, IllFormedTextIsRepairedAndSaid) {
  const Parsed parsed("05/03/2014,21:07:09,Ro\xffsa,,a\xc3\n");
  ASSERT_EQ(parsed.messages.size(), 1U);
  EXPECT_EQ(text_of(*parsed.messages[0], model::Key::text), "a\xEF\xBF\xBD");
  EXPECT_EQ(parsed.host.notes()[0].code, "ill-formed-utf8");
}

TEST(ViberHistory, AVeryLongMessageContinues) {
  std::string file = "05/03/2014,21:07:09,Rosa,,start\n";
  while (file.size() < (std::size_t{3} << 20)) file += std::string(999, 'x') + "\n";
  file += std::string(700'000, 'y');
  const Parsed parsed(file);
  EXPECT_GE(parsed.messages.size(), 3U);
  EXPECT_TRUE(parsed.host.unexplained().empty());
}

TEST(ViberHistory, OtherFilesAreNotIts) {
  EXPECT_EQ(Parsed("name,phone,text\n05/03/2014,21:07:09,Me,,x\n").score, 0);
  EXPECT_EQ(Parsed("").status, FX_NOT_MINE);
}

}  // namespace
