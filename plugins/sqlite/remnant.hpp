#pragma once
// A cell that is no longer one: recognised in bytes that no live cell uses, either whole or with
// its first four bytes overwritten by the link and size of a freeblock.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "btree_page.hpp"
#include "profile.hpp"
#include "table.hpp"

namespace sqlite {

// A table that remnants are compared with.
struct Template {
  const Table* table = nullptr;
  Profile profile;
  std::size_t number = 0;  // its place among the templates

  std::size_t fewest_columns() const;
  // Could SQLite have stored this serial type as the value number `at` of a record? weigh() would
  // say the same of the value, later and at a price.
  bool may_store(std::size_t at, std::uint64_t serial) const;
};

// How the bytes of a remnant are laid out. Nothing here was compared with a table's values yet.
struct Remnant {
  Cell cell;  // its row id counts only if rowid_length is not 0
  // Where the head was overwritten: what stood there, found by way of the schema.
  std::string head;               // the bytes of the record that are missing at its start
  bool rebuilt = false;           // the head was overwritten
  std::size_t guessed_types = 0;  // of the missing bytes, serial types that nothing else states
  bool exact = false;             // it ends where its freeblock does, or another cell begins
  std::size_t columns = 0;
};

// The head of a whole cell at `at`, as far as it can be told without a table. Fails fast: this is
// asked for every byte of free space.
bool whole_cell_at(std::string_view page, std::size_t at, std::size_t end, std::uint32_t usable,
                   bool table_leaf, Remnant& out);

// Are the serial types of a whole cell such as the table stores?
bool has_types_of(const Template& shape, std::string_view page, const Remnant& whole);

// Could the four bytes at `at` be the link and size of a freeblock? Returns its size, or 0.
std::size_t freeblock_at(std::string_view page, std::size_t at, std::size_t end,
                         std::uint32_t usable);

// Every way in which the freeblock of `size` bytes at `at` can have been a cell of `shape`.
void headless_cells_at(std::string_view page, std::size_t at, std::size_t size,
                       std::uint32_t usable, const Template& shape, std::vector<Remnant>& out);

}  // namespace sqlite
