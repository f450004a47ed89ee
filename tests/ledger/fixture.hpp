#pragma once
// A small case with fixed keys and a fixed clock, in a folder of its own, and ways to damage it.

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "base/sha256.hpp"
#include "ledger/folder_source.hpp"
#include "ledger/ledger.hpp"
#include "ledger/record_tree.hpp"
#include "ledger/verify.hpp"

namespace forensics::ledger {

class TempFolder {
 public:
  TempFolder() {
    std::string name = ::testing::TempDir() + "ledger_XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// 2026-01-02T03:04:05.000Z, and a second later each time.
inline Clock ticking_clock(int start = 5) {
  return [second = std::make_shared<int>(start)] {
    char text[32];
    std::snprintf(text, sizeof text, "2026-01-02T03:%02d:%02d.000Z", 4 + *second / 60 % 50,
                  *second % 60);
    ++*second;
    return std::string(text);
  };
}

inline Secrets fixed_secrets(char fill = '\x01') {
  return {*SigningKey::from_seed(std::string(32, fill)), std::string(32, '\x02')};
}

inline Genesis example_genesis(char last_digit = '1') {
  Genesis genesis;
  genesis.case_uuid = std::string("00000000-0000-4000-8000-00000000000") + last_digit;
  genesis.number = "2026-0042";
  genesis.examiner = "E. Example";
  genesis.agency = "Example Police";
  genesis.tool = "forensics 0.1.0";
  return genesis;
}

inline Session example_session() {
  return {"S1", "E. Example", "forensics 0.1.0"};
}

inline std::string contents_of(const std::string& path) {
  const auto bytes = read_file(path, std::uint64_t{1} << 30);
  return bytes ? *bytes : "cannot read " + path;
}

inline void replace_file(const std::string& path, ByteView bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  ASSERT_TRUE(file.flush());
}

// genesis, session_open, exhibit, acquire (an archive), acquire (its member), derive, report,
// session_close: eight entries, checkpoints at 1, 5 and 8.
class ExampleCase {
 public:
  static constexpr std::size_t kEntries = 8;

  explicit ExampleCase(char key_fill = '\x01', char uuid_digit = '1') {
    EXPECT_TRUE(create(Files::system(), path(), example_genesis(uuid_digit), ticking_clock(),
                       fixed_secrets(key_fill)));
    auto writer = Writer::open(Files::system(), path(), ticking_clock(6), example_session());
    EXPECT_TRUE(writer);
    add(*writer, "session_open", Json::object());
    Json exhibit;
    exhibit["exhibit"] = "E1";
    exhibit["reference"] = "t\xC3\xA9l\xC3\xA9phone noir";
    add(*writer, "exhibit", std::move(exhibit));
    add(*writer, "acquire", acquire("A000001", "PK archive bytes"));
    Json member = acquire("A000002", "12/31/25, 23:59 - Ana: caf\xC3\xA9");
    member["parent"] = 3;
    add(*writer, "acquire", std::move(member));
    EXPECT_TRUE(writer->checkpoint());
    Json derive;
    derive["artifact"] = "A000002";
    derive["parent"] = 4;
    derive["records"] = record_summary(records).json();
    add(*writer, "derive", std::move(derive));
    add(*writer, "report", Json::object());
    add(*writer, "session_close", Json::object());
    EXPECT_TRUE(writer->checkpoint());
    EXPECT_EQ(writer->size(), kEntries);
  }

  const std::string& path() const { return folder_.path(); }
  Layout layout() const { return Layout(path()); }

  std::string object_path(ByteView bytes) const {
    const std::string name = to_hex(view(Sha256::of(bytes)));
    return layout().objects() + '/' + name.substr(0, 2) + '/' + name;
  }

  Json put_object(ByteView bytes) const {
    const std::string path = object_path(bytes);
    EXPECT_TRUE(Files::system().make_directory(std::filesystem::path(path).parent_path()));
    replace_file(path, bytes);
    Json object;
    object["sha256"] = to_hex(view(Sha256::of(bytes)));
    object["size"] = static_cast<std::uint64_t>(bytes.size());
    return object;
  }

  std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    const std::string text = contents_of(layout().entries());
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      lines.push_back(text.substr(at, end - at));
      at = end + 1;
    }
    return lines;
  }

  void write_lines(const std::vector<std::string>& lines) const {
    std::string text;
    for (const std::string& line : lines) text += line + '\n';
    replace_file(layout().entries(), text);
  }

  // Writes entries with sequence numbers and chain made to fit.
  void write_chained(std::vector<std::string> lines) const {
    Digest prev{};
    for (std::size_t seq = 0; seq < lines.size(); ++seq) {
      Entry entry = *parse_entry(lines[seq]);
      entry.seq = seq;
      entry.prev = prev;
      lines[seq] = entry.line();
      prev = leaf_hash(lines[seq]);
    }
    write_lines(lines);
  }

  // Signs every checkpoint again, over whatever the ledger says now.
  void sign_again(const SigningKey& key) const {
    const std::vector<std::string> all = lines();
    const std::vector<std::string> names = *list_directory(layout().checkpoints());
    for (const std::string& name : names) {
      const std::uint64_t size = *checkpoint_size_of(name);
      if (size <= all.size()) write_checkpoint(name, {origin(), size, root_at(size)}, key);
    }
  }

  void write_checkpoint(const std::string& name, const Checkpoint& checkpoint,
                        const SigningKey& key) const {
    replace_file(checkpoint_path(name),
                 sign_note(checkpoint.text(), checkpoint.origin, key).encode());
  }

  std::string checkpoint_path(const std::string& name) const {
    return layout().checkpoints() + '/' + name;
  }

  Digest root_at(std::uint64_t size) const {
    Tree tree;
    for (const std::string& line : lines())
      if (tree.size() < size) tree.append(leaf_hash(line));
    return tree.root();
  }

  std::string origin() const { return example_genesis().case_uuid.insert(0, "urn:uuid:"); }
  SigningKey key() const { return *SigningKey::load(layout().signing_key()); }

  static RecordSummary record_summary(const std::vector<std::string>& lines) {
    RecordTree tree;
    for (const std::string& line : lines) tree.add_leaf(disclosed_leaf(line).value_or(Digest{}));
    return tree.summary();
  }

  Verdict verdict(VerifyOptions options = {}) const {
    options.records = [this](const Entry&) -> Result<RecordSummary> {
      return record_summary(records);
    };
    FolderSource source(path());
    auto verdict = verify(source, options);
    EXPECT_TRUE(verdict) << verdict.error().text();
    return verdict ? *verdict : Verdict{};
  }

  // Codes of all findings but notes, sorted, each once: "CHAIN ROOT".
  std::string codes(VerifyOptions options = {}) const {
    const Verdict result = verdict(std::move(options));
    std::string out;
    for (const auto& [code, count] : result.found)
      if (code != "RECOVERY") out += (out.empty() ? "" : " ") + code;
    return out;
  }

  std::vector<std::string> records{R"({"salt":"00","text":"one"})", R"({"salt":"01","text":"two"})",
                                   R"({"salt":"02","text":"three"})"};

 private:
  void add(Writer& writer, std::string_view type, Json body) {
    EXPECT_TRUE(writer.append(type, std::move(body)));
  }

  Json acquire(const char* artifact, ByteView bytes) const {
    Json body;
    body["artifact"] = artifact;
    body["exhibit"] = "E1";
    body["object"] = put_object(bytes);
    return body;
  }

  TempFolder folder_;
};

}  // namespace forensics::ledger
