#include "casefile/object_store.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "../support/temporary_folder.hpp"

namespace forensics::casefile {
namespace {

class ObjectStoreTest : public testing::Test {
 protected:
  Stored store(ObjectStore& objects, ByteView bytes) {
    Incoming incoming = objects.begin().value();
    EXPECT_TRUE(incoming.write(bytes));
    return objects.finish(std::move(incoming)).value();
  }

  test::TemporaryFolder folder_;
  CasePaths paths_{folder_.path()};
};

TEST_F(ObjectStoreTest, NamesBytesByTheirDigestOnlyOncePublished) {
  ObjectStore objects(Files::system(), paths_);
  ASSERT_TRUE(objects.clean());
  const Stored stored = store(objects, "evidence");
  EXPECT_EQ(stored.digest, Sha256::of("evidence"));
  EXPECT_EQ(stored.size, 8U);
  EXPECT_FALSE(stored.known);
  EXPECT_FALSE(exists(object_path(paths_, stored.digest)));

  ASSERT_TRUE(objects.publish());
  const std::string path = object_path(paths_, stored.digest);
  EXPECT_EQ(read_file(path, 100).value(), "evidence");
  struct stat facts {};
  ASSERT_EQ(::stat(path.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0400U);
}

TEST_F(ObjectStoreTest, StoresTheSameBytesOnceWithinAndAcrossBatches) {
  ObjectStore objects(Files::system(), paths_);
  ASSERT_TRUE(objects.clean());
  EXPECT_FALSE(store(objects, "same").known);
  EXPECT_TRUE(store(objects, "same").known);
  ASSERT_TRUE(objects.publish());
  EXPECT_TRUE(store(objects, "same").known);
  EXPECT_FALSE(objects.has_unpublished());
  EXPECT_TRUE(list_directory(paths_.objects() + "/tmp")->empty());
}

TEST_F(ObjectStoreTest, CleansUpAfterAKilledWriter) {
  {
    ObjectStore killed(Files::system(), paths_);
    ASSERT_TRUE(killed.clean());
    store(killed, "never published");
  }
  ObjectStore objects(Files::system(), paths_);
  ASSERT_TRUE(objects.clean());
  EXPECT_TRUE(list_directory(paths_.objects() + "/tmp")->empty());
  EXPECT_FALSE(store(objects, "never published").known);
}

TEST_F(ObjectStoreTest, SaysWhichBytesAreGone) {
  const ObjectStore objects(Files::system(), paths_);
  const auto missing = objects.open(Sha256::of("never stored"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::integrity);
  EXPECT_EQ(missing.error().where, object_path(paths_, Sha256::of("never stored")));
}

}  // namespace
}  // namespace forensics::casefile
