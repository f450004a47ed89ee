#include "evidence/walk.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "support/temporary_folder.hpp"

namespace forensics::evidence {
namespace {

namespace fs = std::filesystem;
using Kind = WalkEntry::Kind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class WalkTest : public ::testing::Test {
 protected:
  void put(const std::string& path, const std::string& content = "content") {
    fs::create_directories(fs::path(folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << content;
  }

  std::vector<WalkEntry> walk_all() {
    auto walk = Walk::open(folder_.path());
    EXPECT_TRUE(walk);
    std::vector<WalkEntry> out;
    while (walk) {
      auto entry = walk->next();
      if (!entry) break;
      out.push_back(std::move(*entry));
    }
    return out;
  }

  static std::vector<std::string> paths(const std::vector<WalkEntry>& entries) {
    std::vector<std::string> out;
    for (const WalkEntry& entry : entries) out.push_back(entry.path);
    return out;
  }

  test::TemporaryFolder folder_;
};

TEST_F(WalkTest, gives_files_in_the_byte_order_of_their_paths) {
  for (const char* path : {"a/x", "a.txt", "a-b", "b", "a/b/c", "Z", "a0", "\xFF", "a/b.c"})
    put(path);
  const auto found = paths(walk_all());
  EXPECT_THAT(found, ElementsAre("Z", "a-b", "a.txt", "a/b.c", "a/b/c", "a/x", "a0", "b", "\xFF"));
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
}

TEST_F(WalkTest, states_size_time_and_identity) {
  put("one", "12345");
  const timespec times[2] = {{1'714'558'830, 0}, {1'714'558'830, 250'000'000}};
  ASSERT_EQ(::utimensat(AT_FDCWD, (folder_ / "one").c_str(), times, 0), 0);
  fs::create_hard_link(folder_ / "one", folder_ / "two");
  const auto entries = walk_all();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].size, 5U);
  EXPECT_EQ(entries[0].modified, 1'714'558'830'250);
  EXPECT_EQ(entries[0].inode, entries[1].inode);
  EXPECT_EQ(entries[0].device, entries[1].device);
}

TEST_F(WalkTest, gives_nothing_for_empty_folders) {
  fs::create_directories(folder_ / "a/b");
  EXPECT_THAT(walk_all(), IsEmpty());
}

TEST_F(WalkTest, keeps_odd_names) {
  for (const char* path : {" ", "new\nline", "-rf", "caf\xE9", "قارب", "...", "a\\b"}) put(path);
  EXPECT_THAT(paths(walk_all()),
              ElementsAre(" ", "-rf", "...", "a\\b", "caf\xE9", "new\nline", "قارب"));
}

TEST_F(WalkTest, follows_no_link) {
  put("folder/file");
  fs::create_directory_symlink("..", folder_ / "folder/up");
  fs::create_symlink("/etc/passwd", folder_ / "out");
  fs::create_symlink("loop", folder_ / "loop");
  const auto entries = walk_all();
  ASSERT_THAT(paths(entries), ElementsAre("folder/file", "folder/up", "loop", "out"));
  for (std::size_t i = 1; i < entries.size(); ++i) EXPECT_EQ(entries[i].kind, Kind::symlink);
  EXPECT_EQ(entries[1].link_target, "..");
  EXPECT_EQ(entries[3].link_target, "/etc/passwd");
}

TEST_F(WalkTest, names_what_is_no_file_and_does_not_open_it) {
  ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = folder_ / "socket";
  ASSERT_LT(path.size(), sizeof address.sun_path);
  std::copy(path.begin(), path.end(), address.sun_path);
  ASSERT_EQ(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);

  auto walk = Walk::open(folder_.path());
  ASSERT_TRUE(walk);
  const auto fifo = walk->next();
  ASSERT_TRUE(fifo);
  EXPECT_EQ(fifo->kind, Kind::fifo);
  EXPECT_FALSE(walk->open_file());
  const auto bound = walk->next();
  ASSERT_TRUE(bound);
  EXPECT_EQ(bound->kind, Kind::socket);
  EXPECT_FALSE(walk->next());
}

TEST_F(WalkTest, says_which_folder_cannot_be_read_and_goes_on) {
  if (::geteuid() == 0) GTEST_SKIP() << "root reads every folder";
  put("shut/secret");
  put("zoo");
  fs::permissions(folder_ / "shut", fs::perms::none);
  const auto entries = walk_all();
  fs::permissions(folder_ / "shut", fs::perms::owner_all);
  ASSERT_THAT(paths(entries), ElementsAre("shut", "zoo"));
  EXPECT_EQ(entries[0].kind, Kind::unreadable_directory);
  ASSERT_TRUE(entries[0].error);
  EXPECT_EQ(entries[0].error->code, ErrorCode::unreadable);
  EXPECT_FALSE(entries[1].error);
}

TEST_F(WalkTest, stops_going_down_at_a_depth_that_no_person_makes) {
  const std::string top = folder_.path();
  Descriptor folder(::open(top.c_str(), O_RDONLY | O_DIRECTORY));
  for (int i = 0; i < 600; ++i) {
    ASSERT_EQ(::mkdirat(folder.get(), "d", 0700), 0);
    folder = Descriptor(::openat(folder.get(), "d", O_RDONLY | O_DIRECTORY));
  }
  put("file");
  const auto entries = walk_all();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].kind, Kind::unreadable_directory);
  ASSERT_TRUE(entries[0].error);
  EXPECT_EQ(entries[0].error->code, ErrorCode::limit);
  EXPECT_EQ(entries[1].path, "file");
}

TEST_F(WalkTest, opens_the_file_it_gave_last) {
  put("a/one", "first");
  put("two", "second");
  auto walk = Walk::open(folder_.path());
  ASSERT_TRUE(walk);
  for (const char* expected : {"first", "second"}) {
    ASSERT_TRUE(walk->next());
    const auto file = walk->open_file();
    ASSERT_TRUE(file);
    const auto content = read_at(*file, 0, 100);
    ASSERT_TRUE(content);
    EXPECT_EQ(*content, expected);
  }
}

TEST_F(WalkTest, notices_a_file_that_was_exchanged) {
  put("a");
  auto walk = Walk::open(folder_.path());
  ASSERT_TRUE(walk);
  ASSERT_TRUE(walk->next());
  fs::rename(folder_ / "a", folder_ / "kept");
  put("a", "another");
  const auto other = walk->open_file();
  ASSERT_FALSE(other);
  EXPECT_THAT(other.error().message, ::testing::HasSubstr("exchanged"));

  fs::remove(folder_ / "a");
  fs::create_symlink("/etc/passwd", folder_ / "a");
  EXPECT_FALSE(walk->open_file());

  fs::remove(folder_ / "a");
  ASSERT_EQ(::mkfifo((folder_ / "a").c_str(), 0600), 0);
  EXPECT_FALSE(walk->open_file());
}

TEST_F(WalkTest, takes_a_file_as_an_exhibit) {
  put("chat.txt", "hello");
  auto walk = Walk::open(folder_ / "chat.txt");
  ASSERT_TRUE(walk);
  const auto entry = walk->next();
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->path, "chat.txt");
  EXPECT_EQ(entry->size, 5U);
  EXPECT_TRUE(walk->open_file());
  EXPECT_FALSE(walk->next());
}

TEST_F(WalkTest, refuses_what_is_neither_file_nor_folder) {
  ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
  const auto fifo = Walk::open(folder_ / "fifo");
  ASSERT_FALSE(fifo);
  EXPECT_EQ(fifo.error().code, ErrorCode::unreadable);
  const auto absent = Walk::open(folder_ / "absent");
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().code, ErrorCode::not_found);
}

TEST_F(WalkTest, opens_by_path_without_leaving_the_exhibit) {
  put("a/b/file", "inside");
  fs::create_directory_symlink("/etc", folder_ / "etc");
  fs::create_symlink("a/b/file", folder_ / "link");
  ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
  const std::string root = folder_.path();
  EXPECT_TRUE(open_file(root, "a/b/file"));
  EXPECT_TRUE(open_file(folder_ / "a/b/file", "file"));
  for (const char* path :
       {"etc/passwd", "link", "fifo", "a", "a/../a/b/file", "/etc/passwd", "", ".."})
    EXPECT_FALSE(open_file(root, path)) << path;
  const auto absent = open_file(root, "a/none");
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace forensics::evidence
