// What an archive does not speak of: members without an entry, bytes in front, between and behind,
// ends that are not its own. Nothing of it may vanish, and none of it may pass as the whole.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "archive_reading.hpp"

namespace forensics::evidence {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ArchiveOutside : public ArchiveTest {
 protected:
  static void expect_corrupt(const Reading& reading, const std::string& where,
                             const std::string& message) {
    ASSERT_EQ(code_of(reading), ErrorCode::corrupt);
    EXPECT_EQ(reading.status.error().where, where);
    EXPECT_THAT(reading.status.error().message, HasSubstr(message));
    for (const Taken& one : reading.taken) EXPECT_FALSE(one.error) << one.member.name;
  }

  // The chat and the zip stored behind it, and no member of that.
  static void expect_outer_members(const Reading& reading) {
    EXPECT_EQ(code_of(reading), ErrorCode::truncated);
    ASSERT_THAT(reading.names(), ElementsAre("_chat.txt", "backup.zip"));
    EXPECT_EQ(reading.taken[0].content, chat_);
    EXPECT_FALSE(reading.taken[0].error);
    EXPECT_TRUE(may_be_archive(reading.taken[1].content));
  }
};

// --- The directory of a zip ----------------------------------------------------------------------

TEST_F(ArchiveOutside, finds_the_zip_in_front_of_a_zip) {
  const Reading reading = read("two_zips.zip");
  ASSERT_THAT(reading.names(), ElementsAre("two.txt", "one.txt"));
  EXPECT_EQ(reading.taken[0].content, "two");
  EXPECT_EQ(reading.taken[1].content, "one");
  expect_corrupt(reading, "byte 0", "117 bytes outside the directory of the zip; 1 members");
}

TEST_F(ArchiveOutside, finds_members_that_the_stated_directory_leaves_out) {
  const Reading one = read("directory_stated_too_short.zip");
  EXPECT_THAT(one.names(), ElementsAre("one.txt", "two.txt", "three.txt"));
  EXPECT_EQ(one.taken.back().content, "three");
  expect_corrupt(one, "byte 42", "; 2 members");

  const Reading none = read("directory_stated_empty.zip");
  EXPECT_THAT(none.names(), ElementsAre("one.txt", "two.txt", "three.txt"));
  expect_corrupt(none, "byte 0", "; 3 members");
}

TEST_F(ArchiveOutside, finds_a_member_without_an_entry) {
  const Reading reading = read("member_without_entry.zip");
  EXPECT_THAT(reading.names(), ElementsAre("one.txt", "three.txt", "two.txt"));
  expect_corrupt(reading, "byte 42", "42 bytes outside the directory of the zip; 1 members");
}

TEST_F(ArchiveOutside, says_so_if_the_number_of_entries_is_another) {
  const Reading reading = read("entries_stated_too_few.zip");
  EXPECT_EQ(reading.taken.size(), 3U);
  expect_corrupt(reading, "zip directory", "it states 1 entries and has 3");
}

TEST_F(ArchiveOutside, counts_bytes_in_front_between_and_behind) {
  expect_corrupt(read("prefixed.zip"), "byte 0", "4 bytes outside");
  expect_corrupt(read("text_in_gap.zip"), "byte 42", "17 bytes outside");
  expect_corrupt(read("trailing_text.zip"), "byte 313", "18 bytes outside");
  for (const char* name : {"prefixed.zip", "trailing_text.zip"})
    EXPECT_EQ(read(name).taken.size(), 3U) << name;
}

TEST_F(ArchiveOutside, reads_a_zip_behind_a_program) {
  const Reading reading = read("self_extracting.exe");
  EXPECT_THAT(reading.names(), ElementsAre("one.txt", "two.txt", "three.txt"));
  expect_corrupt(reading, "byte 0", "74 bytes outside the directory of the zip; 0 members");
}

TEST_F(ArchiveOutside, takes_no_offence_at_what_sound_zips_have) {
  for (const char* name : {"apk_signed.zip", "zeros_in_gap.zip", "split_mark.zip"}) {
    const Reading reading = read(name);
    EXPECT_TRUE(reading.status) << name << ": " << reading.status.error().text();
    EXPECT_THAT(reading.names(), ElementsAre("one.txt")) << name;
  }
  EXPECT_TRUE(read("trailing_zeros.zip").status);
}

TEST_F(ArchiveOutside, does_not_take_the_end_of_an_inner_zip_for_its_own) {
  for (const char* name : {"cut_behind_inner.zip", "cut_at_end_of_inner.zip"}) {
    const Reading reading = read(name);
    expect_outer_members(reading);
    ASSERT_EQ(reading.taken.size(), 2U) << name;
    EXPECT_FALSE(reading.taken[1].error) << name;
  }
}

TEST_F(ArchiveOutside, never_takes_inner_members_for_its_own) {
  const Reading cut = read("cut_within_inner.zip");
  expect_outer_members(cut);
  ASSERT_TRUE(cut.taken.at(1).error);
  EXPECT_EQ(cut.taken[1].error->code, ErrorCode::truncated);

  const Reading damaged = read("inner_damaged_no_directory.zip");
  expect_outer_members(damaged);
  ASSERT_TRUE(damaged.taken.at(1).error);

  const Reading streamed = read("streamed_inner_cut.zip");
  EXPECT_EQ(code_of(streamed), ErrorCode::truncated);
  ASSERT_THAT(streamed.names(), ElementsAre("backup.zip"));
  EXPECT_TRUE(streamed.taken[0].error);
}

TEST_F(ArchiveOutside, reads_what_a_folder_of_no_stated_size_holds) {
  const Reading reading = read("folder_states_no_size.zip");
  EXPECT_TRUE(reading.status);
  ASSERT_THAT(reading.names(), ElementsAre("secre/", "x.txt"));
  EXPECT_EQ(reading.taken[0].member.type, Type::file);
  EXPECT_EQ(reading.taken[0].content, chat_);
  ASSERT_TRUE(reading.taken[0].error);
  EXPECT_EQ(reading.taken[0].error->code, ErrorCode::corrupt);
}

// --- Other formats -------------------------------------------------------------------------------

TEST_F(ArchiveOutside, reads_tars_that_follow_each_other) {
  for (const char* name : {"two_tars.tar", "two_tars.tar.gz"}) {
    const Reading reading = read(name);
    EXPECT_TRUE(reading.status) << name;
    ASSERT_THAT(reading.names(), ElementsAre("one.txt", "two.txt")) << name;
    EXPECT_EQ(reading.taken[1].content, "two.txt");
  }
}

TEST_F(ArchiveOutside, goes_on_behind_a_damaged_tar_header) {
  const Reading reading = read("damaged_header.tar");
  EXPECT_THAT(reading.names(), ElementsAre("one.txt", "two.txt"));
  expect_corrupt(reading, "byte 1024 of the tar", "1024 bytes belong to no member");
}

TEST_F(ArchiveOutside, reports_what_stands_behind_the_end) {
  const std::string behind = std::to_string(chat_.size()) + " bytes behind the end";
  for (const char* name : {"trailing_text.gz", "trailing_text.bz2", "trailing_text.tar.gz"}) {
    const Reading reading = read(name);
    EXPECT_EQ(code_of(reading), ErrorCode::corrupt) << name;
    EXPECT_THAT(reading.status.error().message, HasSubstr(behind)) << name;
    EXPECT_EQ(reading.taken.size(), 1U) << name;
    EXPECT_FALSE(reading.taken[0].error) << name;
  }
  EXPECT_EQ(read("trailing_text.gz").taken.at(0).content, chat_);
  EXPECT_EQ(code_of(read("trailing_text.xz")), ErrorCode::corrupt);
  expect_corrupt(read("trailing_text.tar"), "byte 1024 of the tar", "1024 bytes belong to");
  EXPECT_EQ(code_of(read("trailing_word.tar")), ErrorCode::truncated);
  if (present("trailing_text.zst")) {
    EXPECT_EQ(code_of(read("trailing_text.zst")), ErrorCode::corrupt);
  }
  if (!present("trailing_text.7z")) GTEST_SKIP() << "the program 7z is not installed";
  const Reading seven_zip = read("trailing_text.7z");
  EXPECT_EQ(code_of(seven_zip), ErrorCode::corrupt);
  EXPECT_EQ(seven_zip.status.error().message, "9 bytes behind the end of the archive");
  EXPECT_EQ(seven_zip.taken.size(), 2U);
}

TEST_F(ArchiveOutside, takes_zeros_for_padding_and_gzip_members_for_one_file) {
  for (const char* name : {"trailing_zeros.gz", "two_members.gz"}) {
    const Reading reading = read(name);
    EXPECT_TRUE(reading.status) << name;
    ASSERT_EQ(reading.taken.size(), 1U);
    EXPECT_EQ(reading.taken[0].content, chat_) << name;
  }
}

TEST_F(ArchiveOutside, fills_the_hole_at_the_end_of_a_sparse_file) {
  const Reading reading = read("sparse_to_the_end.tar");
  ASSERT_TRUE(reading.status);
  ASSERT_EQ(reading.taken.size(), 1U);
  const std::string hole((std::size_t{1} << 20) - 512, '\0');
  const std::string end(std::size_t{2} << 20, '\0');
  EXPECT_TRUE(reading.taken[0].content ==
              std::string(512, 'A') + hole + std::string(512, 'B') + end);
}

TEST_F(ArchiveOutside, reads_the_content_of_a_second_name) {
  const Reading reading = read("hardlink_with_content.tar");
  EXPECT_TRUE(reading.status);
  ASSERT_THAT(reading.names(), ElementsAre("é.txt", "a.txt", "b.txt"));
  EXPECT_EQ(reading.taken[2].member.type, Type::file);
  EXPECT_EQ(reading.taken[2].member.link_target, "a.txt");
  EXPECT_EQ(reading.taken[2].content, chat_);
}

}  // namespace
}  // namespace forensics::evidence
