#pragma once
// Checkpoints (C2SP tlog-checkpoint): the size and root of a ledger at one moment, as the text of a
// signed note. Version 1 has the three mandatory lines and no other:
//
//   urn:uuid:00000000-0000-4000-8000-000000000001
//   3
//   <base64 of the 32-byte root>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "ledger/note.hpp"

namespace forensics::ledger {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Digest root{};

  std::string text() const;
  static Result<Checkpoint> parse(std::string_view text);  // of a note

  bool operator==(const Checkpoint&) const = default;
};

// A number with zeros to 12 digits, as file names have it, and back: nullopt where a text is not of
// this form.
std::string padded_number(std::uint64_t number);
std::optional<std::uint64_t> parse_padded_number(std::string_view text);

// "000000000003.note", and back: nullopt where a name is not of this form.
std::string checkpoint_file_name(std::uint64_t size);
std::optional<std::uint64_t> checkpoint_size_of(std::string_view file_name);

// The signed checkpoint in `bytes`, of the log `origin`, by `key`. ErrorCode::integrity where
// anything about it is not so.
Result<Checkpoint> open_checkpoint(std::string_view bytes, std::string_view origin,
                                   const PublicKey& key);

// The greatest size that a checkpoint in a folder is named after. ErrorCode::integrity where the
// folder holds none: a ledger is never without one.
Result<std::uint64_t> newest_checkpoint_size(const std::string& folder);

// The checkpoint that is named after `size`, opened as above.
Result<Checkpoint> checkpoint_of_size(const std::string& folder, std::uint64_t size,
                                      std::string_view origin, const PublicKey& key);

// The least size of a checkpoint that covers the first `entries` entries. ErrorCode::integrity
// where none does.
Result<std::uint64_t> first_checkpoint_size_over(const std::string& folder, std::uint64_t entries);

}  // namespace forensics::ledger
