#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "json/reader.hpp"
#include "json/text.hpp"
#include "page_time.hpp"
#include "relative_time.hpp"
#include "samples.hpp"
#include "segments.hpp"
#include "support/fixtures.hpp"
#include "support/seized_host.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_youtube(void);

using namespace forensics::test;
using namespace youtube_test;

namespace {

struct Reading {
  explicit Reading(const Sample& sample) : host(sample.bytes) {
    score = host.probe(*fx_plugin_entry_v1_youtube(), sample.name);
    status = host.parse(*fx_plugin_entry_v1_youtube(), sample.name);
    EXPECT_EQ(host.breaches(), std::vector<std::string>{});
    EXPECT_EQ(host.unexplained(0), 0U);
  }
  const SeizedRecord& one(std::string_view kind, std::size_t index = 0) const {
    static const SeizedRecord kNone;
    const auto found = host.of(kind);
    EXPECT_LT(index, found.size()) << kind;
    return index < found.size() ? *found[index] : kNone;
  }
  SeizedHost host;
  int score = 0;
  fx_status status = FX_OK;
};

TEST(YouTube, ReadsAnActivity) {
  const Reading read(activity());
  EXPECT_GE(read.score, 90);
  EXPECT_EQ(read.status, FX_OK);
  ASSERT_EQ(read.host.of("message").size(), 2U);
  const SeizedRecord& first = read.one("message");
  EXPECT_EQ(first.text("text"), "Watched Harbour at night 😀");
  EXPECT_EQ(first.text("url"), "https://www.youtube.com/watch?v=abc");
  EXPECT_EQ(first.find("url")->basis, FX_BASIS_DECODED);
  EXPECT_EQ(first.find("sent")->time.wall, 1737646816600);
  EXPECT_EQ(first.find("sent")->time.basis, static_cast<std::uint32_t>(FX_TIME_OFFSET));
  EXPECT_TRUE(first.has_extra("subtitles/0/name=Port Watch"));
  EXPECT_EQ(read.one("conversation").text("platform"), "youtube");
  EXPECT_EQ(read.one("participant").number("owner"), 1);
}

TEST(YouTube, TheZoneOfAPageIsThatOfTheExport) {
  const Reading read(activity_page());
  ASSERT_EQ(read.host.of("message").size(), 2U);
  const SeizedRecord& first = read.one("message");
  EXPECT_EQ(first.find("sent")->time.wall, 1610736852000);
  EXPECT_EQ(first.find("sent")->time.basis, static_cast<std::uint32_t>(FX_TIME_UNKNOWN));
  EXPECT_TRUE(first.has_extra("zone-of-the-export=BST"));
  EXPECT_EQ(first.text("url"), "https://www.youtube.com/watch?v=abc&t=1");
  EXPECT_NE(first.text("text").find("Harbour & night"), std::string::npos);
  EXPECT_EQ(read.one("message", 1).find("sent"), nullptr);
  EXPECT_EQ(read.one("message", 1).text("text"), "Gesehen");
  EXPECT_TRUE(read.one("message", 1).has_extra("time-as-written=15. Januar, abends"));
}

TEST(YouTube, ReadsTheCommentsOfAnAccount) {
  const Reading read(comments_table());
  ASSERT_EQ(read.host.of("message").size(), 2U);
  EXPECT_EQ(read.one("message").text("text"), "Boat at 22:00");
  EXPECT_EQ(read.one("message").text("source_id"), "Ugx1");
  EXPECT_EQ(read.one("message").find("sent")->time.wall, 1680430272345);
  EXPECT_TRUE(read.one("message").has_extra("Video ID=abc"));
  EXPECT_EQ(read.one("message", 1).text("reply_to"), "Ugx1");
  EXPECT_EQ(read.one("message", 1).text("text"), "ab");
}

TEST(YouTube, ReadsCommentsUnderNamesOfOtherLanguages) {
  const std::string row =
      "\nUgxAbCdEfGhIjKlMnOpQr4AaABAg,UCabcdefghijklmnopqrstuv,2022-01-15T18:54:12.345678+00:00,0,"
      "Ugx0,dQw4w9WgXcQ,\"{\"\"text\"\":\"\"Hallo\"\"}\"\n";
  for (const char* names :
       {"Kommentar-ID,Kanal-ID,Zeitstempel der Kommentarerstellung,Preis,ID des übergeordneten "
        "Kommentars,Video-ID,Kommentartext",
        "ID du commentaire,ID de la chaîne,Code temporel de création du commentaire,Prix,ID du "
        "commentaire parent,ID de la vidéo,Texte du commentaire",
        "ID del comentario,ID del canal,Marca de tiempo de creación,Precio,ID del comentario "
        "principal,ID del vídeo,Texto del comentario",
        "Идентификатор комментария,Идентификатор канала,Время создания комментария,Цена,"
        "Идентификатор родительского комментария,Идентификатор видео,Текст комментария",
        "a,b,c,d,e,f,g"}) {
    const Reading read(Sample{"k.csv", names + row});
    EXPECT_GE(read.score, 90) << names;
    EXPECT_EQ(read.one("message").text("text"), "Hallo") << names;
    EXPECT_EQ(read.one("message").text("source_id"), "UgxAbCdEfGhIjKlMnOpQr4AaABAg") << names;
    ASSERT_NE(read.one("message").find("sent"), nullptr) << names;
    EXPECT_EQ(read.one("message").find("sent")->time.wall, 1642272852345) << names;
    if (names[1] != ',') {
      EXPECT_EQ(read.one("message").text("reply_to"), "Ugx0") << names;
    } else {
      EXPECT_TRUE(read.one("message").has_extra("e=Ugx0"));
    }
  }
  SeizedHost other("Kanal-ID,Kanal-URL,Kanaltitel\nUCabc,http://x/UCabc,Port\n");
  EXPECT_EQ(other.probe(*fx_plugin_entry_v1_youtube(), "Abos.csv"), 0);
}

TEST(YouTube, CommentsOfAPageHaveNoExactTime) {
  const Reading read(video_info());
  EXPECT_EQ(read.status, FX_OK);
  ASSERT_EQ(read.host.of("message").size(), 3U);
  EXPECT_EQ(read.one("conversation").text("title"), "Night ❤");
  EXPECT_EQ(read.one("conversation").text("source_id"), "abc");
  const SeizedRecord& video = read.one("message");
  EXPECT_EQ(video.text("text"), "Line one\nLine two");
  EXPECT_EQ(video.find("sent")->time.precision, static_cast<std::uint32_t>(FX_PRECISION_DAY));
  EXPECT_TRUE(video.has_extra("tags/0=boat"));
  const SeizedRecord& comment = read.one("message", 1);
  EXPECT_EQ(comment.text("text"), "They come on Fridays");
  EXPECT_EQ(comment.find("sent")->time.basis, static_cast<std::uint32_t>(FX_TIME_RELATIVE));
  EXPECT_LT(comment.find("sent")->time.wall, comment.find("sent_other")->time.wall);
  EXPECT_TRUE(comment.has_extra("timestamp=1652745600"));
  EXPECT_EQ(comment.find("reply_to"), nullptr);
  EXPECT_EQ(read.one("message", 2).text("reply_to"), "Ug1");
  EXPECT_EQ(read.one("message", 2).find("sent")->time.basis,
            static_cast<std::uint32_t>(FX_TIME_RELATIVE));
  EXPECT_EQ(read.one("participant").text("name"), "Port Watch");
  EXPECT_EQ(read.one("participant", 1).text("account"), "UC2");
}

TEST(YouTube, ReadsALiveChat) {
  const Reading read(live_chat());
  ASSERT_EQ(read.host.of("message").size(), 4U);
  const SeizedRecord& first = read.one("message");
  EXPECT_EQ(first.text("text"), "Pier ⚓");
  EXPECT_EQ(first.text("source_id"), "Cg1");
  EXPECT_EQ(first.find("sent")->time.wall, 1608127142394);
  EXPECT_EQ(first.find("sent")->basis, FX_BASIS_DECODED);
  EXPECT_TRUE(first.has_extra("videoOffsetTimeMsec=1500"));
  EXPECT_EQ(read.one("participant").text("name"), "Rosa");
  EXPECT_EQ(read.one("message", 1).text("action"), "message-deleted");
  EXPECT_EQ(read.one("message", 1).text("reply_to"), "Cg1");
  EXPECT_EQ(read.one("message", 2).text("text"), "thanks");
  EXPECT_TRUE(read.one("message", 2)
                  .has_extra("addChatItemAction/item/liveChatPaidMessageRenderer/"
                             "purchaseAmountText/simpleText=$5.00"));
  EXPECT_EQ(read.one("message", 3).text("type"), "poll");
  EXPECT_EQ(read.one("poll").text("question"), "Which?");
}

TEST(YouTubeParts, TimeOfAPage) {
  EXPECT_EQ(youtube::page_time("15 Jan 2021, 18:54:12 CET")->time.wall, 1610736852000);
  EXPECT_EQ(youtube::page_time("Jan 15, 2021, 12:00:00 AM UTC")->time.wall, 1610668800000);
  for (const char* bad : {"", "Jan 32, 2021, 6:54:12 PM", "Jan 15, 2021, 13:54:12 PM",
                          "15.01.21, 18:54:12", "15 Unmonth 2021, 18:54:12", "Jan 15, 2021",
                          "15 Jan 2021, 6:54:12 xx CET", "Jan 15, 2564, 18:54:12"})
    EXPECT_FALSE(youtube::page_time(bad)) << bad;
}

TEST(YouTubeParts, TimeOfAPageInManyLanguages) {
  for (const char* text :
       {"15.01.2021, 18:54:12 MEZ",
        "15 janv. 2021, 18:54:12 CET",
        "15 ene 2021, 18:54:12 CET",
        "15 ene. 2021 18:54:12 CET",
        "15 gen 2021, 18:54:12 CET",
        "15 jan. 2021, 18:54:12 CET",
        "15 янв. 2021 г., 18:54:12 MSK",
        "15 січ. 2021 р., 18:54:12 EET",
        "15 sty 2021, 18:54:12 CET",
        "15 Oca 2021 18:54:12 GMT+03:00",
        "2021/01/15 18:54:12 JST",
        "2021. 1. 15. 오후 6:54:12 KST",
        "2021年1月15日 18:54:12 CST",
        "2021年1月15日 下午6:54:12 [GMT+8]",
        "١٥/٠١/٢٠٢١، ٦:٥٤:١٢ م EET",
        "15\u200f/01\u200f/2021, 6:54:12 م EET",
        "15 Ιαν 2021, 6:54:12 μ.μ. EET",
        "15 ene 2021, 6:54:12 p.\u00a0m. COT",
        "2021. jan. 15. 18:54:12 CET",
        "15. 1. 2021 18:54:12 SEČ",
        "15 thg 1, 2021, 18:54:12 ICT",
        "18:54:12 ICT 15 thg 1, 2021",
        "15 de jan. de 2021, 18:54:12 BRT",
        "15 ian. 2021, 18:54:12 EET",
        "15.1.2021 klo 18.54.12 EET",
        "15. jan. 2021 18.54.12 CET",
        "15 كانون الثاني 2021 18:54:12",
        "۱۵ ژانویه ۲۰۲۱،‏ ۱۸:۵۴:۱۲ (‎+۳:۳۰ گرینویچ)",
        "15 ม.ค. 2564 18:54:12 ICT",
        "15 जन॰ 2021, 6:54:12 pm IST",
        "15 בינו׳ 2021, 18:54:12 IST",
        "15 ŞUB 2021 18:54:12"}) {
    const auto time = youtube::page_time(text);
    ASSERT_TRUE(time) << text;
    const std::int64_t month = std::string_view(text).starts_with("15 ŞUB") ? 31LL * 86'400'000 : 0;
    EXPECT_EQ(time->time.wall, 1610736852000 + month) << text;
    EXPECT_FALSE(time->other) << text;
  }
  EXPECT_EQ(youtube::page_time("15.01.2021, 18:54:12 MEZ")->zone, "MEZ");
  // The fifth of January or the first of May; July in Polish, June in Croatian.
  EXPECT_EQ(youtube::page_time("05/01/2021, 18:54:12")->other->wall -
                youtube::page_time("05/01/2021, 18:54:12")->time.wall,
            116LL * 86'400'000);
  EXPECT_TRUE(youtube::page_time("15 lip 2021, 18:54:12 CEST")->other);
  EXPECT_FALSE(youtube::page_time("15 lipca 2021, 18:54:12 CEST")->other);
}

TEST(YouTube, TheTimeOfAPageIsNoText) {
  const auto page = [](const std::string& time) {
    return Sample{"Wiedergabeverlauf.html",
                  "<div class=\"outer-cell\"><div class=\"content-cell\"><a href=\"u\">Vid</a> "
                  "angesehen<br>" +
                      time + "<br></div></div>"};
  };
  const Reading read(page("05/02/2021, 18:54:12 MEZ"));
  EXPECT_EQ(read.one("message").text("text"), "Vid angesehen");
  EXPECT_EQ(read.one("message").find("sent")->time.wall, 1612551252000);
  EXPECT_NE(read.one("message").find("sent_other"), nullptr);
  EXPECT_TRUE(read.one("message").has_extra("zone-of-the-export=MEZ"));
  const Reading other(page("15 ლახ. 2021, 18:54:12"));
  EXPECT_EQ(other.one("message").text("text"), "Vid angesehen");
  EXPECT_EQ(other.one("message").find("sent"), nullptr);
  EXPECT_TRUE(other.one("message").has_extra("time-as-written=15 ლახ. 2021, 18:54:12"));
}

TEST(YouTubeParts, RelativeTime) {
  const auto time = youtube::relative_time("2 years ago (edited)", 1715923815000);
  ASSERT_TRUE(time);
  EXPECT_EQ(time->latest, 1715923815000 - 2LL * 365 * 86'400'000);
  EXPECT_EQ(time->earliest, 1715923815000 - 3LL * 366 * 86'400'000);
  for (const char* bad : {"", "vor 2 Jahren", "2 years", "x years ago", "-1 days ago"})
    EXPECT_FALSE(youtube::relative_time(bad, 0)) << bad;
}

TEST(YouTubeParts, Segments) {
  EXPECT_EQ(
      youtube::text_of_segments("{\"takeoutSegments\":[{\"text\":\"a\\n\"},{\"text\":\"b\"}]}"),
      "a\nb");
  EXPECT_EQ(youtube::text_of_segments(R"([{"text":"a "},{"mention":{"externalChannelId":"UCz",)"
                                      R"("displayName":"@z"}},{"text":" b"}])"),
            "a @z b");
  EXPECT_EQ(youtube::text_of_segments(R"({"text":"a "},{"mention":{"displayName":"@z"}})"), "a @z");
  EXPECT_FALSE(youtube::text_of_segments("{not json}"));
  EXPECT_FALSE(youtube::text_of_segments("plain"));
}

// Losslessness: each scalar of the source, walked independently, is in a record of the run.
std::multiset<std::string> scalars_of(const std::string& bytes) {
  struct Sink final : json::DefectSink {
    void found(json::Defect, std::uint64_t, std::uint64_t) override {}
  } sink;
  const json::MemorySource source(bytes);
  json::Reader reader(source, sink);
  std::multiset<std::string> out;
  for (const json::Token* token = &reader.next(); token->kind != json::Kind::end;
       token = &reader.next()) {
    if (!json::is_scalar(token->kind)) continue;
    out.insert(token->kind == json::Kind::string ? json::text_of(token->raw, token->form)
                                                 : std::string(token->raw));
  }
  return out;
}

void expect_lossless(const Reading& read, const std::string& bytes,
                     const std::multiset<std::string>& reasoned = {}) {
  std::string all;
  for (const std::string& line : read.host.lines()) all += line + '\n';
  for (const std::string& value : scalars_of(bytes)) {
    if (reasoned.contains(value)) continue;
    std::string wanted = value;
    while (wanted.find("\r\n") != std::string::npos) wanted.erase(wanted.find("\r\n"), 1);
    const bool there =
        all.find(wanted) != std::string::npos || all.find(value) != std::string::npos;
    EXPECT_TRUE(there) << value.substr(0, 200);
  }
}

TEST(YouTubeLossless, EveryValueIsInARecord) {
  // Times are told as times, and a live chat's line has one value beside its actions.
  expect_lossless(Reading(activity()), activity().bytes,
                  {"2025-01-23T15:40:16.600Z", "2025-01-22T08:00:00Z"});
  expect_lossless(Reading(video_info()), video_info().bytes,
                  {"https://x/y", "2 years ago (edited)", "20220516", "root"});
  expect_lossless(Reading(live_chat()), live_chat().bytes,
                  {"x", "1608127142394232", "1608127143000000", ":anchor:"});
}

TEST(YouTube, RealActivity) {
  const auto folder = fixtures();
  if (!folder) GTEST_SKIP() << "fixtures are absent";
  const Sample sample = {"watch-history.json",
                         slurp(*folder / "other/youtube/yutotakano_watch-history.json")};
  const Reading read(sample);
  EXPECT_EQ(read.host.of("message").size(), 6U);
  for (const SeizedRecord* message : read.host.of("message"))
    EXPECT_NE(message->find("sent"), nullptr);
}

TEST(YouTube, RealLiveChatActions) {
  const auto folder = fixtures();
  if (!folder) GTEST_SKIP() << "fixtures are absent";
  const Sample sample = {"a.json", slurp(*folder / "other/youtube/live_chat_actions.json")};
  const Reading read(sample);
  EXPECT_GE(read.score, 90);
  EXPECT_EQ(read.host.of("message").size(), 19U);
  EXPECT_EQ(read.one("message").text("text"), "Consistency Level ASL ❤️");
  std::multiset<std::string> times;
  for (const std::string& value : scalars_of(sample.bytes))
    if (value.size() == 16 && value.starts_with("1")) times.insert(value);
  expect_lossless(read, sample.bytes, times);
}

}  // namespace
