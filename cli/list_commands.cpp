#include <map>

#include "lines.hpp"
#include "program.hpp"
#include "progress.hpp"
#include "table.hpp"

namespace forensics::cli {
namespace {

struct ListOptions {
  std::string root, exhibit, status;
};

std::string wall_words(const std::optional<std::int64_t>& wall) {
  if (!wall) return "";
  std::string text = timeline::wall_text(*wall, model::Precision::minute);
  if (const std::size_t t = text.find('T'); t != std::string::npos) text[t] = ' ';
  return text;
}

Result<std::optional<std::int64_t>> wanted_exhibit(const Reading& reading,
                                                   const ListOptions& options) {
  if (options.exhibit.empty()) return std::optional<std::int64_t>();
  return TRY(exhibit_id(reading.reader, options.exhibit));
}

Result<Exit> list_artifacts(Program& program, const ListOptions& options) {
  const auto reading = TRY(Reading::open(options.root, {}));
  const auto exhibit = TRY(wanted_exhibit(*reading, options));
  std::optional<casefile::ArtifactStatus> status;
  if (!options.status.empty()) {
    status = casefile::artifact_status(options.status);
    if (!status)
      return fail(ErrorCode::usage, options.status,
                  "not a status; they are stored, unpacking, parsed, partial, container, "
                  "unrecognised, failed, unreadable, special and companion");
  }
  std::map<std::int64_t, std::string> references;
  for (const casefile::Exhibit& each : TRY(reading->reader.exhibits()))
    references[each.id] = each.reference;

  Output& out = program.out;
  const Table table(out.terminal, {{.title = "ARTIFACT", .width = 8},
                                   {.title = "EXHIBIT", .width = 10, .evidence = true},
                                   {.title = "STATUS", .width = 12},
                                   {.title = "SIZE", .width = 9, .to_right = true},
                                   {.title = "RECORDS", .width = 9, .to_right = true},
                                   {.title = "SHA-256", .width = 12},
                                   {.title = "PATH", .evidence = true}});
  std::int64_t count = 0;
  TRY(reading->reader.artifacts(
      exhibit, status, [&](const casefile::Artifact& artifact) -> Result<bool> {
        const std::string& reference = references[artifact.exhibit];
        if (out.json) {
          ++count;
          return out.line(artifact_line(artifact, reference));
        }
        if (count++ == 0) TRY(out.text(table.heading()));
        return out.text(table.row(
            {casefile::artifact_id(artifact.id), reference,
             std::string(casefile::name_of(artifact.status)),
             bytes_text(static_cast<std::uint64_t>(artifact.size)), number_text(artifact.records),
             artifact.sha256 ? to_hex(view(*artifact.sha256)).substr(0, 12) : "", artifact.path}));
      }));
  out.count("artifacts", count);
  return Exit::complete;
}

Result<Exit> list_conversations(Program& program, const ListOptions& options) {
  const auto reading = TRY(Reading::open(options.root, {}));
  const auto exhibit = TRY(wanted_exhibit(*reading, options));
  Output& out = program.out;
  const Table table(out.terminal, {{.title = "ID", .width = 5},
                                   {.title = "EXHIBIT", .width = 10, .evidence = true},
                                   {.title = "PLATFORM", .width = 9, .evidence = true},
                                   {.title = "MESSAGES", .width = 9, .to_right = true},
                                   {.title = "FIRST", .width = 16},
                                   {.title = "LAST", .width = 16},
                                   {.title = "TITLE", .evidence = true}});
  std::int64_t count = 0;
  TRY(reading->reader.conversations(
      exhibit, [&](const casefile::Conversation& row) -> Result<bool> {
        if (out.json) {
          ++count;
          return out.line(TRY(conversation_line(*reading, row)));
        }
        if (count++ == 0) TRY(out.text(table.heading()));
        const std::string title = casefile::shown_title(row);
        return out.text(table.row({casefile::conversation_id(row.id), row.reference, row.platform,
                                   number_text(row.messages), wall_words(row.first),
                                   wall_words(row.last), title.empty() ? row.path : title}));
      }));
  out.count("conversations", count);
  return Exit::complete;
}

}  // namespace

void add_list_commands(Program& program) {
  const auto files = std::make_shared<ListOptions>();
  CLI::App* artifacts =
      add_command(program, program.app, "artifacts", "List every file of the evidence",
                  "  forensics artifacts case-17\n"
                  "  forensics artifacts case-17 --status unrecognised\n"
                  "  forensics artifacts case-17 --json | jq 'select(.error != null)'",
                  files, &list_artifacts);
  add_case_argument(*artifacts, files->root);
  artifacts->add_option("--exhibit", files->exhibit, "Only this exhibit, by its reference");
  artifacts->add_option("--status", files->status, "Only this status, e.g. unrecognised");
  artifacts->add_flag("--json", program.out.json, "JSON Lines");

  const auto threads = std::make_shared<ListOptions>();
  CLI::App* conversations =
      add_command(program, program.app, "conversations", "List the threads of messages",
                  "  forensics conversations case-17\n"
                  "  forensics conversations case-17 --exhibit PHONE-A --json",
                  threads, &list_conversations);
  add_case_argument(*conversations, threads->root);
  conversations->add_option("--exhibit", threads->exhibit, "Only this exhibit, by its reference");
  conversations->add_flag("--json", program.out.json, "JSON Lines");
}

}  // namespace forensics::cli
