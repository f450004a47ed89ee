// The first page of every list must cost the same whatever the case holds. Counted in steps of
// SQLite's virtual machine, which do not depend on the machine that runs the test.

#include <gtest/gtest.h>

#include "casefile/reader.hpp"
#include "reading/small_case.hpp"

namespace forensics::casefile {
namespace {

constexpr int kPage = 20;

class PlansTest : public testing::Test {
 protected:
  PlansTest() {
    case_.execute(
        "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 40099)"
        " INSERT INTO message SELECT i, 2, i, 1, i, 3, 1, 0, 1720000000000 + i * 1000, NULL, NULL,"
        " 3, 0, i, 1, 'text', x'', 0, NULL FROM n;"
        "INSERT INTO event SELECT wall, id, 0 FROM message WHERE id >= 100;"
        "UPDATE run SET messages = 40099 WHERE id = 1;"
        "UPDATE run SET first_message = 50000, messages = 20000 WHERE id = 2;"
        "WITH RECURSIVE n(i) AS (SELECT 50000 UNION ALL SELECT i + 1 FROM n WHERE i < 69999)"
        " INSERT INTO message SELECT i, 3, i, 2, i, 4, 1, 0, 1730000000000 + i * 1000, NULL, NULL,"
        " 3, 0, i, 1, 'text', x'', 0, NULL FROM n;"
        "INSERT INTO event SELECT wall, id, 0 FROM message WHERE id >= 50000;");
    sqlite3_trace_v2(case_.database().handle(), SQLITE_TRACE_STMT, &PlansTest::on_statement, this);
    sqlite3_progress_handler(case_.database().handle(), 10, &PlansTest::on_steps, this);
  }

  static int on_statement(unsigned, void* self, void*, void* sql) {
    static_cast<PlansTest*>(self)->sql_.push_back(static_cast<const char*>(sql));
    return 0;
  }
  static int on_steps(void* self) {
    static_cast<PlansTest*>(self)->steps_ += 10;
    return 0;
  }

  int steps_of(MessageFilter filter) {
    filter.limit = kPage;
    return counted([&](const auto& each) {
      return reader_.messages(filter, [&](const Message&) { return each(); });
    });
  }
  int steps_of(EventFilter filter) {
    filter.limit = kPage;
    return counted([&](const auto& each) {
      return reader_.timeline(filter, [&](const Event&) { return each(); });
    });
  }

  template <typename List>
  int counted(const List& list) {
    steps_ = 0;
    sql_.clear();
    int rows = 0;
    const Status status = list([&]() -> Result<bool> {
      ++rows;
      return true;
    });
    EXPECT_TRUE(status) << status.error().text();
    EXPECT_EQ(rows, kPage);
    EXPECT_FALSE(sql_.empty());
    const int steps = steps_;
    const std::vector<std::string> said = sql_;
    for (const std::string& sql : said)
      EXPECT_EQ(case_.plan(sql).find("TEMP B-TREE"), std::string::npos) << sql << case_.plan(sql);
    return steps;
  }

  test::SmallCase case_;
  Reader reader_{case_.database()};
  std::vector<std::string> sql_;
  int steps_ = 0;
};

// About 40 steps a row and a few hundred for the facts of the run; a scan would take 60,000 rows.
constexpr int kFewSteps = 3000;

TEST_F(PlansTest, FirstPagesOfMessages) {
  EXPECT_LT(steps_of(MessageFilter{}), kFewSteps);
  EXPECT_LT(steps_of(MessageFilter{.after = 20000}), kFewSteps);
  EXPECT_LT(steps_of(MessageFilter{.conversation = 3}), kFewSteps);
  EXPECT_LT(steps_of(MessageFilter{.conversation = 3, .after = 60000}), kFewSteps);
  EXPECT_LT(steps_of(MessageFilter{.participant = 4, .after = 60000}), kFewSteps);
  EXPECT_LT(steps_of(MessageFilter{.exhibit = 2, .after = 50000}), kFewSteps);
  EXPECT_LT(steps_of(MessageFilter{.exhibit = 2}), kFewSteps);
  EXPECT_LT(steps_of(MessageFilter{.from = 1730050000000, .to = 1730050030000}), kFewSteps);
}

TEST_F(PlansTest, FirstPagesOfTheTimeline) {
  EXPECT_LT(steps_of(EventFilter{}), kFewSteps);
  EXPECT_LT(steps_of(EventFilter{.from = 1730050000000}), kFewSteps);
  EXPECT_LT(steps_of(EventFilter{.from = 1720000000000, .to = 1739000000000}), kFewSteps);
  Event after;
  after.at = 1730055000000;
  after.message.id = 55000;
  EXPECT_LT(steps_of(EventFilter{.after = after}), kFewSteps);
}

TEST_F(PlansTest, OneMessageIsAFewLookUps) {
  steps_ = 0;
  ASSERT_TRUE(*reader_.message(55000));
  ASSERT_TRUE(*reader_.message(3, 55001));
  EXPECT_LT(steps_, 300);
}

TEST_F(PlansTest, FactsOfARunAreLookedUpOnce) {
  MessageFilter filter;
  filter.limit = 500;
  sql_.clear();
  ASSERT_TRUE(reader_.messages(filter, [](const Message&) -> Result<bool> { return true; }));
  // The list, then facts and inputs of two runs and the platforms of three conversations at most.
  EXPECT_LE(sql_.size(), 8U);
}

}  // namespace
}  // namespace forensics::casefile
