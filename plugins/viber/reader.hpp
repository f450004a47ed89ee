#pragma once
// A reader for one of Viber's databases: emits the records of its live rows and says which tables
// it answers for; then the rows that were recovered.

#include <memory>

#include "family.hpp"
#include "records.hpp"

namespace viber {

class Reader {
 public:
  virtual ~Reader() = default;
  virtual void read() = 0;
  // Every row of these tables stands in a record or is skipped with a reason.
  virtual bool reads(const sqlite::Table& table) const = 0;
  // A first look at what carving found, for rows that are told in the record of another one.
  virtual void foresee(const sqlite::Recovered& found) { static_cast<void>(found); }
  // Emits what carving found, where it is plausible for its table.
  virtual void recover(const sqlite::Recovered& found) = 0;
  // Whether foresee() is of use.
  virtual bool looks_ahead() const { return false; }
};

std::unique_ptr<Reader> read_desktop(Records& records);
std::unique_ptr<Reader> read_messages(Records& records);
std::unique_ptr<Reader> read_phone_book(Records& records);
std::unique_ptr<Reader> read_ios(Records& records);
// Keys and values, of either system.
std::unique_ptr<Reader> read_settings(Records& records);

}  // namespace viber
