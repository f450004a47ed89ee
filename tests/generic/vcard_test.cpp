#include "reading.hpp"
#include "support/fixtures.hpp"

using namespace forensics::test;

namespace {

Reading read(std::string bytes) {
  return Reading(fx_plugin_entry_v1_vcard(), std::move(bytes), "contacts.vcf");
}

TEST(VCard, ReadsSeveralCards) {
  const Reading cards = read(
      "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Rosa Vega\r\nTEL;TYPE=CELL:+385 91 123 4567\r\n"
      "TEL;TYPE=WORK:+385 1 234\r\nEMAIL:rosa@example.org\r\nUID:17\r\nEND:VCARD\r\n\r\n"
      "BEGIN:VCARD\r\nVERSION:4.0\r\nN:Kovač;Ivan;;Dr.;\r\nTEL;VALUE=uri:tel:+38591\r\nEND:"
      "VCARD\r\n");
  EXPECT_EQ(cards.status, FX_OK);
  EXPECT_GE(cards.score, 90);
  ASSERT_EQ(cards.count("contact"), 4U);
  EXPECT_EQ(cards.one("contact").text("name"), "Rosa Vega");
  EXPECT_EQ(cards.one("contact").text("phone"), "+385 91 123 4567");
  EXPECT_EQ(cards.one("contact").text("source_id"), "17");
  EXPECT_TRUE(cards.one("contact").has_extra("TEL;TYPE=WORK=+385 1 234"));
  EXPECT_EQ(cards.one("contact", 1).text("phone"), "+385 1 234");
  EXPECT_EQ(cards.one("contact", 2).text("account"), "rosa@example.org");
  EXPECT_EQ(cards.one("contact", 2).text("platform"), "mail");
  EXPECT_EQ(cards.one("contact", 3).text("name"), "Dr. Ivan Kovač");
}

TEST(VCard, InUtf16OrWithOldLineEnds) {
  const std::string plain = "BEGIN:VCARD\r\nFN:Rosa\r\n  Vega\r\nTEL:+420 1\r\nEND:VCARD\r\n";
  std::string little = "\xFF\xFE", big = "\xFE\xFF", old;
  for (const char c : plain) {
    little += {c, '\0'};
    big += {'\0', c};
    if (c != '\n') old += c;
  }
  for (const std::string& bytes : {little, big, old}) {
    const Reading cards = read(bytes);
    EXPECT_GE(cards.score, 90);
    EXPECT_EQ(cards.status, FX_OK);
    EXPECT_EQ(cards.one("contact").text("name"), "Rosa Vega");
    EXPECT_EQ(cards.one("contact").text("phone"), "+420 1");
  }
}

TEST(VCard, AFoldMaySplitACharacter) {
  const Reading cards = read("BEGIN:VCARD\nVERSION:3.0\nFN:Ren\xC3\n \xA9 Du\n pont\nEND:VCARD\n");
  EXPECT_EQ(cards.one("contact").text("name"), "René Dupont");
  EXPECT_EQ(cards.one("contact").find("name")->basis, FX_BASIS_VERBATIM);
}

TEST(VCard, QuotedPrintableInAnyCharacterSet) {
  const Reading cards = read(
      "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=CF=E5=\r\n"
      "=F2=F0\r\nNOTE;QUOTED-PRINTABLE;CHARSET=UTF-8:a=0D=0Ab\r\nEND:VCARD\r\n");
  EXPECT_EQ(cards.one("contact").text("name"), "Петр");
}

TEST(VCard, EscapesAreReadAndTold) {
  const Reading cards = read("BEGIN:VCARD\nFN:Vega\\, Rosa\nNOTE:one\\ntwo\nEND:VCARD\n");
  EXPECT_EQ(cards.one("contact").text("name"), "Vega, Rosa");
  EXPECT_EQ(cards.one("contact").find("name")->rule, "vcard.escapes");
  EXPECT_TRUE(cards.one("contact").has_extra("NOTE=one\\ntwo"));
}

TEST(VCard, APictureIsAChild) {
  std::string letters;
  for (int i = 0; i < 40; ++i) letters += "/9j/";
  const Reading cards =
      read("BEGIN:VCARD\nFN:A\nPHOTO;ENCODING=b;TYPE=JPEG:" + letters + "\n\nEND:VCARD\n");
  ASSERT_EQ(cards.host.children().size(), 1U);
  EXPECT_EQ(cards.host.children()[0].name, "card-1-photo.jpg");
  EXPECT_EQ(cards.host.children()[0].bytes.size(), 120U);
}

TEST(VCard, ACardWithoutItsEndIsReadAndSaid) {
  const Reading cards = read("BEGIN:VCARD\nFN:A\nTEL:1\n");
  EXPECT_EQ(cards.status, FX_TRUNCATED);
  EXPECT_EQ(cards.one("contact").text("phone"), "1");
}

TEST(VCard, OtherFilesAreNotIts) {
  EXPECT_EQ(read("name,phone\n").score, 0);
}

TEST(VCard, RealCards) {
  const auto folder = fixtures();
  if (!folder) GTEST_SKIP() << "fixtures are absent";
  const std::string old = slurp(*folder / "other/vcard/v21-quoted-printable.vcf");
  EXPECT_EQ(read(old).one("contact").text("name"), "René Dupont");
  EXPECT_EQ(read(old).one("contact").text("phone"), "+33612345678");
  const Reading apple = read(slurp(*folder / "other/vcard/v3-apple-groups.vcf"));
  EXPECT_EQ(apple.one("contact").text("phone"), "+12025550123");
  EXPECT_TRUE(apple.one("contact").has_extra("item2.X-ABLabel=iPhone"));
  EXPECT_EQ(apple.one("contact", 1).text("account"), "alice@example.com");
}

}  // namespace
