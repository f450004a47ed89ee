// Databases that were cut, changed or made to mislead: what is said of them, and that reading ends.

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "corpus.hpp"
#include "sqlite/carve.hpp"

namespace sqlite_test {
namespace {

struct Outcome {
  std::uint64_t rows = 0;
  std::uint64_t recovered = 0;
  std::uint64_t defects = 0;
};

// Reads everything there is; every span must lie inside its file.
Outcome read_all(const Files& files) {
  Outcome out;
  sqlite::Database db(files.inputs());
  std::vector<sqlite::Span> spans;
  const auto check = [&](const sqlite::Row& row) {
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      row.spans(i, spans);
      std::size_t length = 0;
      for (const sqlite::Span& span : spans) {
        EXPECT_LE(span.offset + span.length, files.bytes_of(span.input).size());
        length += span.length;
      }
      if (row.values[i].type == sqlite::Storage::text && row.values[i].in_record) {
        EXPECT_LE(length, row.values[i].bytes.size());
      }
    }
  };
  for (const sqlite::Table& table : db.tables())
    db.for_each_row(table, [&](const sqlite::Row& row) {
      ++out.rows;
      check(row);
      return true;
    });
  carve(db, {}, [&](const sqlite::Recovered& found) {
    ++out.recovered;
    check(*found.row);
    return true;
  });
  out.defects = db.defects().count();
  return out;
}

Files named(const std::string& name) {
  return load(corpus() / (name + ".db"));
}

Files with_main(const Files& files, std::string bytes) {
  return {files.name, MemoryBytes(std::move(bytes)), files.wal, files.journal};
}

const char* const kDamaged[] = {"page-512",   "overflow", "whatsapp-wal",  "hot-journal",
                                "odd-schema", "dropped",  "without-rowid", "incremental-vacuum"};

std::size_t rounds() {
  const char* stated = std::getenv("SQLITE_DAMAGE_ROUNDS");
  return stated == nullptr ? 1000 : std::strtoul(stated, nullptr, 10);
}

TEST(SqliteDamage, AHeaderThatLies) {
  const Files files = named("page-512");
  const std::uint64_t rows = read_all(files).rows;
  const std::string& whole = files.main.bytes();
  const auto with = [&](std::size_t at, std::string_view bytes) {
    std::string lying = whole;
    lying.replace(at, bytes.size(), bytes);
    return with_main(files, std::move(lying));
  };
  using namespace std::string_view_literals;
  struct Lie {
    std::size_t at;
    std::string_view bytes;
    const char* code;
  };
  for (const Lie& lie :
       {Lie{0, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv, "signature"},
        Lie{16, "\x10\x00"sv, "page-size"}, Lie{16, "\x03\x00"sv, "page-size"},
        Lie{56, "\0\0\0\2"sv, "text-encoding"}, Lie{56, "\0\0\0\7"sv, "text-encoding"}}) {
    SCOPED_TRACE(lie.at);
    const Files lying = with(lie.at, lie.bytes);
    EXPECT_EQ(read_all(lying).rows, rows);
    EXPECT_TRUE(sqlite::Database(lying.inputs()).defects().has(lie.code)) << lie.code;
  }
}

TEST(SqliteDamage, CutAnywhereItReadsWhatIsThere) {
  for (const char* name : kDamaged) {
    SCOPED_TRACE(name);
    const Files files = named(name);
    const std::string& whole = files.main.bytes();
    for (std::size_t length = 0; length < whole.size(); length += whole.size() / 23 + 1)
      read_all(with_main(files, whole.substr(0, length)));
    // Without its last byte nothing but the last page is affected.
    EXPECT_GT(read_all(with_main(files, whole.substr(0, whole.size() - 1))).rows, 0u);
  }
}

TEST(SqliteDamage, BitFlipsEndInAnAnswer) {
  std::mt19937 random(20240305);
  for (std::size_t round = 0; round < rounds(); ++round) {
    Files files = named(kDamaged[round % std::size(kDamaged)]);
    std::string bytes = files.main.bytes();
    // Half of the flips hit structure: the header and the heads of pages.
    const std::size_t flips = 1 + random() % 8;
    for (std::size_t i = 0; i < flips; ++i) {
      const std::size_t at = random() % 2 == 0
                                 ? random() % bytes.size()
                                 : random() % (bytes.size() / 512) * 512 + random() % 40;
      bytes[at % bytes.size()] ^= static_cast<char>(1U << random() % 8);
    }
    if (files.wal && random() % 2 == 0) {
      std::string wal = files.wal->bytes();
      wal[random() % wal.size()] ^= static_cast<char>(1U << random() % 8);
      files.wal.emplace(std::move(wal));
    }
    read_all(with_main(files, std::move(bytes)));
  }
}

TEST(SqliteDamage, APageLoopIsNotedAndLeft) {
  const Files files = named("range");
  std::string bytes = files.main.bytes();
  sqlite::Database db(files.inputs());
  const std::uint32_t root = db.table("messages")->root;
  // Every child of the root becomes the root itself.
  const std::size_t page = (root - 1) * std::size_t{4096};
  ASSERT_EQ(bytes[page], 5);
  const std::size_t cells = sqlite::be16(bytes, page + 3);
  for (std::size_t i = 0; i < cells; ++i) {
    const std::size_t cell = page + sqlite::be16(bytes, page + 12 + 2 * i);
    bytes[cell + 3] = static_cast<char>(root);
    bytes[cell + 2] = bytes[cell + 1] = bytes[cell] = 0;
  }
  const Files looped = with_main(files, bytes);
  sqlite::Database again(looped.inputs());
  std::size_t rows = 0;
  again.for_each_row(*again.table("messages"), [&](const sqlite::Row&) { return ++rows < 100000; });
  EXPECT_TRUE(again.defects().has("page-loop"));
  EXPECT_GT(rows, 0u);  // the right child was left as it was
  EXPECT_LT(rows, 200u);
}

TEST(SqliteDamage, AnOverflowLoopIsNotedAndLeft) {
  const Files files = named("overflow");
  std::string bytes = files.main.bytes();
  // Every page that is no b-tree page and links on links to itself.
  for (std::size_t page = 1; (page + 1) * 4096 <= bytes.size(); ++page) {
    const std::size_t at = page * 4096;
    const std::uint32_t next = sqlite::be32(bytes, at);
    if (next > 1 && next <= bytes.size() / 4096)
      for (int i = 0; i < 4; ++i)
        bytes[at + static_cast<std::size_t>(i)] = static_cast<char>((page + 1) >> (24 - 8 * i));
  }
  const Outcome outcome = read_all(with_main(files, bytes));
  EXPECT_GT(outcome.rows, 50u);
  EXPECT_GT(outcome.defects, 0u);
}

TEST(SqliteDamage, AnotherDatabasesLogIsNotApplied) {
  Files files = named("scattered");
  const Outcome alone = read_all(files);
  files.wal = named("wal").wal;
  sqlite::Database db(files.inputs());
  EXPECT_FALSE(db.wal_counts());
  EXPECT_TRUE(db.defects().has("foreign-wal"));
  const Outcome outcome = read_all(files);
  EXPECT_EQ(outcome.rows, alone.rows);
  EXPECT_EQ(outcome.recovered, alone.recovered);

  // Of two that both use a log, the shape of the trees tells.
  Files other = named("churn-wal");
  other.wal = named("whatsapp-wal").wal;
  sqlite::Database mixed(other.inputs());
  EXPECT_FALSE(mixed.wal_counts());

  files.wal = named("wal").wal;
  std::string resized = files.wal->bytes();
  resized[10] = 0x20;
  files.wal.emplace(resized);
  sqlite::Database sized(files.inputs());
  EXPECT_FALSE(sized.wal().usable);
  EXPECT_NE(sized.wal().reason.find("another size"), std::string::npos);
}

TEST(SqliteDamage, AFrameWithAWrongChecksumEndsTheLog) {
  Files files = named("wal");
  sqlite::Database whole(files.inputs());
  ASSERT_TRUE(whole.wal_counts());
  std::string wal = files.wal->bytes();
  const std::size_t middle = whole.wal().page_offset(whole.wal().frames.size() / 2);
  wal[middle + 200] ^= 1;
  files.wal.emplace(wal);
  sqlite::Database db(files.inputs());
  EXPECT_TRUE(db.defects().has("wal-frame"));
  std::size_t counting = 0;
  for (const sqlite::Frame& frame : db.wal().frames)
    if (frame.state == sqlite::FrameState::committed) ++counting;
  EXPECT_GT(counting, 0u);
  EXPECT_LE(counting, whole.wal().frames.size() / 2);
}

TEST(SqliteDamage, WhatIsNoDatabaseIsNamed) {
  const auto kind = [](std::string bytes) {
    const MemoryBytes file(std::move(bytes));
    const sqlite::Database db({&file});
    EXPECT_FALSE(db.recognition().reason.empty());
    EXPECT_TRUE(db.tables().empty());
    return db.recognition().kind;
  };
  EXPECT_EQ(kind(""), sqlite::FileKind::empty);
  EXPECT_EQ(kind(std::string(8192, '\0')), sqlite::FileKind::foreign);
  std::string text;
  while (text.size() < 8192) text += "the quick brown fox jumps over the lazy dog. ";
  EXPECT_EQ(kind(text.substr(0, 8192)), sqlite::FileKind::foreign);
  std::mt19937 random(7);
  std::string noise(8192, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  EXPECT_EQ(kind(noise), sqlite::FileKind::encrypted);
  // Encrypted, but with the fields that say how.
  std::string fields = text.substr(0, 8192);
  fields.replace(16, 8, std::string("\x10\x00\x01\x01\x00\x40\x20\x20", 8));
  EXPECT_EQ(kind(fields), sqlite::FileKind::encrypted);
}

TEST(SqliteDamage, ALyingPageSizeIsPutRight) {
  const Files files = named("page-1024");
  std::string bytes = files.main.bytes();
  bytes[16] = 0x03;  // 1024 becomes 768
  bytes[17] = 0x00;
  const Files lying = with_main(files, bytes);
  sqlite::Database db(lying.inputs());
  EXPECT_TRUE(db.defects().has("page-size"));
  EXPECT_EQ(db.header().page_size, 1024u);
  EXPECT_EQ(read_all(lying).rows, read_all(files).rows);
}

}  // namespace
}  // namespace sqlite_test
