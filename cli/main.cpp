// The `forensics` command. What it can do is declared in program.hpp; docs/cli.md explains it.

#include <fcntl.h>

#include <csignal>

#include "base/sha256.hpp"
#include "casefile/shipped_files.hpp"
#include "program.hpp"

namespace {

using forensics::cli::Exit;
using forensics::cli::Program;

// With the second line anyone can compare the verifier that lies in a case.
std::string version_text() {
  using namespace forensics;
  const casefile::ShippedFile& script = casefile::shipped_files().front();
  return "forensics " FORENSICS_VERSION "\nSHA-256 of " + std::string(script.name) + " " +
         to_hex(view(Sha256::of(script.bytes)));
}

void add_commands(Program& program) {
  program.app.set_version_flag("--version", version_text());
  program.app.require_subcommand(1);
  program.app.footer(
      "A first case:\n"
      "  forensics init case-17 --number 2026-0017 --examiner \"A. Examiner\"\n"
      "  forensics ingest case-17 /media/seized/phone-a --exhibit PHONE-A\n"
      "  forensics timeline case-17 --from 2024-03\n"
      "  forensics COMMAND --help\n\n"
      "Exit codes: 0 complete, 1 something needs attention, 2 usage, 3 input, 4 integrity,\n"
      "5 plugin, 6 output, 7 resource limit, 70 defect, 130 interrupted (run it again).");
  forensics::cli::add_case_commands(program);
  forensics::cli::add_ingest_command(program);
  forensics::cli::add_list_commands(program);
  forensics::cli::add_message_commands(program);
  forensics::cli::add_people_command(program);
  forensics::cli::add_show_command(program);
  forensics::cli::add_verify_command(program);
  forensics::cli::add_rebuild_command(program);
  forensics::cli::add_report_command(program);
  forensics::cli::add_assert_command(program);
  forensics::cli::add_anchor_commands(program);
  forensics::cli::add_proof_commands(program);
  forensics::cli::add_key_commands(program);
  forensics::cli::add_plugin_commands(program);
  forensics::cli::add_manual_commands(program);
}

// A standard stream that the caller closed would be the number of the next file that is opened, and
// what is meant for it would go into that file. In its place stands one that fails when it is used.
void keep_standard_streams() {
  for (const auto& [stream, flags] : {std::pair{0, O_WRONLY}, {1, O_RDONLY}, {2, O_RDONLY}})
    if (::fcntl(stream, F_GETFD) < 0) (void)::open("/dev/null", flags);
}

Exit run(Program& program) {
  forensics::Result<Exit> ended = program.action();
  if (ended) {
    if (const forensics::Status flushed = program.out.flush(); !flushed)
      ended = tl::unexpected(flushed.error());
  }
  if (ended) return *ended;
  // What was written before the error stays readable, in order.
  (void)program.out.flush();
  forensics::cli::say(ended.error());
  return forensics::cli::exit_for(ended.error().code);
}

}  // namespace

int main(int argc, char** argv) {
  keep_standard_streams();
  // A pipe that is closed early ends the list, not the program.
  std::signal(SIGPIPE, SIG_IGN);
  Program program;
  add_commands(program);
  try {
    program.app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = program.app.exit(error);
    return code == 0 ? 0 : static_cast<int>(Exit::usage);
  }
  const Exit exit = run(program);
  program.out.summary(program.command, exit);
  return static_cast<int>(exit);
}
