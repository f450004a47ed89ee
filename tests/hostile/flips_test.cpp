// Good evidence with a few bits turned over, by seed: no reader crashes, hangs or lies. A crash or
// a hang ends the test program; the rest is held against what the readers promise.
//
// FORENSICS_FLIPS says how many variants each reader gets (300); a failure names its number, and
// FORENSICS_FLIP=<number> runs that one alone.

#include <forensics/plugin.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "evidence/archive.hpp"
#include "plugin/coverage.hpp"
#include "support/collecting_host.hpp"
#include "support/fixtures.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_whatsapp(void);

namespace forensics {
namespace {

namespace fs = std::filesystem;

struct Sample {
  std::string name;
  std::string bytes;
};

std::vector<Sample> samples(const fs::path& folder, bool (*wanted)(const std::string& name)) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && wanted(entry.path().filename())) paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<Sample> out;
  for (const fs::path& path : paths)
    out.push_back({path.lexically_relative(folder), test::slurp(path)});
  return out;
}

// From 1 to 8 bits, most often one.
std::string flipped(std::string bytes, std::mt19937_64& random) {
  if (bytes.empty()) return bytes;
  std::uint64_t flips = 1;
  while (flips < 8 && random() % 2 == 0) ++flips;
  for (; flips > 0; --flips) {
    char& byte = bytes[random() % bytes.size()];
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << random() % 8));
  }
  return bytes;
}

// Calls `check` with every variant; each depends on its number alone.
void for_each_variant(const std::vector<Sample>& originals,
                      const std::function<void(const Sample& original, const std::string& bytes,
                                               std::mt19937_64& random)>& check) {
  ASSERT_FALSE(originals.empty());
  const char* stated = std::getenv("FORENSICS_FLIPS");
  const char* only = std::getenv("FORENSICS_FLIP");
  const std::uint64_t first = only != nullptr ? std::strtoull(only, nullptr, 10) : 0;
  const std::uint64_t count = only != nullptr     ? 1
                              : stated != nullptr ? std::strtoull(stated, nullptr, 10)
                                                  : 300;
  for (std::uint64_t number = first; number < first + count; ++number) {
    std::mt19937_64 random(number);
    const Sample& original = originals[random() % originals.size()];
    SCOPED_TRACE("FORENSICS_FLIP=" + std::to_string(number) + " " + original.name);
    check(original, flipped(original.bytes, random), random);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(Flips, WhatsAppText) {
  const auto exports = samples(
      test::repository() / "tests/conformance/whatsapp/variants", [](const std::string& name) {
        return name.ends_with(".txt") && name != "about.txt" && name != "title.txt";
      });
  const fx_plugin& plugin = *fx_plugin_entry_v1_whatsapp();
  std::uint64_t read = 0;
  for_each_variant(exports, [&](const Sample& original, const std::string& bytes, auto& random) {
    test::CollectingHost host(bytes);
    host.set_siblings({{"IMG-20240305-WA0001.jpg", 1000, 1'709'640'000'000, 2}});
    if (random() % 2 == 0) host.limit_reads(1 + random() % 300);
    const std::string name = fs::path(original.name).filename();
    const int score = host.probe(plugin, name);
    EXPECT_TRUE(score >= 0 && score <= 100) << score;
    const fx_status status = host.parse(plugin, name);
    EXPECT_TRUE(status == FX_OK || status == FX_NOT_MINE) << status;
    // Values that their spans do not hold, references to nothing, spans outside the input, ...
    EXPECT_EQ(host.breaches(), std::vector<std::string>{});

    plugin::Coverage coverage(bytes.size());
    for (const model::Record& record : host.records()) coverage.cover(record.extent);
    for (const test::Skip& skip : host.skips()) {
      model::Span span;
      span.offset = skip.range.begin;
      span.length = skip.range.end - skip.range.begin;
      coverage.skip(span);
    }
    const plugin::Coverage::Sum sum = coverage.sum();
    EXPECT_EQ(sum.covered + sum.skipped + sum.unexplained, bytes.size());
    std::uint64_t unexplained = 0;
    for (const test::Range& range : host.unexplained()) unexplained += range.end - range.begin;
    EXPECT_EQ(sum.unexplained, unexplained);
    if (status == FX_OK) ++read;
  });
  EXPECT_GT(read, 0U);
}

class Contents : public evidence::ArchiveSink {
 public:
  bool begin(const evidence::ArchiveMember& member) override {
    EXPECT_FALSE(open_);
    open_ = true;
    is_file_ = member.type == evidence::ArchiveMember::Type::file;
    content_.clear();
    return true;
  }
  bool data(ByteView bytes) override {
    EXPECT_TRUE(open_ && is_file_);
    total_ += bytes.size();
    content_ += bytes;
    return true;
  }
  bool end(const Error* error) override {
    EXPECT_TRUE(open_);
    open_ = false;
    EXPECT_TRUE(error == nullptr || !error->where.empty());
    if (error == nullptr && is_file_ && !content_.empty()) whole_.insert(content_);
    return true;
  }
  bool is_open() const { return open_; }
  std::uint64_t total() const { return total_; }
  const std::set<std::string>& whole() const { return whole_; }

 private:
  bool open_ = false;
  bool is_file_ = false;
  std::string content_;
  std::uint64_t total_ = 0;
  std::set<std::string> whole_;  // of the members that were said to be complete
};

Status read(const std::string& bytes, Contents& contents) {
  const Descriptor file(::memfd_create("archive", MFD_CLOEXEC));
  TRY(Files::system().write(file, bytes, "memory"));
  evidence::ArchiveLimits limits;
  limits.members = 1000;
  limits.total_bytes = std::uint64_t{4} << 20;
  const Status status = evidence::read_archive(file.get(), limits, contents);
  EXPECT_LE(contents.total(), limits.total_bytes);
  EXPECT_FALSE(status && contents.is_open());
  return status;
}

// What has a checksum that covers the content: then nothing changed may be said to be whole.
enum class Checked : bool { no, yes };

void flip_archives(bool (*wanted)(const std::string& name), Checked checked) {
#ifndef FORENSICS_SANITIZED  // a sanitizer maps terabytes for its own use
  // As in a worker: what a broken header asks for must not be had.
  const rlimit memory{std::uint64_t{1} << 30, std::uint64_t{1} << 30};
  ASSERT_EQ(::setrlimit(RLIMIT_AS, &memory), 0);
#endif
  evidence::warm_up();
  const auto archives = samples(test::repository() / "tests/fuzz/seeds/fuzz_archive", wanted);
  std::uint64_t read_whole = 0;
  for_each_variant(archives, [&](const Sample& original, const std::string& bytes, auto&) {
    Contents before;
    static_cast<void>(read(original.bytes, before));
    Contents after;
    if (read(bytes, after)) ++read_whole;
    if (checked == Checked::no) return;
    for (const std::string& content : after.whole())
      EXPECT_TRUE(before.whole().contains(content))
          << "changed content of " << content.size() << " bytes was said to be complete";
  });
  std::cout << archives.size() << " archives, read to the end in spite of it: " << read_whole
            << "\n";
}

// encrypted.zip only says that it is: a bit makes it plain, with the right checksum.
TEST(Flips, Zip) {
  flip_archives(
      [](const std::string& name) { return name.ends_with(".zip") && name != "encrypted.zip"; },
      Checked::yes);
}

TEST(Flips, SevenZip) {
  flip_archives([](const std::string& name) { return name.ends_with(".7z"); }, Checked::yes);
}

// Neither tar nor what is read of gzip has a checksum over the content.
TEST(Flips, TarGz) {
  flip_archives([](const std::string& name) { return name.ends_with(".gz"); }, Checked::no);
}

TEST(Flips, TarXzAndBzip2AndZstd) {
  flip_archives(
      [](const std::string& name) {
        return name.ends_with(".xz") || name.ends_with(".bz2") || name.ends_with(".zst");
      },
      Checked::no);
}

}  // namespace
}  // namespace forensics
