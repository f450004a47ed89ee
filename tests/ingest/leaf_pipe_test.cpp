#include "ingest/leaf_pipe.hpp"

#include <gtest/gtest.h>

#include "base/bytes.hpp"
#include "model/record_line.hpp"

namespace forensics::ingest {
namespace {

TEST(LeafPipe, GivesTheTreeThatOneThreadWouldGive) {
  const std::string key(32, 'k');
  const std::string source(32, 's');
  ledger::SaltKey salts = ledger::SaltKey::from_bytes(key).value();
  ledger::SaltKey same = ledger::SaltKey::from_bytes(key).value();
  ledger::RecordTree expected;
  LeafPipe pipe(salts, source);
  model::Record record;
  record.kind = model::Kind::conversation;
  model::Field platform;
  platform.key = model::Key::platform;
  platform.rule = "test";
  record.fields = {platform};
  // Enough for several batches.
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    record.fields[0].text = std::string(i % 97, 'x') + std::to_string(i);
    pipe.add(record);
    const ledger::Salt salt = same.salt(source, i);
    std::string line;
    model::append_record_line(
        record, to_hex({reinterpret_cast<const char*>(salt.data()), salt.size()}), line);
    expected.add(line);
  }
  EXPECT_EQ(pipe.finish(), expected.summary());
  EXPECT_EQ(pipe.finish(), expected.summary());
}

TEST(LeafPipe, WithoutRecordsIsTheEmptyTree) {
  ledger::SaltKey salts = ledger::SaltKey::from_bytes(std::string(32, 'k')).value();
  LeafPipe pipe(salts, std::string(32, 's'));
  EXPECT_EQ(pipe.finish(), ledger::RecordTree().summary());
}

}  // namespace
}  // namespace forensics::ingest
