#include <ctime>

#include "base/files.hpp"
#include "ingest/key_change.hpp"
#include "ledger/witness.hpp"
#include "program.hpp"
#include "reading.hpp"

namespace forensics::cli {
namespace {

struct RotateCommand {
  std::string root, reason;
};

struct WitnessCommand {
  std::string state, root, name, out;
};

Result<Exit> rotate_key(Program& program, const RotateCommand& command) {
  const ingest::KeyChange change = TRY(ingest::change_key(command.root, command.reason));
  Output& out = program.out;
  if (out.json) {
    Json line = Json::object();
    line["old_fingerprint"] = change.old_fingerprint;
    line["new_fingerprint"] = change.new_fingerprint;
    TRY(out.line(line));
    return Exit::complete;
  }
  TRY(out.text(
      "Another key signs from here on.\n  old key     " + change.old_fingerprint +
      "\n  new key     " + change.new_fingerprint +
      "\nThe old private key is not kept. Its fingerprint stays the one to verify the case "
      "with; note\nthe new one beside it, for proofs.\n"));
  return Exit::complete;
}

Result<ledger::WitnessBook> open_book(const WitnessCommand& command) {
  if (exists(command.state)) {
    auto book = TRY(ledger::WitnessBook::load(command.state));
    if (command.name.empty() || command.name == book.witness().name) return book;
    return fail(ErrorCode::usage, command.name,
                "this is the state of the witness " + book.witness().name);
  }
  if (command.name.empty())
    return fail(ErrorCode::usage, command.state, "a new witness needs a name: --name");
  return ledger::WitnessBook::create(command.name);
}

Result<Exit> cosign(Program& program, const WitnessCommand& command) {
  ledger::WitnessBook book = TRY(open_book(command));
  const ledger::Note note =
      TRY(book.cosign(command.root, static_cast<std::uint64_t>(std::time(nullptr))));
  // What it has seen is on disk before anybody can hold a cosignature of it.
  TRY(book.store(Files::system(), command.state));
  if (command.out.empty()) {
    TRY(program.out.text(note.encode()));
    return Exit::complete;
  }
  const Descriptor file = TRY(Files::system().create(command.out, 0644));
  TRY(Files::system().write(file, note.encode(), command.out));
  TRY(Files::system().sync(file, command.out));
  TRY(program.out.text("Cosigned: " + visible(command.out) + "\nVerify with --witness-key " +
                       book.witness().verifier_key() + "\n"));
  return Exit::complete;
}

}  // namespace

void add_key_commands(Program& program) {
  CLI::App* key = program.app.add_subcommand("key", "The key that signs the ledger of a case");
  key->require_subcommand(1);
  const auto rotating = std::make_shared<RotateCommand>();
  CLI::App* rotate = add_command(
      program, *key, "rotate", "Have another key sign from here on, and destroy the old one",
      "  forensics key rotate case-17 --reason \"the case moves to another laboratory\"", rotating,
      &rotate_key);
  add_case_argument(*rotate, rotating->root);
  rotate->add_option("--reason", rotating->reason, "Why, in words");
  rotate->add_flag("--json", program.out.json, "One line of JSON");

  const auto witnessing = std::make_shared<WitnessCommand>();
  CLI::App* witness = add_command(
      program, program.app, "witness",
      "On another machine: cosign the newest checkpoint, if it continues what was seen before",
      "  forensics witness lab.witness /media/usb/case-17 --name lab.example/witness -o seen.note\n"
      "  # back on the machine of the case:\n"
      "  forensics anchor add case-17 seen.note",
      witnessing, &cosign);
  witness->add_option("state", witnessing->state, "File in which it remembers; made at first")
      ->required();
  witness
      ->add_option("case", witnessing->root, "The case, or a copy of its folder `ledger`'s parent")
      ->required();
  witness->add_option("--name", witnessing->name, "Of a new witness, e.g. lab.example/witness");
  witness->add_option("-o,--output", witnessing->out, "A new file; else standard output");
}

}  // namespace forensics::cli
