#include "ingest/ingest.hpp"

#include "host_options.hpp"
#include "key_files.hpp"
#include "program.hpp"
#include "progress.hpp"
#include "reading.hpp"
#include "stopping.hpp"

namespace forensics::cli {
namespace {

struct IngestCommand {
  std::string root;
  std::vector<std::string> paths;
  std::string reference, custodian, note;
  int jobs = 2;
  int max_depth = 8;
  bool quiet = false;
  std::vector<std::string> keys;
  HostOptions host;
};

void tell(Program& program, const ingest::IngestSummary& summary) {
  for (const std::string& path : summary.known) say(path + ": in the case already");
  for (const Error& error : summary.errors) say(error);
  Output& out = program.out;
  const auto count = [&](std::string_view name, std::uint64_t value) {
    out.count(name, static_cast<std::int64_t>(value));
  };
  count("artifacts", summary.artifacts);
  count("bytes", summary.bytes);
  count("conversations", summary.conversations);
  count("messages", summary.messages);
  count("records", summary.records);
  count("rejected", summary.rejected);
  count("unexplained_bytes", summary.unexplained_bytes);
  count("unreadable", summary.unreadable);
  count("unrecognised", summary.unrecognised);
  count("partial", summary.partial);
  count("stopped", summary.stopped);
  count("limited", summary.limited);
}

std::string told(const ingest::IngestSummary& summary) {
  const auto number = [](std::uint64_t value) {
    return number_text(static_cast<std::int64_t>(value));
  };
  std::string out = "Taken in: " + number(summary.artifacts) + " files, " +
                    bytes_text(summary.bytes) + "; read: " + number(summary.messages) +
                    " messages in " + number(summary.conversations) + " conversations.\n";
  const auto attention = [&](std::uint64_t value, std::string_view what) {
    if (value > 0) out.append("  ").append(number(value)).append(" ").append(what).append("\n");
  };
  attention(summary.unexplained_bytes, "bytes that nothing explains");
  attention(summary.rejected, "records whose values were not what their bytes say");
  attention(summary.unreadable, "files, folders or members that could not be read");
  attention(summary.unrecognised, "files that no plugin reads, media aside; they are kept");
  attention(summary.partial, "files that were read in part");
  attention(summary.stopped, "plugin runs that crashed, broke a rule or hit a limit");
  attention(summary.limited, "archives that were not unpacked to the end");
  return out;
}

Result<Exit> ingest_evidence(Program& program, const IngestCommand& command) {
  ingest::IngestOptions options;
  options.reference = command.reference;
  options.custodian = command.custodian;
  options.note = command.note;
  options.jobs = command.jobs;
  options.max_depth = command.max_depth;
  options.keys = TRY(read_keys(command.keys));
  options.host = TRY(command.host.host());
  options.limits = command.host.limits();
  options.stop = stop_on_signals();

  auto done = [&] {
    ProgressLine line(!command.quiet);
    options.progress = [&](const ingest::Progress& progress) { line.show(progress); };
    return ingest::ingest(command.root, command.paths, options);
  }();
  if (!done) return tl::unexpected(std::move(done.error()));
  tell(program, *done);
  if (!command.quiet) TRY(program.out.text(told(*done)));
  return exit_for(*done);
}

}  // namespace

void add_ingest_command(Program& program) {
  const auto options = std::make_shared<IngestCommand>();
  CLI::App* ingest = add_command(
      program, program.app, "ingest",
      "Take evidence in: hash and store every file, unpack archives, read what plugins know",
      "  forensics ingest case-17 /media/seized/phone-a --exhibit PHONE-A\n"
      "  forensics ingest case-17 \"WhatsApp Chat with Kidane.zip\" --custodian \"K. Berhe\"\n"
      "  forensics ingest case-17 backup/ --key backup.key\n"
      "  forensics ingest case-17                        # goes on with an interrupted run",
      options, &ingest_evidence);
  add_case_argument(*ingest, options->root);
  ingest->add_option("paths", options->paths, "Files and folders; none: go on");
  ingest->add_option("--exhibit", options->reference,
                     "Your reference for what was handed over; otherwise EX001, EX002, ...");
  ingest->add_option("--custodian", options->custodian, "From whom it was taken");
  ingest->add_option("--note", options->note, "Anything else worth keeping about it");
  add_key_option(*ingest, options->keys);
  ingest->add_option("--jobs,-j", options->jobs, "Workers at once")->check(CLI::Range(1, 256));
  ingest->add_option("--max-depth", options->max_depth, "Archives within archives at most")
      ->check(CLI::Range(0, 64));
  ingest->add_flag("--quiet,-q", options->quiet, "No progress, no closing words");
  add_host_options(*ingest, options->host, true);
}

}  // namespace forensics::cli
