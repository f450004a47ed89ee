#include "ledger/genesis.hpp"

namespace forensics::ledger {
namespace {

constexpr std::string_view kKeyType = "ed25519";

tl::unexpected<Error> malformed(const char* what) {
  return fail(ErrorCode::corrupt, "ledger entry 0", std::string("not a genesis entry: ") + what);
}

}  // namespace

Json key_json(const PublicKey& key) {
  Json json = Json::object();
  json["public"] = to_base64(key.bytes());
  json["type"] = kKeyType;
  return json;
}

Result<PublicKey> key_of(const Json* json) {
  if (json == nullptr || json->text("type") != kKeyType)
    return fail(ErrorCode::corrupt, "", "no Ed25519 key");
  const auto raw = from_base64(json->text("public"));
  if (!raw) return fail(ErrorCode::corrupt, "", "the key is not base64");
  return PublicKey::from_bytes(*raw);
}

Json Genesis::body(const PublicKey& key) const {
  Json body = Json::object();
  body["agency"] = agency;
  body["case_uuid"] = case_uuid;
  body["examiner"] = examiner;
  body["log_key"] = key_json(key);
  body["number"] = number;
  body["origin"] = origin_of(case_uuid);
  body["policy"] = policy;
  body["spec"] = kSpecification;
  if (!authority.empty()) body["authority"] = authority;
  if (!created.empty()) body["created"] = created;
  if (!title.empty()) body["title"] = title;
  return body;
}

bool is_uuid(std::string_view text) {
  constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (text.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hex = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
    if (kShape[i] == 'x' ? !hex : text[i] != '-') return false;
  }
  return true;
}

std::string origin_of(std::string_view case_uuid) {
  return "urn:uuid:" + std::string(case_uuid);
}

Result<Identity> identity_of(const Entry& entry) {
  if (entry.seq != 0 || entry.prev != Digest{}) return malformed("it is not the first entry");
  if (entry.type != entry_type::kGenesis) return malformed("it has another type");
  const std::string_view uuid = entry.body.text("case_uuid");
  if (!is_uuid(uuid)) return malformed("no case UUID");
  if (entry.body.text("spec") != kSpecification) return malformed("it names another specification");
  if (entry.body.text("origin") != origin_of(uuid))
    return malformed("the origin is not the case's");
  const auto key = key_of(entry.body.find("log_key"));
  if (!key) return malformed(key.error().message.c_str());
  const Json* policy = entry.body.find("policy");
  const Json* tokens = policy != nullptr ? policy->find("tokens") : nullptr;
  const bool* wanted = tokens != nullptr ? tokens->as_bool() : nullptr;
  return Identity{std::string(uuid), origin_of(uuid), *key, wanted != nullptr && *wanted};
}

}  // namespace forensics::ledger
