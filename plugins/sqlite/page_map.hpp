#pragma once
// What each page of a database is for, found by following every link once, and what live rows look
// like, which is learned on the way.

#include <cstdint>
#include <functional>
#include <vector>

#include "database.hpp"
#include "remnant.hpp"

namespace sqlite {

class PageMap {
 public:
  // Roles of pages; from kTable on, the table of that number.
  enum : std::uint16_t { kUnknown, kFreeLeaf, kFreeTrunk, kFixed, kIndex, kOverflow, kTable };

  // Reads every tree of `db`. `templates` are its tables in order, the schema first; they learn.
  // `row` sees each live row.
  PageMap(Database& db, std::vector<Template>& templates,
          const std::function<void(const Template&, const Row&)>& row);

  std::uint16_t role(std::uint32_t page) const { return page < roles_.size() ? roles_[page] : 0; }
  bool is_free(std::uint32_t page) const { return role(page) <= kFreeLeaf; }

 private:
  void read_table(Template& learner, const std::function<void(const Template&, const Row&)>& row);
  void read_index(std::uint32_t root);
  void read_freelist();
  void claim(std::uint32_t page, std::uint16_t role) { roles_[page] = role; }

  Database& db_;
  PageSet seen_;
  std::vector<std::uint16_t> roles_;
};

}  // namespace sqlite
