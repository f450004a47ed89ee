#include "plugin/coverage.hpp"

#include <gtest/gtest.h>

#include <random>

namespace forensics::plugin {
namespace {

model::Span span(std::uint64_t offset, std::uint64_t length) {
  return {offset, length, model::Codec::none};
}

TEST(IntervalSet, EqualsABitmapWhateverTheOrder) {
  constexpr std::size_t kSize = 300;
  std::mt19937 random(4711);
  for (int round = 0; round < 500; ++round) {
    IntervalSet set;
    std::vector<bool> bitmap(kSize);
    const int adds = static_cast<int>(random() % 40);
    for (int i = 0; i < adds; ++i) {
      const std::size_t begin = random() % kSize;
      const std::size_t end = begin + random() % std::min<std::size_t>(kSize - begin, 30);
      set.add(begin, end);
      std::fill(bitmap.begin() + static_cast<std::ptrdiff_t>(begin),
                bitmap.begin() + static_cast<std::ptrdiff_t>(end), true);
    }
    std::size_t count = 0;
    std::size_t runs = 0;
    for (std::size_t i = 0; i < kSize; ++i) {
      ASSERT_EQ(set.contains(i), bitmap[i]) << "round " << round << ", number " << i;
      count += bitmap[i] ? 1 : 0;
      runs += bitmap[i] && (i == 0 || !bitmap[i - 1]) ? 1 : 0;
    }
    ASSERT_EQ(set.size(), count);
    ASSERT_EQ(set.intervals().size(), runs);
  }
}

TEST(IntervalSet, NeighboursBecomeOne) {
  IntervalSet set;
  for (std::uint64_t i = 0; i < 100'000; ++i) set.add(i, i + 1);
  EXPECT_EQ(set.intervals().size(), 1U);
  EXPECT_EQ(set.size(), 100'000U);
}

TEST(IntervalSet, NeverClaimsMoreThanItWasGiven) {
  IntervalSet set(3);
  for (std::uint64_t i = 0; i < 10; ++i) set.add(10 * i, 10 * i + 1);
  EXPECT_TRUE(set.saturated());
  EXPECT_EQ(set.size(), 3U);
  EXPECT_FALSE(set.contains(30));
  set.add(0, 15);  // what touches is still taken in
  EXPECT_EQ(set.size(), 16U);
}

TEST(IntervalSet, HoldsTheLargestNumbers) {
  IntervalSet set;
  constexpr std::uint64_t kMax = ~std::uint64_t{0};
  set.add(kMax - 1, kMax);
  EXPECT_TRUE(set.contains(kMax - 1));
  EXPECT_FALSE(set.contains(kMax));
}

TEST(Coverage, AddsUpToTheWholeInput) {
  Coverage coverage(100);
  coverage.cover(span(10, 20));
  coverage.cover(span(20, 20));
  coverage.skip(span(35, 10));
  coverage.skip(span(90, 10));
  const Coverage::Sum sum = coverage.sum();
  EXPECT_EQ(sum.covered, 30U);
  EXPECT_EQ(sum.skipped, 15U);
  EXPECT_EQ(sum.unexplained, 55U);
  EXPECT_EQ(sum.ranges, (std::vector<model::Span>{span(0, 10), span(45, 45)}));
}

TEST(Coverage, OfAnEmptyInputIsComplete) {
  const Coverage::Sum sum = Coverage(0).sum();
  EXPECT_EQ(sum.unexplained, 0U);
  EXPECT_TRUE(sum.ranges.empty());
}

TEST(Coverage, ListsTheFirstThousandGapsAndCountsAll) {
  Coverage coverage(4000);
  for (std::uint64_t i = 0; i < 4000; i += 2) coverage.cover(span(i, 1));
  const Coverage::Sum sum = coverage.sum();
  EXPECT_EQ(sum.unexplained, 2000U);
  ASSERT_EQ(sum.ranges.size(), Coverage::kListed);
  EXPECT_EQ(sum.ranges.back(), span(1999, 1));
}

}  // namespace
}  // namespace forensics::plugin
