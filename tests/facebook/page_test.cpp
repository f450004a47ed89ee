// Pages of "Download your information" in HTML, and the times in words.
#include "local_time.hpp"

#include "export.hpp"

using namespace facebook_test;

namespace {

std::string shown(std::string_view text) {
  const auto found = facebook::local_time(text);
  if (!found) return "none";
  std::string out =
      std::to_string(found->time.wall / 1000) + "/" + std::to_string(found->time.precision);
  if (found->other) out += " or " + std::to_string(found->other->wall / 1000);
  return out;
}

TEST(FacebookLocalTime, InWords) {
  EXPECT_EQ(shown("Sep 13, 2020, 12:26 PM"), "1599999960/2");
  EXPECT_EQ(shown("Sep 13, 2020, 12:26:40 PM"), "1600000000/3");
  EXPECT_EQ(shown("Sep 13, 2020 12:26:40pm"), "1600000000/3");
  EXPECT_EQ(shown("Sep 13, 2020, 12:26:40\u202FPM"), "1600000000/3");
  EXPECT_EQ(shown("Sunday, September 13, 2020 at 12:26am EST"), "1599956760/2");
  EXPECT_EQ(shown("13 Sept 2020, 12:26"), "1599999960/2");
  EXPECT_EQ(shown("13. Sep. 2020, 12:26"), "1599999960/2");
  EXPECT_EQ(shown("13 de septiembre de 2020 12:26"), "1599999960/2");
  EXPECT_EQ(shown("13 сен 2020 г., 12:26"), "1599999960/2");
  EXPECT_EQ(shown("2020-09-13 12:26"), "1599999960/2");
  EXPECT_EQ(shown("13.09.2020, 12:26"), "1599999960/2");
  EXPECT_EQ(shown("09/13/2020 12:26"), "1599999960/2");
  EXPECT_EQ(shown("03/04/2020 12:00"), "1585915200/2 or 1583323200");
  EXPECT_EQ(shown("Sep 13, 2020"), "1599955200/1");
  EXPECT_EQ(shown("2 h"), "none");
  EXPECT_EQ(shown(""), "none");
  EXPECT_EQ(shown("Feb 30, 2020, 1:00 PM"), "none");
}

TEST(FacebookLocalTime, InGreekAndArabic) {
  EXPECT_EQ(shown("13 Σεπ 2020, 12:26 μ.μ."), "1599999960/2");
  EXPECT_EQ(shown("13 Σεπ 2020, 12:26 π.μ."), "1599956760/2");
  EXPECT_EQ(shown("Κυριακή 13 ΣΕΠΤΕΜΒΡΙΟΥ 2020, 12:26"), "1599999960/2");
  EXPECT_EQ(shown("5 Οκτ 2020"), "1601856000/1");
  EXPECT_EQ(shown("١٣ سبتمبر، ٢٠٢٠ ١٢:٢٦ م"), "1599999960/2");
  EXPECT_EQ(shown("١٣ سبتمبر، ٢٠٢٠ ١٢:٢٦ ص"), "1599956760/2");
  EXPECT_EQ(shown("سبتمبر 13, 2020 12:26 م"), "1599999960/2");
  EXPECT_EQ(shown("13 أيلول 2020 12:26"), "1599999960/2");
  EXPECT_EQ(shown("۱۳ سپتامبر ۲۰۲۰ ۱۲:۲۶"), "1599999960/2");
  EXPECT_EQ(shown("13 كانون الثاني 2020"), "1578873600/1");
  EXPECT_EQ(shown("13 تشرين الأول 2020"), "1602547200/1");
  EXPECT_EQ(shown("13 مهر 1399"), "none");
}

constexpr std::string_view kNewPage = R"(<html><head><title>Ann &amp; Bo</title></head><body>
<div class="_3b0d">Participants: Ann, Bo</div>
<section class="_3-95 _a6-g"><h2 class="_2ph_ _a6-h _a6-i">Bo</h2><div class="_2ph_ _a6-p"><div><div></div>
<div>Tonight<br />at 5 &lt; 6</div><div><a href="your_activity/messages/inbox/a/photos/b.jpg"><img src="your_activity/messages/inbox/a/photos/b.jpg"/></a></div>
<div><a href="https://example.org/?a=1&amp;b=2">x</a></div>
<ul class="_a6-q"><li>❤️Ann</li></ul></div></div>
<div class="_3-94 _a6-o"><div class="_a72d">Sep 13, 2020, 12:26 PM</div></div></section>
<section class="_3-95 _a6-g"><h2 class="_2ph_ _a6-h _a6-i">Ann</h2><div class="_2ph_ _a6-p">ok</div>
<div class="_a72d">when?</div></section></body></html>)";

TEST(FacebookPage, OfAThread) {
  const Read read{std::string(kNewPage), "message_1.html"};
  EXPECT_EQ(read.score, 95);
  EXPECT_EQ(read.line("conversation"),
            "conversation 1 platform=messenger type=thread title=Ann & Bo "
            "extra=text=Participants: Ann, Bo");
  EXPECT_EQ(
      read.line("message", 0),
      "message 1 conversation=1 sender=1 sent=1599999960000 "
      "extra=time=Sep 13, 2020, 12:26 PM text=Tonight\nat 5 < 6 type=media extra=text=x "
      "extra=link=your_activity/messages/inbox/a/photos/b.jpg url=https://example.org/?a=1&b=2");
  EXPECT_EQ(read.line("attachment"),
            "attachment 0 message=1 name=b.jpg path=your_activity/messages/inbox/a/photos/b.jpg");
  EXPECT_EQ(read.line("reaction"), "reaction 0 message=1 sender=2 emoji=❤️");
  EXPECT_EQ(read.line("message", 1),
            "message 2 conversation=1 sender=2 sent=0 extra=time=when? text=ok type=text");
  EXPECT_TRUE(read.has_note("unread-times"));
}

TEST(FacebookPage, OfInstagram) {
  std::string page(kNewPage);
  for (std::size_t at = 0; (at = page.find("your_activity/", at)) != page.npos; at += 20)
    page.replace(at, 14, "your_instagram_activity/");
  const Read read{page, "message_1.html"};
  EXPECT_EQ(read.host.of("conversation").at(0)->text("platform"), "instagram");
}

TEST(FacebookPage, OfTheYearsBefore2018) {
  const Read read(
      R"(<html><head><title>Messages</title></head><body><div class="contents"><div class="thread">
Ann, Bo<div class="message"><div class="message_header"><span class="user">Bo</span><span class="meta">Sunday, September 13, 2020 at 12:26pm UTC+02</span></div></div><p>one</p>
<div class="message"><div class="message_header"><span class="user">Ann</span><span class="meta">Sunday, September 13, 2020 at 12:20pm UTC+02</span></div></div><p></p></div>
<div class="thread">Ann, Cy<div class="message"><div class="message_header"><span class="user">Cy</span><span class="meta">x</span></div></div><p>two</p></div></div></body></html>)",
      "messages.htm");
  EXPECT_GE(read.score, 90);
  EXPECT_EQ(read.host.of("conversation").size(), 2U);
  EXPECT_EQ(read.line("conversation", 1),
            "conversation 2 platform=messenger type=thread title=Ann, Cy");
  EXPECT_EQ(read.line("message", 0),
            "message 1 conversation=1 sender=1 sent=1599999960000 "
            "extra=time=Sunday, September 13, 2020 at 12:26pm UTC+02 text=one type=text");
  EXPECT_EQ(read.host.of("message").size(), 3U);
}

TEST(FacebookPage, OfPosts) {
  const Read read(R"(<html><head><title>Your posts</title></head><body><div class="_3-95 _a6-g">
<div class="_2ph_ _a6-h _a6-i">Ann updated her status.</div><div class="_2ph_ _a6-p">Snow</div>
<div class="_a72d">13.09.2020 12:26</div></div></body></html>)",
                  "your_posts_1.html");
  EXPECT_EQ(read.line("message"),
            "message 1 conversation=1 sender=1 sent=1599999960000 extra=time=13.09.2020 12:26 "
            "text=Snow type=text extra=heading=Ann updated her status.");
}

TEST(FacebookPage, RealPage) {
  const auto folder = forensics::test::fixtures();
  if (!folder) GTEST_SKIP() << "fixtures are absent";
  const Read read(forensics::test::slurp(
                      *folder / "facebook/msgvault/html_simple/your_activity_across_facebook/"
                                "messages/inbox/alice_ABC123/message_1.html"),
                  "message_1.html");
  ASSERT_EQ(read.host.of("message").size(), 3U);
  EXPECT_EQ(
      read.line("message", 1),
      "message 2 conversation=1 sender=2 sent=1600000020000 extra=time=Sep 13, 2020, 12:27 PM "
      "text=caf\u00E9 time? type=text");
}

}  // namespace
