#include "reading.hpp"
#include "support/fixtures.hpp"

using namespace forensics::test;

namespace {

Reading read(std::string bytes) {
  return Reading(fx_plugin_entry_v1_ufdr(), std::move(bytes), "report.xml");
}

std::string field(const std::string& name, const std::string& value) {
  return "<field name=\"" + name + "\" type=\"String\"><value type=\"String\"><![CDATA[" + value +
         "]]></value></field>";
}

std::string model(const std::string& type, const std::string& inside,
                  const std::string& state = "Intact") {
  return "<model type=\"" + type + "\" id=\"1\" deleted_state=\"" + state + "\">" + inside +
         "</model>";
}

std::string party(const std::string& id, const std::string& name, const std::string& owner) {
  return model("Party",
               field("Identifier", id) + field("Name", name) + field("IsPhoneOwner", owner));
}

std::string list(const std::string& name, const std::string& inside) {
  return "<multiModelField name=\"" + name + "\" type=\"x\">" + inside + "</multiModelField>";
}

std::string report() {
  const std::string time =
      "<field name=\"TimeStamp\" type=\"TimeStamp\"><value type=\"TimeStamp\" "
      "format=\"TimeStampKnown\">"
      "2024-11-03T19:46:47.000+00:00</value></field>";
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?><project id=\"p\" "
         "xmlns=\"http://pa.cellebrite.com/report/2.0\">"
         "<metadata section=\"Device Data\"><item name=\"Model\">P9</item></metadata>"
         "<decodedData><modelType type=\"Chat\">" +
         model("Chat",
               field("Source", "WhatsApp") + field("Id", "c@g.us") +
                   list("Participants",
                        party("1@s", "Rosa", "True") + party("2@s", "Ivan", "False")) +
                   list("Messages",
                        model("InstantMessage",
                              "<modelField name=\"From\" type=\"Party\">" +
                                  party("2@s", "Ivan", "False") + "</modelField>" +
                                  field("Body", "at the pier") + field("Identifier", "m1") + time +
                                  list("Attachments",
                                       model("Attachment", field("Filename", "a.jpg"))),
                              "Deleted") +
                            model("InstantMessage", field("Body", "b"))) +
                   list("ActivityLog", model("ChatActivity", field("Action", "left")))) +
         "</modelType><modelType type=\"Call\">" +
         model("Call", field("Source", "WhatsApp") + field("Type", "Missed") +
                           field("Duration", "00:01:10") + time +
                           list("Parties", party("2@s", "Ivan", "False"))) +
         "</modelType><modelType type=\"Contact\">" +
         model("Contact", field("Name", "Kate") +
                              list("Entries", model("PhoneNumber", field("Value", "+1")) +
                                                  model("PhoneNumber", field("Value", "+2")))) +
         "</modelType><modelType type=\"Cookie\">" + model("Cookie", field("Name", "x")) +
         "</modelType></decodedData></project>";
}

TEST(Ufdr, ReadsAReport) {
  const Reading ufdr = read(report());
  EXPECT_EQ(ufdr.status, FX_OK);
  EXPECT_GE(ufdr.score, 90);
  EXPECT_EQ(ufdr.one("conversation", 1).text("platform"), "whatsapp");
  EXPECT_EQ(ufdr.one("conversation", 1).text("source_id"), "c@g.us");
  EXPECT_EQ(ufdr.count("membership"), 2U);
  EXPECT_EQ(ufdr.one("participant").number("owner"), 1);
  const SeizedRecord& message = ufdr.one("message", 1);
  EXPECT_EQ(message.text("text"), "at the pier");
  EXPECT_EQ(message.text("direction"), "in");
  EXPECT_EQ(message.text("recovered"), "ufdr-deleted");
  EXPECT_EQ(message.find("sent")->time.wall, 1730663207000);
  EXPECT_EQ(ufdr.host.referred("participant", message.number("sender"))->text("account"), "2@s");
  EXPECT_EQ(ufdr.one("attachment").text("name"), "a.jpg");
  EXPECT_TRUE(ufdr.one("message", 3).has_extra("ActivityLog/1/Action=left"));
  EXPECT_EQ(ufdr.one("call").number("duration"), 70);
  EXPECT_EQ(ufdr.one("contact", 1).text("phone"), "+2");
  ASSERT_FALSE(ufdr.host.notes().empty());
  EXPECT_EQ(ufdr.host.notes()[0], "model-not-read: 1 models of type Cookie are not read");
}

TEST(UfdrDamage, CutAtEveryPlace) {
  const std::string whole = report();
  for (std::size_t n = 0; n < whole.size(); n += 3) {
    SeizedHost host(whole.substr(0, n));
    const fx_status status = host.parse(*fx_plugin_entry_v1_ufdr(), "report.xml");
    ASSERT_NE(status, FX_BUG);
    ASSERT_EQ(host.breaches(), std::vector<std::string>{}) << n;
    if (status != FX_NOT_MINE) {
      ASSERT_EQ(host.unexplained(0), 0U) << n;
    }
  }
}

// Losslessness: every text between tags of the source is in a record.
TEST(Ufdr, RealChat) {
  const auto folder = fixtures();
  if (!folder) GTEST_SKIP() << "fixtures are absent";
  const std::string bytes = slurp(*folder / "other/ufdr/ufed-model-chat.xml");
  const Reading ufdr = read(bytes);
  EXPECT_GE(ufdr.score, 90);
  EXPECT_EQ(ufdr.status, FX_OK);
  // Of its fourteen messages three stand inside of others (forwarded, replied to) and stay there.
  EXPECT_EQ(ufdr.count("message"), 11U);
  std::string all;
  for (const std::string& line : ufdr.host.lines()) all += line + '\n';
  std::size_t missing = 0;
  for (std::size_t at = 0; (at = bytes.find("<![CDATA[", at)) != std::string::npos;) {
    at += 9;
    const std::size_t end = bytes.find("]]>", at);
    std::string value = bytes.substr(at, end - at);
    while (value.find("\r\n") != std::string::npos) value.erase(value.find("\r\n"), 1);
    if (all.find(value) == std::string::npos) {
      ++missing;
      ADD_FAILURE() << value.substr(0, 200);
    }
  }
  EXPECT_EQ(missing, 0U);
}

}  // namespace
