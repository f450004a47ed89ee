#include "base/files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace forensics {
namespace {

class FilesTest : public ::testing::Test {
 protected:
  FilesTest() {
    std::string name = ::testing::TempDir() + "files_XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  ~FilesTest() override { std::filesystem::remove_all(folder_); }
  std::string path(const std::string& name) const { return folder_ + '/' + name; }

  Files& files_ = Files::system();
  std::string folder_;
};

TEST_F(FilesTest, CreateRefusesAnExistingFile) {
  ASSERT_TRUE(files_.create(path("a"), 0600));
  const auto again = files_.create(path("a"), 0600);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::output);
}

TEST_F(FilesTest, AppendAddsAtTheEnd) {
  for (const char* text : {"one", "two"}) {
    const auto file = files_.open_append(path("a"));
    ASSERT_TRUE(file);
    ASSERT_TRUE(files_.write(*file, text, path("a")));
  }
  EXPECT_EQ(*read_file(path("a"), 100), "onetwo");
}

TEST_F(FilesTest, WriteAtomicallyReplacesAndLeavesNothingBehind) {
  ASSERT_TRUE(write_atomically(files_, path("a"), "first", 0600));
  { ASSERT_TRUE(files_.create(path("a.tmp"), 0600)); }  // as a killed attempt leaves it
  ASSERT_TRUE(write_atomically(files_, path("a"), "second", 0640));
  EXPECT_EQ(*read_file(path("a"), 100), "second");
  EXPECT_EQ(*list_directory(folder_), std::vector<std::string>{"a"});
  struct stat facts {};
  ASSERT_EQ(::stat(path("a").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U & ~0640U, 0U);
}

TEST_F(FilesTest, MakeDirectoryMakesParentsAndAcceptsExistingOnes) {
  EXPECT_TRUE(files_.make_directory(path("a/b/c")));
  EXPECT_TRUE(files_.make_directory(path("a/b/c")));
  EXPECT_TRUE(std::filesystem::is_directory(path("a/b/c")));
}

TEST_F(FilesTest, MakeDirectoryRefusesAFileInItsPlace) {
  ASSERT_TRUE(write_atomically(files_, path("a"), "x", 0600));
  EXPECT_FALSE(files_.make_directory(path("a")));
  EXPECT_FALSE(files_.make_directory(path("a/b")));
}

TEST_F(FilesTest, ReadingNamesWhatIsWrong) {
  EXPECT_EQ(read_file(path("none"), 10).error().code, ErrorCode::not_found);
  EXPECT_EQ(list_directory(path("none")).error().code, ErrorCode::not_found);
  ASSERT_TRUE(write_atomically(files_, path("a"), "0123456789", 0600));
  EXPECT_EQ(read_file(path("a"), 9).error().code, ErrorCode::limit);
  EXPECT_EQ(*read_file(path("a"), 10), "0123456789");
}

TEST_F(FilesTest, ReadAtGivesFewerBytesOnlyAtTheEnd) {
  ASSERT_TRUE(write_atomically(files_, path("a"), "0123456789", 0600));
  const auto file = open_read(path("a"));
  ASSERT_TRUE(file);
  EXPECT_EQ(*read_at(*file, 3, 4), "3456");
  EXPECT_EQ(*read_at(*file, 8, 4), "89");
  EXPECT_EQ(*read_at(*file, 10, 4), "");
  EXPECT_EQ(*size_of(*file), 10U);
}

TEST_F(FilesTest, OpenReadTakesOnlyWhatHasBytesOfItsOwn) {
  ASSERT_EQ(::symlink("/etc/hostname", path("link").c_str()), 0);
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  for (const std::string& name : {path("link"), path("pipe"), folder_}) {
    const auto file = open_read(name);
    ASSERT_FALSE(file) << name;
    EXPECT_EQ(file.error().code, ErrorCode::unreadable) << name;
  }
}

TEST_F(FilesTest, ListIsSortedByBytes) {
  for (const char* name : {"b", "a", "B", "\xC3\xA9"}) ASSERT_TRUE(files_.create(path(name), 0600));
  EXPECT_EQ(*list_directory(folder_), (std::vector<std::string>{"B", "a", "b", "\xC3\xA9"}));
}

TEST_F(FilesTest, TruncateRenameRemove) {
  ASSERT_TRUE(write_atomically(files_, path("a"), "0123456789", 0600));
  ASSERT_TRUE(files_.truncate(path("a"), 4));
  ASSERT_TRUE(files_.rename(path("a"), path("b")));
  EXPECT_EQ(*read_file(path("b"), 10), "0123");
  ASSERT_TRUE(files_.remove(path("b")));
  EXPECT_FALSE(exists(path("b")));
  EXPECT_EQ(files_.remove(path("b")).error().code, ErrorCode::output);
}

}  // namespace
}  // namespace forensics
