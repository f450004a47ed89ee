#include "exit_code.hpp"

#include <gtest/gtest.h>

#include <map>

namespace forensics::cli {
namespace {

TEST(ExitCode, EveryErrorHasOne) {
  const std::map<ErrorCode, int> expected = {
      {ErrorCode::usage, 2},     {ErrorCode::not_found, 3}, {ErrorCode::unreadable, 3},
      {ErrorCode::unknown, 3},   {ErrorCode::truncated, 3}, {ErrorCode::corrupt, 3},
      {ErrorCode::encrypted, 3}, {ErrorCode::limit, 7},     {ErrorCode::integrity, 4},
      {ErrorCode::plugin, 5},    {ErrorCode::isolation, 5}, {ErrorCode::busy, 6},
      {ErrorCode::newer, 3},     {ErrorCode::output, 6},    {ErrorCode::cancelled, 130},
      {ErrorCode::internal, 70}};
  for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
    const auto error = static_cast<ErrorCode>(code);
    ASSERT_TRUE(expected.contains(error)) << name_of(error);
    EXPECT_EQ(static_cast<int>(exit_for(error)), expected.at(error)) << name_of(error);
  }
}

TEST(ExitCode, AnIngestEndsWithTheGravestOfWhatHappened) {
  using Summary = ingest::IngestSummary;
  const auto code = [](auto change) {
    Summary summary;
    change(summary);
    return static_cast<int>(exit_for(summary));
  };
  EXPECT_EQ(code([](Summary&) {}), 0);
  EXPECT_EQ(code([](Summary& s) { s.unexplained_bytes = 1; }), 1);
  EXPECT_EQ(code([](Summary& s) { s.rejected = 1; }), 1);
  EXPECT_EQ(code([](Summary& s) { s.partial = 1; }), 1);
  EXPECT_EQ(code([](Summary& s) { s.unrecognised = 1; }), 1);
  EXPECT_EQ(code([](Summary& s) { s.unreadable = 1; }), 3);
  EXPECT_EQ(code([](Summary& s) { s.nothing_read = true; }), 3);
  EXPECT_EQ(code([](Summary& s) { s.stopped = 1; }), 5);
  EXPECT_EQ(code([](Summary& s) { s.limited = s.unreadable = s.partial = 1; }), 5);
}

TEST(ExitCode, VerifySeparatesFailuresFromWarnings) {
  ledger::Verdict verdict;
  EXPECT_EQ(exit_for(verdict), Exit::complete);
  verdict.warnings = 1;
  EXPECT_EQ(exit_for(verdict), Exit::attention);
  verdict.failures = 1;
  EXPECT_EQ(exit_for(verdict), Exit::integrity);
}

}  // namespace
}  // namespace forensics::cli
