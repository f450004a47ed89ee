#include "casefile/isolation.hpp"

namespace forensics::casefile {

Result<std::map<std::string, std::int64_t>> isolation_levels(const Database& database) {
  Statement select = TRY(database.prepare("SELECT level, count(*) FROM run GROUP BY level"));
  std::map<std::string, std::int64_t> levels;
  while (TRY(select.step())) levels.emplace(std::string(select.text(0)), select.integer(1));
  return levels;
}

}  // namespace forensics::casefile
