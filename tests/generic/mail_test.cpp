#include "reading.hpp"

using namespace forensics::test;

namespace {

Reading read(std::string bytes, std::string_view name = "a.eml") {
  return Reading(fx_plugin_entry_v1_mail(), std::move(bytes), name);
}

constexpr std::string_view kHead =
    "Received: from a by b; Fri, 17 May 2024 05:30:20 +0000\r\n"
    "Message-ID: <1@example.org>\r\n"
    "In-Reply-To: <0@example.org>\r\n"
    "Date: Fri, 17 May 2024 07:30:15 +0200 (CEST)\r\n"
    "From: \"Vega, Rosa\" <rosa@example.org>\r\n"
    "To: Ivan <ivan@example.org>,\r\n kate@example.org\r\n"
    "Subject: =?utf-8?Q?Caf=C3=A9?= =?utf-8?B?IG5vd8=?=\r\n";

TEST(Mail, ReadsAPlainMessage) {
  const Reading mail = read(std::string(kHead) + "\r\nHello,\r\nthere\r\n");
  EXPECT_EQ(mail.status, FX_OK);
  EXPECT_GE(mail.score, 90);
  const SeizedRecord& message = mail.one("message");
  EXPECT_EQ(message.text("text"), "Hello,\nthere\n");
  EXPECT_EQ(message.text("source_id"), "<1@example.org>");
  EXPECT_EQ(message.text("reply_to"), "<0@example.org>");
  EXPECT_EQ(message.find("sent")->time.wall, 1715931015000);
  EXPECT_EQ(message.find("sent")->time.offset, 7200);
  EXPECT_EQ(message.find("sent")->time.basis, static_cast<std::uint32_t>(FX_TIME_OFFSET));
  EXPECT_EQ(mail.one("participant").text("name"), "Vega, Rosa");
  EXPECT_EQ(mail.one("participant").text("account"), "rosa@example.org");
  EXPECT_EQ(mail.one("participant", 2).text("account"), "kate@example.org");
  EXPECT_EQ(mail.one("participant", 2).find("account")->basis, FX_BASIS_VERBATIM);
  EXPECT_EQ(mail.one("conversation").text("title").substr(0, 5), "Café");
}

TEST(Mail, PartsAreChildren) {
  const Reading mail =
      read(std::string(kHead) +
           "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n"
           "This is MIME.\r\n--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n"
           "--c\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
           "Content-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe=\r\n!\r\n"
           "--c\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--c--\r\n"
           "--b\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n"
           "Content-Disposition: attachment; filename*=utf-8''b%C3%A9.jpg\r\n\r\n"
           "/9j/\r\n/9j/\r\n--b--\r\n");
  const SeizedRecord& message = mail.one("message");
  EXPECT_EQ(message.text("text"), "Grüße!");
  EXPECT_TRUE(message.has_extra("text-between-parts=This is MIME."));
  ASSERT_EQ(mail.host.children().size(), 2U);
  EXPECT_EQ(mail.host.children()[0].bytes, "<p>x</p>");
  EXPECT_EQ(mail.host.children()[1].name, "bé.jpg");
  EXPECT_EQ(mail.host.children()[1].bytes.size(), 6U);
  EXPECT_EQ(mail.one("attachment").text("type"), "alternative");
  EXPECT_EQ(mail.one("attachment", 1).text("mime"), "image/jpeg");
}

TEST(Mail, AMailboxHasManyMessages) {
  const Reading mail = read(
      "From rosa@example.org Fri May 17 07:30:15 2024\nFrom: a@b.c\nDate: Fri, 17 May 2024 "
      "07:30:15 -0000\nSubject: x\n\none\n\n>From here\n\n"
      "From ivan@example.org Fri May 17 08:30:15 2024\nFrom: d@e.f\nSubject: y\nMessage-ID: "
      "<q>\n\nFrom now on\n",
      "inbox.mbox");
  ASSERT_EQ(mail.count("message"), 2U);
  EXPECT_EQ(mail.one("message").text("text"), "one\n\n>From here\n\n");
  EXPECT_EQ(mail.one("message").find("sent")->time.basis,
            static_cast<std::uint32_t>(FX_TIME_UNKNOWN));
  EXPECT_EQ(mail.one("message", 1).text("text"), "From now on\n");
}

TEST(Mail, APartThatDoesNotEndIsReadAndSaid) {
  const Reading mail =
      read(std::string(kHead) + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhalf");
  EXPECT_EQ(mail.status, FX_TRUNCATED);
  EXPECT_EQ(mail.one("message").text("text"), "half");
}

TEST(Mail, AMessageOfHtmlOnlyHasAText) {
  const Reading mail = read(std::string(kHead) +
                            "Content-Type: text/html\r\n\r\n<p>Pier&nbsp;4</p><script>x</script>");
  EXPECT_EQ(mail.one("message").text("text"), "Pier\u00a04");
  EXPECT_EQ(mail.host.children().size(), 1U);
}

TEST(Mail, OtherFilesAreNotIts) {
  EXPECT_EQ(read("12/05/2024, 10:00 - Rosa: hi\n").score, 0);
  EXPECT_EQ(read("key: value\nother: value\n").score, 0);
  EXPECT_EQ(read("From here: it is\n").score, 0);
}

}  // namespace
