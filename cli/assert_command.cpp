#include "ingest/assertion.hpp"
#include "program.hpp"
#include "reading.hpp"

namespace forensics::cli {
namespace {

struct AssertCommand {
  std::string root;
  std::string exhibit, zone, date_order, examiner, reason;
};

std::optional<std::string> stated(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

Result<Exit> state(Program& program, const AssertCommand& command) {
  ingest::Assertion assertion;
  assertion.exhibit = command.exhibit;
  assertion.zone = stated(command.zone);
  assertion.date_order = stated(command.date_order);
  assertion.examiner = command.examiner;
  assertion.reason = command.reason;
  TRY(ingest::assert_about(command.root, assertion));
  TRY(program.out.text("Written to the ledger; the timeline follows it. No record was changed.\n"));
  return Exit::complete;
}

}  // namespace

void add_assert_command(Program& program) {
  const auto options = std::make_shared<AssertCommand>();
  CLI::App* command = add_command(
      program, program.app, "assert",
      "State what the evidence leaves open about an exhibit: its time zone, or its date order",
      "  forensics assert case-17 --exhibit PHONE-C --date-order day-month \\\n"
      "      --reason \"the phone's region is France\"\n"
      "  forensics assert case-17 --exhibit PHONE-A --zone Africa/Tripoli \\\n"
      "      --reason \"set so on the handset, photograph 12\"",
      options, &state);
  add_case_argument(*command, options->root);
  command->add_option("--exhibit", options->exhibit, "The exhibit's reference")->required();
  command->add_option("--zone", options->zone, "IANA time zone of the exhibit's clock");
  command->add_option("--date-order", options->date_order, "day-month or month-day");
  command->add_option("--examiner", options->examiner, "Who states it; else the case's examiner");
  command->add_option("--reason", options->reason, "Why, in words");
}

}  // namespace forensics::cli
