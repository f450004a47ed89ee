// Any bytes as an encrypted backup, tried with keys of each kind. No byte of it stays unexplained,
// and nothing is released as verified that was not made with one of the keys.

#include "target.hpp"
#include "whatsapp_backup/backup_host.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  backup_test::BackupHost host(input);
  host.key("the AES key of a device, made up").key("someone@example.org");
  host.companion(1, "files/key", input.substr(0, 158));
  host.probe("msgstore.db.crypt5");
  const fx_status status = host.parse("msgstore.db.crypt5");
  forensics::fuzz::promise(status != FX_BUG && status != FX_CANCELLED, "the backup is read");
  forensics::fuzz::promise(status == FX_NOT_MINE || host.uncovered() == 0,
                           "every byte is explained");
  return 0;
}
