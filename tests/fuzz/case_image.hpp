#pragma once
// A small case in memory, made with the key of docs/ledger.md section 10: eight entries, two
// objects, a record tree, checkpoints at 1, 5 and 8. Targets damage copies of it.

#include <map>
#include <string>
#include <vector>

#include "base/sha256.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/genesis.hpp"
#include "ledger/merkle.hpp"
#include "ledger/record_tree.hpp"
#include "ledger/verify.hpp"

namespace forensics::fuzz {

inline const ledger::SigningKey& case_key() {
  static const auto key = ledger::SigningKey::from_seed(std::string(32, '\x01'));
  return *key;
}

inline ledger::Genesis case_genesis() {
  ledger::Genesis genesis;
  genesis.case_uuid = "00000000-0000-4000-8000-000000000001";
  genesis.number = "2026-0042";
  genesis.examiner = "E. Example";
  genesis.tool = "forensics 0.1.0";
  return genesis;
}

struct CaseImage {
  std::vector<std::string> lines;
  std::string torn;                          // what stands behind the last LF
  std::map<std::string, std::string> notes;  // file name, content
  std::map<std::string, std::string> objects;

  static std::string origin() { return ledger::origin_of(case_genesis().case_uuid); }

  void append(std::string_view type, Json body) {
    ledger::Entry entry;
    entry.seq = lines.size();
    if (!lines.empty()) entry.prev = ledger::leaf_hash(lines.back());
    entry.type = type;
    entry.time = "2026-01-02T03:04:0" + std::to_string(lines.size() % 10) + ".000Z";
    entry.body = std::move(body);
    lines.push_back(entry.line());
  }

  Digest root_at(std::size_t size) const {
    ledger::Tree tree;
    for (std::size_t i = 0; i < size && i < lines.size(); ++i)
      tree.append(ledger::leaf_hash(lines[i]));
    return tree.root();
  }

  // The checkpoint over the first `size` entries as they are now.
  ledger::Note note_at(std::size_t size, const ledger::SigningKey& key) const {
    const ledger::Checkpoint checkpoint{origin(), size, root_at(size)};
    return ledger::sign_note(checkpoint.text(), checkpoint.origin, key);
  }

  void sign(std::size_t size, const ledger::SigningKey& key) {
    notes[ledger::checkpoint_file_name(size)] = note_at(size, key).encode();
  }

  Json put_object(ByteView bytes) {
    const std::string name = to_hex(view(Sha256::of(bytes)));
    objects[name] = bytes;
    Json object;
    object["sha256"] = name;
    object["size"] = static_cast<std::uint64_t>(bytes.size());
    return object;
  }

  static ledger::RecordSummary records() {
    ledger::RecordTree tree;
    tree.add(R"({"salt":"00","text":"one"})");
    tree.add(R"({"salt":"01","text":"two"})");
    return tree.summary();
  }

  static CaseImage make() {
    CaseImage image;
    image.append(ledger::entry_type::kGenesis, case_genesis().body(case_key().public_key()));
    image.append(ledger::entry_type::kSessionOpen, Json::object());
    image.append(ledger::entry_type::kExhibit, Json::object());
    Json archive;
    archive["object"] = image.put_object("PK archive bytes");
    image.append(ledger::entry_type::kAcquire, std::move(archive));
    Json member;
    member["object"] = image.put_object("12/31/25, 23:59 - Ana: caf\xC3\xA9");
    member["parent"] = 3;
    image.append(ledger::entry_type::kAcquire, std::move(member));
    Json derive;
    derive["parent"] = 4;
    derive["records"] = records().json();
    image.append(ledger::entry_type::kDerive, std::move(derive));
    image.append(ledger::entry_type::kReport, Json::object());
    image.append(ledger::entry_type::kSessionClose, Json::object());
    for (const std::size_t size : {1U, 5U, 8U}) image.sign(size, case_key());
    return image;
  }
};

class ImageSource final : public ledger::Source {
 public:
  explicit ImageSource(const CaseImage& image) : image_(image) {
    for (const std::string& line : image.lines) ledger_.append(line).append("\n");
    ledger_ += image.torn;
  }

  Result<std::string> read_ledger(std::uint64_t offset, std::uint64_t length) override {
    return offset < ledger_.size() ? ledger_.substr(offset, length) : std::string();
  }
  Result<std::vector<std::string>> names(Folder folder) override {
    std::vector<std::string> names;
    if (folder != Folder::checkpoints) return names;
    for (const auto& [name, content] : image_.notes) names.push_back(name);
    return names;
  }
  Result<std::string> read(Folder, const std::string& name, std::uint64_t) override {
    return image_.notes.at(name);
  }
  Status read_pieces(Folder, const std::string& name,
                     const std::function<void(ByteView)>&) override {
    return fail(ErrorCode::not_found, name, "no such file");
  }
  Status read_object(const Digest& digest, const std::function<void(ByteView)>& piece) override {
    const auto found = image_.objects.find(to_hex(view(digest)));
    if (found == image_.objects.end()) return fail(ErrorCode::not_found, "", "no such object");
    piece(found->second);
    return {};
  }
  Status each_object(const std::function<void(std::string_view)>& name) override {
    for (const auto& [object, content] : image_.objects) name(object);
    return {};
  }

 private:
  const CaseImage& image_;
  std::string ledger_;
};

}  // namespace forensics::fuzz
