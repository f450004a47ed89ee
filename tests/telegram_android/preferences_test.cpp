// userconfing.xml: whose account it is, that nothing of the entries is lost, and damaged files.
#include <gtest/gtest.h>

#include <random>

#include "support/fixtures.hpp"
#include "support/seized_host.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_telegram_android(void);

namespace {

using forensics::test::SeizedField;
using forensics::test::SeizedHost;
using forensics::test::SeizedRecord;

std::string made(const std::string& name) {
  return forensics::test::slurp(std::string(TELEGRAM_DATABASES) + "/" + name);
}

struct Read {
  explicit Read(const std::string& bytes, std::string_view name = "userconfing.xml") : host(bytes) {
    score = host.probe(*fx_plugin_entry_v1_telegram_android(), name);
    status = host.parse(*fx_plugin_entry_v1_telegram_android(), name);
    EXPECT_EQ(host.breaches(), std::vector<std::string>{});
    EXPECT_TRUE(status == FX_NOT_MINE || host.unexplained(0) == 0);
  }
  const SeizedRecord& account() const {
    static const SeizedRecord none;
    const auto all = host.of("account");
    EXPECT_EQ(all.size(), 1U);
    return all.empty() ? none : *all.front();
  }

  SeizedHost host;
  int score = 0;
  fx_status status = FX_OK;
};

std::string without(std::string text, const std::string& part) {
  const std::size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return at == std::string::npos ? text : text.erase(at, part.size());
}

TEST(TelegramPreferences, TheOwner) {
  const Read p(made("userconfing.xml"));
  EXPECT_EQ(p.score, 96);
  EXPECT_EQ(p.status, FX_OK);
  EXPECT_EQ(p.host.notes(), std::vector<std::string>{});
  const SeizedRecord& own = p.account();
  EXPECT_EQ(own.text("platform"), "telegram");
  EXPECT_EQ(own.number("owner"), 1);
  EXPECT_EQ(own.text("account"), "user5900800701");
  EXPECT_EQ(own.text("name"), "Omid Fićtion");
  EXPECT_EQ(own.text("phone"), "+447700900163");
  EXPECT_EQ(own.text("username"), "omid_fiction");
}

TEST(TelegramPreferences, ValuesStandOnTheLettersOfTheUser) {
  const std::string bytes = made("userconfing.xml");
  const Read p(bytes);
  const std::size_t begin = bytes.find("name=\"user\">") + 12;
  const std::size_t end = bytes.find("</string>", begin);
  for (const char* key : {"owner", "account", "name", "phone", "username"}) {
    const SeizedField* field = p.account().find(key);
    ASSERT_NE(field, nullptr) << key;
    EXPECT_EQ(field->offset, begin);
    EXPECT_EQ(field->length, end - begin);
    EXPECT_EQ(field->basis, static_cast<std::uint32_t>(FX_BASIS_DERIVED));
  }
}

TEST(TelegramPreferences, OlderLayouts) {
  for (const auto& [name, account] : {std::pair("userconfig1.xml", "user5900800701"),
                                      std::pair("userconfig2.xml", "user900800701")}) {
    const Read p(made(name), name);
    EXPECT_EQ(p.score, 96);
    EXPECT_EQ(p.account().text("account"), account);
    EXPECT_EQ(p.account().text("name"), "Omid");
    EXPECT_EQ(p.account().text("username"), "omid_fiction");
    EXPECT_EQ(p.account().text("phone"), "+447700900163");
  }
}

// Every entry of the file is told, with the value as it stands there.
TEST(TelegramPreferences, NothingIsLost) {
  const std::string bytes = made("userconfing.xml");
  const Read p(bytes);
  const SeizedRecord& own = p.account();
  for (const char* each :
       {"registeredForPush=true", "lastSendMessageId=-210042", "pushString2=fiction:A&B <x>",
        "loginTime=1700000000", "passcodeHash1=", "pinned=one", "pinned=two", "syncContacts=true",
        "lastUptimeMillis=912345678"})
    EXPECT_TRUE(own.has_extra(each)) << each;
  const std::size_t begin = bytes.find("name=\"user\">") + 12;
  std::string user = bytes.substr(begin, bytes.find("</string>", begin) - begin);
  for (std::size_t at = 0; (at = user.find("&#10;")) != std::string::npos;)
    user.replace(at, 5, "\n");
  EXPECT_TRUE(own.has_extra("user=" + user));
  std::size_t names = 0;
  for (std::size_t at = 0; (at = bytes.find("name=\"", at)) != std::string::npos; ++at) {
    const std::string name = bytes.substr(at + 6, bytes.find('"', at + 6) - at - 6);
    bool is_told = false;
    for (const SeizedField& field : own.fields)
      is_told = is_told || (field.key == "extra" && field.text.starts_with(name + "="));
    EXPECT_TRUE(is_told) << name;
    ++names;
  }
  EXPECT_EQ(names, 9U);
}

TEST(TelegramPreferences, WithoutAnOwnerNobodyIsMadeUp) {
  const Read p(made("userconfig3_no_user_shape.xml"), "userconfig3.xml");
  EXPECT_EQ(p.score, 79);
  EXPECT_EQ(p.status, FX_OK);
  EXPECT_TRUE(p.host.records().empty());
  EXPECT_TRUE(p.host.skipped().contains("telegram-preferences"));
  ASSERT_EQ(p.host.notes().size(), 1U);
  EXPECT_TRUE(p.host.notes()[0].starts_with("blob-unread"));
}

TEST(TelegramPreferences, TheContentDecides) {
  EXPECT_EQ(Read(made("userconfing.xml"), "a.bin").score, 92);
  const std::string head = "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n";
  for (const char* other : {"<map />", "<map><string name=\"user\">ada</string></map>",
                            "<map><int name=\"loginTime\" value=\"1\" /></map>", "<gpx></gpx>"}) {
    const Read p(head + other);
    EXPECT_EQ(p.score, 0) << other;
    EXPECT_EQ(p.status, FX_NOT_MINE) << other;
  }
}

TEST(TelegramPreferences, DamageIsSaid) {
  const std::string whole = made("userconfing.xml");
  EXPECT_EQ(Read(without(whole, "</map>\n")).status, FX_TRUNCATED);
  EXPECT_EQ(Read(without(whole, "<string name=\"passcodeHash1\">")).status, FX_CORRUPT);
  EXPECT_EQ(Read(whole + "behind").status, FX_OK);
  const Read p(whole.substr(0, whole.find("<set")));
  EXPECT_EQ(p.status, FX_TRUNCATED);
  EXPECT_EQ(p.account().text("phone"), "+447700900163");
}

TEST(TelegramPreferences, LongFilesAreReadInPart) {
  std::string bytes = without(made("userconfing.xml"), "</map>\n");
  while (bytes.size() < (std::size_t{3} << 20))
    bytes += "    <string name=\"more\">" + std::string(4000, 'x') + "</string>\n";
  const Read p(bytes + "</map>\n");
  EXPECT_EQ(p.status, FX_LIMIT);
  EXPECT_EQ(p.account().text("account"), "user5900800701");
  EXPECT_TRUE(p.host.skipped().contains("long-file"));
}

TEST(TelegramPreferences, FlippedBitsAndCuts) {
  for (const char* name : {"userconfing.xml", "userconfig2.xml"}) {
    const std::string whole = made(name);
    std::mt19937 random(1);
    for (int i = 0; i < 1000; ++i) {
      std::string broken = whole;
      for (int n = 0; n < 4; ++n)
        broken[random() % broken.size()] ^= static_cast<char>(1U << random() % 8);
      const Read p(broken);
      if (HasFailure()) return;
    }
    for (std::size_t n = 0; n < whole.size(); ++n) {
      const Read p(whole.substr(0, n));
      if (HasFailure()) return;
    }
  }
}

}  // namespace
