#pragma once
// A small fictional case, written straight into a case database: two exhibits, three conversations,
// eleven messages. What it holds is in small_case.cpp, one line a message.

#include <string>

#include "casefile/database.hpp"

namespace forensics::test {

class SmallCase {
 public:
  SmallCase();
  ~SmallCase();
  SmallCase(const SmallCase&) = delete;
  SmallCase& operator=(const SmallCase&) = delete;

  casefile::Database& database() { return *database_; }
  void execute(const std::string& sql);

  // SQLite's plan for a statement, one step a line.
  std::string plan(const std::string& sql);

 private:
  std::string folder_;
  std::unique_ptr<casefile::Database> database_;
};

}  // namespace forensics::test
