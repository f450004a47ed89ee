#include "reading.hpp"

using namespace forensics::test;

namespace {

Reading read(std::string bytes, std::string_view name = "a.gpx") {
  return Reading(fx_plugin_entry_v1_location(), std::move(bytes), name);
}

TEST(Location, ReadsGpx) {
  const Reading gpx = read(
      "<?xml version=\"1.0\"?>\n<gpx version=\"1.1\" creator=\"Garmin\" "
      "xmlns=\"http://www.topografix.com/GPX/1/1\">\n"
      "<metadata><name>Trip</name><time>2024-05-17T05:00:00Z</time></metadata>\n"
      "<wpt lat=\"42.640\" lon=\"18.110\"><name>Pier &amp; 4</name></wpt>\n"
      "<trk><name>Night</name><trkseg>\n"
      "<trkpt lat=\"42.6401\" lon=\"18.1102\"><ele>3.5</ele><time>2024-05-17T22:10:05Z</time>"
      "<extensions><x:speed>2.1</x:speed></extensions></trkpt>\n"
      "<trkpt lat=\"42.6501\" lon=\"18.1202\"/></trkseg></trk></gpx>\n");
  EXPECT_EQ(gpx.status, FX_OK);
  EXPECT_GE(gpx.score, 90);
  EXPECT_EQ(gpx.one("conversation").text("title"), "Trip");
  EXPECT_TRUE(gpx.one("conversation").has_extra("@creator=Garmin"));
  EXPECT_EQ(gpx.one("conversation", 1).text("title"), "Night");
  EXPECT_EQ(gpx.one("conversation", 1).text("type"), "track");
  ASSERT_EQ(gpx.count("location"), 3U);
  EXPECT_EQ(gpx.one("location").text("latitude"), "42.640");
  EXPECT_EQ(gpx.one("location").text("name"), "Pier & 4");
  const SeizedRecord& fix = gpx.one("message", 1);
  EXPECT_EQ(fix.find("sent")->time.wall, 1715983805000);
  EXPECT_TRUE(fix.has_extra("extensions/speed=2.1"));
  EXPECT_TRUE(fix.has_extra("ele=3.5"));
  EXPECT_EQ(gpx.one("message", 2).find("sent"), nullptr);
}

TEST(Location, ReadsGeoJson) {
  const Reading json = read(
      R"({"type": "FeatureCollection", "name": "Coast", "features": [
{"type": "Feature", "id": "p1", "properties": {"name": "Pier \u0034", "time": "2024-05-17T22:10:05Z"},
 "geometry": {"type": "Point", "coordinates": [18.110, 42.640, 3]}},
{"type": "Feature", "properties": null, "geometry": {"type": "LineString", "coordinates": [[18, 42], [19, "x"], [200, 43]]}},
{"type": "Feature", "properties": {"name": "nowhere"}, "geometry": null}], "bbox": [1, 2]})",
      "a.geojson");
  EXPECT_EQ(json.status, FX_OK);
  EXPECT_GE(json.score, 90);
  EXPECT_EQ(json.one("conversation").text("title"), "Coast");
  EXPECT_TRUE(json.one("conversation").has_extra("type=FeatureCollection"));
  ASSERT_EQ(json.count("message"), 4U);
  EXPECT_EQ(json.one("message").text("source_id"), "p1");
  EXPECT_TRUE(json.one("message").has_extra("properties/time=2024-05-17T22:10:05Z"));
  EXPECT_TRUE(json.one("message").has_extra("geometry/coordinates/2=3"));
  ASSERT_NE(json.one("message").find("sent"), nullptr);
  EXPECT_EQ(json.one("message").find("sent")->time.wall, 1715983805000);
  EXPECT_EQ(json.one("message", 1).find("sent"), nullptr);
  EXPECT_TRUE(json.one("message", 1).has_extra("geometry/coordinates/1/1=x"));
  EXPECT_EQ(json.one("message", 2).text("type"), "other");
  EXPECT_TRUE(json.one("message", 3).has_extra("bbox/1=2"));
  ASSERT_EQ(json.count("location"), 3U);
  EXPECT_EQ(json.one("location").text("latitude"), "42.640");
  EXPECT_EQ(json.one("location").text("name"), "Pier 4");
  EXPECT_TRUE(json.one("location", 2).has_extra("not-degrees.longitude=200"));
}

TEST(Location, APropertyOfAFeatureMayBeItsTime) {
  const Reading json = read(
      R"({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Point",
"coordinates": [28.5, 36.1]}, "properties": {"date": "2022-01-01T00:00:00Z", "name": "n"}},
{"type": "Feature", "geometry": null, "properties": {"date": "soon"}}]})",
      "Saved Places.json");
  ASSERT_NE(json.one("message").find("sent"), nullptr);
  EXPECT_EQ(json.one("message").find("sent")->time.wall, 1640995200000);
  EXPECT_TRUE(json.one("message").has_extra("properties/date=2022-01-01T00:00:00Z"));
  EXPECT_EQ(json.one("message", 1).find("sent"), nullptr);
}

TEST(Location, ReadsASingleGeometry) {
  const Reading json = read(R"({"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]})", "a.json");
  EXPECT_EQ(json.count("location"), 2U);
  EXPECT_EQ(read(R"({"type": "Point", "x": 1})", "a.json").score, 0);
}

TEST(Location, KmlWritesTheLongitudeFirst) {
  const Reading kml = read(
      "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>Map</name>"
      "<Style id=\"s\"><IconStyle><scale>1.1</scale></IconStyle></Style>"
      "<Placemark><name>Pier</name><description><![CDATA[<b>meet</b>]]></description>"
      "<Point><coordinates>18.11,42.64,0</coordinates></Point></Placemark>"
      "<Placemark><name>Way</name><LineString><coordinates>\n 18.1,42.6 18.2,42.7,5\n</coordinates>"
      "</LineString></Placemark></Document></kml>",
      "a.kml");
  EXPECT_EQ(kml.status, FX_OK);
  EXPECT_EQ(kml.one("conversation").text("title"), "Map");
  ASSERT_EQ(kml.count("location"), 3U);
  EXPECT_EQ(kml.one("location").text("latitude"), "42.64");
  EXPECT_EQ(kml.one("location").text("longitude"), "18.11");
  EXPECT_EQ(kml.one("location", 2).text("longitude"), "18.2");
  EXPECT_TRUE(kml.one("location", 2).has_extra("altitude=5"));
  EXPECT_EQ(kml.one("message").text("text"), "<b>meet</b>");
  EXPECT_EQ(kml.one("message").find("text")->basis, FX_BASIS_VERBATIM);
}

TEST(Location, ATrackJoinsTimesAndPlaces) {
  const Reading kml = read(
      "<kml><Placemark><name>T</name><gx:Track><when>2024-05-17T22:10:05Z</when>"
      "<when>2024-05-17T22:11:05+02:00</when><gx:coord>18.1 42.6 3</gx:coord>"
      "<gx:coord>18.2 42.7 4</gx:coord></gx:Track></Placemark></kml>",
      "a.kml");
  ASSERT_EQ(kml.count("location"), 2U);
  EXPECT_EQ(kml.one("message", 2).find("sent")->time.offset, 7200);
  EXPECT_EQ(kml.one("location", 1).text("latitude"), "42.7");
}

TEST(Location, WhatIsNoDegreeIsKeptAsItIs) {
  const Reading gpx = read(
      "<gpx><wpt lat=\"95.1\" lon=\"18\"/><wpt lat=\"42,6\" lon=\"18\"/><wpt lat=\"1\"/></gpx>");
  ASSERT_EQ(gpx.count("location"), 3U);
  EXPECT_TRUE(gpx.one("location").has_extra("not-degrees.latitude=95.1"));
  EXPECT_EQ(gpx.one("location").find("latitude"), nullptr);
  EXPECT_TRUE(gpx.one("location", 2).has_extra("@lat=1"));
}

TEST(Location, EntitiesOfADocumentTypeAreNotExpanded) {
  const Reading gpx = read(
      "<!DOCTYPE gpx [<!ENTITY a \"&b;&b;&b;\"><!ENTITY b \"lol\"><!ENTITY f SYSTEM "
      "\"file:///etc/passwd\">]>\n"
      "<gpx><wpt lat=\"1\" lon=\"2\"><name>&a;&f;</name></wpt></gpx>");
  EXPECT_EQ(gpx.one("location").text("name"), "&a;&f;");
}

TEST(Location, ADocumentThatIsCutGivesWhatStands) {
  const Reading gpx = read(
      "<gpx><trk><name>N</name><trkseg><trkpt lat=\"1.5\" "
      "lon=\"2.5\"><time>2024-05-17T22:10:05Z</ti");
  EXPECT_EQ(gpx.status, FX_TRUNCATED);
  EXPECT_EQ(gpx.one("location").text("latitude"), "1.5");
}

TEST(Location, NestingWithoutEndIsHeld) {
  std::string deep = "<gpx>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  const Reading gpx = read(deep + "<wpt lat=\"1\" lon=\"2\"/>");
  EXPECT_EQ(gpx.status, FX_TRUNCATED);
}

}  // namespace
