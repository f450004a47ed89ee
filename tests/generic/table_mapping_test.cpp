// Tables with a mapping file: what it says is what is read, and what does not fit is told.
#include <random>

#include "reading.hpp"

using namespace forensics::test;

namespace {

struct Mapped {
  Mapped(std::string table, std::string mapping) : host(std::move(table)) {
    host.add_companion(1, "a.csv.mapping.json", std::move(mapping));
    status = host.parse(*fx_plugin_entry_v1_table(), "a.csv");
    EXPECT_EQ(host.breaches(), std::vector<std::string>{});
    EXPECT_EQ(host.unexplained(0), 0U);
    EXPECT_EQ(host.unexplained(1), 0U);
  }
  const SeizedRecord& one(std::string_view kind, std::size_t index = 0) const {
    static const SeizedRecord kNone;
    const auto found = host.of(kind);
    EXPECT_LT(index, found.size()) << kind;
    return index < found.size() ? *found[index] : kNone;
  }
  std::size_t count(std::string_view kind) const { return host.of(kind).size(); }

  SeizedHost host;
  fx_status status = FX_OK;
};

constexpr const char* kChat =
    "Chat;Date;From;Text;Way;Id\r\n"
    "Family;03.04.2024 07:05;Rosa;\"a \"\"b\"\"\";Received;17\r\n"
    "Family;03.04.2024 07:06;Me;hello;Sent;18\r\n"
    "Work;31.02.2024 07:07;Rosa;;Lost;19\r\n";
constexpr const char* kChatMapping = R"({
  "record": "message",
  "delimiter": ";",
  "encoding": "utf-8",
  "header-rows": 1,
  "constants": {"platform": "telegram"},
  "columns": {
    "conversation": "Chat",
    "sender": {"column": "From", "as": "username"},
    "sent": {"column": "Date", "format": "DD.MM.YYYY HH:mm", "zone": "+01:00"},
    "text": 4,
    "direction": {"column": "Way", "words": {"Received": "in", "Sent": "out"}}
  }
})";

TEST(TableMapping, MessagesWithThreadsPeopleAndTimes) {
  const Mapped table(kChat, kChatMapping);
  EXPECT_EQ(table.status, FX_OK);
  ASSERT_EQ(table.count("conversation"), 2U);
  ASSERT_EQ(table.count("participant"), 3U);  // Rosa of each thread
  ASSERT_EQ(table.count("message"), 3U);
  EXPECT_EQ(table.one("conversation").text("title"), "Family");
  EXPECT_EQ(table.one("conversation").text("platform"), "telegram");
  EXPECT_EQ(table.one("conversation").find("platform")->places[0].input, 1U);
  EXPECT_EQ(table.one("participant").text("username"), "Rosa");
  EXPECT_EQ(table.one("participant").find("username")->basis, FX_BASIS_VERBATIM);

  const SeizedRecord& first = table.one("message");
  EXPECT_EQ(first.text("type"), "text");
  EXPECT_EQ(first.text("text"), "a \"b\"");
  EXPECT_EQ(first.find("text")->basis, FX_BASIS_DERIVED);
  EXPECT_EQ(first.find("text")->rule, "table.mapping");
  EXPECT_EQ(first.text("direction"), "in");
  EXPECT_TRUE(first.has_extra("Way=Received"));
  EXPECT_TRUE(first.has_extra("Id=17"));
  EXPECT_FALSE(first.has_extra("Chat=Family"));
  const SeizedField& sent = *first.find("sent");
  EXPECT_EQ(sent.time.wall, 1'712'127'900'000);  // 2024-04-03T07:05
  EXPECT_EQ(sent.time.offset, 3600);
  EXPECT_EQ(sent.time.basis, FX_TIME_OFFSET);
  EXPECT_EQ(sent.time.precision, FX_PRECISION_MINUTE);
  EXPECT_EQ(table.one("message", 1).find("text")->basis, FX_BASIS_VERBATIM);
}

TEST(TableMapping, ACellThatIsNotWhatIsSaidStaysAsItStands) {
  const Mapped table(kChat, kChatMapping);
  const SeizedRecord& last = table.one("message", 2);
  EXPECT_EQ(last.find("sent"), nullptr);
  EXPECT_EQ(last.find("direction"), nullptr);
  EXPECT_TRUE(last.has_extra("Date=31.02.2024 07:07"));
  EXPECT_TRUE(last.has_extra("Way=Lost"));
  EXPECT_EQ(last.text("type"), "other");
  ASSERT_EQ(table.host.notes().size(), 1U);
  EXPECT_TRUE(table.host.notes()[0].starts_with("unfit-cell: 2 cells"));
}

TEST(TableMapping, TheMappingIsAReadingOfItsOwnFile) {
  const Mapped table(kChat, kChatMapping);
  ASSERT_EQ(table.count("reading"), 1U);
  const SeizedRecord& reading = table.one("reading");
  EXPECT_EQ(reading.input, 1U);
  EXPECT_EQ(reading.length, std::string(kChatMapping).size());
  EXPECT_EQ(reading.text("subject"), "mapping");
  EXPECT_EQ(reading.text("value"), "message");
  EXPECT_EQ(reading.text("verdict"), "chosen");
  EXPECT_TRUE(reading.has_extra("sent=Date (DD.MM.YYYY HH:mm, +01:00)"));
  EXPECT_TRUE(reading.has_extra("delimiter=; (stated)"));
}

TEST(TableMapping, CallsWithDateAndTimeInTwoColumns) {
  const Mapped table("+385911234567,5/3/2014,9:07:09 PM,63,x\n+385911234567,5/3/2014,,007,y\n",
                     R"({"record": "call", "header-rows": 0, "constants": {"state": "ended"},
    "columns": {"participant": {"column": 1, "as": "phone"}, "duration": 4,
      "sent": {"column": [2, 3], "format": "M/D/YYYY h:mm:ss A", "zone": "unknown"}}})");
  ASSERT_EQ(table.count("call"), 2U);
  ASSERT_EQ(table.count("participant"), 1U);
  const SeizedRecord& message = table.one("message");
  EXPECT_EQ(message.text("type"), "call");
  EXPECT_EQ(message.find("sent")->time.wall, 1'399'151'229'000);
  EXPECT_EQ(message.find("sent")->time.basis, FX_TIME_UNKNOWN);
  EXPECT_EQ(message.find("sent")->places.size(), 2U);
  const SeizedRecord& call = table.one("call");
  EXPECT_EQ(call.number("message"), 1);
  EXPECT_EQ(call.number("duration"), 63);
  EXPECT_EQ(call.find("duration")->basis, FX_BASIS_DECODED);
  EXPECT_EQ(call.text("state"), "ended");
  EXPECT_TRUE(call.has_extra("column-5=x"));
  EXPECT_EQ(table.one("call", 1).find("duration")->basis, FX_BASIS_DERIVED);
  EXPECT_TRUE(table.one("call", 1).has_extra("column-2=5/3/2014"));
}

TEST(TableMapping, ContactsOfAnOlderEncodingAndCountsSince1970) {
  const Mapped table("who#nr#made\nM\xFCller#+43 1#1700000000\n",
                     R"({"record": "contact", "delimiter": "#", "encoding": "Windows-1252",
    "header-rows": 1, "constants": {"platform": "signal", "owner": 0},
    "columns": {"name": "who", "phone": "nr",
      "created": {"column": "made", "format": "epoch-seconds"}}})");
  ASSERT_EQ(table.count("contact"), 1U);
  const SeizedRecord& contact = table.one("contact");
  EXPECT_EQ(contact.text("name"), "M\xC3\xBCller");
  EXPECT_EQ(contact.find("name")->basis, FX_BASIS_DERIVED);
  EXPECT_EQ(contact.find("created")->basis, FX_BASIS_DECODED);
  EXPECT_EQ(contact.find("created")->time.wall, 1'700'000'000'000);
  EXPECT_EQ(contact.text("platform"), "signal");
  EXPECT_EQ(contact.number("owner"), 0);
}

TEST(TableMapping, WhatDoesNotFitIsToldAndTheRowsStayAsTheyStand) {
  const struct {
    const char* what;
    const char* mapping;
  } kCases[] = {
      {"wrong JSON", R"({"record": "message", "header-rows": 1, "columns": {"text": "b",}})"},
      {"no JSON object", "[]"},
      {"no JSON object", ""},
      {"more than one value",
       R"({"record": "message", "header-rows": 1, "columns": {"text": "b"}} 1)"},
      {"\"record\" is", R"({"record": "thing", "header-rows": 1, "columns": {"text": "b"}})"},
      {"no mapping has the member",
       R"({"record": "message", "headers": 1, "columns": {"text": "b"}})"},
      {"how many rows", R"({"record": "message", "columns": {"text": "b"}})"},
      {"fewer rows", R"({"record": "message", "header-rows": 9, "columns": {"text": "b"}})"},
      {"no column \"c\"", R"({"record": "message", "header-rows": 1, "columns": {"text": "c"}})"},
      {"2 columns", R"({"record": "message", "header-rows": 1, "columns": {"text": 3}})"},
      {"no key \"words\"", R"({"record": "message", "header-rows": 1, "columns": {"words": 1}})"},
      {"no key \"duration\"",
       R"({"record": "message", "header-rows": 1, "columns": {"duration": 1}})"},
      {"stands twice",
       R"({"record": "message", "header-rows": 1, "columns": {"text": 1, "text": 2}})"},
      {"its \"format\"", R"({"record": "message", "header-rows": 1, "columns": {"sent": "a"}})"},
      {"a zone is", R"({"record": "message", "header-rows": 1, "columns": {
          "sent": {"column": "a", "format": "YYYY-MM-DD"}}})"},
      {"in-text", R"({"record": "message", "header-rows": 1, "columns": {
          "sent": {"column": "a", "format": "YYYY-MM-DD HH:mmZ", "zone": "UTC"}}})"},
      {"year, month and day", R"({"record": "message", "header-rows": 1, "columns": {
          "sent": {"column": "a", "format": "MM/DD", "zone": "UTC"}}})"},
      {"no time and no person", R"({"record": "message", "header-rows": 1,
          "constants": {"sender": "Rosa"}, "columns": {"text": "b"}})"},
      {"a column and a constant", R"({"record": "message", "header-rows": 1,
          "constants": {"text": "x"}, "columns": {"text": "b"}})"},
      {"no encoding that is known", R"({"record": "message", "header-rows": 1,
          "encoding": "rot13", "columns": {"text": "b"}})"},
      {"one sign", R"({"record": "message", "header-rows": 1, "delimiter": "::",
          "columns": {"text": "b"}})"},
  };
  for (const auto& each : kCases) {
    const Mapped table("a,b\n1,2\n", each.mapping);
    ASSERT_EQ(table.host.notes().size(), 1U) << each.mapping;
    EXPECT_TRUE(table.host.notes()[0].starts_with("mapping-not-used: ")) << each.mapping;
    EXPECT_NE(table.host.notes()[0].find(each.what), std::string::npos)
        << table.host.notes()[0] << each.mapping;
    EXPECT_EQ(table.count("message"), 2U) << each.mapping;
    EXPECT_TRUE(table.one("message", 1).has_extra("b=2")) << each.mapping;
  }
}

TEST(TableMapping, TimesAreReadByTheirFormatAlone) {
  const struct {
    const char* format;
    const char* cell;
    std::int64_t wall;  // -1: it does not fit
    std::int32_t offset;
  } kCases[] = {
      {R"("format": "YYYY-MM-DDTHH:mm:ss.SSSZ", "zone": "in-text")",
       "2024-05-17T07:30:15.250+02:00", 1'715'931'015'250, 7200},
      {R"("format": "YYYY-MM-DDTHH:mm:ss.SSSZ", "zone": "in-text")", "2024-05-17T07:30:15.250", -1,
       0},
      {R"("format": "DD/MM/YYYY", "zone": "+01:00 standard")", "17/05/2024", 1'715'904'000'000,
       3600},
      {R"("format": "DD/MM/YYYY", "zone": "UTC")", "05/17/2024", -1, 0},
      {R"("format": "DD/MM/YYYY", "zone": "UTC")", "17/05/2024 ", -1, 0},
      {R"("format": "YYYY-MM-DD hh:mm A", "zone": "UTC")", "2024-05-17 12:30 am", 1'715'905'800'000,
       0},
      {R"("format": "YYYY-MM-DD hh:mm A", "zone": "UTC")", "2024-05-17 13:30 PM", -1, 0},
      {R"("format": "YYYY-MM-DD HH:mm", "zone": "UTC")", "2024-05-17 25:30", -1, 0},
      {R"("format": "epoch-milliseconds")", "-1.5", -2, 0},
      {R"("format": "epoch-microseconds")", "1715904000000001", 1'715'904'000'000, 0},
      {R"("format": "epoch-seconds")", "99999999999999", -1, 0},
      {R"("format": "epoch-seconds")", "12a", -1, 0},
  };
  for (const auto& each : kCases) {
    const Mapped table(std::string("when;b\n") + each.cell + ";2\n",
                       std::string(R"({"record": "message", "header-rows": 1, "delimiter": ";",
          "columns": {"sent": {"column": "when", )") +
                           each.format + "}}}");
    ASSERT_EQ(table.count("message"), 1U) << each.format;
    const SeizedField* sent = table.one("message").find("sent");
    ASSERT_EQ(sent != nullptr, each.wall != -1) << each.format << each.cell;
    if (sent == nullptr) continue;
    EXPECT_EQ(sent->time.wall, each.wall) << each.format << each.cell;
    EXPECT_EQ(sent->time.offset, each.offset) << each.format << each.cell;
  }
}

TEST(TableMapping, SixteenBitsALetterAreChecked) {
  std::string bytes = "\xFF\xFE";
  for (const char c : std::string("a\tb\nx\t12\n")) bytes += {c, '\0'};
  const Mapped table(bytes, R"({"record": "call", "encoding": "utf-16le", "header-rows": 1,
      "delimiter": "\t", "columns": {"code": "a", "duration": "b"}})");
  ASSERT_EQ(table.count("call"), 1U);
  EXPECT_EQ(table.one("call").find("code")->basis, FX_BASIS_DECODED);
  EXPECT_EQ(table.one("call").find("duration")->basis, FX_BASIS_DECODED);
}

void check(const std::string& table, const std::string& mapping) {
  SeizedHost host(table);
  host.add_companion(1, "a.csv.mapping.json", mapping);
  const fx_status status = host.parse(*fx_plugin_entry_v1_table(), "a.csv");
  ASSERT_NE(status, FX_BUG) << mapping << table;
  ASSERT_EQ(host.breaches(), std::vector<std::string>{}) << mapping << table;
  if (status == FX_NOT_MINE) return;
  ASSERT_EQ(host.unexplained(0), 0U) << mapping << table;
  ASSERT_EQ(host.unexplained(1), 0U) << mapping << table;
}

TEST(TableMappingDamage, CutAtEveryPlaceAndWithFlippedBits) {
  const std::string table = kChat;
  const std::string mapping = kChatMapping;
  for (std::size_t n = 0; n <= table.size(); ++n) check(table.substr(0, n), mapping);
  for (std::size_t n = 0; n <= mapping.size(); ++n) check(table, mapping.substr(0, n));
  std::mt19937 random(20240517);
  for (int i = 0; i < 4000; ++i) {
    std::string a = table;
    std::string b = mapping;
    std::string& hit = i % 2 == 0 ? a : b;
    const std::size_t at = random() % hit.size();
    hit[at] = static_cast<char>(hit[at] ^ (1 << random() % 8));
    check(a, b);
  }
}

TEST(TableMappingDamage, AnyTableInEachEncoding) {
  std::mt19937 random(5);
  for (const char* encoding : {"utf-8", "utf-16le", "utf-16be", "windows-1251"})
    for (int i = 0; i < 2000; ++i) {
      std::string table = i % 3 == 0 ? "\xFF\xFE" : "";
      for (std::size_t n = random() % 60; n > 0; --n)
        table.push_back(random() % 3 == 0 ? static_cast<char>(random())
                                          : "\n\r;\"1-.\0\xFE\xFF\xD8"[random() % 11]);
      check(table, std::string(R"({"record": "call", "header-rows": 0, "delimiter": ";",
          "encoding": ")") +
                       encoding + R"(", "columns": {"conversation": 1, "text": 1, "code": 1,
          "sender": 1, "duration": 1, "sent": {"column": 1, "format": "epoch-seconds"},
          "until": {"column": 1, "format": "epoch-microseconds"}}})");
    }
}

}  // namespace
