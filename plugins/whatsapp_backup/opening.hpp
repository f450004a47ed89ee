#pragma once
// Trying keys on a backup, and releasing what one of them opens. Nothing is called proved before
// the whole file passed its tag; what did not pass is released too, and said not to have.

#include <forensics/plugin.hpp>

#include <optional>
#include <string>
#include <vector>

#include "checksum.hpp"
#include "cipher.hpp"
#include "header.hpp"
#include "keys.hpp"
#include "plain_text.hpp"

namespace whatsapp_backup {

// One way to open the file.
struct Attempt {
  const Key* key = nullptr;
  Fit fit = Fit::possible;
  Mode mode = Mode::gcm;
  std::string secret;  // the AES key
  std::string iv;
  std::uint64_t begin = 0;
  Wrapping wrapping = Wrapping::unknown;  // of the first bytes that come out
};

// Every way in which `keys` could open it; those whose first bytes make sense come first.
std::vector<Attempt> attempts(const fx::Host& host, const Header& header,
                              const std::vector<Key>& keys);

// Whether the tag of `division` proves the file under this key. Reads all of it.
bool authenticates(const fx::Host& host, const Attempt& attempt, const Division& division);

struct Released {
  Ending ending = Ending::complete;
  bool proved = false;  // the tag was checked once more
  std::uint64_t bytes = 0;
  std::uint64_t surplus = 0;
};

// Decrypts up to `end` into the child that is open; the tag is checked where `division` is given.
Released release(const fx::Host& host, const Attempt& attempt, std::uint64_t end,
                 const std::optional<Division>& division);

}  // namespace whatsapp_backup
