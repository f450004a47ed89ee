// The host itself: a plugin that breaks a rule of the contract must not pass.

#include "support/collecting_host.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "support/codecs.hpp"

namespace forensics::test {
namespace {

using model::Codec;

TEST(Codecs, RepairOneSubstituteForEachMaximalSubpart) {
  EXPECT_EQ(decode("a\xF0\x9F\x98z", Codec::utf8_repair), "a\uFFFDz");
  EXPECT_EQ(decode("\xED\xA0\x80", Codec::utf8_repair), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(decode("\xC3", Codec::utf8_repair), "\uFFFD");
  EXPECT_EQ(decode("\xC3", Codec::utf8_lines), std::nullopt);
  EXPECT_EQ(decode("\xC0\x80", Codec::utf8), std::nullopt);
}

TEST(Codecs, OnlyCrLfBecomesLf) {
  EXPECT_EQ(decode("a\r\nb\rc\n\r\n", Codec::utf8_lines), "a\nb\rc\n\n");
  EXPECT_EQ(decode("a\r\nb", Codec::utf8), "a\r\nb");
}

TEST(Codecs, Utf16) {
  EXPECT_EQ(decode(std::string_view("\x3D\xD8\x00\xDE", 4), Codec::utf16le), "\U0001F600");
  EXPECT_EQ(decode(std::string_view("\xD8\x3D\xDE\x00", 4), Codec::utf16be), "\U0001F600");
  EXPECT_EQ(decode(std::string_view("\xD8\x3D\x00\x41", 4), Codec::utf16be),
            "\uFFFD"
            "A");
  EXPECT_EQ(decode("abc", Codec::utf16le), std::nullopt);
}

// Emits one conversation whose title claims `value` for `length` bytes at `offset`.
struct Claim {
  const char* key = "title";
  std::string_view value = "abc";
  std::uint64_t offset = 0;
  std::uint64_t length = 3;
  std::uint64_t extent = 3;
};
Claim claim;

fx_status emit_claim(const fx_host* host, fx_text, fx_text) {
  fx_field fields[2]{};
  fields[0].size = fields[1].size = sizeof(fx_field);
  fields[0].key = "platform";
  fields[0].type = FX_TYPE_TEXT;
  fields[0].basis = FX_BASIS_DERIVED;
  fields[0].rule = "test.platform";
  fields[0].text = {"x", 1};
  fields[0].span = {sizeof(fx_span), 0, 0, 0, FX_CODEC_NONE};
  fields[1].key = claim.key;
  fields[1].type = FX_TYPE_TEXT;
  fields[1].basis = FX_BASIS_DECODED;
  fields[1].text = {claim.value.data(), claim.value.size()};
  fields[1].span = {sizeof(fx_span), 0, claim.offset, claim.length, FX_CODEC_UTF8_LINES};
  const fx_record record{sizeof(fx_record),
                         FX_KIND_CONVERSATION,
                         1,
                         {sizeof(fx_span), 0, 0, claim.extent, FX_CODEC_NONE},
                         fields,
                         2};
  return host->emit(host->context, &record) == 0 ? FX_OK : FX_CANCELLED;
}

const fx_plugin kPlugin{sizeof(fx_plugin),
                        FX_ABI_VERSION,
                        {"{}", 2},
                        [](const fx_host*, fx_text) { return 0; },
                        &emit_claim};

std::size_t breaches(const Claim& what) {
  claim = what;
  CollectingHost host("abcdef");
  EXPECT_EQ(host.parse(kPlugin, "x"), FX_OK);
  return host.breaches().size();
}

TEST(CollectingHost, AcceptsWhatTheSpanHolds) {
  EXPECT_EQ(breaches({}), 0U);
  EXPECT_EQ(breaches({.value = "def", .offset = 3}), 0U);
}

TEST(CollectingHost, FindsEachBreach) {
  EXPECT_EQ(breaches({.value = "abd"}), 1U);
  EXPECT_EQ(breaches({.key = "question"}), 1U);
  EXPECT_EQ(breaches({.key = "no-such-key"}), 1U);
  EXPECT_EQ(breaches({.extent = 7}), 1U);
  EXPECT_GE(breaches({.offset = 5}), 1U);
}

TEST(CollectingHost, NamesTheBytesThatNobodyAccountsFor) {
  claim = {};
  CollectingHost host("abcdef");
  ASSERT_EQ(host.parse(kPlugin, "x"), FX_OK);
  EXPECT_EQ(host.unexplained(), (std::vector<Range>{{3, 6}}));
}

TEST(CollectingHost, RefusesWhenTold) {
  claim = {};
  CollectingHost host("abcdef");
  ASSERT_EQ(host.parse(kPlugin, "x"), FX_OK);
  host.cancel_after(1);
  ASSERT_EQ(host.parse(kPlugin, "x"), FX_OK);
  EXPECT_EQ(host.records().size(), 1U);
}

}  // namespace
}  // namespace forensics::test
