// Every file cut at every place, and with bits flipped: no breach of the contract, nothing
// unexplained, the same records each time.
#include <functional>
#include <random>

#include "reading.hpp"

using namespace forensics::test;

namespace {

struct Sample {
  const char* what;
  const fx_plugin* (*plugin)();
  const char* name;
  std::string bytes;
};

std::vector<Sample> samples() {
  return {
      {"vcard", fx_plugin_entry_v1_vcard, "a.vcf",
       "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ren=C3=A9 =\r\n "
       "D\r\n"
       "item1.TEL;TYPE=\"a;b\":+385\r\nNOTE:x\\n\xC3\r\n \xA9y\r\nPHOTO;ENCODING=b:" +
           std::string(80, 'A') +
           "\r\n\r\nEND:VCARD\r\nBEGIN:VCARD\r\nN:a;b\r\nADR:;;x;y\r\nEND:VCARD\r\n"},
      {"mail", fx_plugin_entry_v1_mail, "a.eml",
       "From: \"A, b\" <a@b.c>\r\nTo: g: x@y.z (n), q;\r\nDate: Fri, 17 May 2024 07:30:15 +0200\r\n"
       "Message-ID: <1>\r\nSubject: =?utf-8?Q?a=C3?=\r\n =?utf-8?Q?=A9?=\r\nContent-Type: "
       "multipart/mixed; boundary=b\r\n\r\n"
       "pre\r\n--b\r\nContent-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: "
       "quoted-printable\r\n\r\nx=F0=\r\ny\r\n"
       "--b\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename*0=a; "
       "filename*1=b.txt\r\n\r\nQUJD\r\n--b--\r\npost\r\n"},
      {"mailbox", fx_plugin_entry_v1_mail, "a.mbox",
       "From a@b Fri May 17 07:30:15 2024\nFrom: a@b\nSubject: s\nDate: x\n\nbody\n\nFrom c@d Fri "
       "May 17 07:30:15 2024\nFrom: c@d\nSubject: t\n\nbody\n"},
      {"gpx", fx_plugin_entry_v1_location, "a.gpx",
       "<?xml version=\"1.0\"?><gpx creator='x'><metadata><name>n</name></metadata><wpt lat=\"1\" "
       "lon=\"2\"><name>a&amp;b</name></wpt>"
       "<trk><name>t</name><trkseg><trkpt lat=\"1\" "
       "lon=\"2\"><time>2024-05-17T22:10:05Z</time></trkpt></trkseg></trk></gpx>"},
      {"kml", fx_plugin_entry_v1_location, "a.kml",
       "<kml><Document><name>d</name><Folder><name>f</name><Placemark><name><![CDATA[a]]></"
       "name><Point><coordinates>1,2,3 4,5</coordinates></Point>"
       "<gx:Track><when>2024-05-17T22:10:05Z</when><gx:coord>1 2 "
       "3</gx:coord></gx:Track></Placemark></Folder></Document></kml>"},
      {"geojson", fx_plugin_entry_v1_location, "a.geojson",
       R"({"type": "FeatureCollection", "features": [{"type": "Feature", "id": 1, "properties": {"name": "a\u00e9"},
"geometry": {"type": "LineString", "coordinates": [[1, 2, 3], [4, 5]]}}, 7], "bbox": [1]})"},
      {"table", fx_plugin_entry_v1_table, "a.csv",
       "a;b\r\n1;\"x\"\"y\"\r\n\r\n\xFC;\"p\nq\"z\r\n1;2;3\r\n"},
  };
}

void check(const Sample& sample, const std::string& bytes, const std::string& how) {
  SeizedHost host(bytes);
  host.probe(*sample.plugin(), sample.name);
  const fx_status status = host.parse(*sample.plugin(), sample.name);
  ASSERT_NE(status, FX_BUG) << sample.what << how;
  ASSERT_EQ(host.breaches(), std::vector<std::string>{}) << sample.what << how;
  if (status != FX_NOT_MINE) {
    ASSERT_EQ(host.unexplained(0), 0U) << sample.what << how;
  }
}

TEST(GenericDamage, CutAtEveryPlace) {
  for (const Sample& sample : samples())
    for (std::size_t n = 0; n <= sample.bytes.size(); ++n)
      check(sample, sample.bytes.substr(0, n), " cut at " + std::to_string(n));
}

TEST(GenericDamage, AThousandFlippedBits) {
  for (const Sample& sample : samples()) {
    std::mt19937 random(20240517);
    for (int i = 0; i < 1000; ++i) {
      std::string bytes = sample.bytes;
      const std::size_t at = random() % bytes.size();
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
      check(sample, bytes, " flip " + std::to_string(i));
    }
  }
}

TEST(GenericDamage, SameInputSameRecords) {
  for (const Sample& sample : samples()) {
    SeizedHost host(sample.bytes);
    host.parse(*sample.plugin(), sample.name);
    const auto first = host.lines();
    host.parse(*sample.plugin(), sample.name);
    EXPECT_EQ(host.lines(), first) << sample.what;
  }
}

}  // namespace
