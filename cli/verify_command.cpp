#include "anchor.hpp"
#include "host_options.hpp"
#include "ingest/fsck.hpp"
#include "program.hpp"
#include "progress.hpp"
#include "reading.hpp"

namespace forensics::cli {
namespace {

struct VerifyCommand {
  std::string root;
  std::string key;
  std::vector<std::string> anchors, witnesses, reports;
  std::string authorities;
  bool deep = false;
  bool no_objects = false;
  bool no_database = false;
  HostOptions host;
};

std::string found_text(const Terminal& terminal, const ledger::Finding& finding) {
  std::string out =
      terminal.bold(std::string(ledger::name_of(finding.severity)) + " " + finding.code);
  if (!finding.where.empty()) out += "  " + visible(finding.where);
  return out + "\n    " + visible(finding.message) + "\n";
}

std::string verdict_text(const ledger::Verdict& verdict) {
  const auto number = [](std::uint64_t value) {
    return number_text(static_cast<std::int64_t>(value));
  };
  std::string out = verdict.failures > 0 ? "NOT INTACT: " + number(verdict.failures) + " failures"
                    : verdict.warnings > 0
                        ? "Intact, with " + number(verdict.warnings) + " warnings"
                        : std::string("Intact");
  out += "\n  ledger      " + number(verdict.entries) + " entries, " +
         number(verdict.signed_entries) + " of them under " + number(verdict.checkpoints) +
         " signed checkpoints\n";
  out += "  objects     " + number(verdict.objects) + " read again and equal to their SHA-256, " +
         bytes_text(verdict.object_bytes) + "\n";
  out += "  records     " + number(verdict.records) + " in " + number(verdict.record_trees) +
         " trees are those that the ledger counts\n";
  if (verdict.tokens > 0) out += "  time stamps " + number(verdict.tokens) + " tokens are good\n";
  for (const ledger::Stamp& stamp : verdict.stamps) {
    out += "              the first " + std::to_string(stamp.size) + " entries: not later than " +
           stamp.time.text;
    if (stamp.recorded)
      out += "; those behind entry " + std::to_string(*stamp.recorded) + ": not earlier";
    out += "\n";
  }
  if (verdict.cosignatures > 0)
    out += "  witnesses   " + number(verdict.cosignatures) + " cosignatures agree\n";
  out += "  key         " + verdict.key_fingerprint +
         (verdict.key_confirmed ? " (confirmed)" : " (compare it with the one on paper)") + "\n";
  if (verdict.key_changes > 0)
    out += "  signing key " + verdict.signing_key + ", after " + number(verdict.key_changes) +
           " changes that both keys signed\n";
  out += "  anchor      " + std::to_string(verdict.entries) + ":" + to_hex(view(verdict.root)) +
         "\n              keep it outside this folder; `--anchor` checks against it\n";
  return out;
}

struct FsckCommand {
  std::string root;
  HostOptions host;
};

void count(Output& out, const ledger::Verdict& verdict) {
  out.count("failures", static_cast<std::int64_t>(verdict.failures));
  out.count("warnings", static_cast<std::int64_t>(verdict.warnings));
  out.count("entries", static_cast<std::int64_t>(verdict.entries));
  out.count("objects", static_cast<std::int64_t>(verdict.objects));
  out.count("records", static_cast<std::int64_t>(verdict.records));
}

Result<Exit> verify(Program& program, const VerifyCommand& command) {
  ingest::CaseVerifyOptions options;
  if (!command.key.empty()) options.ledger.key_fingerprint = command.key;
  for (const std::string& text : command.anchors)
    options.ledger.anchors.push_back(TRY(parse_anchor(text)));
  if (!command.authorities.empty())
    options.ledger.authorities = TRY(ledger::Authorities::load(command.authorities));
  for (const std::string& text : command.witnesses)
    options.ledger.witnesses.push_back(TRY(ledger::Witness::parse(text)));
  options.ledger.objects = !command.no_objects;
  options.reports = command.reports;
  options.database = !command.no_database;
  options.deep = command.deep;
  options.host = TRY(command.host.host());
  const ledger::Verdict verdict = TRY(ingest::verify_case(command.root, options));

  Output& out = program.out;
  count(out, verdict);
  const std::vector<std::string> limits = ingest::limits_of(verdict, options);
  if (out.json) {
    Json line = verdict.json();
    for (const std::string& sentence : limits) line["limits"].push_back(sentence);
    TRY(out.line(line));
    return exit_for(verdict);
  }
  for (const ledger::Finding& finding : verdict.findings)
    TRY(out.text(found_text(out.terminal, finding)));
  TRY(out.text(verdict_text(verdict) + "\nWhat this cannot show:\n"));
  for (const std::string& sentence : limits) TRY(out.text("  - " + sentence + "\n"));
  return exit_for(verdict);
}

Result<Exit> check(Program& program, const FsckCommand& command) {
  ingest::CaseVerifyOptions options;
  options.deep = true;
  options.host = TRY(command.host.host());
  const ledger::Verdict verdict = TRY(ingest::check_folder(command.root, options));
  Output& out = program.out;
  count(out, verdict);
  if (out.json) {
    Json line = verdict.json();
    line["findings"] = Json::array();
    for (const ledger::Finding& finding : verdict.findings) {
      Json item = Json::object();
      item["code"] = finding.code;
      item["message"] = finding.message;
      item["remedy"] = ingest::remedy_of(finding);
      item["severity"] = ledger::name_of(finding.severity);
      item["where"] = finding.where;
      line["findings"].push_back(std::move(item));
    }
    TRY(out.line(line));
    return exit_for(verdict);
  }
  for (const ledger::Finding& finding : verdict.findings)
    TRY(out.text(found_text(out.terminal, finding) +
                 "    What to do: " + std::string(ingest::remedy_of(finding)) + "\n"));
  for (const auto& [code, times] : verdict.found)
    if (times > ledger::Verdict::kKeptPerCode)
      TRY(out.text(code + ": " + std::to_string(times) + " in all, the first " +
                   std::to_string(ledger::Verdict::kKeptPerCode) + " are listed\n"));
  TRY(out.text(verdict_text(verdict)));
  return exit_for(verdict);
}

}  // namespace

void add_verify_command(Program& program) {
  const auto options = std::make_shared<VerifyCommand>();
  CLI::App* verify_app = add_command(
      program, program.app, "verify",
      "Prove that ledger, evidence and records are what they were; writes nothing",
      "  forensics verify case-17\n"
      "  forensics verify case-17 --key \"$(cat fingerprint.txt)\" --anchor 42:9f2c...\n"
      "  forensics verify case-17 --deep                 # also reads all evidence again\n"
      "  forensics verify copy --no-database             # a copy that was handed over",
      options, &verify);
  add_case_argument(*verify_app, options->root);
  verify_app->add_option("--key,--fingerprint", options->key,
                         "Fingerprint of the case's key, from paper");
  verify_app->add_option("--anchor", options->anchors,
                         "SIZE:ROOT that left this folder earlier; may be given again");
  verify_app->add_option("--tsa-ca", options->authorities,
                         "Certificates in PEM that time-stamp tokens must lead to");
  verify_app->add_option("--witness-key", options->witnesses,
                         "Verifier key of a witness; may be given again");
  verify_app->add_option("--report", options->reports,
                         "Folder of a report of this case, to be checked; may be given again");
  CLI::Option* deep =
      verify_app->add_flag("--deep", options->deep, "Run every plugin again and compare");
  verify_app->add_flag("--no-objects", options->no_objects, "Do not read the stored evidence");
  verify_app
      ->add_flag("--no-database", options->no_database,
                 "Do not read case.db: for a copy that was handed over without it")
      ->excludes(deep);
  verify_app->add_flag("--json", program.out.json, "One line of JSON");
  add_host_options(*verify_app, options->host, false);

  const auto fsck = std::make_shared<FsckCommand>();
  CLI::App* fsck_app = add_command(
      program, program.app, "fsck",
      "verify --deep, and whatever else lies in the case folder: what it is and what to do about "
      "it; writes nothing",
      "  forensics fsck case-17\n"
      "  forensics fsck case-17 --json | jq '.findings[] | [.code, .where, .remedy]'",
      fsck, &check);
  add_case_argument(*fsck_app, fsck->root);
  fsck_app->add_flag("--json", program.out.json, "One line of JSON");
  add_host_options(*fsck_app, fsck->host, false);
}

}  // namespace forensics::cli
