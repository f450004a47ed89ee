#include "ledger/record_tree.hpp"

#include <algorithm>

#include "ledger/entry.hpp"

namespace forensics::ledger {
namespace {
constexpr std::size_t kKeySize = 32;
constexpr std::string_view kRedacted = "redacted:";
}  // namespace

Result<SaltKey> SaltKey::from_bytes(ByteView key) {
  if (key.size() != kKeySize) return fail(ErrorCode::corrupt, "salt key", "it must have 32 bytes");
  return SaltKey(key);
}

Result<SaltKey> SaltKey::load(const std::string& path) {
  std::string text = TRY(read_file(path, 1024));
  if (text.ends_with('\n')) text.pop_back();
  const auto key = from_hex(text);
  if (!key || key->size() != kKeySize)
    return fail(ErrorCode::corrupt, path, "not a salt key: 64 hex digits are expected");
  return SaltKey(*key);
}

Status SaltKey::store(Files& files, const std::string& path, ByteView key) {
  return write_atomically(files, path, to_hex(key) + '\n', 0600);
}

Salt SaltKey::salt(ByteView source_id, std::uint64_t index) {
  message_.assign(source_id);
  for (int shift = 56; shift >= 0; shift -= 8) message_ += static_cast<char>(index >> shift & 255U);
  const Digest full = hmac_.of(message_);
  Salt salt{};
  std::copy_n(full.begin(), salt.size(), salt.begin());
  return salt;
}

Json RecordSummary::json() const {
  Json json = Json::object();
  json["count"] = count;
  json["root"] = to_hex(view(root));
  return json;
}

std::optional<RecordSummary> RecordSummary::from(const Json& json) {
  const std::int64_t count = json.integer("count", -1);
  const auto root = ledger_digest(json.text("root"));
  if (count < 0 || !root) return std::nullopt;
  return RecordSummary{static_cast<std::uint64_t>(count), *root};
}

std::string redacted_form(ByteView line) {
  return std::string(kRedacted) + to_hex(view(leaf_hash(line)));
}

bool is_redacted(ByteView line) {
  return line.starts_with(kRedacted);
}

std::optional<Digest> disclosed_leaf(ByteView line) {
  if (!is_redacted(line)) return leaf_hash(line);
  return ledger_digest(line.substr(kRedacted.size()));
}

}  // namespace forensics::ledger
