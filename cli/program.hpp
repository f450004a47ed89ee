#pragma once
// The command line as a whole: what every command gets, and where it is declared.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "output.hpp"

namespace forensics::cli {

struct Program {
  CLI::App app{"Offline evidence processing: from seized chat exports to a verifiable case.",
               "forensics"};
  Output out;
  std::string command;                   // the one that was chosen
  std::function<Result<Exit>()> action;  // what it does
};

// Adds a command whose options live as long as the program. `examples` stand below its help.
template <typename Options>
CLI::App* add_command(Program& program, CLI::App& parent, const std::string& name,
                      const std::string& description, const std::string& examples,
                      const std::shared_ptr<Options>& options,
                      Result<Exit> (*action)(Program&, const Options&)) {
  CLI::App* command = parent.add_subcommand(name, description);
  command->footer("Examples:\n" + examples);
  const std::string full = &parent == &program.app ? name : parent.get_name() + "-" + name;
  command->callback([&program, options, action, full] {
    program.command = full;
    program.action = [&program, options, action] { return action(program, *options); };
  });
  return command;
}

// One function a family of commands; each lives in a file of the same name.
void add_case_commands(Program& program);     // init, status
void add_ingest_command(Program& program);    // ingest
void add_list_commands(Program& program);     // artifacts, conversations
void add_message_commands(Program& program);  // messages, timeline, search
void add_people_command(Program& program);    // people
void add_show_command(Program& program);      // show
void add_verify_command(Program& program);    // verify, fsck
void add_rebuild_command(Program& program);   // rebuild
void add_report_command(Program& program);    // report
void add_assert_command(Program& program);    // assert
void add_anchor_commands(Program& program);   // anchor
void add_proof_commands(Program& program);    // prove, check-proof, records
void add_key_commands(Program& program);      // key, witness
void add_plugin_commands(Program& program);   // doctor, plugin
void add_manual_commands(Program& program);   // manual, completion

}  // namespace forensics::cli
