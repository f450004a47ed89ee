#include "ingest/rebuild.hpp"

#include "host_options.hpp"
#include "key_files.hpp"
#include "program.hpp"
#include "progress.hpp"
#include "reading.hpp"
#include "stopping.hpp"

namespace forensics::cli {
namespace {

struct RebuildCommand {
  std::string root;
  bool quiet = false;
  std::vector<std::string> keys;
  HostOptions host;
};

Json summary_line(const ingest::RebuildSummary& made) {
  Json line = Json::object();
  line["entries"] = made.entries;
  line["artifacts"] = made.artifacts;
  line["messages"] = made.messages;
  line["kept"] = made.kept.empty() ? Json() : Json(legible(made.kept));
  line["compared"] = !made.incomparable.has_value();
  line["differing"] = Json::array();
  for (const auto& [table, difference] : made.differing) {
    Json item = Json::object();
    item["table"] = table;
    item["changed"] = difference.changed;
    item["extra"] = difference.extra;
    item["missing"] = difference.missing;
    line["differing"].push_back(std::move(item));
  }
  return line;
}

std::string told(const ingest::RebuildSummary& made) {
  std::string out = "Made anew from " + number_text(static_cast<std::int64_t>(made.entries)) +
                    " ledger entries: " + number_text(made.artifacts) + " files, " +
                    number_text(made.messages) + " messages.\n";
  if (made.kept.empty()) return out;
  if (made.incomparable)
    out += "The old database could not be compared: " + visible(made.incomparable->text()) + "\n";
  else if (made.differing.empty())
    out += "The old database held the same.\n";
  for (const auto& [table, difference] : made.differing)
    out += "  old database, table " + table + ": " + visible(difference.text()) + "\n";
  return out + "It is kept as " + visible(made.kept) + "\n";
}

Result<Exit> rebuild(Program& program, const RebuildCommand& command) {
  ingest::RebuildOptions options;
  options.keys = TRY(read_keys(command.keys));
  options.host = TRY(command.host.host());
  options.stop = stop_on_signals();
  auto made = [&] {
    ProgressLine line(!command.quiet);
    options.progress = [&](const ingest::Progress& progress) { line.show(progress); };
    return ingest::rebuild(command.root, options);
  }();
  if (!made) return tl::unexpected(std::move(made.error()));
  Output& out = program.out;
  out.count("entries", static_cast<std::int64_t>(made->entries));
  out.count("artifacts", made->artifacts);
  out.count("messages", made->messages);
  out.count("differing_tables", static_cast<std::int64_t>(made->differing.size()));
  if (out.json)
    TRY(out.line(summary_line(*made)));
  else
    TRY(out.text(told(*made)));
  return made->differing.empty() && !made->incomparable ? Exit::complete : Exit::attention;
}

}  // namespace

void add_rebuild_command(Program& program) {
  const auto options = std::make_shared<RebuildCommand>();
  CLI::App* rebuild_app = add_command(
      program, program.app, "rebuild",
      "Make the case database anew from ledger and evidence; the old one is compared and kept",
      "  forensics rebuild case-17\n"
      "  forensics rebuild case-17 --json | jq .differing",
      options, &rebuild);
  add_case_argument(*rebuild_app, options->root);
  add_key_option(*rebuild_app, options->keys);
  rebuild_app->add_flag("--quiet,-q", options->quiet, "No progress");
  rebuild_app->add_flag("--json", program.out.json, "One line of JSON");
  add_host_options(*rebuild_app, options->host, false);
}

}  // namespace forensics::cli
