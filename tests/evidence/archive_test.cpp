// Archives of every format: what must come out of each member, and what is said of the damaged.

#include "evidence/archive.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "archive_reading.hpp"

namespace forensics::evidence {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::int64_t kTime = 1'714'558'830'000;  // 2024-05-01 10:20:30

class Archive : public ArchiveTest {
 protected:
  static void expect_chat_and_picture(const std::string& name) {
    const Reading reading = read(name);
    ASSERT_TRUE(reading.status) << reading.status.error().text();
    ASSERT_THAT(reading.names(), ElementsAre("_chat.txt", "photos/", "photos/a.jpg"));
    EXPECT_EQ(reading.taken[0].content, chat_);
    EXPECT_EQ(reading.taken[1].member.type, Type::directory);
    EXPECT_EQ(reading.taken[2].content, "\xff\xd8\xff jpeg");
    for (const Taken& one : reading.taken) {
      EXPECT_FALSE(one.error);
      EXPECT_EQ(one.member.modified, kTime);
      EXPECT_EQ(one.member.has_modified, 2U);
    }
  }

  // One file without a name, which holds the chat.
  static void expect_lone_chat(const std::string& name) {
    const Reading reading = read(name);
    ASSERT_TRUE(reading.status) << name << ": " << reading.status.error().text();
    ASSERT_EQ(reading.taken.size(), 1U) << name;
    EXPECT_EQ(reading.taken[0].member.name, "");
    EXPECT_EQ(reading.taken[0].member.has_modified, 0U);
    EXPECT_EQ(reading.taken[0].content, chat_);
  }

  static void expect_tar(const std::string& name) {
    const Reading reading = read(name);
    ASSERT_TRUE(reading.status) << name << ": " << reading.status.error().text();
    ASSERT_THAT(reading.names(), ElementsAre("_chat.txt", "e\xCC\x81.txt", "raw\xFF.txt", "link",
                                             "hard", "fifo", "folder/"))
        << name;
    EXPECT_EQ(reading.taken[0].content, chat_);
    EXPECT_EQ(reading.taken[0].member.modified, kTime);
    EXPECT_EQ(reading.taken[0].member.has_modified, 1U);
    EXPECT_EQ(reading.taken[2].content, "raw");
    EXPECT_EQ(reading.taken[3].member.type, Type::symlink);
    EXPECT_EQ(reading.taken[3].member.link_target, "/etc/passwd");
    EXPECT_EQ(reading.taken[4].member.type, Type::hardlink);
    EXPECT_EQ(reading.taken[4].member.link_target, "_chat.txt");
    EXPECT_EQ(reading.taken[5].member.type, Type::other);
    EXPECT_EQ(reading.taken[6].member.type, Type::directory);
  }
};

// --- Formats ---------------------------------------------------------------------------------

TEST_F(Archive, reads_zip_deflated) {
  expect_chat_and_picture("plain.zip");
}
TEST_F(Archive, reads_zip_stored) {
  expect_chat_and_picture("stored.zip");
}
TEST_F(Archive, reads_zip_bzip2) {
  expect_chat_and_picture("bzip2.zip");
}
TEST_F(Archive, reads_zip_lzma) {
  expect_chat_and_picture("lzma.zip");
}
TEST_F(Archive, reads_zip_with_comment_like_an_end) {
  expect_chat_and_picture("commented.zip");
}

TEST_F(Archive, reads_zip_whose_sizes_follow_the_data) {
  const Reading reading = read("streamed.zip");
  ASSERT_TRUE(reading.status);
  ASSERT_THAT(reading.names(), ElementsAre("first.txt", "second.txt"));
  for (const Taken& one : reading.taken) EXPECT_EQ(one.content, chat_);
}

TEST_F(Archive, reads_zip64) {
  const Reading reading = read("zip64.zip");
  ASSERT_TRUE(reading.status);
  ASSERT_THAT(reading.names(), ElementsAre("big.bin"));
  EXPECT_EQ(reading.taken[0].content, "not so big");
}

TEST_F(Archive, reads_zip_without_members) {
  const Reading reading = read("no_members.zip");
  EXPECT_TRUE(reading.status);
  EXPECT_TRUE(reading.taken.empty());
}

TEST_F(Archive, hands_over_an_inner_archive_as_it_is) {
  const Reading reading = read("nested.zip");
  ASSERT_TRUE(reading.status);
  ASSERT_THAT(reading.names(), ElementsAre("inner.zip", "outer.txt"));
  EXPECT_TRUE(may_be_archive(reading.taken[0].content));
}

TEST_F(Archive, reads_tar_in_every_wrapping) {
  for (const char* name : {"pax.tar", "gnu.tar", "chat.tar.gz", "chat.tar.bz2", "chat.tar.xz"})
    expect_tar(name);
}

TEST_F(Archive, reads_tar_zst) {
  if (!present("gnu.tar.zst")) GTEST_SKIP() << "the program zstd is not installed";
  expect_tar("gnu.tar.zst");
  expect_lone_chat("text.txt.zst");
}

TEST_F(Archive, fills_the_hole_of_a_sparse_file) {
  const Reading reading = read("sparse.tar");
  ASSERT_TRUE(reading.status);
  ASSERT_EQ(reading.taken.size(), 1U);
  const std::string hole((std::size_t{1} << 20) - 512, '\0');
  EXPECT_EQ(reading.taken[0].content, std::string(512, 'A') + hole + std::string(512, 'B'));
}

TEST_F(Archive, reads_a_lone_compressed_file) {
  for (const char* name : {"lone.gz", "lone.bz2", "lone.xz"}) expect_lone_chat(name);
}

TEST_F(Archive, takes_leading_zeros_for_content_and_not_for_an_empty_tar) {
  const Reading reading = read("begins_with_zeros.gz");
  ASSERT_TRUE(reading.status);
  ASSERT_EQ(reading.taken.size(), 1U);
  EXPECT_EQ(reading.taken[0].content, std::string(2048, '\0') + chat_);
}

TEST_F(Archive, takes_name_and_time_from_a_gzip_header) {
  const Reading reading = read("named.gz");
  ASSERT_TRUE(reading.status);
  ASSERT_THAT(reading.names(), ElementsAre("chat_export.txt"));
  EXPECT_EQ(reading.taken[0].member.modified, kTime);
  EXPECT_EQ(reading.taken[0].member.has_modified, 1U);
}

TEST_F(Archive, reads_7z) {
  if (!present("plain.7z")) GTEST_SKIP() << "the program 7z is not installed";
  const Reading reading = read("plain.7z");
  ASSERT_TRUE(reading.status);
  ASSERT_THAT(reading.names(), ElementsAre("_chat.txt", "قارب.txt"));
  EXPECT_EQ(reading.taken[0].content, chat_);
  EXPECT_EQ(reading.taken[1].content, "boat");
  EXPECT_EQ(reading.taken[0].member.modified, kTime);
  EXPECT_EQ(reading.taken[0].member.has_modified, 1U);
}

// --- Names, times, kinds ---------------------------------------------------------------------

TEST_F(Archive, keeps_hostile_names_byte_for_byte) {
  const Reading reading = read("names.zip");
  ASSERT_TRUE(reading.status);
  EXPECT_THAT(reading.names(),
              ElementsAre("../../etc/passwd", "/etc/passwd", "..\\..\\boot.ini", "same.txt",
                          "same.txt", "SAME.TXT", "bell\x07\n.txt", "photo\xE2\x80\xAEgpj.exe",
                          "e\xCC\x81.txt", "\xC3\xA9.txt", "قارب.txt", ""));
  for (std::size_t i = 0; i < reading.taken.size(); ++i)
    EXPECT_EQ(reading.taken[i].content, std::to_string(i));
}

TEST_F(Archive, keeps_names_that_are_no_utf8) {
  EXPECT_THAT(read("cp437_name.zip").names(), ElementsAre("\x82\xFF\xE9\x01.txt"));
  EXPECT_THAT(read("flagged_invalid_utf8_name.zip").names(),
              ElementsAre("\xC3\xA9\xFF\xFE\x80.txt"));
  EXPECT_THAT(read("nul_in_name.zip").names(), ElementsAre(std::string("a\0b.txt", 7)));
}

TEST_F(Archive, tells_a_wall_clock_from_an_instant) {
  const Reading reading = read("times.zip");
  ASSERT_EQ(reading.taken.size(), 3U);
  EXPECT_EQ(reading.taken[0].member.modified, kTime);
  EXPECT_EQ(reading.taken[0].member.has_modified, 2U);
  EXPECT_EQ(reading.taken[1].member.modified, kTime);
  EXPECT_EQ(reading.taken[1].member.has_modified, 1U);
  EXPECT_EQ(reading.taken[2].member.modified, kTime + 123);
  EXPECT_EQ(reading.taken[2].member.has_modified, 1U);
}

TEST_F(Archive, does_not_depend_on_the_zone_of_the_machine) {
  ::setenv("TZ", "Asia/Kathmandu", 1);
  ::tzset();
  EXPECT_EQ(read("plain.zip").taken.at(0).member.modified, kTime);
  ::unsetenv("TZ");
  ::tzset();
}

TEST_F(Archive, states_no_time_where_there_is_none) {
  const Reading reading = read("no_time.zip");
  ASSERT_EQ(reading.taken.size(), 1U);
  EXPECT_EQ(reading.taken[0].member.has_modified, 0U);
}

TEST_F(Archive, tells_kinds_apart_and_reads_content_behind_a_folder_name) {
  const Reading reading = read("kinds.zip");
  ASSERT_TRUE(reading.status);
  ASSERT_THAT(reading.names(),
              ElementsAre("link", "fifo", "folder", "folder_with_content/", "file"));
  EXPECT_EQ(reading.taken[0].member.type, Type::symlink);
  EXPECT_EQ(reading.taken[0].member.link_target, "../target");
  EXPECT_EQ(reading.taken[1].member.type, Type::other);
  EXPECT_EQ(reading.taken[2].member.type, Type::directory);
  EXPECT_EQ(reading.taken[3].member.type, Type::file);
  EXPECT_EQ(reading.taken[3].content, "hidden");
  EXPECT_EQ(reading.taken[4].content, "file");
}

// --- What cannot be read -----------------------------------------------------------------------

TEST_F(Archive, goes_on_behind_an_encrypted_member) {
  const Reading reading = read("encrypted_member.zip");
  EXPECT_TRUE(reading.status);
  ASSERT_EQ(reading.taken.size(), 3U);
  EXPECT_EQ(reading.taken[0].content, "open");
  EXPECT_TRUE(reading.taken[1].member.encrypted);
  ASSERT_TRUE(reading.taken[1].error);
  EXPECT_EQ(reading.taken[1].error->code, ErrorCode::encrypted);
  EXPECT_EQ(reading.taken[1].error->where, "member 1 \"shut.txt\" at byte 0");
  EXPECT_EQ(reading.taken[2].content, "last");
}

TEST_F(Archive, says_encrypted_where_nothing_can_be_read) {
  EXPECT_EQ(code_of(read("all_encrypted.zip")), ErrorCode::encrypted);
  if (!present("plain.7z")) GTEST_SKIP() << "the program 7z is not installed";
  for (const char* name : {"encrypted.7z", "encrypted_header.7z", "aes.zip"})
    EXPECT_EQ(code_of(read(name)), ErrorCode::encrypted) << name;
  EXPECT_THAT(read("encrypted.7z").names(), ElementsAre("_chat.txt", "قارب.txt"));
}

TEST_F(Archive, hands_over_content_that_fails_its_checksum_and_says_so) {
  const Reading reading = read("bad_crc.zip");
  EXPECT_TRUE(reading.status);
  ASSERT_EQ(reading.taken.size(), 2U);
  EXPECT_EQ(reading.taken[0].content, "\x9Elpha");
  ASSERT_TRUE(reading.taken[0].error);
  EXPECT_EQ(reading.taken[0].error->code, ErrorCode::corrupt);
  EXPECT_EQ(reading.taken[1].content, "beta");
  EXPECT_FALSE(reading.taken[1].error);
}

TEST_F(Archive, goes_on_behind_an_unknown_method) {
  const Reading reading = read("unknown_method.zip");
  ASSERT_EQ(reading.taken.size(), 2U);
  ASSERT_TRUE(reading.taken[0].error);
  EXPECT_THAT(reading.taken[0].error->message, HasSubstr("77"));
  EXPECT_EQ(reading.taken[1].content, "even");
}

TEST_F(Archive, finds_the_member_of_an_entry_that_points_nowhere) {
  const Reading reading = read("entry_points_nowhere.zip");
  EXPECT_EQ(code_of(reading), ErrorCode::corrupt);
  ASSERT_THAT(reading.names(), ElementsAre("_chat.txt", "photos/", "photos/a.jpg", "_chat.txt"));
  ASSERT_TRUE(reading.taken[0].error);
  EXPECT_EQ(reading.taken[0].error->code, ErrorCode::corrupt);
  EXPECT_EQ(reading.taken[2].content, "\xff\xd8\xff jpeg");
  EXPECT_FALSE(reading.taken[3].error);
  EXPECT_EQ(reading.taken[3].content, chat_);
}

TEST_F(Archive, finds_members_of_a_zip_without_its_directory) {
  const Reading reading = read("no_directory.zip");
  EXPECT_EQ(code_of(reading), ErrorCode::truncated);
  EXPECT_THAT(reading.status.error().message, HasSubstr("3 members were found"));
  ASSERT_THAT(reading.names(), ElementsAre("_chat.txt", "photos/", "photos/a.jpg"));
  EXPECT_EQ(reading.taken[0].content, chat_);
  EXPECT_EQ(reading.taken[0].member.has_modified, 2U);
}

TEST_F(Archive, finds_members_of_a_zip_with_a_damaged_directory) {
  const Reading reading = read("damaged_directory.zip");
  EXPECT_EQ(code_of(reading), ErrorCode::corrupt);
  ASSERT_EQ(reading.taken.size(), 3U);
  EXPECT_EQ(reading.taken[0].content, chat_);
}

TEST_F(Archive, keeps_what_stands_before_the_cut) {
  const Reading stored = read("cut_in_second.zip");
  EXPECT_EQ(code_of(stored), ErrorCode::truncated);
  ASSERT_THAT(stored.names(), ElementsAre("first.txt", "second.bin"));
  EXPECT_EQ(stored.taken[0].content, chat_);
  EXPECT_EQ(stored.taken[1].content.size(), 1921U);
  ASSERT_TRUE(stored.taken[1].error);
  EXPECT_EQ(stored.taken[1].error->code, ErrorCode::truncated);
  EXPECT_EQ(stored.taken[1].error->where, "member 1 \"second.bin\" at byte 1921");

  const Reading streamed = read("streamed_cut_in_second.zip");
  ASSERT_THAT(streamed.names(), ElementsAre("first.txt", "second.txt"));
  EXPECT_EQ(streamed.taken[0].content, chat_);
  ASSERT_TRUE(streamed.taken[1].error);
  EXPECT_GT(streamed.taken[1].content.size(), 1000U);
  EXPECT_TRUE(chat_.starts_with(streamed.taken[1].content));
}

TEST_F(Archive, finds_streamed_members_without_a_directory) {
  const Reading reading = read("streamed_cut_in_directory.zip");
  EXPECT_EQ(code_of(reading), ErrorCode::truncated);
  ASSERT_THAT(reading.names(), ElementsAre("first.txt", "second.txt"));
  for (const Taken& one : reading.taken) EXPECT_EQ(one.content, chat_);
}

TEST_F(Archive, looks_behind_a_damaged_member) {
  const Reading reading = read("first_damaged_no_directory.zip");
  ASSERT_THAT(reading.names(), ElementsAre("a.txt", "b.txt"));
  ASSERT_TRUE(reading.taken[0].error);
  EXPECT_EQ(reading.taken[1].content, chat_);
}

TEST_F(Archive, says_truncated_of_other_formats) {
  const Reading tar = read("cut.tar");
  EXPECT_EQ(code_of(tar), ErrorCode::truncated);
  ASSERT_EQ(tar.taken.size(), 1U);
  EXPECT_EQ(tar.taken[0].content, chat_.substr(0, 19488));
  EXPECT_EQ(code_of(read("cut.tar.gz")), ErrorCode::truncated);
  EXPECT_EQ(code_of(read("cut.xz")), ErrorCode::truncated);
  EXPECT_EQ(code_of(read("header_only.zip")), ErrorCode::truncated);
  if (present("cut.7z")) {
    EXPECT_EQ(code_of(read("cut.7z")), ErrorCode::truncated);
  }
}

TEST_F(Archive, says_unknown_of_what_is_none) {
  for (const char* name : {"empty", "text.txt", "garbage.bin", "magic_only.gz"})
    EXPECT_EQ(code_of(read(name)), ErrorCode::unknown) << name;
}

TEST_F(Archive, says_corrupt_of_garbage_behind_a_signature) {
  EXPECT_EQ(code_of(read("garbage.xz")), ErrorCode::corrupt);
  EXPECT_EQ(code_of(read("garbage.7z")), ErrorCode::corrupt);
}

TEST_F(Archive, refuses_a_descriptor_that_is_no_file) {
  const Descriptor folder(::open(folder_->path().c_str(), O_RDONLY | O_DIRECTORY));
  Collector collector;
  const Status status = read_archive(folder.get(), {}, collector);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::unreadable);
}

// --- Limits and stopping -----------------------------------------------------------------------

TEST_F(Archive, stops_at_the_ratio) {
  for (const char* name : {"zeros.zip", "zeros.gz"}) {
    const Reading reading = read(name);
    EXPECT_EQ(code_of(reading), ErrorCode::limit) << name;
    ASSERT_EQ(reading.taken.size(), 1U);
    EXPECT_GE(reading.taken[0].content.size(), std::size_t{64} << 20);
    EXPECT_LT(reading.taken[0].content.size(), std::size_t{103} << 20);
    EXPECT_TRUE(reading.taken[0].error);
  }
}

TEST_F(Archive, a_wide_ratio_lets_the_same_zeros_pass) {
  ArchiveLimits limits;
  limits.ratio = 2000;
  const Reading reading = read("zeros.zip", limits);
  EXPECT_TRUE(reading.status);
  ASSERT_EQ(reading.taken.size(), 1U);
  EXPECT_EQ(reading.taken[0].content.size(), std::size_t{100} << 20);
}

TEST_F(Archive, counts_overlapping_members_against_the_limit_of_all) {
  ArchiveLimits limits;
  limits.total_bytes = 10'000'000;
  const Reading reading = read("overlapping.zip", limits);
  EXPECT_EQ(code_of(reading), ErrorCode::limit);
  EXPECT_EQ(reading.status.error().where.substr(0, 9), "member 9 ");
  EXPECT_EQ(reading.taken.size(), 10U);
  EXPECT_EQ(read("overlapping.zip").taken.size(), 50U);
}

TEST_F(Archive, stops_at_the_number_of_members) {
  ArchiveLimits limits;
  limits.members = 99;
  const Reading reading = read("many.zip", limits);
  EXPECT_EQ(code_of(reading), ErrorCode::limit);
  EXPECT_EQ(reading.taken.size(), 99U);
  limits.members = 100;
  EXPECT_TRUE(read("many.zip", limits).status);
}

TEST_F(Archive, cuts_a_member_at_its_limit_and_goes_on) {
  ArchiveLimits limits;
  limits.member_bytes = 100;
  for (const char* name : {"plain.zip", "gnu.tar", "chat.tar.gz"}) {
    const Reading reading = read(name, limits);
    EXPECT_TRUE(reading.status) << name;
    ASSERT_GE(reading.taken.size(), 3U);
    EXPECT_EQ(reading.taken[0].content, chat_.substr(0, 100));
    ASSERT_TRUE(reading.taken[0].error) << name;
    EXPECT_EQ(reading.taken[0].error->code, ErrorCode::limit);
    EXPECT_FALSE(reading.taken[2].error);
  }
}

TEST_F(Archive, cuts_a_lone_file_at_its_limit) {
  ArchiveLimits limits;
  limits.member_bytes = 1 << 20;
  const Reading reading = read("random.gz", limits);
  EXPECT_TRUE(reading.status) << reading.status.error().text();
  ASSERT_EQ(reading.taken.size(), 1U);
  EXPECT_EQ(reading.taken[0].content.size(), std::size_t{1} << 20);
  ASSERT_TRUE(reading.taken[0].error);
  EXPECT_EQ(reading.taken[0].error->code, ErrorCode::limit);
}

TEST_F(Archive, stops_when_the_sink_says_so) {
  for (int call = 1; call <= 3; ++call) {
    for (const char* name : {"plain.zip", "gnu.tar", "no_directory.zip"}) {
      const Reading reading = read(name, {}, call);
      EXPECT_EQ(code_of(reading), ErrorCode::cancelled) << name << " at call " << call;
      EXPECT_EQ(reading.taken.size(), 1U);
    }
  }
}

// After warm_up() a worker can open nothing any more.
void read_without_opening_files(const std::string& folder) {
  std::vector<Descriptor> files;
  for (const char* name :
       {"/names.zip", "/pax.tar", "/plain.7z", "/chat.tar.xz", "/no_directory.zip"}) {
    if (auto file = open_read(folder + name)) files.push_back(std::move(*file));
  }
  const rlimit none{0, 0};
  if (::setrlimit(RLIMIT_NOFILE, &none) != 0 || open_read("/etc/passwd")) std::_Exit(2);
  std::size_t names = 0;
  for (const Descriptor& file : files) {
    Collector collector;
    const Status status = read_archive(file.get(), {}, collector);
    if (!status && status.error().code != ErrorCode::truncated) std::_Exit(3);
    for (const Taken& one : collector.taken) names += one.member.name.empty() ? 0 : 1;
  }
  const std::size_t expected = 11 + 7 + (files.size() == 5 ? 2 : 0) + 7 + 3;
  std::_Exit(names == expected ? 0 : 4);
}

TEST_F(Archive, needs_no_file_after_warm_up) {
  EXPECT_EXIT(read_without_opening_files(folder_->path()), ::testing::ExitedWithCode(0), "");
}

TEST(ArchiveHead, is_told_by_its_first_bytes) {
  EXPECT_TRUE(may_be_archive(ByteView("PK\3\4", 4)));
  EXPECT_TRUE(may_be_archive(ByteView("7z\xBC\xAF\x27\x1C", 6)));
  EXPECT_TRUE(may_be_archive(ByteView("BZh91AY&SY", 10)));
  EXPECT_FALSE(may_be_archive("BZh9 is how the message began"));
  EXPECT_FALSE(may_be_archive("PK is my name"));
  EXPECT_FALSE(may_be_archive(""));
  EXPECT_FALSE(may_be_archive(std::string(1024, '\0')));
  EXPECT_FALSE(may_be_archive(std::string(1024, ' ')));
}

TEST(ArchiveHead, may_stand_behind_other_bytes) {
  const std::string end = std::string("PK\5\6", 4) + std::string(18, '\0');
  EXPECT_TRUE(may_be_archive("MZ", "a program" + end));
  EXPECT_TRUE(may_be_archive("MZ", "a program" + end + "and more"));
  EXPECT_TRUE(may_be_archive(ByteView("PK\3\4", 4), "cut"));
  EXPECT_FALSE(may_be_archive("MZ", "a program" + end.substr(0, 21)));
  EXPECT_FALSE(may_be_archive("a chat", "about PK"));
  EXPECT_FALSE(may_be_archive("", ""));
}

}  // namespace
}  // namespace forensics::evidence
