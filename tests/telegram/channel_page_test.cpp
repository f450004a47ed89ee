// A public channel as the site shows it.

#include "samples.hpp"

namespace {

using telegram_test::Parsed;

const std::string kHead =
    "<!DOCTYPE html><html><head><title>Sea News</title></head><body>"
    "<div class=\"tgme_channel_info_header_title\"><span dir=\"auto\">Sea &amp; News</span></div>"
    "<div class=\"tgme_channel_info_header_username\"><a "
    "href=\"https://t.me/sea_news\">@sea_news</a></div>"
    "<section class=\"tgme_channel_history js-message_history\">";

std::string message(const std::string& id, const std::string& inside) {
  return "<div class=\"tgme_widget_message_wrap js-widget_message_wrap\"><div "
         "class=\"tgme_widget_message "
         "text_not_supported_wrap\" data-post=\"sea_news/" +
         id +
         "\"><div class=\"tgme_widget_message_bubble\">"
         "<div class=\"tgme_widget_message_author\"><a class=\"tgme_widget_message_owner_name\" "
         "href=\"https://t.me/sea_news\"><span dir=\"auto\">Sea News</span></a></div>" +
         inside +
         "<div class=\"tgme_widget_message_footer\"><span "
         "class=\"tgme_widget_message_views\">3.46M</span>"
         "<a class=\"tgme_widget_message_date\" href=\"https://t.me/sea_news/" +
         id +
         "\"><time "
         "datetime=\"2026-05-16T13:57:49+00:00\" "
         "class=\"time\">13:57</time></a></div></div></div></div>";
}

TEST(TelegramChannelPage, MessagesWithTheirAddressAndExactTime) {
  const Parsed p(
      kHead +
          message("514",
                  "<div class=\"tgme_widget_message_text js-message_text\" "
                  "dir=\"auto\">one<br/>two</div>") +
          message("515",
                  "<div class=\"tgme_widget_message_forwarded_from\">Forwarded from <a "
                  "class=\"tgme_widget_message_forwarded_from_name\">Port</a></div>"
                  "<a class=\"tgme_widget_message_reply\" href=\"https://t.me/sea_news/514\"><div "
                  "class=\"tgme_widget_message_text\">one two</div></a>"
                  "<a class=\"tgme_widget_message_photo_wrap\" "
                  "style=\"width:800px;background-image:url('https://cdn.example/p.jpg')\"></a>"
                  "<div class=\"tgme_widget_message_text\">own</div>") +
          "</section></body></html>",
      "Sea News.html");
  EXPECT_GE(p.score, 90);
  EXPECT_EQ(p.status, FX_OK);
  EXPECT_EQ(p.host.of("conversation")[0]->text("title"), "Sea & News");
  EXPECT_EQ(p.host.of("conversation")[0]->text("account"), "@sea_news");
  EXPECT_EQ(p.message(0).text("text"), "one\ntwo");
  EXPECT_EQ(p.message(0).text("source_id"), "514");
  EXPECT_EQ(p.message(0).text("url"), "https://t.me/sea_news/514");
  EXPECT_EQ(p.message(0).number("sent"), 1'778'939'869'000);
  EXPECT_TRUE(p.message(0).has_extra("views=3.46M"));
  EXPECT_EQ(p.name_of_sender(0), "Sea News");
  EXPECT_EQ(p.message(1).text("reply_to"), "514");
  EXPECT_EQ(p.message(1).text("forwarded_from"), "Port");
  EXPECT_EQ(p.message(1).text("text"), "own");
  EXPECT_EQ(p.message(1).text("type"), "media");
  EXPECT_TRUE(p.message(1).has_extra(
      "media/style=width:800px;background-image:url('https://cdn.example/p.jpg')"));
}

TEST(TelegramChannelPage, CutAnywhere) {
  const std::string whole =
      kHead + message("514", "<div class=\"tgme_widget_message_text\">x</div>");
  for (std::size_t n = 0; n < whole.size(); ++n) const Parsed p(whole.substr(0, n), "a.html");
}

}  // namespace
