#include "anchor.hpp"
#include "base/files.hpp"
#include "casefile/case.hpp"
#include "ingest/anchor.hpp"
#include "ledger/head.hpp"
#include "program.hpp"
#include "progress.hpp"
#include "reading.hpp"

namespace forensics::cli {
namespace {

struct AnchorCommand {
  std::string root, file, authorities;
};

constexpr std::string_view kIndent = "              ";

Result<Exit> show_anchor(Program& program, const AnchorCommand& command) {
  const casefile::CaseFacts facts = TRY(casefile::read_facts({command.root}));
  const ledger::Head head = TRY(ledger::read_head(ledger::Layout(command.root)));
  const std::string root = to_hex(view(head.checkpoint.root));
  const std::string first = head.identity.key.fingerprint();
  const std::string current = head.keys.current().fingerprint();
  Output& out = program.out;
  if (out.json) {
    Json line = Json::object();
    line["anchor"] = std::to_string(head.checkpoint.size) + ":" + root;
    line["key_fingerprint"] = first;
    line["origin"] = head.checkpoint.origin;
    line["root"] = root;
    line["signing_key"] = current;
    line["size"] = head.checkpoint.size;
    TRY(out.line(line));
    return Exit::complete;
  }
  std::string text = "Anchor of case " + visible(facts.number) + "\n";
  text += "  ledger      " + visible(head.checkpoint.origin) + "\n";
  text += "  entries     " + std::to_string(head.checkpoint.size) + "\n";
  text += "  root        " + grouped_hex(root, kIndent) + "\n";
  text += "  key         " + grouped_hex(first, kIndent) + "\n";
  if (current != first) text += "  signing key " + grouped_hex(current, kIndent) + "\n";
  text +=
      "Kept outside the case folder, on paper or with someone else, it shows later that the\n"
      "entries up to here were not rewritten:\n"
      "  forensics verify CASE --fingerprint KEY --anchor " +
      std::to_string(head.checkpoint.size) + ":ROOT\n";
  TRY(out.text(text));
  return Exit::complete;
}

Result<Exit> take_anchor(Program& program, const AnchorCommand& command) {
  std::optional<ledger::Authorities> authorities;
  if (!command.authorities.empty())
    authorities = TRY(ledger::Authorities::load(command.authorities));
  const ingest::AddedAnchor added =
      TRY(ingest::add_anchor(command.root, command.file, authorities));
  Output& out = program.out;
  if (out.json) {
    Json line = Json::object();
    line["file"] = added.file;
    line["kind"] = added.kind;
    line["size"] = added.size;
    line["time"] = added.time ? Json(added.time->text) : Json();
    TRY(out.line(line));
    return Exit::complete;
  }
  TRY(out.text(
      "Taken in: ledger/" + added.file + "\n  it covers the first " + std::to_string(added.size) +
      " entries" + (added.time ? ", which were there at " + added.time->text : std::string()) +
      "\n" +
      (authorities || !added.time ? "" : "  who made it was not checked: verify --tsa-ca does\n")));
  return Exit::complete;
}

Result<Exit> request_token(Program& program, const AnchorCommand& command) {
  const ingest::AnchorRequest request = TRY(ingest::request_anchor(command.root));
  const Descriptor file = TRY(Files::system().create(command.file, 0644));
  TRY(Files::system().write(file, request.der, command.file));
  TRY(Files::system().sync(file, command.file));
  TRY(program.out.text("Request for a time stamp of the first " + std::to_string(request.size) +
                       " entries: " + visible(command.file) +
                       "\nBring the answer back with `forensics anchor add`.\n"));
  return Exit::complete;
}

}  // namespace

void add_anchor_commands(Program& program) {
  CLI::App* anchor = program.app.add_subcommand(
      "anchor", "Let the state of the ledger leave the building, and take in what comes back");
  anchor->require_subcommand(1);

  const auto shown = std::make_shared<AnchorCommand>();
  CLI::App* show =
      add_command(program, *anchor, "show", "Print size, root and key for paper or a letter",
                  "  forensics anchor show case-17 | lp\n"
                  "  forensics anchor show case-17 --json",
                  shown, &show_anchor);
  add_case_argument(*show, shown->root);
  show->add_flag("--json", program.out.json, "One line of JSON");

  const auto requested = std::make_shared<AnchorCommand>();
  CLI::App* request = add_command(program, *anchor, "request",
                                  "Write the request for a time-stamping authority (RFC 3161)",
                                  "  forensics anchor request case-17 -o case-17.tsq\n"
                                  "  # carry it to the authority, and its answer back:\n"
                                  "  forensics anchor add case-17 case-17.tsr --tsa-ca ca.pem",
                                  requested, &request_token);
  add_case_argument(*request, requested->root);
  request->add_option("-o,--output", requested->file, "A new file")->required();

  const auto taken = std::make_shared<AnchorCommand>();
  CLI::App* add = add_command(program, *anchor, "add",
                              "Take in a time-stamp token or the cosignature of a witness",
                              "  forensics anchor add case-17 case-17.tsr --tsa-ca ca.pem\n"
                              "  forensics anchor add case-17 cosigned.note",
                              taken, &take_anchor);
  add_case_argument(*add, taken->root);
  add->add_option("file", taken->file, "The answer of the authority, or the note of the witness")
      ->required();
  add->add_option("--tsa-ca", taken->authorities,
                  "Certificates of the authority in PEM: refuse a token that is not good");
  add->add_flag("--json", program.out.json, "One line of JSON");
}

}  // namespace forensics::cli
