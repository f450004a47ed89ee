#include "casefile/inventory.hpp"

#include <gtest/gtest.h>

namespace forensics::casefile {
namespace {

TEST(Inventory, KnowsApplicationsByTheirFolders) {
  EXPECT_EQ(app_of("data/data/com.whatsapp/databases/msgstore.db"), "WhatsApp");
  EXPECT_EQ(app_of("data/data/com.whatsapp.w4b/databases/msgstore.db"), "WhatsApp Business");
  EXPECT_EQ(app_of("phone.zip/data/data/org.telegram.messenger.web/files/cache4.db"), "Telegram");
  EXPECT_EQ(app_of("AppDomain-com.burbn.instagram/Documents/x"), "Instagram");
  EXPECT_EQ(app_of("data/app/com.discord-2/base.apk"), "Discord");
  EXPECT_EQ(app_of("data/data/com.viber.voip/databases/viber_messages"), "Viber");
  EXPECT_EQ(app_of("data/data/com.whatsappened/x"), "");
  EXPECT_EQ(app_of("DCIM/IMG_0001.jpg"), "");
  EXPECT_EQ(app_of(""), "");
}

TEST(Inventory, KnowsFilesOfBackupsByTheirIds) {
  EXPECT_EQ(app_of("7c/7c7fba66680ef796b916b067077cc246adacf01d"), "WhatsApp");
  EXPECT_EQ(backup_path("7c7fba66680ef796b916b067077cc246adacf01d"),
            "AppDomainGroup-group.net.whatsapp.WhatsApp.shared-ChatStorage.sqlite");
  EXPECT_EQ(backup_path("0000000000000000000000000000000000000000"), std::nullopt);
}

}  // namespace
}  // namespace forensics::casefile
