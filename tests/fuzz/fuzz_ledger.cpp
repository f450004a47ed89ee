// A ledger that a crash, or somebody, left with anything at all behind its signed part, or damaged
// within it. Opening it for writing either refuses and changes nothing, or loses no byte: what is
// valid stays, the rest stands in recovery/, and the verifier is content.

#include <filesystem>
#include <fstream>

#include "case_image.hpp"
#include "ledger/folder_source.hpp"
#include "ledger/ledger.hpp"
#include "support/temporary_folder.hpp"
#include "target.hpp"

using namespace forensics;
using fuzz::promise;
using fuzz::Script;

namespace {

// What is fuzzed is what stands in the files, not whether a disk keeps it.
class UnsyncedFiles final : public Files {
 public:
  Status sync(const Descriptor&, const std::string&) override { return {}; }
  Status sync_data(const Descriptor&, const std::string&) override { return {}; }
  Status sync_directory(const std::string&) override { return {}; }
  Status sync_filesystem(const Descriptor&, const std::string&) override { return {}; }
};

std::string fixed_time() {
  return "2026-01-02T03:04:09.000Z";
}

std::string content_of(const std::string& path) {
  return read_file(path, std::uint64_t{1} << 24).value_or("");
}

std::vector<std::string> names_in(const std::string& folder) {
  return list_directory(folder).value_or(std::vector<std::string>());
}

void write(const std::string& path, ByteView bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// A case on disk with three signed entries. reset() takes away what the last input left.
class SignedCase {
 public:
  SignedCase() {
    UnsyncedFiles files;
    ledger::Secrets secrets{*ledger::SigningKey::from_seed(std::string(32, '\x01')),
                            std::string(32, '\x02')};
    must(ledger::create(files, folder_.path(), fuzz::case_genesis(), fixed_time, secrets));
    auto writer = ledger::Writer::open(files, folder_.path(), fixed_time, {});
    must(writer);
    must(writer->append("session_open", Json::object()));
    must(writer->append("assert", Json::object()));
    must(writer->checkpoint());
    signed_ = content_of(layout().entries());
    checkpoints_ = names_in(layout().checkpoints());
  }

  ledger::Layout layout() const { return ledger::Layout(folder_.path()); }
  const std::string& path() const { return folder_.path(); }
  const std::string& signed_part() const { return signed_; }

  void reset(ByteView entries) const {
    write(layout().entries(), entries);
    for (const std::string& name : names_in(layout().checkpoints()))
      if (std::find(checkpoints_.begin(), checkpoints_.end(), name) == checkpoints_.end())
        std::filesystem::remove(layout().checkpoints() + '/' + name);
    std::filesystem::remove_all(layout().recovery());
    std::filesystem::create_directory(layout().recovery());
  }

 private:
  template <typename Outcome>
  static void must(const Outcome& outcome) {
    promise(outcome.has_value(), "the case of this target can be made");
  }

  test::TemporaryFolder folder_;
  std::string signed_;
  std::vector<std::string> checkpoints_;
};

// Bytes behind the signed part: entries that would be valid, entries with one wrong byte, noise.
std::string tail_of(Script& script, const std::string& signed_part) {
  std::string tail;
  const std::size_t last = signed_part.rfind('\n', signed_part.size() - 2) + 1;
  std::string line = signed_part.substr(last, signed_part.size() - 1 - last);
  std::uint64_t seq = 3;
  for (int step = 0; step < 8 && !script.done(); ++step) {
    const unsigned kind = script.number<std::uint8_t>() % 4;
    if (kind == 0) {
      tail += script.short_text();
      continue;
    }
    ledger::Entry entry;
    entry.seq = seq++;
    entry.prev = ledger::leaf_hash(line);
    entry.type = "assert";
    entry.time = fixed_time();
    entry.body["text"] = legible(script.short_text());
    line = entry.line();
    if (kind == 2) line[script.place<std::uint16_t>(line.size())] = script.number<char>();
    tail.append(line).append("\n");
    if (kind == 3) tail.resize(tail.size() - script.place(tail.size()));
  }
  return tail;
}

void check_that_nothing_was_lost(const SignedCase& example, const std::string& tail) {
  const std::string entries = content_of(example.layout().entries());
  promise(entries.starts_with(example.signed_part()), "the signed part stays");
  std::string moved;
  const std::vector<std::string> files = names_in(example.layout().recovery());
  promise(files.size() <= 1, "one opening moves one tail");
  for (const std::string& name : files)
    moved += content_of(example.layout().recovery() + '/' + name);
  promise(tail.size() >= moved.size() && tail.ends_with(moved), "what is moved is the tail's end");
  const std::string kept = tail.substr(0, tail.size() - moved.size());
  promise(entries.substr(example.signed_part().size()).starts_with(kept),
          "the rest stays in place");
}

void check_that_it_verifies(const SignedCase& example, std::uint64_t unsigned_entries) {
  ledger::VerifyOptions options;
  options.key_fingerprint = fuzz::case_key().public_key().fingerprint();
  ledger::FolderSource source(example.path());
  const auto verdict = ledger::verify(source, options);
  promise(verdict && verdict->failures == 0, "the opened ledger verifies");
  promise(verdict->signed_entries == verdict->entries, "every entry of it is signed");
  // That nobody had signed them before stays said.
  promise(verdict->has("UNSIGNED") == (unsigned_entries > 0) &&
              verdict->warnings == (unsigned_entries > 0 ? 1U : 0U),
          "it warns of what was found unsigned, and of nothing else");

  auto reader = ledger::Reader::open(example.path());
  promise(reader.has_value(), "it can be read");
  std::uint64_t entries = 0;
  for (auto entry = reader->next();; entry = reader->next()) {
    promise(entry.has_value(), "each entry can be read");
    if (!*entry) break;
    promise((*entry)->line() == reader->line(), "each entry is written as it stands");
    ++entries;
  }
  promise(entries == verdict->entries && !reader->tail(), "reader and verifier agree");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const SignedCase example;
  UnsyncedFiles files;
  Script script(data, size);

  std::string entries = example.signed_part();
  const bool damaged = script.number<std::uint8_t>() % 8 == 7;
  if (damaged) entries[script.place<std::uint16_t>(entries.size())] = script.number<char>();
  const std::string tail = tail_of(script, example.signed_part());
  const bool unchanged = entries == example.signed_part();
  entries += tail;
  example.reset(entries);

  const auto writer = ledger::Writer::open(files, example.path(), fixed_time, {});
  if (!writer) {
    const ErrorCode code = writer.error().code;
    promise(!unchanged || code == ErrorCode::newer, "what is signed and whole opens");
    promise(content_of(example.layout().entries()) == entries, "a refusal changes nothing");
    return 0;
  }
  promise(unchanged, "a damaged signed part is refused");
  check_that_nothing_was_lost(example, tail);
  check_that_it_verifies(example, writer->recovered().unsigned_entries);
  return 0;
}
