// Threads and lists of "Download your information" in JSON.
#include "export.hpp"

using namespace facebook_test;

namespace {

constexpr std::string_view kThread = R"({
  "participants": [{"name": "Ren\u00c3\u00a9e Vasic"}, {"name": "Ibro Kadic"}],
  "messages": [
    {"sender_name": "Ibro Kadic", "timestamp_ms": 1600000120000, "content": "Sutra u luci",
     "reactions": [{"reaction": "\u00e2\u009d\u00a4", "actor": "Ren\u00c3\u00a9e Vasic"},
                   {"reaction": "\u00f0\u009f\u0091\u008d", "actor": "Ren\u00c3\u00a9e Vasic"}],
     "type": "Generic", "is_unsent": false},
    {"sender_name": "Ren\u00c3\u00a9e Vasic", "timestamp_ms": 1600000060000,
     "photos": [{"uri": "messages/inbox/renee_12345/photos/boat.jpg", "creation_timestamp": 1600000059}],
     "ip": "192.0.2.7"},
    {"sender_name": "Ibro Kadic", "timestamp_ms": 1600000050000, "content": "Call ended",
     "type": "Call", "call_duration": 111, "missed": false},
    {"sender_name": "", "timestamp_ms": 1600000040000},
    {"sender_name": "Ibro Kadic", "timestamp_ms": 1600000030000, "is_unsent": true},
    {"sender_name": "Ibro Kadic", "timestamp_ms": 1600000020000, "type": "Share",
     "share": {"link": "https://example.org/x", "share_text": "look"}},
    {"sender_name": "Ibro Kadic", "timestamp_ms": 1600000010000, "type": "Subscribe",
     "content": "added", "users": [{"name": "Dara Novak"}]}
  ],
  "title": "Ren\u00c3\u00a9e Vasic",
  "is_still_participant": true,
  "thread_type": "Regular",
  "thread_path": "inbox/renee_12345",
  "magic_words": []
})";

TEST(FacebookThread, IsRead) {
  const Read read{std::string(kThread)};
  EXPECT_EQ(read.score, 95);
  EXPECT_EQ(read.status, FX_OK);
  EXPECT_EQ(read.line("conversation"),
            "conversation 1 platform=messenger type=direct title=Ren\u00E9e Vasic "
            "extra=is_still_participant=true extra=thread_type=Regular source_id=inbox/renee_12345 "
            "account=12345");
  EXPECT_EQ(read.line("participant", 0), "participant 1 conversation=1 name=Ren\u00E9e Vasic");
  EXPECT_EQ(read.line("message", 0),
            "message 1 conversation=1 sender=2 type=text sent=1600000120000 text=Sutra u luci "
            "code=Generic extra=is_unsent=false");
  EXPECT_EQ(read.line("reaction", 0), "reaction 0 message=1 sender=1 emoji=\u2764");
  EXPECT_EQ(read.line("reaction", 1), "reaction 0 message=1 sender=1 emoji=\U0001F44D");
  EXPECT_EQ(read.line("message", 1),
            "message 2 conversation=1 sender=1 type=media sent=1600000060000 extra=ip=192.0.2.7");
  EXPECT_EQ(read.line("attachment"),
            "attachment 0 message=2 type=image name=boat.jpg "
            "path=messages/inbox/renee_12345/photos/boat.jpg extra=creation_timestamp=1600000059");
  EXPECT_EQ(
      read.line("message", 2),
      "message 3 conversation=1 sender=2 type=call sent=1600000050000 text=Call ended code=Call");
  EXPECT_EQ(read.line("call"), "call 0 message=3 duration=111 extra=missed=false");
  EXPECT_EQ(read.line("message", 3),
            "message 4 conversation=1 type=other sent=1600000040000 extra=sender_name=");
  EXPECT_EQ(read.line("message", 4),
            "message 5 conversation=1 sender=2 type=deleted sent=1600000030000 deleted=1");
  EXPECT_EQ(read.line("message", 5),
            "message 6 conversation=1 sender=2 type=text sent=1600000020000 code=Share "
            "url=https://example.org/x extra=share/share_text=look");
  EXPECT_EQ(read.line("message", 6),
            "message 7 conversation=1 sender=2 type=system sent=1600000010000 text=added "
            "code=Subscribe participant=3");
}

TEST(FacebookThread, TheFileDecidesWhatAnEscapeIs) {
  const Read bytes(
      R"({"messages":[{"sender_name":"a","timestamp_ms":1,"content":"caf\u00c3\u00a9"}]})");
  EXPECT_EQ(bytes.host.of("message")[0]->text("text"), "caf\u00E9");
  EXPECT_EQ(bytes.host.of("reading")[0]->text("verdict"), "chosen");
  // One escape beyond a byte, a raw character, an ill-formed sequence or a mark: not of that
  // writer.
  for (const std::string other : {R"("x":"\u2028",)", "\"x\":\"\u00E9\",", R"("x":"\u00e9 ",)"}) {
    const Read read(R"({"messages":[{"sender_name":"a","timestamp_ms":1,)" + other +
                    R"("content":"caf\u00c3\u00a9"}]})");
    EXPECT_EQ(read.host.of("message")[0]->text("text"), "caf\u00C3\u00A9") << other;
    EXPECT_EQ(read.host.of("reading")[0]->text("verdict"), "refuted");
  }
  // A string that was cut within a character.
  const Read cut(
      R"({"messages":[{"sender_name":"\u00c3\u00a9","timestamp_ms":1,"content":"caf\u00c3\u00a9 \u00f0\u009f"}]})");
  EXPECT_EQ(cut.host.of("message")[0]->text("text"), "caf\u00E9 \u00F0\u009F");
}

TEST(FacebookThread, WithoutMessagesHasPeopleAndNothingElse) {
  const Read read(R"({"participants":[{"name":"A"},{"name":"B"}],"messages":[],"title":"A",)"
                  R"("is_still_participant":true,"thread_path":"inbox/empty_9"})");
  EXPECT_EQ(read.status, FX_OK);
  EXPECT_EQ(read.host.of("conversation").size(), 1U);
  EXPECT_EQ(read.host.of("participant").size(), 2U);
  EXPECT_TRUE(read.host.of("message").empty());
}

TEST(FacebookThread, OfEncryptedChats) {
  const Read read(R"({"participants": ["Ann", "Bo", "Cy"], "threadName": "Crew", "messages": [
    {"senderName": "Ann", "text": "oops", "timestamp": 1600000180000, "type": "Generic",
     "isUnsent": true, "media": [], "reactions": []},
    {"senderName": "Bo", "text": "", "timestamp": 1600000060000, "isUnsent": false,
     "media": [{"uri": "./media/photo.jpg"}, {"uri": "This file could not be saved"}]}]})",
                  "Crew_2.json");
  EXPECT_EQ(read.score, 95);
  EXPECT_EQ(read.line("conversation"), "conversation 1 platform=messenger type=group title=Crew");
  EXPECT_EQ(read.host.of("participant").size(), 3U);
  EXPECT_EQ(read.line("message", 0),
            "message 1 conversation=1 sender=1 type=text sent=1600000180000 text=oops deleted=1 "
            "code=Generic");
  EXPECT_EQ(read.line("attachment", 0),
            "attachment 0 message=2 type=image name=photo.jpg path=./media/photo.jpg");
  EXPECT_EQ(read.line("attachment", 1),
            "attachment 0 message=2 state=omitted code=This file could not be saved");
}

TEST(FacebookThread, SaysWhenFilesAreMissingOrShort) {
  const Read first{std::string(kThread),
                   "message_1.json",
                   {"message_1.json", "message_2.json", "message_4.json", "photos"}};
  EXPECT_TRUE(first.has_note("not-full"));
  EXPECT_TRUE(first.has_note("file-missing: message_3.json"));
  const Read last{std::string(kThread), "message_4.json", {"message_1.json", "message_4.json"}};
  EXPECT_TRUE(last.host.notes().empty());
}

TEST(FacebookThread, OfInstagramBefore2021) {
  const Read read(R"([{"participants": ["ann", "bo"], "conversation": [
     {"sender": "bo", "created_at": "2020-09-13T12:26:40.123456+00:00", "text": "Hé"}]},
    {"participants": ["ann", "cy"], "conversation": [
     {"sender": "ann", "created_at": "2020-09-13T12:26:41+00:00", "likes": [{"username": "cy"}]}]}])",
                  "messages.json");
  EXPECT_GE(read.score, 90);
  EXPECT_EQ(read.host.of("conversation").size(), 2U);
  EXPECT_EQ(read.line("message", 0),
            "message 1 conversation=1 sender=2 type=text sent=1600000000123 text=H\u00E9");
  EXPECT_EQ(read.line("message", 1),
            "message 2 conversation=2 sender=3 type=other sent=1600000001000 "
            "extra=likes/0/username=cy");
}

TEST(FacebookThread, TheTitleStandsBehindTheMessages) {
  std::string bytes = R"({"participants":[{"name":"a"},{"name":"a"},{"name":""}],"messages":[)";
  for (int i = 0; i < 100; ++i)
    bytes += std::string(i == 0 ? "" : ",\n") + R"({"sender_name":"a","timestamp_ms":)" +
             std::to_string(1'600'000'000'000 - i) + "}";
  const Read read(bytes + R"(],"title":"T","thread_path":"inbox/x_5"})");
  EXPECT_EQ(read.line("conversation"),
            "conversation 1 platform=messenger type=group title=T source_id=inbox/x_5 account=5");
  EXPECT_EQ(read.host.of("message").size(), 100U);
  EXPECT_EQ(read.host.of("participant").size(), 3U);
}

TEST(FacebookThread, ABrokenFileIsTold) {
  const Read read("{this is not: valid json, missing quotes and structure");
  EXPECT_TRUE(read.status == FX_CORRUPT || read.status == FX_TRUNCATED);
  EXPECT_FALSE(read.host.notes().empty());
}

TEST(FacebookSections, Posts) {
  const Read read(R"([{"timestamp": 1354805114, "attachments": [{"data": [{"media": {
     "uri": "posts/media/a.jpg", "creation_timestamp": 1354805114,
     "media_metadata": {"photo_metadata": {"exif_data": [{"upload_ip": "192.0.2.1"}]}},
     "title": "Mobile", "description": "Snow"}}]}],
    "data": [{"post": "Snow today"}], "title": "Ann added a photo."},
   {"timestamp": 1331324505, "attachments": [{"data": [{"external_context": {"url": "http://x.example/"}},
     {"place": {"name": "Pier 4", "coordinate": {"latitude": 45.5, "longitude": 13.25}, "address": ""}}]}],
    "data": [{"update_timestamp": 1331324599}]}])",
                  "your_posts_1.json");
  EXPECT_GE(read.score, 80);
  EXPECT_EQ(read.line("conversation"),
            "conversation 1 platform=facebook type=section title=your_posts_1");
  EXPECT_EQ(read.line("message", 0),
            "message 1 conversation=1 sender=1 sent=1354805114000 text=Snow today type=media "
            "extra=title=Ann added a photo.");
  EXPECT_EQ(
      read.line("attachment"),
      "attachment 0 message=1 type=image name=a.jpg path=posts/media/a.jpg caption=Snow "
      "extra=creation_timestamp=1354805114 "
      "extra=media_metadata/photo_metadata/exif_data/0/upload_ip=192.0.2.1 extra=title=Mobile");
  EXPECT_EQ(read.line("message", 1),
            "message 2 conversation=1 sender=1 sent=1331324505000 edited_at=1331324599000 "
            "type=location url=http://x.example/");
  EXPECT_EQ(read.line("location"),
            "location 0 message=2 latitude=45.5 longitude=13.25 name=Pier 4 extra=address=");
}

TEST(FacebookSections, CommentsInGroups) {
  const Read read(R"({"group_comments_v2": [{"timestamp": 1500000000, "data": [{"comment": {
    "timestamp": 1500000000, "comment": "Is there room for two?", "author": "Ann", "group": "Boats"}}],
    "title": "Ann commented"}]})",
                  "your_comments_in_groups.json");
  EXPECT_EQ(read.score, 85);
  EXPECT_EQ(read.line("conversation"), "conversation 1 platform=facebook type=group title=Boats");
  EXPECT_EQ(read.line("participant"), "participant 1 conversation=1 name=Ann");
  EXPECT_EQ(read.line("message"),
            "message 1 conversation=1 sender=1 sent=1500000000000 text=Is there room for two? "
            "type=text extra=data/0/comment/timestamp=1500000000 extra=title=Ann commented");
}

TEST(FacebookSections, PeopleAndGroups) {
  const Read friends(R"({"friends_v2": [{"name": "Bo", "timestamp": 1500000000}]})");
  EXPECT_EQ(friends.line("contact"),
            "contact 0 platform=facebook name=Bo created=1500000000000 type=friends_v2");
  const Read joined(R"({"groups_joined_v2": [{"timestamp": 1500000000, "data": [{"name": "Boats"}],
    "title": "You became a member of Boats."}]})");
  EXPECT_EQ(joined.line("conversation"), "conversation 1 platform=facebook type=group title=Boats");
  EXPECT_EQ(joined.line("membership"),
            "membership 0 conversation=1 participant=1 since=1500000000000 "
            "extra=title=You became a member of Boats.");
  const Read followers(R"([{"title": "", "media_list_data": [], "string_list_data": [
    {"href": "https://www.instagram.com/bo", "value": "bo", "timestamp": 1600000000}]}])",
                       "followers_1.json");
  EXPECT_EQ(followers.line("contact"),
            "contact 0 platform=instagram username=bo url=https://www.instagram.com/bo "
            "created=1600000000000 type=followers_1 extra=title=");
}

TEST(FacebookSections, ListsWithoutAVersion) {
  const auto line = [](std::string_view bytes, std::string_view name, std::string_view kind) {
    const Read read{std::string(bytes), name};
    EXPECT_GE(read.score, 70) << name;
    EXPECT_EQ(read.status, FX_OK) << name;
    return read.line(kind);
  };
  EXPECT_EQ(
      line(R"({"friends": [{"name": "Bo", "timestamp": 1500000000}]})", "friends.json", "contact"),
      "contact 0 platform=facebook name=Bo created=1500000000000 type=friends");
  EXPECT_EQ(line(R"({"deleted_friends": [{"name": "Bo", "timestamp": 1500000000}]})",
                 "removed_friends.json", "contact"),
            "contact 0 platform=facebook name=Bo created=1500000000000 type=deleted_friends");
  EXPECT_EQ(line(R"({"comments": [{"timestamp": 1500000000, "data": [{"comment": {
    "timestamp": 1500000000, "comment": "hm", "author": "Ann"}}], "title": "Ann commented"}]})",
                 "comments.json", "message"),
            "message 1 conversation=1 sender=1 sent=1500000000000 text=hm type=text "
            "extra=data/0/comment/timestamp=1500000000 extra=title=Ann commented");
  EXPECT_EQ(line(R"({"groups_joined": [{"timestamp": 1500000000, "data": [{"name": "Boats"}],
    "title": "Ann joined"}]})",
                 "your_group_membership_activity.json", "membership"),
            "membership 0 conversation=1 participant=1 since=1500000000000 extra=title=Ann joined");
  EXPECT_EQ(line(R"({"reactions": [{"timestamp": 1500000000, "data": [{"reaction": {
    "reaction": "LIKE", "actor": "Ann"}}], "title": "Ann likes a post."}]})",
                 "posts_and_comments.json", "message"),
            "message 1 conversation=1 sender=1 sent=1500000000000 text=Ann likes a post. "
            "type=system extra=data/0/reaction/reaction=LIKE");
  EXPECT_EQ(line(R"({"profile": {"name": {"full_name": "Ann B"}, "phone_numbers":
    [{"phone_type": "Mobile", "phone_number": "+30 690 1234567"}]}})",
                 "profile_information.json", "account"),
            "account 0 platform=facebook owner=1 name=Ann B phone=+30 690 1234567 "
            "extra=phone_numbers/0/phone_type=Mobile");
  for (const std::string key : {"address_book", "address_book_v2"})
    EXPECT_EQ(line(R"({")" + key + R"(": {"address_book": [{"name": "Bo", "details":
    [{"contact_point": "+306900000000"}], "created_timestamp": 1500000000}]}})",
                   "your_address_books.json", "contact"),
              "contact 0 platform=facebook name=Bo phone=+306900000000 created=1500000000000 "
              "type=address_book");
  EXPECT_EQ(line(R"({"account_activity": [{"action": "Login", "timestamp": 1500000000,
    "ip_address": "192.0.2.9"}]})",
                 "account_activity.json", "message"),
            "message 1 conversation=1 sender=1 sent=1500000000000 text=Login type=system "
            "extra=ip_address=192.0.2.9");
  EXPECT_EQ(line(R"({"group_posts": [{"timestamp": 1500000000, "data": [{"post": "Snow"}],
    "title": "Ann posted"}]})",
                 "your_posts_and_comments_in_groups.json", "message"),
            "message 1 conversation=1 sender=1 sent=1500000000000 text=Snow type=text "
            "extra=title=Ann posted");
  // Others have lists of these names, too.
  EXPECT_EQ(Read(R"({"friends": [{"name": "Bo", "age": 3}]})", "friends.json").score, 0);
  EXPECT_EQ(Read(R"({"profile": {"name": "x", "theme": "dark"}})", "profile.json").score, 0);
}

TEST(FacebookSections, CommentsAndPostsOfInstagram) {
  const Read comment(R"([{"media_list_data": [{"uri": ""}], "string_map_data": {
    "Comment": {"value": "hm"}, "Media Owner": {"value": "cy"}, "Time": {"timestamp": 1600000002}}}])",
                     "post_comments_1.json");
  EXPECT_EQ(comment.line("attachment"), "");
  EXPECT_EQ(comment.line("message"),
            "message 1 conversation=1 sender=1 sent=1600000002000 text=hm type=text "
            "extra=media_list_data/0/uri= extra=string_map_data/Media Owner/value=cy");
  const Read post(R"([{"media": [{"uri": "media/posts/x.jpg", "creation_timestamp": 1610000000,
    "title": "Summer"}]}])",
                  "posts_1.json");
  EXPECT_EQ(post.line("message"),
            "message 1 conversation=1 sender=1 sent=1610000000000 text=Summer type=media");
  EXPECT_EQ(post.line("attachment"),
            "attachment 0 message=1 type=image name=x.jpg path=media/posts/x.jpg");
}

TEST(FacebookSections, WhatIsOfInstagram) {
  const auto platform = [](std::string_view bytes, std::string_view name) {
    const Read read{std::string(bytes), name};
    return read.host.of("conversation").at(0)->text("platform");
  };
  const std::string post =
      R"([{"media": [{"uri": "media/posts/x.jpg", "creation_timestamp": 1}]}])";
  EXPECT_EQ(platform(post, "posts_1.json"), "instagram");
  EXPECT_EQ(platform(R"([{"timestamp": 1, "attachments": [{"data": [{"media": {"uri": "a.jpg",
    "creation_timestamp": 1}}]}], "title": "x"}])",
                     "your_posts_1.json"),
            "facebook");
  EXPECT_EQ(
      platform(R"({"searches_v2": [{"timestamp": 1, "data": [{"text": "boat"}]}]})", "x.json"),
      "facebook");
  const std::string share = R"({"messages": [{"sender_name": "a", "timestamp_ms": 1,
    "share": {"link": "https://www.instagram.com/p/x/")";
  EXPECT_EQ(platform(share + "}}]}", "message_1.json"), "messenger");
  EXPECT_EQ(platform(share + R"(, "original_content_owner": "b"}}]})", "message_1.json"),
            "instagram");
  std::string thread = R"({"messages": [)";
  for (int i = 0; i < 40; ++i) thread += R"({"sender_name": "a", "timestamp_ms": 2}, )";
  thread += R"({"sender_name": "a", "timestamp_ms": 1, "photos": [{"uri": ")";
  const std::string end = R"(messages/inbox/u_1/photos/1.jpg"}]}]})";
  EXPECT_EQ(platform(thread + "your_instagram_activity/" + end, "message_1.json"), "instagram");
  EXPECT_EQ(platform(thread + "your_facebook_activity/" + end, "message_1.json"), "messenger");
  EXPECT_EQ(platform(thread + end, "your_instagram_activity/messages/inbox/u_1/message_1.json"),
            "instagram");
}

TEST(FacebookSections, ProfileWithEarlierNames) {
  const Read read(R"({"profile_v2": {"name": {"full_name": "Ann B", "first_name": "Ann"},
    "emails": {"emails": ["a@example.org"]}, "previous_names": [{"name": "Ann A", "timestamp": 1300000000}],
    "username": "ann.b", "registration_timestamp": 1200000000}})",
                  "profile_information.json");
  EXPECT_EQ(read.line("account"),
            "account 0 platform=facebook owner=1 name=Ann B username=ann.b created=1200000000000 "
            "extra=name/first_name=Ann extra=emails/emails/0=a@example.org");
  EXPECT_EQ(read.line("identity"),
            "identity 0 platform=facebook action=name-changed before=Ann A name=Ann B "
            "sent=1300000000000");
}

TEST(FacebookSections, WhatNoRuleKnowsIsKept) {
  const Read read(
      R"({"odd_things_v7": [{"when": {"timestamp": 1500000000}, "what": [1, null, "x"]}],
    "ads_interests_v2": ["Boats", "Fishing"], "count": 2})");
  EXPECT_EQ(read.line("message", 0),
            "message 1 conversation=1 sender=1 sent=1500000000000 type=other extra=what/0=1 "
            "extra=what/1=null extra=what/2=x");
  EXPECT_EQ(read.line("message", 1),
            "message 2 conversation=2 type=other extra=ads_interests_v2/0=Boats "
            "extra=ads_interests_v2/1=Fishing extra=count=2");
  const Read logins(R"({"account_activity_v2": [{"action": "Login", "timestamp": 1500000000,
    "ip_address": "192.0.2.9", "user_agent": "x"}]})");
  EXPECT_EQ(logins.line("message"),
            "message 1 conversation=1 sender=1 sent=1500000000000 text=Login type=system "
            "extra=ip_address=192.0.2.9 extra=user_agent=x");
}

TEST(FacebookProbe, LeavesOthersAlone) {
  EXPECT_EQ(Read("{\"a\": 1}", "x.json").score, 0);
  EXPECT_EQ(Read("[1, 2]", "x.json").score, 0);
  EXPECT_EQ(Read("", "message_1.txt").score, 0);
  EXPECT_EQ(
      Read(R"({"name":"x","type":"personal_chat","id":5,"messages":[{"id":1,"type":"message"}]})",
           "result.json")
          .score,
      0);
}

}  // namespace
