#pragma once
// A witness: it remembers, for each log that it was shown, the greatest size and root, and cosigns
// a newer checkpoint only if a consistency proof leads there from what it remembers. So no log that
// it watches can go back or tell another story without its refusing.
//
//   WitnessBook book = TRY(WitnessBook::load(path));
//   Note note = TRY(book.cosign("case-17", now));   // ErrorCode::integrity: refused, and why
//   TRY(book.store(files, path));                   // before the note leaves
//
// It needs the folder `ledger/` of a case and no evidence. One process at a time uses a book.

#include <cstdint>
#include <map>
#include <string>

#include "base/files.hpp"
#include "ledger/cosignature.hpp"
#include "ledger/keys.hpp"
#include "ledger/note.hpp"

namespace forensics::ledger {

class WitnessBook {
 public:
  // A new witness with a key of its own. ErrorCode::usage: the name is no key name.
  static Result<WitnessBook> create(std::string name, SigningKey key = SigningKey::generate());
  static Result<WitnessBook> load(const std::string& path);
  Status store(Files& files, const std::string& path) const;  // mode 0600, all or nothing

  Witness witness() const { return {name_, key_.public_key()}; }

  // Cosigns the newest checkpoint of the ledger in a case folder. A log that it has not seen before
  // is taken on trust; from then on its entry 0, and so its first key, is fixed with all that was
  // seen. `time`: seconds since 1970.
  Result<Note> cosign(const std::string& case_folder, std::uint64_t time);

 private:
  struct Seen {
    std::uint64_t size = 0;
    Digest root{};
  };

  WitnessBook(std::string name, SigningKey key) : name_(std::move(name)), key_(std::move(key)) {}

  std::string name_;
  SigningKey key_;
  std::map<std::string, Seen> seen_;  // by origin
};

}  // namespace forensics::ledger
