// Deleted records against the truth about the corpus: how many are found, how many are right, and
// that no live row is among them.

#include "sqlite/carve.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "corpus.hpp"

namespace sqlite_test {
namespace {

struct Gone {
  std::string table;
  std::string rowid;  // "-": none
  bool there = false;
  std::vector<std::string> values;
  bool found = false;
};

std::vector<Gone> truth_of(const std::filesystem::path& database) {
  std::ifstream in(std::filesystem::path(database).replace_extension(".gone"));
  std::vector<Gone> out;
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    Gone gone;
    std::string there;
    std::getline(fields, gone.table, '\t');
    std::getline(fields, gone.rowid, '\t');
    std::getline(fields, there, '\t');
    gone.there = there == "there";
    for (std::string value; std::getline(fields, value, '\t');) gone.values.push_back(value);
    out.push_back(std::move(gone));
  }
  return out;
}

struct Score {
  std::size_t there = 0;
  std::size_t found = 0;
  std::size_t reported = 0;
  std::size_t right = 0;

  double recall() const {
    return there == 0 ? 1 : static_cast<double>(found) / static_cast<double>(there);
  }
  double precision() const {
    return reported == 0 ? 1 : static_cast<double>(right) / static_cast<double>(reported);
  }
  void add(const Score& other) {
    there += other.there;
    found += other.found;
    reported += other.reported;
    right += other.right;
  }
};

bool is_bookkeeping(std::string_view table) {
  return table.starts_with("sqlite_");
}

std::vector<std::string> values_of(const sqlite::Recovered& found, sqlite::Encoding encoding) {
  std::vector<std::string> out;
  for (const sqlite::Value& value : found.row->values) out.push_back(shown(value, encoding));
  return out;
}

// Everything but the other name of a row id that is not known; of a value that is said to be cut
// the part that is there.
bool agrees(const sqlite::Recovered& found, const std::vector<std::string>& values,
            const std::vector<std::string>& truth) {
  if (values.size() != truth.size()) return false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (static_cast<int>(i) == found.table->rowid_alias && !found.row->rowid) continue;
    const sqlite::Value& value = found.row->values[i];
    if (value.complete ? values[i] != truth[i]
                       : !value.bytes.empty() && !truth[i].starts_with(values[i]))
      return false;
  }
  return true;
}

Score score_of(const std::filesystem::path& path, bool print_wrong) {
  const Files files = load(path);
  sqlite::Database db(files.inputs());
  std::vector<Gone> truth = truth_of(path);
  std::multimap<std::string, std::vector<std::string>> live;
  for (const sqlite::Table& table : db.tables())
    db.for_each_row(table, [&](const sqlite::Row& row) {
      std::vector<std::string> values;
      for (const sqlite::Value& value : row.values)
        values.push_back(shown(value, db.header().encoding));
      live.emplace(table.name, values);
      return true;
    });

  Score score;
  const auto visit = [&](const sqlite::Recovered& found) {
    if (is_bookkeeping(found.table->name)) return true;
    const auto values = values_of(found, db.header().encoding);
    // Two rows of a table whose row id no column shows may have the same values.
    const bool comparable = found.table->rowid_alias >= 0 || !found.row->rowid;
    const auto [first, last] = live.equal_range(found.table->name);
    for (auto row = first; comparable && row != last; ++row)
      EXPECT_FALSE(agrees(found, values, row->second))
          << path.filename() << ": a live row is reported: " << joined(values);
    if (found.standing == sqlite::Standing::uncommitted) return true;
    ++score.reported;
    bool right = false;
    for (Gone& gone : truth) {
      if (gone.table != found.table->name || !agrees(found, values, gone.values) ||
          (found.row->rowid && std::to_string(*found.row->rowid) != gone.rowid))
        continue;
      right = gone.found = true;
    }
    if (right) ++score.right;
    if (!right && print_wrong)
      std::cout << "  wrong: " << name_of(found.origin) << " page " << found.page << " at "
                << found.row->cell.offset << " conf " << found.confidence << " "
                << found.table->name << " rowid " << found.row->rowid.value_or(-1) << " | "
                << sqlite::describe(found.reasons) << " | " << joined(values).substr(0, 300)
                << "\n";
    return true;
  };
  carve(db, {}, visit);
  for (const Gone& gone : truth) {
    if (gone.there) ++score.there;
    if (gone.there && gone.found) ++score.found;
    if (gone.there && !gone.found && print_wrong)
      std::cout << "  missed: " << gone.table << " rowid " << gone.rowid << " "
                << joined(gone.values).substr(0, 200) << "\n";
  }
  return score;
}

TEST(SqliteCarve, RecallAndPrecisionOverTheCorpus) {
  const char* only = std::getenv("SQLITE_CASE");
  Score all;
  for (const auto& path : databases(corpus())) {
    if (only != nullptr && path.stem() != only) continue;
    const Score score = score_of(path, only != nullptr);
    std::printf("%-20s there %4zu  recall %.3f  reported %4zu  precision %.3f\n",
                path.stem().c_str(), score.there, score.recall(), score.reported,
                score.precision());
    all.add(score);
  }
  std::printf("%-20s there %4zu  recall %.3f  reported %4zu  precision %.3f\n", "all", all.there,
              all.recall(), all.reported, all.precision());
  EXPECT_GE(all.recall(), 0.80);
  EXPECT_GE(all.precision(), 0.95);
}

// Records without their row ids: with few marks one that was found with it may come again without.
std::set<std::string> records_of(const Files& files, const sqlite::CarveLimits& limits) {
  sqlite::Database db(files.inputs());
  std::set<std::string> out;
  carve(db, limits, [&](const sqlite::Recovered& found) {
    auto values = values_of(found, db.header().encoding);
    if (found.table->rowid_alias >= 0)
      values[static_cast<std::size_t>(found.table->rowid_alias)] = "-";
    out.insert(found.table->name + "\t" + joined(values));
    return true;
  });
  return out;
}

TEST(SqliteCarve, RoundsForWantOfMemoryFindTheSame) {
  sqlite::CarveLimits few;
  few.marks = 50;
  for (const char* name : {"scattered", "without-rowid", "churn"}) {
    const Files files = load(corpus() / (std::string(name) + ".db"));
    const auto all = records_of(files, {});
    EXPECT_GT(all.size(), 50u);
    EXPECT_EQ(records_of(files, few), all) << name;
  }
}

}  // namespace
}  // namespace sqlite_test
