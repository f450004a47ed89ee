// result.json: what Telegram's writer gets wrong, every schema of the years, every payload.

#include "samples.hpp"

namespace {

using telegram_test::Parsed;

// A supergroup with these messages.
std::string chat(const std::string& messages, const std::string& head = "") {
  return R"({"name":"Quay","type":"private_supergroup","id":77,)" + head + R"("messages":[)" +
         messages + "]}";
}

std::string message(int id, const std::string& members) {
  return R"({"id":)" + std::to_string(id) +
         R"(,"type":"message","date":"2023-08-23T13:11:23","date_unixtime":"1692821483",)"
         R"("from":"Ada","from_id":"user5",)" +
         members + "}";
}

TEST(TelegramJson, AMessageOfToday) {
  const Parsed p(chat(message(9, R"("text":"hi","text_entities":[{"type":"plain","text":"hi"}])")));
  EXPECT_EQ(p.status, FX_OK);
  EXPECT_GE(p.score, 90);
  EXPECT_EQ(p.message(0).line(),
            "message 1 conversation=1 sender=1 sent=1692821483000 type=text text=hi source_id=9 "
            "extra=date=2023-08-23T13:11:23");
  EXPECT_EQ(p.account_of_sender(0), "user5");
}

TEST(TelegramJson, ControlCharactersAndStrayBytesAreReadAndTold) {
  const Parsed p(chat(message(1,
                              "\"text\":\"a\\x0Bb\\u2028\x80\xA8"
                              "c\"")));
  EXPECT_EQ(p.message(0).text("text"), "a\vb\u2028c");
  EXPECT_TRUE(p.notes("json-hex-escape"));
  EXPECT_TRUE(p.notes("json-stray-bytes"));
  EXPECT_TRUE(p.notes("json-repairs"));
}

TEST(TelegramJson, OfTwoTextsNoneIsLost) {
  const Parsed p(chat(message(1, R"("text":"for you","text":"")") + "," +
                      message(2, R"("text":"","text":"for you")") + "," +
                      message(3, R"("text":"a","text":"b")")));
  EXPECT_EQ(p.message(0).text("text"), "for you");
  EXPECT_EQ(p.message(1).text("text"), "for you");
  EXPECT_EQ(p.message(2).text("text"), "a");
  EXPECT_TRUE(p.message(2).has_extra("text=b"));
}

TEST(TelegramJson, ABareDocumentIdIsKept) {
  const Parsed p(chat(message(1,
                              "\"text\":[{\"type\":\"custom_emoji\",\"text\":\"x\",\"document_id\":"
                              " stickers/a b.webp\n}]")));
  EXPECT_EQ(p.message(0).text("text"), "x");
  EXPECT_TRUE(p.message(0).has_extra("text/0/document_id=stickers/a b.webp"));
  EXPECT_TRUE(p.notes("json-bare-token"));
}

TEST(TelegramJson, TheStartOf1970IsNoEditButAZone) {
  const Parsed p(chat(R"({"id":1,"type":"message","date":"2018-07-01T12:00:00",)"
                      R"("edited":"1970-01-01T03:00:00","from":"Ada","text":"x"},)"
                      R"({"id":2,"type":"message","date":"2018-07-01T12:00:00",)"
                      R"("edited":"2018-07-01T12:05:00","from":"Ada","text":"y"})"));
  EXPECT_EQ(p.message(0).number("edited"), std::nullopt);
  EXPECT_TRUE(p.message(0).has_extra("edited=1970-01-01T03:00:00"));
  EXPECT_EQ(p.message(1).number("edited"), 1);
  EXPECT_NE(p.readings().find("exporter-zone=+03:00 on 1970-01-01 (chosen)"), std::string::npos);
}

TEST(TelegramJson, PartsOfATextAreJoinedWithoutSpaces) {
  const Parsed p(chat(message(
      1,
      R"("text":["Say ",{"type":"bold","text":"no"},"thing to ",{"type":"email","text":"a@b.example"},)"
      R"({"type":"text_link","text":" here","href":"https://x.example/"}])")));
  EXPECT_EQ(p.message(0).text("text"), "Say nothing to a@b.example here");
  EXPECT_EQ(p.message(0).text("url"), "https://x.example/");
}

TEST(TelegramJson, IdsOfEveryYearInOneForm) {
  const auto sender = [](const std::string& id) {
    return Parsed(
               chat(
                   R"({"id":1,"type":"message","date":"2020-01-01T00:00:00","from":"A","from_id":)" +
                   id + R"(,"text":"x"})"))
        .account_of_sender(0);
  };
  EXPECT_EQ(sender("4325636679"), "user30669383");
  EXPECT_EQ(sender("\"user5\""), "user5");
  EXPECT_EQ(sender("\"channel5\""), "channel5");  // not the same as user5
  EXPECT_EQ(sender("8589934597"), "8589934597");  // chat or channel: not told apart
  EXPECT_EQ(sender("null"), "");
}

TEST(TelegramJson, ADeletedAccountKeepsItsId) {
  const Parsed p(chat(R"({"id":1,"type":"message","date":"2020-01-01T00:00:00","from":null,)"
                      R"("from_id":"user9","text":"x"})"));
  EXPECT_EQ(p.account_of_sender(0), "user9");
  EXPECT_EQ(p.name_of_sender(0), "");
}

TEST(TelegramJson, LocalTimeAloneIsNoInstant) {
  const Parsed p(
      chat(R"({"id":1,"type":"message","date":"2020-01-01T10:00:00","from":"A","text":"x"})"));
  const auto* sent = p.message(0).find("sent");
  ASSERT_NE(sent, nullptr);
  EXPECT_EQ(sent->rule, "telegram.local-time");
}

TEST(TelegramJson, ClocksThatNoZoneExplainsAreTold) {
  const Parsed p(chat(R"({"id":1,"type":"message","date":"2023-08-23T13:12:00",)"
                      R"("date_unixtime":"1692821483","from":"A","text":"x"})"));
  EXPECT_TRUE(p.notes("clocks-disagree"));
}

TEST(TelegramJson, FilesAndWhyTheyAreNotThere) {
  const Parsed p(chat(
      message(1, R"x("file":"files/a.pdf","file_name":"a.pdf","file_size":12,)x"
                 R"x("mime_type":"application/pdf","thumbnail":"files/a_thumb.jpg","text":"")x") +
      "," +
      message(2, R"x("photo":"(File not included. Change data exporting settings to download.)",)x"
                 R"x("text":"")x") +
      "," + message(3, R"x("self_destruct_period_seconds":7,"text":"")x")));
  const auto files = p.host.of("attachment");
  ASSERT_EQ(files.size(), 4U);
  EXPECT_EQ(files[0]->line(),
            "attachment 0 message=1 type=file path=files/a.pdf state=present name=a.pdf "
            "mime=application/pdf bytes=12");
  EXPECT_EQ(files[1]->text("path"), "files/a_thumb.jpg");
  EXPECT_EQ(files[2]->text("state"), "omitted");
  EXPECT_EQ(files[2]->text("path"), "");
  EXPECT_EQ(files[3]->text("state"), "omitted");
}

TEST(TelegramJson, PlacesCardsPollsCalls) {
  const Parsed p(chat(
      message(1, R"("location_information":{"latitude":37.950000,"longitude":23.600000},)"
                 R"("place_name":"Pier","address":"Quay 1","text":"")") +
      "," +
      message(
          2,
          R"("contact_information":{"first_name":"Bo","last_name":"Lee","phone_number":"+44 7700 900123"},)"
          R"("contact_vcard":"contacts/contact_1.vcard","text":"")") +
      "," +
      message(
          3,
          R"("poll":{"question":["When",{"type":"bold","text":"?"}],"closed":false,"total_voters":3,)"
          R"("answers":[{"text":"now","voters":2,"chosen":true},{"text":["late","r"],"voters":1}]},"text":"")") +
      R"(,{"id":4,"type":"service","date":"2023-08-23T13:11:23","actor":"Ada","actor_id":"user5",)"
      R"("action":"phone_call","duration_seconds":61,"discard_reason":"hangup","text":""})"));
  EXPECT_EQ(p.host.of("location")[0]->line(),
            "location 0 message=1 type=venue latitude=37.950000 longitude=23.600000 name=Pier "
            "address=Quay 1");
  EXPECT_EQ(p.host.of("contact")[0]->text("name"), "Bo Lee");
  EXPECT_EQ(p.host.of("contact")[0]->text("phone"), "+44 7700 900123");
  EXPECT_EQ(p.host.of("poll")[0]->line(),
            "poll 0 message=3 question=When? option=now votes=2 option=later votes=1 "
            "extra=question/1/type=bold extra=closed=false extra=total_voters=3 "
            "extra=answers/0/chosen=true");
  EXPECT_EQ(p.host.of("call")[0]->line(),
            "call 0 message=4 duration=61 state=ended code=hangup participant=1");
  EXPECT_EQ(p.message(3).text("type"), "call");
}

TEST(TelegramJson, ServicesKnownAndUnknown) {
  const Parsed p(chat(
      R"({"id":1,"type":"service","date":"2023-08-23T13:11:23","actor":"Ada","actor_id":"user5",)"
      R"("action":"invite_members","members":["Bo",null,"Cy"],"text":""},)"
      R"({"id":2,"type":"service","date":"2023-08-23T13:11:23","actor":"Ada","actor_id":"user5",)"
      R"("action":"a_new_thing","payload":{"x":[1,{}]},"text":""},)"
      R"({"id":3,"type":"unsupported"})"));
  EXPECT_EQ(p.message(0).text("action"), "invite-members");
  EXPECT_EQ(p.host.of("membership").size(), 2U);
  EXPECT_TRUE(p.message(0).has_extra("members/1=null"));
  EXPECT_EQ(p.message(1).text("code"), "a_new_thing");
  EXPECT_EQ(p.message(1).find("action")->rule, "telegram.unknown-action");
  EXPECT_TRUE(p.message(1).has_extra("payload/x/0=1"));
  EXPECT_TRUE(p.message(1).has_extra("payload/x/1={}"));
  EXPECT_EQ(p.message(2).text("type"), "other");
}

TEST(TelegramJson, ReactionsWithAndWithoutNames) {
  const Parsed p(
      chat(message(1, R"("text":"x","reactions":[{"type":"emoji","count":3,"emoji":"+","recent":[)"
                      R"({"from":"Bo","from_id":"user6","date":"2023-08-23T13:12:00"}]},)"
                      R"({"type":"paid","count":2}])")));
  const auto reactions = p.host.of("reaction");
  ASSERT_EQ(reactions.size(), 3U);
  EXPECT_EQ(p.host.referred("participant", reactions[0]->number("sender"))->text("name"), "Bo");
  EXPECT_TRUE(reactions[1]->has_extra("count=3"));
  EXPECT_EQ(reactions[2]->text("type"), "paid");
}

TEST(TelegramJson, AnAnswerToNothingIsTold) {
  const Parsed p(chat(message(7, R"("text":"x")") + "," +
                      message(8, R"("reply_to_message_id":7,"text":"y")") + "," +
                      message(9, R"("reply_to_message_id":3,"text":"z")")));
  EXPECT_EQ(p.message(1).text("reply_to"), "7");
  EXPECT_TRUE(p.notes("dangling-reply"));
}

TEST(TelegramJson, AnAccountWithItsSections) {
  const Parsed p(
      R"({"about":"a","personal_information":{"user_id":5,"first_name":"Ada","last_name":"","phone_number":"+00 1"},)"
      R"("profile_pictures":[{"date":"2020-01-01T00:00:00","photo":"profile_pictures/p.jpg"}],)"
      R"("contacts":{"about":"c","list":[{"user_id":6,"first_name":"Bo","last_name":"Lee","phone_number":"+1"}]},)"
      R"("frequent_contacts":{"about":"f","list":[{"id":6,"category":"people","type":"user","name":"Bo","rating":0.5}]},)"
      R"("sessions":{"about":"s","list":[{"last_ip":"192.0.2.1","created":"2020-01-01T00:00:00","created_unixtime":"1577836800"}]},)"
      R"("other_data":{"drafts":[{"chat":"Bo","html":"never sent"}]},"newest_section":{"a":1},)"
      R"("chats":{"about":"z","list":[)" +
      chat(message(1, R"("text":"mine")")) +
      R"(]},"left_chats":{"about":"l","list":[{"type":"private_group","id":9,"messages":[]}]}})");
  EXPECT_EQ(p.status, FX_OK);
  EXPECT_GE(p.score, 90);
  const auto accounts = p.host.of("account");
  ASSERT_GE(accounts.size(), 3U);
  EXPECT_EQ(accounts[0]->text("account"), "user5");
  EXPECT_EQ(accounts[0]->number("owner"), 1);
  EXPECT_TRUE(accounts[1]->has_extra("last_ip=192.0.2.1"));
  EXPECT_TRUE(accounts[2]->has_extra("other_data/drafts/0/html=never sent"));
  EXPECT_EQ(p.host.of("contact")[0]->text("account"), "user6");
  EXPECT_EQ(p.host.of("conversation").back()->text("state"), "left");
  EXPECT_EQ(p.message(1).text("direction"), "out");
  EXPECT_TRUE(p.notes("own-messages-only"));
  EXPECT_TRUE(p.notes("beside-the-sections"));
}

TEST(TelegramJson, NamesBehindTheMessagesAreFound) {
  const Parsed p(R"({"id":5,"messages":[{"id":1,"type":"message","date":"2020-01-01T00:00:00",)"
                 R"("from":"A","text":"x"}],"name":"Pier","type":"personal_chat"})");
  EXPECT_EQ(p.host.of("conversation")[0]->text("title"), "Pier");
  EXPECT_EQ(p.host.of("conversation")[0]->text("type"), "personal-chat");
}

TEST(TelegramJson, VersionsFromSigns) {
  EXPECT_NE(
      Parsed(chat(message(1, R"("text":"x")"))).readings().find("3.7.6 or later, before 4.1.2"),
      std::string::npos);
  EXPECT_NE(Parsed(chat(message(1, R"("text":"x","text_entities":[],"reactions":[])")))
                .readings()
                .find("5.5.7 or later"),
            std::string::npos);
}

TEST(TelegramJson, OddTypesEverywhereAreKept) {
  for (const char* odd :
       {"null", "7", "\"s\"", "true", "[]", "{}", "[null]", "{\"a\":null}", "bare"}) {
    std::string members;
    for (const char* name : {"id",
                             "type",
                             "date",
                             "date_unixtime",
                             "edited",
                             "from",
                             "from_id",
                             "actor",
                             "action",
                             "text",
                             "text_entities",
                             "photo",
                             "file",
                             "media_type",
                             "duration_seconds",
                             "contact_information",
                             "location_information",
                             "poll",
                             "reactions",
                             "members",
                             "reply_to_message_id",
                             "forwarded_from",
                             "self_destruct_period_seconds",
                             "information_text"})
      members += (members.empty() ? "\"" : ",\"") + std::string(name) + "\":" + odd;
    const Parsed p(R"({"name":)" + std::string(odd) + R"(,"type":"personal_chat","id":)" + odd +
                   R"(,"messages":[{)" + members + "}," + odd + "]}");
    EXPECT_EQ(p.status, FX_OK) << odd;
  }
}

}  // namespace
