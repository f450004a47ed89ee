// `forensics manual` and `forensics completion`: the manual page and the words for a shell, both
// drawn from the declared commands, so that neither can say anything else than --help.

#include <algorithm>

#include "program.hpp"

namespace forensics::cli {
namespace {

struct ManualCommand {};

struct CompletionCommand {
  std::string shell = "bash";
};

// A command with the words that lead to it: "plugin list".
struct Declared {
  std::string words;
  const CLI::App* app = nullptr;
};

void collect(const CLI::App& app, const std::string& words, std::vector<Declared>& out) {
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    const std::string name =
        words.empty() ? command->get_name() : words + " " + command->get_name();
    out.push_back({name, command});
    collect(*command, name, out);
  }
}

std::vector<Declared> commands_of(const Program& program) {
  std::vector<Declared> out;
  collect(program.app, "", out);
  return out;
}

std::vector<const CLI::Option*> options_of(const CLI::App& app) {
  return app.get_options([](const CLI::Option*) { return true; });
}

bool takes_value(const CLI::Option& option) {
  return option.get_items_expected_max() > 0;
}

std::vector<std::string> names_of(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

std::string join(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const std::string& word : words) out.append(out.empty() ? "" : between).append(word);
  return out;
}

// Text as roff: no line of it is a request, no hyphen a line break.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool first = out.empty() || out.back() == '\n';
    if (first && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

std::string synopsis_of(const Declared& command) {
  std::string out = "forensics " + command.words;
  for (const CLI::Option* option : options_of(*command.app)) {
    if (!option->get_positional()) continue;
    const std::string name =
        option->get_single_name() + (option->get_items_expected_max() > 1 ? "..." : "");
    out += option->get_required() ? " " + name : " [" + name + "]";
  }
  return out;
}

std::string section_of(const Declared& command) {
  std::string out =
      ".SS " + roff(synopsis_of(command)) + "\n" + roff(command.app->get_description()) + ".\n";
  for (const CLI::Option* option : options_of(*command.app)) {
    const std::string name =
        option->get_positional() ? option->get_single_name() : join(names_of(*option), ", ");
    out += ".TP\n\\fB" + roff(name) + "\\fR" +
           (takes_value(*option) && !option->get_positional()
                ? " \\fI" + roff(option->get_type_name()) + "\\fR"
                : "") +
           "\n" + roff(option->get_description()) + "\n";
  }
  if (const std::string footer = command.app->get_footer(); !footer.empty())
    out += ".PP\n.nf\n" + roff(footer) + "\n.fi\n";
  return out;
}

Result<Exit> print_manual(Program& program, const ManualCommand&) {
  std::string page = ".TH FORENSICS 1 \"\" \"forensics " FORENSICS_VERSION "\" \"User Commands\"\n";
  page += ".SH NAME\nforensics \\- " + roff(program.app.get_description()) + "\n";
  page += ".SH SYNOPSIS\n.B forensics\n.I command\n[options]\n.SH COMMANDS\n";
  for (const Declared& command : commands_of(program)) page += section_of(command);
  page += ".SH NOTES\n.nf\n" + roff(program.app.get_footer()) + "\n.fi\n";
  TRY(program.out.text(page));
  return Exit::complete;
}

// The option words of a command, and below "plugin" the commands that follow.
std::string words_behind(const Declared& command) {
  std::vector<std::string> words;
  for (const CLI::Option* option : options_of(*command.app))
    for (const std::string& name : names_of(*option)) words.push_back(name);
  for (const CLI::App* next : command.app->get_subcommands([](const CLI::App*) { return true; }))
    words.push_back(next->get_name());
  return join(words, " ");
}

std::string first_words(const Program& program) {
  std::vector<std::string> words;
  for (const Declared& command : commands_of(program))
    if (command.words.find(' ') == std::string::npos) words.push_back(command.words);
  return join(words, " ");
}

bool has_commands(const CLI::App& app) {
  return !app.get_subcommands([](const CLI::App*) { return true; }).empty();
}

// In bash, and in zsh by its own emulation of bash's completion. What is no option is left to the
// completion of file names.
std::string bash_script(const Program& program) {
  std::string nested, plain, parents = "-";
  for (const Declared& command : commands_of(program)) {
    const bool is_nested = command.words.find(' ') != std::string::npos;
    (is_nested ? nested : plain) += "    '" + command.words + (is_nested ? "'" : " '*") +
                                    ") words='" + words_behind(command) + "' ;;\n";
    if (has_commands(*command.app)) parents += "|" + command.words;
  }
  return "# Completion of forensics for bash. Made by: forensics completion bash\n"
         "_forensics() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} words=\n"
         "  COMPREPLY=()\n"
         "  case \"$command ${COMP_WORDS[2]-}\" in\n" +
         nested + plain +
         "  esac\n"
         "  if [[ $COMP_CWORD -eq 1 ]]; then\n"
         "    words='" +
         first_words(program) +
         "'\n"
         "  elif [[ $current != -* ]]; then\n"
         "    [[ $COMP_CWORD -eq 2 && $command =~ ^(" +
         parents +
         ")$ ]] || return 0\n"
         "  fi\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "}\n"
         "complete -o default -F _forensics forensics\n";
}

std::string zsh_script(const Program& program) {
  return "#compdef forensics\n"
         "# Completion of forensics for zsh. Made by: forensics completion zsh\n"
         "autoload -U +X bashcompinit && bashcompinit\n" +
         bash_script(program);
}

// A word in single quotes, as fish reads it.
std::string fish_word(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\\' || c == '\'') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string fish_script(const Program& program) {
  std::string out = "# Completion of forensics for fish. Made by: forensics completion fish\n";
  for (const Declared& command : commands_of(program)) {
    const std::size_t space = command.words.find(' ');
    const std::string condition = space == std::string::npos ? std::string("__fish_use_subcommand")
                                                             : "__fish_seen_subcommand_from " +
                                                                   command.words.substr(0, space);
    out += "complete -c forensics -n '" + condition + "' -f -a " + command.app->get_name() +
           " -d " + fish_word(command.app->get_description()) + "\n";
    for (const CLI::Option* option : options_of(*command.app)) {
      if (option->get_positional()) continue;
      out +=
          "complete -c forensics -n '__fish_seen_subcommand_from " + command.app->get_name() + "'";
      for (const std::string& name : option->get_snames()) out += " -s " + name;
      for (const std::string& name : option->get_lnames()) out += " -l " + name;
      out += std::string(takes_value(*option) ? " -r" : "") + " -d " +
             fish_word(option->get_description()) + "\n";
    }
  }
  return out;
}

Result<Exit> print_completion(Program& program, const CompletionCommand& command) {
  TRY(program.out.text(command.shell == "fish"  ? fish_script(program)
                       : command.shell == "zsh" ? zsh_script(program)
                                                : bash_script(program)));
  return Exit::complete;
}

}  // namespace

void add_manual_commands(Program& program) {
  add_command(program, program.app, "manual", "Print the manual page, as man(1) reads it",
              "  forensics manual | man -l -", std::make_shared<ManualCommand>(), print_manual);
  auto options = std::make_shared<CompletionCommand>();
  CLI::App* completion = add_command(
      program, program.app, "completion", "Print what a shell needs to complete the commands",
      "  forensics completion bash > ~/.local/share/bash-completion/completions/forensics", options,
      print_completion);
  completion->add_option("shell", options->shell, "bash, zsh or fish")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}))
      ->required();
}

}  // namespace forensics::cli
