#include "ledger/witness.hpp"

#include "base/json.hpp"
#include "ledger/entry.hpp"
#include "ledger/head.hpp"
#include "ledger/merkle.hpp"
#include "ledger/proof.hpp"

namespace forensics::ledger {
namespace {

constexpr std::uint64_t kMaxBook = std::uint64_t{64} << 20;

tl::unexpected<Error> no_book(const std::string& path) {
  return fail(ErrorCode::corrupt, path, "not the state of a witness");
}

}  // namespace

Result<WitnessBook> WitnessBook::create(std::string name, SigningKey key) {
  if (!is_key_name(name))
    return fail(ErrorCode::usage, name, "the name of a witness has no space and no '+'");
  return WitnessBook(std::move(name), std::move(key));
}

Result<WitnessBook> WitnessBook::load(const std::string& path) {
  std::string text = TRY(read_file(path, kMaxBook));
  if (text.ends_with('\n')) text.pop_back();
  const auto json = Json::parse_canonical(text);
  if (!json || json->integer("v") != 1) return no_book(path);
  auto key = SigningKey::from_pem(json->text("key"));
  const Json* seen = json->find("seen");
  if (!key || seen == nullptr || seen->as_array() == nullptr) return no_book(path);
  auto book = create(std::string(json->text("name")), std::move(*key));
  if (!book) return no_book(path);
  for (const Json& each : *seen->as_array()) {
    const auto root = ledger_digest(each.text("root"));
    const std::int64_t size = each.integer("size");
    if (!root || size <= 0) return no_book(path);
    book->seen_[std::string(each.text("origin"))] = {static_cast<std::uint64_t>(size), *root};
  }
  return book;
}

Status WitnessBook::store(Files& files, const std::string& path) const {
  Json json = Json::object();
  json["key"] = key_.pem();
  json["name"] = name_;
  json["seen"] = Json::array();
  json["v"] = 1;
  for (const auto& [origin, seen] : seen_) {
    Json each = Json::object();
    each["origin"] = origin;
    each["root"] = to_hex(view(seen.root));
    each["size"] = seen.size;
    json["seen"].push_back(std::move(each));
  }
  return write_atomically(files, path, json.dump() + '\n', 0600);
}

Result<Note> WitnessBook::cosign(const std::string& case_folder, std::uint64_t time) {
  const Head head = TRY(read_head(Layout(case_folder)));
  const Checkpoint& checkpoint = head.checkpoint;
  const auto refuse = [&](std::string why) {
    return fail(ErrorCode::integrity, checkpoint.origin, "not cosigned: " + std::move(why));
  };
  const auto known = seen_.find(checkpoint.origin);
  const Seen seen = known != seen_.end() ? known->second : Seen{1, {}};
  if (checkpoint.size < seen.size)
    return refuse("its newest checkpoint covers " + std::to_string(checkpoint.size) +
                  " entries, and this witness has seen " + std::to_string(seen.size));
  // Proven in any case, so that the entries are there and have the root of the checkpoint.
  const ConsistencyProof proof = TRY(prove_consistency(case_folder, seen.size));
  const Digest& old_root = known != seen_.end() ? seen.root : proof.old_root;
  if (!verify_consistency(seen.size, old_root, checkpoint.size, checkpoint.root, proof.path))
    return refuse("its first " + std::to_string(seen.size) +
                  " entries are not those that this witness has seen");
  seen_[checkpoint.origin] = {checkpoint.size, checkpoint.root};
  const std::string text = checkpoint.text();
  return Note{text, {ledger::cosign(text, name_, key_, time)}};
}

}  // namespace forensics::ledger
