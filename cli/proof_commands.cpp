#include "anchor.hpp"
#include "base/files.hpp"
#include "ingest/record_lines.hpp"
#include "ledger/proof.hpp"
#include "program.hpp"
#include "progress.hpp"
#include "reading.hpp"

namespace forensics::cli {
namespace {

struct ProveCommand {
  std::string root, what, out;
  std::vector<std::uint64_t> sizes;
};

struct CheckCommand {
  std::string file, key;
  std::vector<std::string> anchors;
};

struct RecordsCommand {
  std::string root, out;
  std::vector<std::string> redact;
};

Status write_new(const std::string& path, ByteView bytes) {
  const Descriptor file = TRY(Files::system().create(path, 0644));
  TRY(Files::system().write(file, bytes, path));
  return Files::system().sync(file, path);
}

Result<Exit> prove(Program& program, const ProveCommand& command) {
  if (command.what.empty() == command.sizes.empty())
    return fail(ErrorCode::usage, "prove", "name one thing to prove, or --consistency A B");
  std::string file;
  if (command.sizes.empty())
    file = TRY(ingest::prove(command.root, command.what)).encode();
  else
    file =
        TRY(ledger::prove_consistency(command.root, command.sizes[0], command.sizes[1])).encode();
  TRY(write_new(command.out, file));
  TRY(program.out.text("Proof: " + visible(command.out) + "\n"));
  return Exit::complete;
}

std::string proven_text(const ledger::ProofCheck& check) {
  const std::string under = check.checkpoint
                                ? std::to_string(check.checkpoint->size) + ":" +
                                      to_hex(view(check.checkpoint->root)) + "\n              of " +
                                      visible(check.checkpoint->origin)
                                : "none that can be read";
  std::string out;
  if (check.old_size)
    out += "  ledger      its first " + std::to_string(*check.old_size) +
           " entries are the beginning of the checkpoint's\n";
  if (check.record)
    out += "  record      number " + std::to_string(check.record->index) + "\n              " +
           visible(check.record->line) + "\n";
  if (check.entry)
    out += "  entry       number " + std::to_string(check.entry->seq) + ", " + check.entry->type +
           ", " + check.entry->time + "\n              " + visible(check.entry->body.dump()) + "\n";
  return out + "  checkpoint  " + under + "\n  key         " + check.key_fingerprint +
         (check.key_confirmed ? " (confirmed)" : " (compare it with the one on paper)") + "\n";
}

std::uint64_t failures_in(const ledger::ProofCheck& check) {
  return check.fits() ? 0 : check.findings.size();
}

Json check_json(const ledger::ProofCheck& check) {
  Json line = Json::object();
  line["anchors"] = check.anchors;
  line["failures"] = failures_in(check);
  line["findings"] = Json::array();
  for (const ledger::Finding& finding : check.findings) {
    Json each = Json::object();
    each["code"] = finding.code;
    each["message"] = finding.message;
    each["severity"] = ledger::name_of(finding.severity);
    each["where"] = finding.where;
    line["findings"].push_back(std::move(each));
  }
  line["key_confirmed"] = check.key_confirmed;
  line["key_fingerprint"] = check.key_fingerprint;
  if (check.checkpoint) {
    line["origin"] = check.checkpoint->origin;
    line["root"] = to_hex(view(check.checkpoint->root));
    line["size"] = check.checkpoint->size;
  }
  if (check.entry) line["entry"] = check.entry->json();
  if (check.old_size) line["old_size"] = *check.old_size;
  if (check.record) {
    line["record"] = check.record->line;
    line["record_index"] = check.record->index;
  }
  return line;
}

Result<Exit> check_proof(Program& program, const CheckCommand& command) {
  ledger::ProofOptions options;
  if (!command.key.empty()) options.key_fingerprint = command.key;
  for (const std::string& text : command.anchors)
    options.anchors.push_back(TRY(parse_anchor(text)));
  const std::string file = TRY(read_file(command.file, ledger::kMaxProof));
  const ledger::ProofCheck check = ledger::check_proof(file, options);
  Output& out = program.out;
  const auto failures = static_cast<std::int64_t>(failures_in(check));
  out.count("failures", failures);
  const bool holds = check.findings.empty();
  const Exit exit = holds ? Exit::complete : failures == 0 ? Exit::attention : Exit::integrity;
  if (out.json) {
    TRY(out.line(check_json(check)));
    return exit;
  }
  for (const ledger::Finding& finding : check.findings)
    TRY(out.text(out.terminal.bold(std::string(name_of(finding.severity)) + ' ' + finding.code) +
                 "  " + finding.where + "\n    " + visible(finding.message) + "\n"));
  TRY(out.text((holds           ? "It holds:\n"
                : failures == 0 ? "It fits together, but nothing from outside confirms its key. "
                                  "Anybody could have made it:\n"
                                : "IT DOES NOT HOLD:\n") +
               proven_text(check) +
               "What this cannot show: that the evidence was genuine before it was taken in, that "
               "what the\nprogram read is all there was, and anything against whoever held the "
               "key, unless the\ncheckpoint left their control before" +
               (check.anchors > 0 ? " (an anchor agrees).\n" : ".\n")));
  return exit;
}

Result<Exit> write_records(Program& program, const RecordsCommand& command) {
  const ingest::RecordExport made =
      TRY(ingest::write_record_files(command.root, command.out, command.redact));
  Output& out = program.out;
  out.count("files", static_cast<std::int64_t>(made.files));
  out.count("records", static_cast<std::int64_t>(made.lines));
  out.count("redacted", static_cast<std::int64_t>(made.redacted));
  TRY(out.text("Records: " + visible(command.out) + "\n  " +
               number_text(static_cast<std::int64_t>(made.lines)) + " in " +
               number_text(static_cast<std::int64_t>(made.files)) + " files, " +
               number_text(static_cast<std::int64_t>(made.redacted)) + " of them redacted\n"));
  return Exit::complete;
}

}  // namespace

void add_proof_commands(Program& program) {
  const auto proving = std::make_shared<ProveCommand>();
  CLI::App* prove_app = add_command(
      program, program.app, "prove",
      "Write a proof of one file, message or ledger entry that needs nothing else of the case",
      "  forensics prove case-17 C0003-M000124 -o message.proof\n"
      "  forensics prove case-17 A000017 -o photograph.proof\n"
      "  forensics prove case-17 --consistency 12 40 -o growth.proof",
      proving, &prove);
  add_case_argument(*prove_app, proving->root);
  prove_app->add_option("what", proving->what, "A000017, C0003-M000124, or an entry's number");
  prove_app
      ->add_option("--consistency", proving->sizes,
                   "That the ledger of size A is the beginning of that of checkpoint B")
      ->expected(2);
  prove_app->add_option("-o,--output", proving->out, "A new file")->required();

  const auto checking = std::make_shared<CheckCommand>();
  CLI::App* check = add_command(
      program, program.app, "check-proof", "Check a file that `prove` wrote; needs no case",
      "  forensics check-proof message.proof --fingerprint \"$(cat fingerprint.txt)\"\n"
      "  forensics check-proof message.proof --anchor 40:9f2c...",
      checking, &check_proof);
  check->add_option("file", checking->file, "The proof")->required();
  check->add_option("--fingerprint,--key", checking->key,
                    "Fingerprint of the key that signed, from paper");
  check->add_option("--anchor", checking->anchors, "SIZE:ROOT from elsewhere; may be given again");
  check->add_flag("--json", program.out.json, "One line of JSON");

  const auto writing = std::make_shared<RecordsCommand>();
  CLI::App* records = add_command(
      program, program.app, "records",
      "Write the record lines under the ledger's record trees, some of them redacted",
      "  forensics records case-17 -o copy/records\n"
      "  forensics records case-17 -o copy/records --redact C0003-M000124 --redact C0007",
      writing, &write_records);
  add_case_argument(*records, writing->root);
  records->add_option("-o,--output", writing->out, "The folder `records` of a copy")->required();
  records->add_option("--redact", writing->redact,
                      "Give only the hash of this message, or of this conversation's messages. The "
                      "ledger holds the SHA-256 of the file: this hides only where the object is "
                      "withheld too, and there is more to guess than can be tried");
}

}  // namespace forensics::cli
