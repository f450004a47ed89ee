#include "ledger/verdict.hpp"

#include "ledger/verify.hpp"

namespace forensics::ledger {

TimeBracket bracket_of(const std::vector<Stamp>& stamps, std::uint64_t seq) {
  TimeBracket bracket;
  for (const Stamp& stamp : stamps) {
    const std::int64_t time = stamp.time.seconds;
    if (stamp.size > seq &&
        (bracket.not_after == nullptr || time < bracket.not_after->time.seconds))
      bracket.not_after = &stamp;
    if (stamp.recorded && *stamp.recorded < seq &&
        (bracket.not_before == nullptr || time > bracket.not_before->time.seconds))
      bracket.not_before = &stamp;
  }
  return bracket;
}

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::failure: return "failure";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "failure";
}

void Verdict::add(Finding finding) {
  if (finding.severity == Severity::failure) ++failures;
  if (finding.severity == Severity::warning) ++warnings;
  if (++found[finding.code] <= kKeptPerCode) findings.push_back(std::move(finding));
}

Json Verdict::json() const {
  Json json = Json::object();
  json["anchors"] = anchors;
  json["checkpoints"] = checkpoints;
  json["cosignatures"] = cosignatures;
  json["entries"] = entries;
  json["failures"] = failures;
  json["findings"] = Json::array();
  for (const Finding& finding : findings) {
    Json line = Json::object();
    line["code"] = finding.code;
    line["message"] = finding.message;
    line["severity"] = name_of(finding.severity);
    line["where"] = finding.where;
    json["findings"].push_back(std::move(line));
  }
  json["key_changes"] = key_changes;
  json["key_confirmed"] = key_confirmed;
  json["key_fingerprint"] = key_fingerprint;
  json["object_bytes"] = object_bytes;
  json["objects"] = objects;
  json["origin"] = origin;
  json["record_trees"] = record_trees;
  json["records"] = records;
  json["root"] = to_hex(view(root));
  json["signed_entries"] = signed_entries;
  json["signing_key"] = signing_key;
  json["stamps"] = Json::array();
  for (const Stamp& stamp : stamps) {
    Json line = Json::object();
    line["recorded"] = stamp.recorded ? Json(*stamp.recorded) : Json();
    line["size"] = stamp.size;
    line["time"] = stamp.time.text;
    json["stamps"].push_back(std::move(line));
  }
  json["tokens"] = tokens;
  json["unchecked_cosignatures"] = unchecked_cosignatures;
  json["unchecked_record_trees"] = unchecked_record_trees;
  json["unchecked_tokens"] = unchecked_tokens;
  json["warnings"] = warnings;
  return json;
}

std::vector<std::string> limits_of(const Verdict& verdict, const VerifyOptions& options) {
  std::vector<std::string> limits{
      "It cannot show that what was handed over was genuine, complete or unaltered before it was "
      "taken in: the ledger begins there.",
      "It cannot show that the recorded times are right: they are those of the clock of the "
      "machine "
      "that was used."};
  if (verdict.anchors + verdict.cosignatures == 0)
    limits.emplace_back(
        "No anchor was checked. Whoever can write this folder can go back to any earlier "
        "checkpoint without a key; whoever holds the key can rewrite all of it: this verification "
        "would notice neither. Compare a checkpoint that left their hands before: from the custody "
        "form, a report or a witness.");
  else
    limits.emplace_back(
        "What came after the last anchor or cosignature could have been taken away by whoever can "
        "write this folder, and rewritten by whoever holds the key of the case.");
  if (!options.key_fingerprint)
    limits.emplace_back(
        "The key was taken from the ledger itself. Compare its fingerprint with one that came "
        "another "
        "way.");
  if (verdict.key_changes > 0)
    limits.emplace_back(
        "The key changed: the fingerprint on paper is that of the first one, which vouches for the "
        "next. Whoever held an old key at the time of a change could have made it.");
  if (verdict.unchecked_tokens > 0)
    limits.push_back(std::to_string(verdict.unchecked_tokens) +
                     " time-stamp tokens were not checked: no certificate of an authority was "
                     "given.");
  if (verdict.tokens > 0)
    limits.emplace_back(
        "A time-stamp token is worth what its authority is worth, and whoever holds the key of the "
        "case could have asked for another one since.");
  if (verdict.unchecked_cosignatures > 0)
    limits.push_back(std::to_string(verdict.unchecked_cosignatures) +
                     " cosignatures were not checked: they are of no witness whose key was given.");
  if (!options.objects) limits.emplace_back("The stored objects were not read.");
  if (verdict.unchecked_record_trees > 0)
    limits.push_back("The records of " + std::to_string(verdict.unchecked_record_trees) +
                     " plugin runs were not compared with the ledger: they are not here.");
  if (verdict.signed_entries < verdict.entries)
    limits.emplace_back("Unsigned entries at the end prove nothing yet.");
  return limits;
}

}  // namespace forensics::ledger
