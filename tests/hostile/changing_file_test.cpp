// A file that is changed while it is read: what is stored is what was read, under the digest of
// what was read, and the change is said. The progress report between two pieces is the moment at
// which the adversary strikes, so the test is the same each time.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "casefile/create.hpp"
#include "casefile/reader.hpp"
#include "ingest/ingest.hpp"
#include "ingest/verify.hpp"
#include "ledger/ledger.hpp"
#include "support/temporary_folder.hpp"

namespace forensics::ingest {
namespace {

constexpr std::size_t kSize = std::size_t{8} << 20;

void write_file(const std::string& path, std::size_t size, char content) {
  std::ofstream(path, std::ios::binary) << std::string(size, content);
}

// In place, so that the same open file has other bytes, and with its times set back afterwards.
void rewrite(const std::string& path) {
  struct stat before {};
  ASSERT_EQ(::stat(path.c_str(), &before), 0);
  std::fstream(path, std::ios::binary | std::ios::in | std::ios::out) << std::string(kSize, 'B');
  const timespec times[] = {before.st_atim, before.st_mtim};
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
}

struct Strike {
  const char* name;
  void (*act)(const std::string& path);
};

const Strike kStrikes[] = {
    {"Grows",
     [](const std::string& path) {
       std::ofstream(path, std::ios::app) << std::string(kSize, 'B');
     }},
    {"Shrinks", [](const std::string& path) { std::filesystem::resize_file(path, kSize / 2); }},
    {"IsEmptied", [](const std::string& path) { std::filesystem::resize_file(path, 0); }},
    {"IsRewritten", &rewrite},
    {"IsReplaced",
     [](const std::string& path) {
       write_file(path + ".new", kSize, 'B');
       std::filesystem::rename(path + ".new", path);
     }},
    {"Vanishes", [](const std::string& path) { std::filesystem::remove(path); }},
};

class ChangingFile : public testing::TestWithParam<Strike> {
 protected:
  ChangingFile() {
    std::filesystem::create_directory(folder_ / "evidence");
    casefile::CaseFacts facts;
    facts.uuid = casefile::new_uuid();
    facts.number = "1";
    facts.examiner = "A. Examiner";
    facts.created = ledger::system_time();
    facts.version = "test";
    EXPECT_TRUE(casefile::create_case(case_, facts));
    options_.host.worker = FORENSICS_TEST_WORKER;
  }

  test::TemporaryFolder folder_;
  std::string case_ = folder_ / "case";
  IngestOptions options_;
};

TEST_P(ChangingFile, IsStoredAsReadAndSaid) {
  const std::string path = folder_ / "evidence/big.bin";
  write_file(path, kSize, 'A');
  bool struck = false;
  options_.progress = [&](const Progress& progress) {
    if (struck || progress.stage != "taking in" || progress.done == 0) return;
    struck = true;
    GetParam().act(path);
  };
  const auto summary = ingest(case_, {folder_ / "evidence"}, options_);
  ASSERT_TRUE(summary) << summary.error().text();
  ASSERT_TRUE(struck);
  EXPECT_EQ(summary->partial, 1U);

  const auto opened = casefile::open_case(case_);
  ASSERT_TRUE(opened) << opened.error().text();
  const auto artifact = casefile::Reader(opened->database).artifact(1).value();
  ASSERT_TRUE(artifact && artifact->sha256 && artifact->error);
  EXPECT_EQ(artifact->error->code, ErrorCode::corrupt);
  EXPECT_EQ(artifact->error->message,
            "the file changed while it was read; these are the bytes as read");
  // verify_case() holds every object against its digest, and the ledger's size against the object.
  const auto verdict = verify_case(case_, {});
  ASSERT_TRUE(verdict) << verdict.error().text();
  EXPECT_EQ(verdict->failures, 0U) << verdict->json().dump();
  EXPECT_EQ(verdict->objects, 1U);
}

INSTANTIATE_TEST_SUITE_P(While, ChangingFile, testing::ValuesIn(kStrikes),
                         [](const auto& test) { return test.param.name; });

// Between the moment at which the folder was read and that at which the file is opened.
TEST_F(ChangingFile, GoneOrExchangedBeforeItIsOpened) {
  write_file(folder_ / "evidence/a.bin", 10, 'A');
  for (const char* name : {"gone", "linked", "queue"})
    write_file(folder_ / "evidence/" + name, 10, 'A');
  bool struck = false;
  options_.progress = [&](const Progress& progress) {
    if (struck || progress.done == 0) return;
    struck = true;
    for (const char* name : {"gone", "linked", "queue"})
      std::filesystem::remove(folder_ / "evidence/" + name);
    std::filesystem::create_symlink("/etc/passwd", folder_ / "evidence/linked");
    ASSERT_EQ(::mkfifo((folder_ / "evidence/queue").c_str(), 0600), 0);
  };
  const auto summary = ingest(case_, {folder_ / "evidence"}, options_);
  ASSERT_TRUE(summary) << summary.error().text();
  const auto opened = casefile::open_case(case_);
  ASSERT_TRUE(opened) << opened.error().text();
  const casefile::Reader reader(opened->database);
  const auto gone = reader.artifact(2).value();
  ASSERT_TRUE(gone);
  EXPECT_EQ(gone->path, "gone");
  EXPECT_FALSE(gone->sha256);
  ASSERT_TRUE(gone->error);
  EXPECT_EQ(gone->error->code, ErrorCode::not_found);
  for (const std::int64_t number : {3, 4}) {
    const auto artifact = reader.artifact(number).value();
    ASSERT_TRUE(artifact);
    EXPECT_FALSE(artifact->sha256) << artifact->path;
    EXPECT_EQ(artifact->status, casefile::ArtifactStatus::special) << artifact->path;
  }
}

}  // namespace
}  // namespace forensics::ingest
