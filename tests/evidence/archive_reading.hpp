#pragma once
// Reads the archives of make_archives.py and keeps what came out.

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "evidence/archive.hpp"
#include "support/temporary_folder.hpp"

namespace forensics::evidence {

using Type = ArchiveMember::Type;

struct Taken {
  ArchiveMember member;
  std::string content;
  bool ended = false;
  std::optional<Error> error;
};

class Collector : public ArchiveSink {
 public:
  bool begin(const ArchiveMember& member) override {
    EXPECT_TRUE(taken.empty() || taken.back().ended);
    EXPECT_EQ(member.index, taken.size());
    taken.push_back({member, "", false, std::nullopt});
    return calls_left == 0 || --calls_left > 0;
  }
  bool data(ByteView bytes) override {
    EXPECT_EQ(taken.back().member.type, Type::file);
    taken.back().content += bytes;
    return calls_left == 0 || --calls_left > 0;
  }
  bool end(const Error* error) override {
    EXPECT_FALSE(taken.back().ended);
    taken.back().ended = true;
    if (error != nullptr) taken.back().error = *error;
    return calls_left == 0 || --calls_left > 0;
  }

  std::vector<Taken> taken;
  int calls_left = 0;  // the call that says stop; 0: none
};

struct Reading {
  Status status;
  std::vector<Taken> taken;

  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const Taken& one : taken) out.push_back(one.member.name);
    return out;
  }
};

// The archives are made once for all suites: that takes longer than reading them.
class ArchiveTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (folder_) return;
    folder_ = std::make_unique<test::TemporaryFolder>();
    const std::string command = "python3 '" MAKE_ARCHIVES "' '" + folder_->path() + "'";
    ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT: fixed text and our own folder
    warm_up();
    const auto chat = read_file(*folder_ / "text.txt", 1 << 20);
    ASSERT_TRUE(chat);
    chat_ = *chat;
  }

  static bool present(const std::string& name) { return exists(*folder_ / name); }

  static Reading read(const std::string& name, const ArchiveLimits& limits = {}, int stop_at = 0) {
    const auto file = open_read(*folder_ / name);
    if (!file) return {tl::unexpected(file.error()), {}};
    Collector collector;
    collector.calls_left = stop_at;
    Status status = read_archive(file->get(), limits, collector);
    if (status) {
      for (const Taken& one : collector.taken) EXPECT_TRUE(one.ended) << one.member.name;
    }
    return {std::move(status), std::move(collector.taken)};
  }

  static ErrorCode code_of(const Reading& reading) {
    EXPECT_FALSE(reading.status);
    return reading.status ? ErrorCode::internal : reading.status.error().code;
  }

  static inline std::unique_ptr<test::TemporaryFolder> folder_;
  static inline std::string chat_;
};

}  // namespace forensics::evidence
