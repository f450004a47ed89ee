// Pages of an HTML export: senders that are inherited, times that are an hour open, forwards,
// replies, media, and what the writer gets wrong.

#include "samples.hpp"

namespace {

using telegram_test::Parsed;

std::string page(const std::string& history, const std::string& title = "Quay") {
  return "<!DOCTYPE html>\n<html>\n <head>\n  <meta charset=\"utf-8\"/>\n<title>Exported "
         "Data</title>\n"
         " </head>\n <body onload=\"CheckLocation();\">\n  <div class=\"page_wrap\">\n"
         "   <div class=\"page_header\">\n    <div class=\"content\">\n     <div class=\"text "
         "bold\">\n" +
         title +
         " \n     </div>\n    </div>\n   </div>\n   <div class=\"page_body chat_page\">\n"
         "    <div class=\"history\">\n" +
         history + "    </div>\n   </div>\n  </div>\n </body>\n</html>\n";
}

std::string userpic(int number, const std::string& initials) {
  return "      <div class=\"pull_left userpic_wrap\">\n       <div class=\"userpic userpic" +
         std::to_string(number) +
         "\" style=\"width: 42px\">\n        <div class=\"initials\" style=\"x\">\n" + initials +
         "\n        </div>\n       </div>\n      </div>\n";
}

std::string date(const std::string& title = "23.08.2023 13:11:23 UTC-08:00") {
  return "       <div class=\"pull_right date details\" title=\"" + title + "\">\n" +
         title.substr(11, 5) + "\n       </div>\n";
}

std::string message(int id, const std::string& from, const std::string& inside,
                    const std::string& when = date(), int colour = 3) {
  return "     <div class=\"message default clearfix\" id=\"message" + std::to_string(id) +
         "\">\n" + userpic(colour, "A") + "      <div class=\"body\">\n" + when +
         "       <div class=\"from_name\">\n" + from + "\n       </div>\n" + inside +
         "      </div>\n     </div>\n";
}

std::string joined(int id, const std::string& inside) {
  return "     <div class=\"message default clearfix joined\" id=\"message" + std::to_string(id) +
         "\">\n      <div class=\"body\">\n" + date() + inside + "      </div>\n     </div>\n";
}

std::string service(const std::string& id, const std::string& text) {
  return "     <div class=\"message service\" id=\"message" + id +
         "\">\n      <div class=\"body details\">\n" + text + "\n      </div>\n     </div>\n";
}

std::string text(const std::string& inner) {
  return "       <div class=\"text\">\n" + inner + "\n       </div>\n";
}

struct Read : Parsed {
  explicit Read(const std::string& history, std::string_view name = "messages.html")
      : Parsed(page(history), name) {}
};

TEST(TelegramPage, AMessage) {
  const Read p(message(9, "Ada &amp; Bo",
                       text("one<br>two &lt;b&gt; <a href=\"https://x.example/\">here</a>")));
  EXPECT_EQ(p.status, FX_OK);
  EXPECT_GE(p.score, 90);
  EXPECT_EQ(p.host.of("conversation")[0]->line(), "conversation 1 platform=telegram title=Quay");
  EXPECT_EQ(p.message(0).line(),
            "message 1 conversation=1 sender=1 sent=1692796283000 type=text text=one\ntwo <b> here "
            "url=https://x.example/ source_id=9");
  EXPECT_EQ(p.name_of_sender(0), "Ada & Bo");
  EXPECT_EQ(p.message(0).find("sent")->rule, "telegram.standard-offset");
}

TEST(TelegramPage, AnOffsetOfAZoneWithoutSummerTimeIsExact) {
  const Read p(message(1, "A", text("x"), date("11.04.2025 09:51:56 UTC+05:30")));
  EXPECT_EQ(p.message(0).find("sent")->rule, "telegram.offset-without-summer-time");
  const Read old(message(1, "A", text("x"), date("09.10.2016 14:29:34")));
  EXPECT_EQ(old.message(0).find("sent")->rule, "telegram.local-time");
}

TEST(TelegramPage, JoinedMessagesHaveTheSenderOfTheOneBefore) {
  const Read p(message(1, "Ada", text("x")) + service("2", "Bo joined") + joined(3, text("y")));
  EXPECT_EQ(p.message(2).number("sender"), 1);
  EXPECT_EQ(p.message(2).find("sender")->rule, "telegram.joined");
  const Read first(joined(1, text("nobody")));
  EXPECT_EQ(first.message(0).number("sender"), std::nullopt);
}

TEST(TelegramPage, DeletedAccountIsNobodysName) {
  const Read p(message(1, "Deleted Account", text("x"), date(), 1) +
               message(2, "Deleted Account", text("y"), date(), 2));
  EXPECT_NE(p.message(0).number("sender"), p.message(1).number("sender"));
  EXPECT_EQ(p.name_of_sender(0), "");
  EXPECT_TRUE(p.host.of("participant")[0]->has_extra("name=Deleted Account"));
}

TEST(TelegramPage, AServiceMessageHasTheDayOfItsSeparator) {
  const Read p(service("-1", "9 October 2016") + service("1", "Ada invited Bo") +
               service("2",
                       "Ada pinned <a href=\"#go_to_message11\" onclick=\"return "
                       "GoToMessage(11)\">this message</a>"));
  ASSERT_EQ(p.host.of("message").size(), 2U);
  EXPECT_EQ(
      p.message(0).line(),
      "message 1 conversation=1 sent=1475971200000 type=system text=Ada invited Bo source_id=1");
  EXPECT_EQ(p.message(0).find("sent")->rule, "telegram.day-separator");
  EXPECT_EQ(p.message(1).text("text"), "Ada pinned this message");
  EXPECT_TRUE(p.message(1).has_extra("service/href=#go_to_message11"));
  EXPECT_EQ(p.host.skipped().count("day-separator"), 1U);
}

TEST(TelegramPage, AnswersHereAndOnAnotherPage) {
  const auto reply = [](const std::string& href) {
    return "       <div class=\"reply_to details\">\nIn reply to <a href=\"" + href +
           "\" onclick=\"return GoToMessage(7)\">this message</a>\n       </div>\n" + text("x");
  };
  const Read p(
      message(7, "A", text("x")) + message(8, "A", reply("#go_to_message7")) +
      message(9, "A", reply("messages3.html#go_to_message2")) +
      message(10, "A", reply("#go_to_message4")) +
      message(11, "A",
              "<div class=\"reply_to details\">\nIn reply to a message in another chat\n</div>"));
  EXPECT_EQ(p.message(1).text("reply_to"), "7");
  EXPECT_EQ(p.message(2).text("reply_to"), "2");
  EXPECT_TRUE(p.message(2).has_extra("reply_to/href=messages3.html#go_to_message2"));
  EXPECT_TRUE(p.notes("dangling-reply"));
  EXPECT_TRUE(p.message(4).has_extra("reply_to=In reply to a message in another chat"));
}

TEST(TelegramPage, ForwardsOfAllYears) {
  const Read p(
      message(1, "Ada via @gif_bot",
              "<div class=\"pull_left forwarded userpic_wrap\"><div class=\"userpic userpic1\">"
              "<div class=\"initials\">C</div></div></div>"
              "<div class=\"forwarded body\">\n<div class=\"from_name\">\nCarol <span class=\"date "
              "details\" "
              "title=\"11.02.2025 22:00:00 UTC\"> 11.02.2025 22:00:00</span>\n</div>\n" +
                  text("old") + "</div>") +
      joined(2, "<div class=\"forwarded body\">\n" + text("older") + "</div>") +
      message(
          3, "Ada",
          "<div class=\"Brwarded body\"><div class=\"from_name\">\nDavid<span class=\"details\"> "
          "09.10.2016 14:29:35</span>\n</div>" +
              text("x") + "</div>"));
  EXPECT_EQ(p.name_of_sender(0), "Ada");
  EXPECT_TRUE(p.message(0).has_extra("via_bot=@gif_bot"));
  EXPECT_EQ(p.message(0).number("forwarded"), 1);
  EXPECT_EQ(p.message(0).text("forwarded_from"), "Carol");
  EXPECT_TRUE(p.message(0).has_extra("forwarded_date=11.02.2025 22:00:00 UTC"));
  EXPECT_EQ(p.message(0).text("text"), "old");
  EXPECT_EQ(p.message(1).text("forwarded_from"), "Carol");
  EXPECT_EQ(p.message(1).find("forwarded_from")->rule, "telegram.joined");
  EXPECT_EQ(p.message(2).text("forwarded_from"), "David");
  EXPECT_TRUE(p.message(2).has_extra("forwarded_date=09.10.2016 14:29:35"));
}

TEST(TelegramPage, MediaOfEveryKind) {
  const auto media = [](const std::string& kind, const std::string& href, const std::string& title,
                        const std::string& description, const std::string& status) {
    return "<div class=\"media_wrap clearfix\"><a class=\"media clearfix pull_left block_link "
           "media_" +
           kind + "\"" + (href.empty() ? "" : " href=\"" + href + "\"") +
           "><div class=\"fill pull_left\"></div><div class=\"body\"><div class=\"title bold\">\n" +
           title + "\n</div><div class=\"description\">\n" + description +
           "\n</div><div class=\"status details\">\n" + status + "\n</div></div></a></div>";
  };
  const Read p(
      message(1, "A",
              "<div class=\"media_wrap clearfix\"><a class=\"photo_wrap clearfix pull_left\" "
              "href=\"photos/p.jpg\"><img class=\"photo\" src=\"photos/p_thumb.jpg\"/></a></div>" +
                  text("see")) +
      message(2, "A", media("file", "files/a.pdf", "a.pdf", "", "12 KB")) +
      message(3, "A",
              media("voice_message", "", "Voice message",
                    "Not included, change data exporting settings to download.", "00:05, 23 KB")) +
      message(4, "A",
              media("contact", "contacts/contact_1.vcard", "Bo Lee", "", "+44 7700 900123")) +
      message(5, "A",
              media("venue", "https://maps.google.com/maps?q=37.950000,23.600000&amp;ll=1,2",
                    "Pier", "Quay 1", "")) +
      message(6, "A", media("call success", "", "Bo", "", "Outgoing (61 seconds)")) +
      message(7, "A", media("game", "https://t.me/x?game=y", "Chess", "d", "@bot")));
  const auto files = p.host.of("attachment");
  ASSERT_EQ(files.size(), 5U);
  EXPECT_EQ(files[0]->line(), "attachment 0 message=1 type=image path=photos/p.jpg state=present");
  EXPECT_EQ(files[1]->line(),
            "attachment 0 message=1 type=thumbnail path=photos/p_thumb.jpg state=present");
  EXPECT_EQ(files[2]->line(),
            "attachment 0 message=2 type=file path=files/a.pdf state=present name=a.pdf "
            "extra=status=12 KB");
  EXPECT_EQ(files[3]->text("state"), "omitted");
  EXPECT_TRUE(files[3]->has_extra(
      "missing_reason=Not included, change data exporting settings to download."));
  EXPECT_EQ(files[4]->text("type"), "contact-card");
  EXPECT_EQ(p.host.of("contact")[0]->text("phone"), "+44 7700 900123");
  EXPECT_EQ(p.host.of("location")[0]->text("latitude"), "37.950000");
  EXPECT_EQ(p.host.of("location")[0]->text("longitude"), "23.600000");
  EXPECT_EQ(p.host.of("location")[0]->text("name"), "Pier");
  EXPECT_EQ(p.host.of("call")[0]->line(),
            "call 0 message=6 extra=title=Bo state=ended direction=out duration=61 "
            "code=Outgoing (61 seconds)");
  EXPECT_EQ(p.message(6).text("type"), "other");
  EXPECT_TRUE(p.message(6).has_extra("title=Chess"));
}

TEST(TelegramPage, PollsReactionsButtons) {
  const Read p(
      message(1, "A",
              "<div class=\"media_wrap\"><div class=\"media_poll\"><div class=\"question "
              "bold\">\nLunch?\n</div>"
              "<div class=\"details\">\nAnonymous poll\n</div><div class=\"answer\">\n- Pizza "
              "<span class=\"details\">"
              "2 votes, chosen vote</span>\n</div><div class=\"answer\">\n- No\n</div><div "
              "class=\"total details\">\n2 votes\n"
              "</div></div></div>") +
      message(2, "A",
              text("x") + "<span class=\"reactions\"><span class=\"reaction active\"><span "
                          "class=\"emoji\">\n+1\n</span><span class=\"userpics\">"
                          "<div class=\"userpic userpic1\"><div class=\"initials\" "
                          "title=\"Bo\">B</div></div></span></span>"
                          "<span class=\"reaction paid\"><span class=\"emoji\">*</span><span "
                          "class=\"count\">7</span></span></span>") +
      message(3, "A",
              text("x") +
                  "<table class=\"bot_buttons_table\"><tr><td class=\"bot_button\"><a =\"\" "
                  "onclick=\"return ShowTextCopied('pay 5')\"><div>Pay</div></a></td></tr></table>"
                  "<div class=\"signature details\">\nEditor\n</div>"));
  EXPECT_EQ(p.host.of("poll")[0]->line(),
            "poll 0 message=1 question=Lunch? extra=details=Anonymous poll option=Pizza votes=2 "
            "extra=votes=2 votes, chosen vote option=No extra=details=2 votes");
  const auto reactions = p.host.of("reaction");
  ASSERT_EQ(reactions.size(), 2U);
  EXPECT_EQ(p.host.referred("participant", reactions[0]->number("sender"))->text("name"), "Bo");
  EXPECT_TRUE(reactions[0]->has_extra("active=1"));
  EXPECT_EQ(reactions[1]->text("type"), "paid");
  EXPECT_TRUE(reactions[1]->has_extra("count=7"));
  EXPECT_TRUE(p.message(2).has_extra("button=Pay"));
  EXPECT_TRUE(p.message(2).has_extra("button/onclick=return ShowTextCopied('pay 5')"));
  EXPECT_TRUE(p.message(2).has_extra("author=Editor"));
}

TEST(TelegramPage, TheRestOfALineSeparatorIsLeftOut) {
  const Read p(message(1, "A",
                       text("a<br>\x80\xA8"
                            "b")));
  EXPECT_EQ(p.message(0).text("text"), "a\nb");
  EXPECT_TRUE(p.notes("stray-bytes"));
}

TEST(TelegramPage, MarkupFromOutsideStaysText) {
  const Read p(service("1", "Ada <script>alert(1)</script><b>x</b>") +
               message(2, "<img src=x onerror=alert(1)>",
                       text("<iframe src=\"https://evil.example\"></iframe>")));
  EXPECT_EQ(p.message(0).text("text"), "Ada x");
  EXPECT_TRUE(p.message(1).has_extra("text/src=https://evil.example"));
}

TEST(TelegramPage, PagesThatAreMissing) {
  const std::string next =
      "<a class=\"pagination block_link\" href=\"messages2.html\">\nNext messages\n</a>";
  EXPECT_TRUE(Read(message(1, "A", text("x")) + next).notes("short-page"));
  EXPECT_TRUE(Read(message(1, "A", text("x")), "messages3.html").notes("page-missing"));
  std::string many;
  for (int i = 1; i <= 1000; ++i) many += message(i, "A", text("x"));
  EXPECT_FALSE(Read(many + next).notes("short-page"));
}

TEST(TelegramPage, WhatNeverClosesIsReadAll) {
  const std::string open =
      "<div class=\"message default clearfix\" id=\"message1\"><div class=\"body\"><div "
      "class=\"text\">one"
      "<div class=\"message default clearfix\" id=\"message2\"><div class=\"body\"><div "
      "class=\"text\">two";
  const Read p(open);
  EXPECT_EQ(p.message(0).text("text"), "one");
  EXPECT_TRUE(p.message(1).text("text").starts_with("two"));
}

std::string list_page(const std::string& title, const std::string& body) {
  return "<html><head><title>Exported Data</title></head><body><div class=\"page_wrap\"><div "
         "class=\"page_header\"><div class=\"text bold\">\n" +
         title + "\n</div></div><div class=\"page_body list_page\">" + body +
         "</div></div></body></html>";
}

TEST(TelegramPage, PagesOfAnAccount) {
  const auto row = [](const std::string& label, const std::string& value) {
    return "<div class=\"row\"><div class=\"label details\">\n" + label +
           "\n</div><div class=\"value bold\">\n" + value + "\n</div></div>";
  };
  const Parsed first(
      list_page("Exported Data",
                "<div class=\"personal_info clearfix\">" + row("First name", "Omid") +
                    row("Last name", "K") + row("Phone number", "+44 7700 900163") + "</div>" +
                    "<a class=\"section block_link\" href=\"lists/contacts.html\"><div "
                    "class=\"label bold\">\nContacts\n</div></a>"),
      "export_results.html");
  const auto accounts = first.host.of("account");
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0]->text("name"), "Omid K");
  EXPECT_EQ(accounts[0]->text("phone"), "+44 7700 900163");
  EXPECT_EQ(accounts[0]->number("owner"), 1);

  const std::string entry =
      "<div class=\"entry clearfix\"><div class=\"body\"><div class=\"pull_right info "
      "details\">\n01.03.2024 13:00:00\n</div><div class=\"name bold\">\nKarim\n</div><div "
      "class=\"details_entry details\">\n+44 7700 900187\n</div></div></div>";
  const Parsed book(list_page("Contacts", entry), "contacts.html");
  EXPECT_EQ(book.host.of("contact")[0]->line(),
            "contact 0 platform=telegram type=address-book phone=+44 7700 900187 name=Karim "
            "extra=status=01.03.2024 13:00:00");
  const Parsed other(list_page("Sessions", entry), "sessions.html");
  EXPECT_EQ(other.message(0).text("name"), "Karim");
  EXPECT_TRUE(other.message(0).has_extra("description=+44 7700 900187"));
}

}  // namespace
