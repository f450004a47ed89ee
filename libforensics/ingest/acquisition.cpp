#include "ingest/acquisition.hpp"

#include "base/bytes.hpp"
#include "casefile/reader.hpp"

namespace forensics::ingest {

void put_evidence_bytes(Json& body, const std::string& key, const std::string& bytes) {
  if (is_utf8(bytes))
    body[key] = bytes;
  else
    body[key + "_b64"] = to_base64(bytes);
}

Json error_json(const Error& error) {
  Json json = Json::object();
  json["code"] = std::string(name_of(error.code));
  json["where"] = legible(error.where);
  json["message"] = legible(error.message);
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
