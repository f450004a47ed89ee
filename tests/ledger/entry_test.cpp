#include "ledger/entry.hpp"

#include <gtest/gtest.h>

#include "ledger/genesis.hpp"

namespace forensics::ledger {
namespace {

Entry example() {
  Entry entry;
  entry.seq = 7;
  entry.prev.fill(0xab);
  entry.type = "assert";
  entry.time = "2026-01-02T03:04:05.678Z";
  entry.actor = "E. Example";
  entry.session = "S1";
  entry.tool = "forensics 0.1.0";
  entry.body["statement"] = "the phone was set to UTC+3";
  return entry;
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Entries, HaveOneForm) {
  EXPECT_EQ(example().line(),
            R"({"actor":"E. Example","body":{"statement":"the phone was set to UTC+3"},)"
            R"("prev":"abababababababababababababababababababababababababababababababab",)"
            R"("seq":7,"session":"S1","time":"2026-01-02T03:04:05.678Z",)"
            R"("tool":"forensics 0.1.0","type":"assert","v":1})");
}

TEST(Entries, ComeBackAsTheyWereWritten) {
  Entry entry = example();
  entry.clock["synced"] = true;
  const auto again = parse_entry(entry.line());
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(again->line(), entry.line());
  EXPECT_EQ(again->seq, 7U);
  EXPECT_EQ(again->prev, entry.prev);
  EXPECT_EQ(again->body, entry.body);
}

TEST(Entries, RefuseADifferentEnvelope) {
  const std::string line = example().line();
  for (const auto& [from, to] : std::initializer_list<std::pair<const char*, const char*>>{
           {R"("v":1)", R"("v":0)"},
           {R"("v":1)", R"("v":"1")"},
           {R"("seq":7)", R"("seq":-7)"},
           {R"("seq":7)", R"("seq":"7")"},
           {R"("seq":7,)", ""},
           {R"("prev":"ab)", R"("prev":"AB)"},
           {R"("prev":"ab)", R"("prev":")"},
           {R"("type":"assert")", R"("type":"Assert")"},
           {R"("type":"assert")", R"("type":"")"},
           {R"("session":"S1")", R"("session":1)"},
           {R"("actor":"E. Example",)", ""},
           {R"("tool":"forensics 0.1.0")", R"("tool":null)"},
           {R"("body":{"statement":"the phone was set to UTC+3"})", R"("body":[])"},
           {R"(,"prev")", R"(,"clock":1,"prev")"},
           {R"(,"prev")", R"(,"more":1,"prev")"},
           {"05.678Z", "05Z"},
           {"05.678Z", "05.678z"},
           {"03:04:05", "24:04:05"},
           {"03:04:05", "03:60:05"},
           {"03:04:05", "03:04:60"},
           {"2026-01-02", "2026-00-02"},
           {"2026-01-02", "2026-13-02"},
           {"2026-01-02", "2026-02-29"},
       }) {
    const auto entry = parse_entry(with(line, from, to));
    ASSERT_FALSE(entry) << from << " -> " << to;
    EXPECT_EQ(entry.error().code, ErrorCode::corrupt);
  }
  EXPECT_TRUE(parse_entry(with(line, "2026-01-02", "2028-02-29")));
}

TEST(Entries, OfALaterVersionAreNamedSo) {
  const auto entry = parse_entry(with(example().line(), R"("v":1)", R"("v":2)"));
  ASSERT_FALSE(entry);
  EXPECT_EQ(entry.error().code, ErrorCode::newer);
}

TEST(Profile, IsNarrowerThanJson) {
  const auto fits = [](Json value) {
    Json body;
    body["x"] = std::move(value);
    return check_profile(body).has_value();
  };
  EXPECT_TRUE(fits((std::int64_t{1} << 53) - 1));
  EXPECT_FALSE(fits(std::int64_t{1} << 53));
  EXPECT_FALSE(fits(-(std::int64_t{1} << 53)));
  EXPECT_FALSE(fits("\xFF"));
  EXPECT_TRUE(fits(std::string("\0", 1)));
  for (const char* key : {"", "A", "a-b", "a.b", "\xC3\xA9", "a b"}) {
    Json inner;
    inner[key] = 1;
    EXPECT_FALSE(fits(inner)) << key;
  }
  Json deep;
  for (int i = 0; i < 40; ++i) {
    Json outer;
    outer.push_back(std::move(deep));
    deep = std::move(outer);
  }
  EXPECT_FALSE(fits(deep));
}

TEST(Profile, LinesHaveAtMostOneMebibyte) {
  const auto line = [](std::size_t size) { return '"' + std::string(size - 2, 'x') + '"'; };
  EXPECT_TRUE(parse_line(line(kMaxLine)));
  EXPECT_FALSE(parse_line(line(kMaxLine + 1)));
}

TEST(GenesisEntry, BindsCaseOriginAndKey) {
  Genesis genesis;
  genesis.case_uuid = "00000000-0000-4000-8000-000000000001";
  const PublicKey key = SigningKey::from_seed(std::string(32, '\x01'))->public_key();
  Entry entry;
  entry.type = "genesis";
  entry.body = genesis.body(key);
  const auto identity = identity_of(entry);
  ASSERT_TRUE(identity) << identity.error().text();
  EXPECT_EQ(identity->origin, "urn:uuid:00000000-0000-4000-8000-000000000001");
  EXPECT_EQ(identity->key, key);

  const auto refused = [&](std::string_view key_name, Json value) {
    Entry changed = entry;
    changed.body[key_name] = std::move(value);
    return !identity_of(changed);
  };
  EXPECT_TRUE(refused("origin", "urn:uuid:00000000-0000-4000-8000-000000000002"));
  EXPECT_TRUE(refused("case_uuid", "00000000-0000-4000-8000-00000000000G"));
  EXPECT_TRUE(refused("spec", "forensics-ledger/2"));
  EXPECT_TRUE(refused("log_key", Json::object()));
  entry.seq = 1;
  EXPECT_FALSE(identity_of(entry));
}

}  // namespace
}  // namespace forensics::ledger
