#include "report/report.hpp"

#include "ingest/logbook.hpp"
#include "ledger/entry.hpp"

#include "program.hpp"
#include "progress.hpp"
#include "reading.hpp"

namespace forensics::cli {
namespace {

struct ReportCommand {
  std::string root, out;
  bool no_check = false;
};

Result<Exit> make_report(Program& program, const ReportCommand& command) {
  const report::ReportSummary made =
      TRY(report::write_report(command.root, command.out, {.check = !command.no_check}));
  Output& out = program.out;
  out.count("pages", made.pages);
  out.count("files", made.files);
  out.count("messages", made.messages);
  out.count("unreadable_objects", made.unreadable_objects);
  out.count("altered_objects", made.altered_objects);
  const std::string manifest = to_hex(view(made.manifest));
  Json entry = Json::object();
  entry["checked"] = !command.no_check;
  entry["manifest_sha256"] = manifest;
  entry["messages"] = made.messages;
  entry["pages"] = made.pages;
  // The report is good without it; whoever may only read the case still gets one.
  if (const auto entered = ingest::enter_event(command.root, "report", ledger::entry_type::kReport,
                                               std::move(entry));
      !entered)
    say("the ledger has no entry of this report: " + entered.error().text());
  if (out.json) {
    Json line = Json::object();
    line["folder"] = made.folder;
    line["pages"] = made.pages;
    line["files"] = made.files;
    line["bytes"] = made.bytes;
    line["messages"] = made.messages;
    line["conversations"] = made.conversations;
    line["manifest_sha256"] = manifest;
    TRY(out.line(line));
  } else {
    TRY(out.text("Report: " + visible(made.folder) + "/index.html\n  " + number_text(made.pages) +
                 " pages, " + number_text(made.files) + " files, " +
                 bytes_text(static_cast<std::uint64_t>(made.bytes)) + "\n  SHA-256 of " +
                 "manifest-sha256.txt: " + manifest + "\n"));
  }
  if (made.altered_objects > 0) return Exit::integrity;
  return made.unreadable_objects > 0 ? Exit::attention : Exit::complete;
}

}  // namespace

void add_report_command(Program& program) {
  const auto options = std::make_shared<ReportCommand>();
  CLI::App* report = add_command(program, program.app, "report",
                                 "Write the report: static pages that open without a network",
                                 "  forensics report case-17 -o report\n"
                                 "  (cd report && sha256sum -c manifest-sha256.txt)",
                                 options, &make_report);
  add_case_argument(*report, options->root);
  report->add_option("-o,--output", options->out, "A new folder, or an earlier report")->required();
  report->add_flag("--no-check", options->no_check,
                   "Do not verify the case first; the cover says so");
  report->add_option("--format", "html is the one there is so far")->check(CLI::IsMember({"html"}));
  report->add_flag("--json", program.out.json, "One line of JSON");
}

}  // namespace forensics::cli
