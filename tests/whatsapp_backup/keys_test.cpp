#include "keys.hpp"

#include <gtest/gtest.h>

#include "backup_maker.hpp"
#include "cipher.hpp"

namespace backup_test {
namespace {

using whatsapp_backup::KeyKind;
using whatsapp_backup::read_key;

TEST(BackupKeys, FileOfADevice) {
  const auto key = read_key(key_file());
  ASSERT_TRUE(key);
  EXPECT_EQ(key->kind, KeyKind::file);
  EXPECT_EQ(key->secret, kSecret);
  EXPECT_EQ(key->server_salt, kSalt);
  EXPECT_EQ(key->google_id, kGoogleId);
}

TEST(BackupKeys, RootKeyAsFileAndAsDigits) {
  const auto file = read_key(root_key_file(kSecret));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->kind, KeyKind::root);
  EXPECT_EQ(file->secret, kSecret);

  std::string digits;
  for (std::size_t i = 0; i < kSecret.size(); ++i) {
    if (i != 0 && i % 2 == 0) digits += i % 16 == 0 ? "\r\n" : " ";
    char two[3];
    std::snprintf(two, sizeof two, "%02X", static_cast<unsigned char>(kSecret[i]));
    digits += two;
  }
  const auto text = read_key(digits + "\n");
  ASSERT_TRUE(text);
  EXPECT_EQ(text->secret, kSecret);
}

TEST(BackupKeys, TextAsEditorsSaveIt) {
  std::string digits;
  for (const char c : kSecret) {
    char two[3];
    std::snprintf(two, sizeof two, "%02x", static_cast<unsigned char>(c));
    digits += two;
  }
  std::string wide = "\xFF\xFE";
  for (const char c : digits + "\r\n") wide += {c, '\0'};
  for (const std::string& text : {"\xEF\xBB\xBF" + digits + "\r\n", wide, "0x" + digits}) {
    const auto key = read_key(text);
    ASSERT_TRUE(key) << text;
    EXPECT_EQ(key->secret, kSecret);
  }
  EXPECT_EQ(read_key("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n")->secret,
            std::string("\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20\21\22\23\24\25\26\27\30"
                        "\31\32\33\34\35\36\37",
                        32));
}

TEST(BackupKeys, WhatIsNone) {
  EXPECT_FALSE(read_key(""));
  EXPECT_FALSE(read_key("secret"));
  EXPECT_FALSE(read_key("0123"));
  EXPECT_FALSE(read_key(std::string(64, 'g')));
  EXPECT_FALSE(read_key(key_file().substr(0, 157)));
  EXPECT_FALSE(read_key(std::string(100000, '0')));
}

TEST(BackupKeys, Address) {
  const auto key = read_key(" someone@example.org\n");
  ASSERT_TRUE(key);
  EXPECT_EQ(key->kind, KeyKind::account);
  EXPECT_EQ(key->secret, "someone@example.org");
}

}  // namespace
}  // namespace backup_test
