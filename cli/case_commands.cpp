#include "casefile/create.hpp"
#include "casefile/inventory.hpp"
#include "casefile/isolation.hpp"
#include "ledger/ledger.hpp"
#include "lines.hpp"
#include "program.hpp"
#include "progress.hpp"
#include "table.hpp"

namespace forensics::cli {
namespace {

struct InitOptions {
  std::string root;
  casefile::CaseFacts facts;
  bool wants_tokens = false;
};

struct StatusOptions {
  std::string root;
};

Result<Exit> init_case(Program& program, const InitOptions& options) {
  casefile::CaseFacts facts = options.facts;
  facts.uuid = casefile::new_uuid();
  facts.created = ledger::system_time();
  facts.version = FORENSICS_VERSION;
  Json policy = Json::object();
  if (options.wants_tokens) policy["tokens"] = true;
  TRY(casefile::create_case(options.root, facts, Files::system(), ledger::system_time,
                            ledger::Secrets::generate(), policy));
  const ledger::Identity identity = TRY(ledger::read_identity(ledger::Layout(options.root)));
  Output& out = program.out;
  if (out.json) {
    Json line = Json::object();
    line["case"] = options.root;
    line["uuid"] = identity.case_uuid;
    line["key_fingerprint"] = identity.key.fingerprint();
    TRY(out.line(line));
    return Exit::complete;
  }
  TRY(out.text("Case " + visible(facts.number) + " is ready in " + visible(options.root) + "\n" +
               "Key fingerprint: " + identity.key.fingerprint() + "\n" +
               "Keep the fingerprint on paper: with it, `forensics verify --key` proves later that "
               "the ledger\nwas signed by the key that was made now.\n"));
  return Exit::complete;
}

using Levels = std::map<std::string, std::int64_t>;

// What is said where evidence was read by workers that were confined less than the default asks.
constexpr std::string_view kLowestAccepted = "L2";

Json status_line(const casefile::CaseFacts& facts, const casefile::Totals& totals,
                 const Levels& levels) {
  Json line = Json::object();
  line["number"] = facts.number;
  line["uuid"] = facts.uuid;
  line["title"] = facts.title;
  line["examiner"] = facts.examiner;
  line["agency"] = facts.agency;
  line["authority"] = facts.authority;
  line["created"] = facts.created;
  line["exhibits"] = totals.exhibits;
  line["artifacts"] = totals.artifacts;
  line["bytes"] = totals.bytes;
  line["conversations"] = totals.conversations;
  line["participants"] = totals.participants;
  line["messages"] = totals.messages;
  line["attachments"] = totals.attachments;
  line["attachments_missing"] = totals.attachments_missing;
  line["unrecognised"] = totals.unrecognised;
  line["errors"] = totals.errors;
  line["unexplained_bytes"] = totals.unexplained_bytes;
  line["rejected"] = totals.rejected;
  line["pending"] = totals.pending;
  line["isolation"] = Json::object();
  for (const auto& [level, runs] : levels) line["isolation"][level] = runs;
  return line;
}

Json exhibit_line(const casefile::Exhibit& exhibit) {
  Json line = Json::object();
  line["exhibit"] = exhibit.reference;
  set_path(line, "source", exhibit.source);
  line["custodian"] = exhibit.custodian;
  line["note"] = exhibit.note;
  line["zone"] = text_or_null(exhibit.zone);
  line["date_order"] = text_or_null(exhibit.date_order);
  line["closed"] = exhibit.closed;
  line["artifacts"] = exhibit.artifacts;
  line["bytes"] = exhibit.bytes;
  line["messages"] = exhibit.messages;
  line["errors"] = exhibit.errors;
  line["unexplained_bytes"] = exhibit.unexplained;
  return line;
}

std::string counted(std::string_view what, std::int64_t number) {
  return "  " + padded(what, 26) + padded(number_text(number), 12, true) + "\n";
}

std::string totals_text(const casefile::Totals& totals) {
  std::string out = counted("files", totals.artifacts);
  out += counted("conversations", totals.conversations);
  out += counted("participants", totals.participants);
  out += counted("messages", totals.messages);
  out += counted("attachments named", totals.attachments);
  const auto attention = [&](std::string_view what, std::int64_t number) {
    if (number > 0) out += counted(what, number);
  };
  attention("  of them not in evidence", totals.attachments_missing);
  attention("files no plugin reads", totals.unrecognised);
  attention("files with an error", totals.errors);
  attention("bytes unexplained", totals.unexplained_bytes);
  attention("records rejected", totals.rejected);
  attention("files not yet looked at", totals.pending);
  return out;
}

std::string isolation_text(const Levels& levels) {
  std::string out;
  for (const auto& [level, runs] : levels) out += counted("plugin runs at " + visible(level), runs);
  if (!levels.empty() && levels.begin()->first < kLowestAccepted)
    out +=
        "  Isolation below L2: evidence was read by a process that could open files or reach a "
        "network.\n";
  return out;
}

std::string assertions_of(const casefile::Exhibit& exhibit) {
  std::string out = exhibit.zone.value_or("");
  if (exhibit.date_order) out += (out.empty() ? "" : ", ") + *exhibit.date_order;
  return out;
}

// What is wrong with an artifact, in words; empty where nothing is.
std::string complaint(const casefile::Artifact& artifact) {
  if (artifact.error) return artifact.error->text();
  if (!artifact.verified)
    return "not proved: made by " + *artifact.method +
           ", and nothing shows that its bytes are what "
           "was written";
  if (artifact.unexplained > 0)
    return number_text(artifact.unexplained) + " bytes unexplained; `forensics show` lists them";
  return {};
}

Status show_exhibits(Output& out, const casefile::Reader& reader) {
  const Table table(out.terminal, {{.title = "EXHIBIT", .width = 12, .evidence = true},
                                   {.title = "FILES", .width = 8, .to_right = true},
                                   {.title = "SIZE", .width = 9, .to_right = true},
                                   {.title = "MESSAGES", .width = 10, .to_right = true},
                                   {.title = "STATE", .width = 10},
                                   {.title = "ASSERTED", .width = 16},
                                   {.title = "SOURCE", .evidence = true}});
  TRY(out.text(table.heading()));
  for (const casefile::Exhibit& each : TRY(reader.exhibits())) {
    TRY(out.text(
        table.row({each.reference, number_text(each.artifacts),
                   bytes_text(static_cast<std::uint64_t>(each.bytes)), number_text(each.messages),
                   each.closed ? "complete" : "incomplete", assertions_of(each), each.source})));
  }
  return {};
}

// Applications whose files are here, the ones that nothing was read of included.
Status show_apps(Output& out, const casefile::Database& database) {
  bool any = false;
  for (const casefile::AppSeen& app : TRY(casefile::apps_seen(database))) {
    if (!any) TRY(out.text("\nApplications seen:\n"));
    any = true;
    TRY(out.text("  " + padded(app.name, 20) + padded(number_text(app.artifacts), 8, true) +
                 " files, " +
                 (app.listed > 0 ? number_text(app.listed) + " listed by a backup, " : "") +
                 (app.read > 0 ? number_text(app.read) + " of them read" : "NONE READ") + "\n"));
  }
  return {};
}

Status show_complaints(Output& out, const casefile::Reader& reader) {
  bool any = false;
  return reader.artifacts(
      std::nullopt, std::nullopt, [&](const casefile::Artifact& artifact) -> Result<bool> {
        const std::string what = complaint(artifact);
        if (what.empty()) return true;
        if (!any) TRY(out.text("\nWants attention:\n"));
        any = true;
        return out.text("  " + casefile::artifact_id(artifact.id) + "  " + visible(artifact.path) +
                        "\n           " + visible(what) + "\n");
      });
}

Result<Exit> show_status(Program& program, const StatusOptions& options) {
  const auto reading = TRY(Reading::open(options.root, {}));
  const casefile::CaseFacts& facts = reading->open_case.facts;
  const casefile::Totals totals = TRY(reading->reader.totals());
  const Levels levels = TRY(casefile::isolation_levels(reading->open_case.database));
  Output& out = program.out;
  out.count("artifacts", totals.artifacts);
  out.count("messages", totals.messages);
  out.count("errors", totals.errors);
  out.count("unexplained_bytes", totals.unexplained_bytes);
  out.count("pending", totals.pending);
  if (out.json) {
    Json line = status_line(facts, totals, levels);
    line["apps"] = Json::array();
    for (const casefile::AppSeen& app : TRY(casefile::apps_seen(reading->open_case.database))) {
      Json seen = Json::object();
      seen["app"] = app.name;
      seen["artifacts"] = app.artifacts;
      seen["read"] = app.read;
      seen["listed"] = app.listed;
      line["apps"].push_back(std::move(seen));
    }
    TRY(out.line(line));
    for (const casefile::Exhibit& each : TRY(reading->reader.exhibits()))
      TRY(out.line(exhibit_line(each)));
    return Exit::complete;
  }
  TRY(out.text(out.terminal.bold("Case " + visible(facts.number)) + "  examiner " +
               visible(facts.examiner) + ", made " + visible(facts.created) + "\n" +
               totals_text(totals) + isolation_text(levels) + "\n"));
  if (totals.exhibits > 0) TRY(show_exhibits(out, reading->reader));
  TRY(show_apps(out, reading->open_case.database));
  TRY(show_complaints(out, reading->reader));
  if (totals.pending > 0)
    TRY(out.text("\nNot finished: `forensics ingest " + visible(options.root) + "` goes on.\n"));
  return Exit::complete;
}

}  // namespace

void add_case_commands(Program& program) {
  const auto facts = std::make_shared<InitOptions>();
  CLI::App* init =
      add_command(program, program.app, "init", "Make a case",
                  "  forensics init case-17 --number 2026-0017 --examiner \"A. Examiner\"\n"
                  "  forensics init case-18 --number 2026-0018 --examiner \"A. Examiner\" \\\n"
                  "      --agency \"Harbour Police\" --authority \"Order 44/2026\" --title Harbour",
                  facts, &init_case);
  add_case_argument(*init, facts->root);
  init->add_option("--number", facts->facts.number, "The agency's number of the case")->required();
  init->add_option("--examiner", facts->facts.examiner, "Who makes the case")->required();
  init->add_option("--title", facts->facts.title, "What it is about");
  init->add_option("--agency", facts->facts.agency, "For whom");
  init->add_option("--authority", facts->facts.authority, "Order, warrant or consent");
  init->add_flag("--require-tokens", facts->wants_tokens,
                 "Have `verify` miss time-stamp tokens where the case has none");
  init->add_flag("--json", program.out.json, "JSON Lines");

  const auto root = std::make_shared<StatusOptions>();
  CLI::App* status = add_command(program, program.app, "status",
                                 "Show what is in, what is not, and what wants attention",
                                 "  forensics status case-17\n"
                                 "  forensics status case-17 --json | head -1 | jq .messages",
                                 root, &show_status);
  add_case_argument(*status, root->root);
  status->add_flag("--json", program.out.json, "JSON Lines: the case, then one line an exhibit");
}

}  // namespace forensics::cli
