#pragma once
// A case folder made by hand: SQL rows, small objects, a ledger signed with a fixed key. Chats are
// described message by message; the source text and all spans follow from that.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "casefile/case.hpp"
#include "casefile/database.hpp"
#include "casefile/reader.hpp"
#include "model/record.hpp"

namespace forensics::test {

struct Said {
  std::string stamp;  // as the source writes it
  std::optional<std::int64_t> wall;
  std::string sender;  // empty: a line of the application
  std::optional<std::string> text;
  casefile::MessageType type = casefile::MessageType::text;
  std::uint32_t flags = 0;
  std::optional<std::int64_t> wall_other;
  std::optional<std::int32_t> offset;

  struct File {
    std::string name, state;
    std::optional<std::int64_t> artifact;
  };
  std::vector<File> files;
  std::vector<model::Record> records;
};

class CaseFixture {
 public:
  CaseFixture();  // an empty case in a fresh folder
  ~CaseFixture();
  CaseFixture(const CaseFixture&) = delete;
  CaseFixture& operator=(const CaseFixture&) = delete;

  std::string root() const { return folder_ + "/case"; }
  std::string path(const std::string& name) const { return folder_ + "/" + name; }

  std::int64_t exhibit(const std::string& reference);
  std::int64_t artifact(std::int64_t exhibit, const std::string& path, const std::string& bytes,
                        casefile::ArtifactStatus status = casefile::ArtifactStatus::unrecognised);
  std::int64_t chat(std::int64_t exhibit, const std::string& path,
                    const std::optional<std::string>& title, const std::vector<Said>& said,
                    const std::string& level = "L3");
  void sql(const std::string& statements);
  std::string object_path(std::int64_t artifact) const;

 private:
  std::string folder_;
  casefile::Database database_;
};

// Milliseconds of a wall clock.
std::int64_t wall(int year, unsigned month, unsigned day, int hour, int minute);

model::Record record(model::Kind kind,
                     const std::vector<std::pair<model::Key, std::string>>& texts);

}  // namespace forensics::test
