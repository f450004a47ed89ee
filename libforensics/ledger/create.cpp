#include <chrono>
#include <cstdio>
#include <ctime>

#include "ledger/ledger.hpp"
#include "ledger/merkle.hpp"
#include "ledger/record_tree.hpp"

namespace forensics::ledger {
namespace {

Status make_folders(Files& files, const Layout& layout) {
  for (const std::string& folder :
       {layout.root, layout.keys(), layout.folder(), layout.checkpoints(), layout.recovery()})
    TRY(files.make_directory(folder));
  TRY(files.sync_directory(layout.folder()));
  return files.sync_directory(layout.root);
}

}  // namespace

std::string system_time() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  const std::time_t seconds = milliseconds / 1000;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900,
                parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                static_cast<int>(milliseconds % 1000));
  return text;
}

Secrets Secrets::generate() {
  return {SigningKey::generate(), random_bytes(32)};
}

Status create(Files& files, const std::string& case_folder, const Genesis& genesis,
              const Clock& clock, const Secrets& secrets) {
  const Layout layout(case_folder);
  if (exists(layout.entries()))
    return fail(ErrorCode::usage, layout.entries(), "there is a ledger already");

  Entry entry;
  entry.type = entry_type::kGenesis;
  entry.time = clock();
  entry.actor = genesis.examiner;
  entry.tool = genesis.tool;
  entry.body = genesis.body(secrets.log.public_key());
  const std::string line = entry.line();
  const auto identity = [&]() -> Result<Identity> {
    TRY(check_profile(entry.json()));
    return identity_of(TRY(parse_entry(line)));
  }();
  if (!identity) return fail(ErrorCode::usage, "new case", identity.error().message);

  TRY(make_folders(files, layout));
  TRY(SaltKey::store(files, layout.salt_key(), secrets.salt));
  TRY(secrets.log.store(files, layout.signing_key()));
  TRY(write_atomically(files, layout.public_key(), identity->key.pem(), 0644));

  const Checkpoint first{identity->origin, 1, leaf_hash(line)};  // one leaf is its own root
  TRY(write_atomically(files, layout.checkpoints() + '/' + checkpoint_file_name(1),
                       sign_note(first.text(), first.origin, secrets.log).encode(), 0644));
  return write_atomically(files, layout.entries(), line + '\n', 0600);
}

}  // namespace forensics::ledger
