#include "ingest/acquisition.hpp"

#include "base/bytes.hpp"
#include "base/sha256.hpp"
#include "casefile/reader.hpp"

namespace forensics::ingest {
namespace {

// The path stands in the entry beside the error; its words need not hold all of it again.
constexpr std::size_t kLongestWords = 4 << 10;

std::string beginning_of(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return std::string(text);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace

std::string kept_path(std::string path) {
  if (path.size() <= kLongestPath) return path;
  const std::string behind = " (" + std::to_string(path.size()) + " bytes, SHA-256 " +
                             to_hex(view(Sha256::of(path))) + ')';
  return beginning_of(path, kLongestPath - 256) + behind;
}

void put_evidence_bytes(Json& body, const std::string& key, const std::string& bytes) {
  if (is_utf8(bytes))
    body[key] = bytes;
  else
    body[key + "_b64"] = to_base64(bytes);
}

Json error_json(const Error& error) {
  Json json = Json::object();
  json["code"] = std::string(name_of(error.code));
  json["where"] = beginning_of(legible(error.where), kLongestWords);
  json["message"] = beginning_of(legible(error.message), kLongestWords);
  return json;
}

Json Acquisition::body() const {
  Json body = Json::object();
  body["artifact"] = casefile::artifact_id(artifact);
  body["exhibit"] = exhibit;
  put_evidence_bytes(body, "path", path);
  body["status"] = status;
  if (!media_type.empty()) body["media_type"] = media_type;
  if (container != 0) {
    body["container"] = casefile::artifact_id(container);
    body["parent"] = container_seq;
    body["member"] = member;
    body["depth"] = depth;
  }
  if (object) {
    Json& stored = body["object"];
    stored["sha256"] = to_hex(view(object->digest));
    stored["size"] = object->size;
  }
  if (modified) {
    Json& time = body["modified"];
    time["ms"] = *modified;
    time["kind"] = modified_is_utc ? "utc" : "wall";
  }
  if (!method.empty()) {
    body["method"] = method;
    body["verified"] = verified;
  }
  if (error) body["error"] = error_json(*error);
  return body;
}

}  // namespace forensics::ingest
