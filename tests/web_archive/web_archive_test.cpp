// MHTML and WARC: each part becomes an artifact, whatever state the archive is in.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "support/fixtures.hpp"
#include "support/seized_host.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_web_archive(void);

namespace {

using forensics::test::SeizedHost;

struct Read {
  explicit Read(std::string bytes) : host(std::move(bytes)) {
    score = host.probe(*fx_plugin_entry_v1_web_archive(), "page");
    status = host.parse(*fx_plugin_entry_v1_web_archive(), "page");
    EXPECT_EQ(host.breaches(), std::vector<std::string>{});
    EXPECT_NE(status, FX_BUG);
    for (const auto& child : host.children()) EXPECT_TRUE(child.ended);
    if (status != FX_NOT_MINE) {
      EXPECT_EQ(host.unexplained(0), 0U);
    }
  }
  SeizedHost host;
  int score = 0;
  fx_status status = FX_OK;
};

const std::string kPage =
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.facebook.com/boats\r\n"
    "Subject: Boats\r\nDate: Sun, 13 Sep 2020 12:26:40 -0000\r\nMIME-Version: 1.0\r\n"
    "Content-Type: "
    "multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--Bound--x\"\r\n\r\n\r\n"
    "----Bound--x\r\nContent-Type: text/html\r\nContent-ID: <f@mhtml>\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: "
    "https://www.facebook.com/boats?a=1\r\n\r\n"
    "<p class=3D\"x\">caf=C3=A9 so=\r\nft</p>\r\n"
    "----Bound--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
    "Content-Location: https://x.example/a/p.png\r\n\r\nAAEC\r\n/w==\r\n----Bound--x--\r\n";

TEST(Mhtml, EachPartIsAChild) {
  const Read read(kPage);
  EXPECT_EQ(read.score, 95);
  EXPECT_EQ(read.status, FX_OK);
  ASSERT_EQ(read.host.children().size(), 2U);
  EXPECT_EQ(read.host.children()[0].name, "00001-boats.html");
  EXPECT_EQ(read.host.children()[0].method, "quoted-printable");
  EXPECT_EQ(read.host.children()[0].bytes, "<p class=\"x\">caf\xC3\xA9 soft</p>");
  EXPECT_EQ(read.host.children()[1].name, "00002-p.png");
  EXPECT_EQ(read.host.children()[1].bytes, std::string("\0\1\2\xFF", 4));
  const auto readings = read.host.of("reading");
  ASSERT_EQ(readings.size(), 3U);
  EXPECT_EQ(readings[0]->text("subject"), "saved-page");
  EXPECT_EQ(readings[0]->text("value"), "https://www.facebook.com/boats");
  EXPECT_TRUE(readings[0]->has_extra("Date=Sun, 13 Sep 2020 12:26:40 -0000"));
}

TEST(Warc, AnswersAreChildren) {
  const std::string http =
      "HTTP/1.1 200 OK\r\nDate: Sun, 13 Sep 2020 12:26:40 GMT\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\n<p>a<\r\n3;x\r\n/p>\r\n0\r\n\r\n";
  const auto record = [](const std::string& head, const std::string& body) {
    return "WARC/1.0\r\n" + head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body + "\r\n\r\n";
  };
  const std::string archive =
      record("WARC-Type: warcinfo\r\n", "software: x\r\n") +
      record(
          "WARC-Type: response\r\nWARC-Target-URI: https://www.facebook.com/boats\r\n"
          "Content-Type: application/http; msgtype=response\r\n",
          http) +
      "garbage\n" + record("WARC-Type: resource\r\nWARC-Target-URI: file:///a/b.txt\r\n", "text");
  const Read read(archive);
  EXPECT_EQ(read.score, 95);
  EXPECT_EQ(read.status, FX_OK);
  ASSERT_EQ(read.host.children().size(), 2U);
  EXPECT_EQ(read.host.children()[0].name, "00001-boats");
  EXPECT_EQ(read.host.children()[0].bytes, "<p>a</p>");
  EXPECT_EQ(read.host.children()[1].bytes, "text");
  EXPECT_EQ(read.host.notes().size(), 1U);
  // A record that says that it is longer than the file.
  const Read cut(archive.substr(0, archive.size() - 6));
  EXPECT_EQ(cut.status, FX_TRUNCATED);
  EXPECT_EQ(cut.host.children().size(), 2U);
}

TEST(WebArchive, SurvivesCutsAndFlips) {
  std::mt19937 random(3);
  for (std::size_t length = 0; length < kPage.size(); length += 3) Read(kPage.substr(0, length));
  for (int round = 0; round < 1000; ++round) {
    std::string bytes = kPage;
    for (int i = 0; i < 4; ++i)
      bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
    Read{bytes};
  }
}

TEST(Warc, RealArchive) {
  const auto folder = forensics::test::fixtures();
  if (!folder) GTEST_SKIP() << "fixtures are absent";
  const Read read(forensics::test::slurp(*folder / "other/warc/example.warc"));
  EXPECT_EQ(read.score, 95);
  ASSERT_FALSE(read.host.children().empty());
  EXPECT_TRUE(read.host.children()[0].name.ends_with(".gz"));
  EXPECT_EQ(read.host.children()[0].bytes.substr(0, 2), "\x1F\x8B");
}

}  // namespace
