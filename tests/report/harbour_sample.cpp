#include "harbour_sample.hpp"

#include "base/bytes.hpp"

namespace forensics::test {
namespace {

using casefile::ArtifactStatus;
using casefile::MessageType;
using model::Key;
using model::Kind;

// A drawn boat of 640 x 400 pixels, a GIF of one pixel.
constexpr const char* kPng =
    "iVBORw0KGgoAAAANSUhEUgAAAoAAAAGQAgMAAABDnTm2AAAACVBMVEXp3sRGeJZ4RjKCrX0qAAADYElEQVR42u2a"
    "y1UrMRAF5YVCUD4OYRaSFw6BfAiBBY6SB+aAwTNS/2bG51G1t07pdutj2SkBAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPxZ2pX6oHqlfXGMHz1HxXdlip99qF94mf9VJ9YvOMP37gnr"
    "vxUMc/MKzvgFrpQPv+Yf4Y4gv4N/tHm/qIVS3IJlQTCmDbO7HrktEldgz1jLfhFFLm7B0hH0r+TsrsahdYk7oFYo"
    "cMA6KW7BPBBsMSvEPtDIz7dOiltwGKBrnRz8pRj7eSIsbsEiELRHmN3NfJD42SP0rzZRgOYIs1tQFqA5Qv9+JQzQ"
    "GGF2C0oDNEbo3/HFAZoizG5BeYCmCP1npiJAQ4TZLagJ0BCh/9ahClAd4cwZn+qKAaojnLu36SapDFAZYZ4VrCsG"
    "qOyh2c+rJln0gpMvwHfBumaAmgjbgqA8wmIRnFwBfgjWNQOUR9gWBaURFpvg5AnwKljXDFAaYesIyiIsVsHJEeCn"
    "YHWMEBPhYnmSeMO3+0kiLAPBGhLg5ZNndYTL/Z2kk5TKzUpWe38n4ST7AZ4vM7zK7wydDSLJ+uSg1vupWM3lSbJJ"
    "FkVxZws9WcuTRJPsjHC6dHkRtFC3PEm0GRjK+7vM1XgCJMlmUOx+34ZH2/pLgs0gW+v7s8rG53jBju/z+zKspiM+"
    "jb/iFNP6nVnLk+WEGj8Xuhpw2IbjnwtGp2Zu7gC/t8Oj/o45+tNBbv4Ab44U/R148JyUW0SANyfKUXtHT93HgNJC"
    "Arw9lSflFTh1HlT6AzxpBC/3JRJ+xbFflFV+93dY8dcF6wdPOsGXzQXPOsFXBBFEEMH/bR98+JPEfhZvJXjepAUd"
    "gm2TCnsEz1sE6BFsWwToEjxvEKBLsG0QoE/wtPIm7RbUvc3sIah53dpHUP4+uJeg+IV1N0HhG/WegpJX/n0FBb+T"
    "7C3YBr80PYLgreRz4JihgmuAIIIIIogggggiiCCCCCKIIIIIIogggggiiCCCCCKIIIIIIogggggiiCCCCCKIIIII"
    "IogggggiiCCCCCKIIIIIIogggggiiCCCCCKIIIIIIogggggiiCCCCCKIIIIIIogggggiiCCCCCKIIIII/nHBN3Rz"
    "ymLE7nj/AAAAAElFTkSuQmCC";
constexpr const char* kGif = "R0lGODlhAQABAIAAAB9VaP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==";

Said say(const std::string& stamp, std::int64_t when, const std::string& sender,
         const std::string& text) {
  Said said;
  said.stamp = stamp;
  said.wall = when;
  said.sender = sender;
  said.text = text;
  return said;
}

Said with_file(Said said, const std::string& name, const std::string& state,
               std::optional<std::int64_t> artifact = std::nullopt) {
  said.type = MessageType::media;
  said.files.push_back({name, state, artifact});
  return said;
}

Said of_type(Said said, MessageType type, std::uint32_t flags = 0) {
  said.type = type;
  said.flags = flags;
  return said;
}

std::vector<Said> group(std::int64_t png, std::int64_t gif, std::int64_t ogg, std::int64_t card) {
  const auto at = [](int day, int hour, int minute) {
    return wall(2024, 3, static_cast<unsigned>(day), hour, minute);
  };
  std::vector<Said> said;
  said.push_back(of_type(
      say("05/03/2024, 14:00", at(5, 14, 0), "", "Messages and calls are end-to-end encrypted."),
      MessageType::system));
  said.push_back(say("05/03/2024, 14:03", at(5, 14, 3), "Karim",
                     "Boat leaves on the 12th from the "
                     "old harbour. 1500 per person, half before."));
  said.push_back(say(
      "05/03/2024, 14:04", at(5, 14, 4), "سارا",
      "قایق ساعت ۴ صبح می‌رسد.\nقیمت ۱۵۰۰ یورو است، نصف آن "
      "پیش‌پرداخت."));
  said.push_back(say("05/03/2024, 14:06", at(5, 14, 6), "أمل",
                     "هل القارب آمن؟ عندي طفلان و WhatsApp لا يعمل دائماً."));
  said.push_back(say("05/03/2024, 14:09", at(5, 14, 9), "ተስፋይ", "ዋጋ ክንደይ እዩ? ንሕና ሰለስተ ኢና።"));
  said.push_back(say("05/03/2024, 14:15", at(5, 14, 15), "Karim",
                     "<script>document.title='owned'</script>"
                     "<img src=x onerror=\"document.title='owned'\">"));
  said.push_back(say("05/03/2024, 14:16", at(5, 14, 16), "Mallory\" onclick=\"x",
                     "javascript:alert(1) http://evil.example/<b>\u202Egpj.tac\u202C end"));
  said.push_back(with_file(say("06/03/2024, 09:12", at(6, 9, 12), "Karim", "The ferry"),
                           "IMG-20240306-WA0001.png", "present", png));
  said.push_back(
      with_file(say("06/03/2024, 09:13", at(6, 9, 13), "Selam", ""), "STK-1.gif", "present", gif));
  said.push_back(with_file(say("06/03/2024, 09:20", at(6, 9, 20), "Selam", ""),
                           "PTT-20240306-WA0003.opus", "present", ogg));
  said.push_back(with_file(say("06/03/2024, 09:21", at(6, 9, 21), "Karim", ""),
                           "Karim\u202Efcv.exe", "present", card));
  said.push_back(
      with_file(say("06/03/2024, 09:30", at(6, 9, 30), "Selam", "<Media omitted>"), "", "omitted"));
  said.back().files.back().name = "image";
  said.push_back(with_file(say("06/03/2024, 09:31", at(6, 9, 31), "Selam", "See this"),
                           "VID-20240306-WA0009.mp4", "missing"));
  said.push_back(
      of_type(say("06/03/2024, 10:00", at(6, 10, 0), "Karim", "This message was deleted"),
              MessageType::deleted, casefile::kDeleted));
  said.push_back(of_type(say("06/03/2024, 10:02", at(6, 10, 2), "Karim", "Price is 1700 now"),
                         MessageType::text, casefile::kEdited | casefile::kForwarded));
  said.push_back(of_type(say("06/03/2024, 10:03", at(6, 10, 3), "Karim", "photo"),
                         MessageType::view_once, casefile::kViewOnce));
  Said place =
      of_type(say("06/03/2024, 10:05", at(6, 10, 5), "Karim", "location"), MessageType::location);
  place.records.push_back(
      record(Kind::location, {{Key::latitude, "35.8989"},
                              {Key::longitude, "14.5146"},
                              {Key::url, "https://maps.example/?q=35.8,14.5"}}));
  said.push_back(place);
  Said poll = of_type(say("06/03/2024, 11:00", at(6, 11, 0), "أمل", "POLL"), MessageType::poll);
  poll.records.push_back(record(
      Kind::poll,
      {{Key::question, "متى؟"}, {Key::option, "الثلاثاء"}, {Key::option, "<b>الأربعاء</b>"}}));
  said.push_back(poll);
  Said change = of_type(say("07/03/2024, 08:00", at(7, 8, 0), "",
                            "Karim changed their phone number to a new number."),
                        MessageType::system);
  change.records.push_back(
      record(Kind::identity, {{Key::before, "+44 7700 900111"}, {Key::after, "+44 7700 900187"}}));
  said.push_back(change);
  Said zoned = say("2024-03-07T12:00+02:00", at(7, 12, 0), "Selam", "Stated offset 👩‍👧 ok");
  zoned.offset = 7200;
  said.push_back(zoned);
  Said untimed;
  untimed.stamp = "sometime";
  untimed.sender = "Selam";
  untimed.text = "No clock here";
  said.push_back(untimed);
  return said;
}

}  // namespace

void add_harbour_sample(CaseFixture& fixture) {
  const std::int64_t a = fixture.exhibit("EX001");
  const std::int64_t b = fixture.exhibit("EX002");
  const std::int64_t png = fixture.artifact(a, "IMG-20240306-WA0001.png", *from_base64(kPng));
  const std::int64_t gif = fixture.artifact(a, "STK-1.gif", *from_base64(kGif));
  const std::int64_t ogg =
      fixture.artifact(a, "PTT-20240306-WA0003.opus", std::string("OggS\0\2", 6) + "sound");
  const std::int64_t card = fixture.artifact(a, "Karim\u202Efcv.exe", "MZ not to be opened");
  fixture.chat(a, "WhatsApp Chat - Harbour Group/_chat.txt", "Harbour Group",
               group(png, gif, ogg, card));

  // Day and month stay open.
  Said open = say("03/04/2024, 10:00", wall(2024, 4, 3, 10, 0), "Karim", "Both readings");
  open.wall_other = wall(2024, 3, 4, 10, 0);
  fixture.chat(b, "WhatsApp Chat with Karim.txt", std::nullopt, {open});

  // The source states whose phone it is.
  fixture.chat(
      b, "owner.txt", "Karim & Selam",
      {of_type(say("05/03/2024, 18:00", wall(2024, 3, 5, 18, 0), "Karim", "Are you there?"),
               MessageType::text, casefile::kIncoming),
       of_type(say("05/03/2024, 18:01", wall(2024, 3, 5, 18, 1), "Selam", "Yes."),
               MessageType::text, casefile::kOutgoing)});

  fixture.artifact(b, std::string("caf\xE9<i>.bin"), "binary garbage");
  fixture.sql(
      "UPDATE artifact SET unexplained = 12, covered = covered - 20, skipped = 8 WHERE id = 5;"
      "INSERT INTO gap VALUES (1, 0, 40, 12);"
      "INSERT INTO skip VALUES (1, 0, 0, 3, 'byte-order-mark', 'UTF-8 signature at the start');"
      "INSERT INTO note (run, severity, start, length, code, message)"
      " VALUES (1, 2, 100, 4, 'odd', 'a <b>warning</b>');"
      "INSERT INTO artifact (exhibit, member, depth, path, name, size, type, modified_kind, status,"
      " error_code, error_where, error_message, seq)"
      " VALUES (2, 0, 0, 'locked.zip', 'locked.zip', 77, 'application/zip', 0, 6,"
      " 'encrypted', 'locked.zip', 'the archive needs a password', 9);");
}

void add_long_chat(CaseFixture& fixture, int count) {
  const std::int64_t exhibit = fixture.exhibit("EX-LONG");
  std::vector<Said> said;
  said.reserve(static_cast<std::size_t>(count));
  const std::int64_t start = wall(2020, 1, 1, 0, 0);
  for (int i = 0; i < count; ++i) {
    said.push_back(
        say("01/01/2020, 00:00", start + i * std::int64_t{600'000}, i % 3 == 0 ? "Karim" : "سارا",
            "Message " + std::to_string(i + 1) + (i % 5 == 0 ? " قایق می‌رسد" : "")));
  }
  fixture.chat(exhibit, "long.txt", "Long", said);
}

}  // namespace forensics::test
