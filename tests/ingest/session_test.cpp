// The commit path of a case, stopped at every single operation on the disk.

#include "ingest/session.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "../support/dying_files.hpp"
#include "../support/temporary_folder.hpp"
#include "casefile/create.hpp"
#include "casefile/reader.hpp"
#include "ingest/acquisition.hpp"
#include "ingest/verify.hpp"

namespace forensics::ingest {
namespace {

constexpr int kArtifacts = 5;

std::string content(int number) {
  return "evidence number " + std::to_string(number);
}

// Takes in what is missing of five artifacts, in two batches.
Status take_in(const std::string& root, Files& files) {
  Session::Options options;
  options.purpose = "test";
  options.files = &files;
  const auto session = TRY(Session::open(root, std::move(options)));
  const casefile::Reader reader(session->database());
  if (TRY(reader.exhibits()).empty()) {
    Json body = Json::object();
    body["exhibit"] = 1;
    body["reference"] = "EX001";
    body["source"] = "/evidence";
    TRY(session->enter(ledger::entry_type::kExhibit, std::move(body)));
    TRY(session->flush());
  }
  for (int number = 1; number <= kArtifacts; ++number) {
    if (TRY(reader.artifact(number))) continue;
    casefile::Incoming incoming = TRY(session->objects().begin());
    TRY(incoming.write(content(number)));
    Acquisition acquisition;
    acquisition.artifact = number;
    acquisition.exhibit = 1;
    acquisition.path = "file" + std::to_string(number);
    acquisition.object = TRY(session->objects().finish(std::move(incoming)));
    TRY(session->enter(ledger::entry_type::kAcquire, acquisition.body()));
    if (number == 3) TRY(session->flush());
  }
  return session->close(Json::object());
}

class SessionTest : public testing::TestWithParam<bool> {
 protected:
  SessionTest() {
    casefile::CaseFacts facts;
    facts.uuid = casefile::new_uuid();
    facts.number = "1";
    facts.examiner = "A. Examiner";
    facts.created = ledger::system_time();
    facts.version = "test";
    EXPECT_TRUE(casefile::create_case(blank_, facts));
  }

  std::string copy_of_blank(const std::string& name) {
    std::filesystem::copy(blank_, folder_ / name, std::filesystem::copy_options::recursive);
    return folder_ / name;
  }

  void expect_whole(const std::string& root) {
    const auto opened = casefile::open_case(root);
    ASSERT_TRUE(opened) << opened.error().text();
    const casefile::Reader reader(opened->database);
    for (int number = 1; number <= kArtifacts; ++number) {
      const auto artifact = reader.artifact(number).value();
      ASSERT_TRUE(artifact) << number;
      EXPECT_EQ(artifact->path, "file" + std::to_string(number));
      EXPECT_EQ(artifact->sha256, Sha256::of(content(number)));
    }
    EXPECT_EQ(reader.totals()->artifacts, kArtifacts);
    const auto verdict = verify_case(root, {});
    ASSERT_TRUE(verdict) << verdict.error().text();
    EXPECT_EQ(verdict->failures, 0U) << verdict->json().dump();
    EXPECT_EQ(verdict->objects, static_cast<std::uint64_t>(kArtifacts));
  }

  test::TemporaryFolder folder_;
  std::string blank_ = folder_ / "blank";
};

TEST_P(SessionTest, DeathAtAnyOperationLosesNothing) {
  int allowed = 0;
  for (bool died = true; died; ++allowed) {
    const std::string root = copy_of_blank("case" + std::to_string(allowed));
    test::DyingFiles files(allowed, GetParam());
    const auto first = take_in(root, files);
    died = files.died();
    EXPECT_EQ(first.has_value(), !died) << allowed;
    const auto second = take_in(root, Files::system());
    ASSERT_TRUE(second) << "after " << allowed << " operations: " << second.error().text();
    expect_whole(root);
    std::filesystem::remove_all(root);
  }
  EXPECT_GT(allowed, 25) << "the path has fewer steps than it is known to have";
}

INSTANTIATE_TEST_SUITE_P(Disk, SessionTest, testing::Values(false, true),
                         [](const auto& test) { return test.param ? "TornWrite" : "CleanStop"; });

TEST_F(SessionTest, DatabaseThatIsLostIsMadeAnew) {
  const std::string root = copy_of_blank("case");
  ASSERT_TRUE(take_in(root, Files::system()));
  for (const char* suffix : {"", "-wal", "-shm"})
    std::filesystem::remove(root + "/case.db" + suffix);
  ASSERT_TRUE(take_in(root, Files::system()));
  expect_whole(root);
}

TEST_F(SessionTest, DatabaseOfAnotherCaseIsNoticed) {
  const std::string root = copy_of_blank("case");
  const std::string other = copy_of_blank("other");
  ASSERT_TRUE(take_in(other, Files::system()));
  std::filesystem::copy_file(other + "/case.db", root + "/case.db",
                             std::filesystem::copy_options::overwrite_existing);
  const auto opened = take_in(root, Files::system());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::integrity);
}

}  // namespace
}  // namespace forensics::ingest
