#include <openssl/crypto.h>
#include <sqlite3.h>
#include <unicode/uversion.h>

#include <algorithm>

#include "host_options.hpp"
#include "program.hpp"
#include "table.hpp"
#include "timeline/zone.hpp"

namespace forensics::cli {
namespace {

struct DoctorCommand {
  HostOptions host;
};

struct PluginCommand {
  std::string id;
  HostOptions host;
};

struct Nothing {};

Json denials_json(const plugin::SelfTest& test) {
  Json list = Json::array();
  for (const plugin::SelfTest::Denial& each : test.denials) {
    Json line = Json::object();
    line["attempt"] = each.what;
    line["denied"] = each.denied;
    line["how"] = each.how;
    list.push_back(std::move(line));
  }
  return list;
}

// From L2 on a worker is refused every attempt; below, whatever it gets.
bool shows_what_it_claims(const plugin::SelfTest& test) {
  return test.isolation.level < plugin::Level::filtered ||
         std::all_of(test.denials.begin(), test.denials.end(),
                     [](const plugin::SelfTest::Denial& each) { return each.denied; });
}

Result<Exit> examine_machine(Program& program, const DoctorCommand& command) {
  plugin::Host::Options options = TRY(command.host.host());
  const plugin::Level wanted = options.required;
  options.required = plugin::Level::process;  // to say what is missing, not to refuse
  const plugin::SelfTest test = TRY(plugin::self_test(options));
  const bool has_zones = timeline::Zone::find("Africa/Tripoli").has_value();
  const bool is_confined = test.isolation.level >= wanted;
  const bool is_tight = shows_what_it_claims(test);
  const Exit exit = is_confined && is_tight && has_zones ? Exit::complete : Exit::attention;

  if (!is_tight)
    say("a worker of level " + std::string(plugin::name_of(test.isolation.level)) +
        " was not refused everything that this level refuses: do not rely on it, and report this");
  if (!is_confined)
    say("this machine confines workers less than required: ingest refuses unless --isolation " +
        std::string(plugin::name_of(test.isolation.level)) + " accepts it");
  Output& out = program.out;
  if (out.json) {
    Json line = Json::object();
    line["isolation"] = plugin::name_of(test.isolation.level);
    line["landlock_abi"] = test.isolation.landlock_abi;
    line["seccomp"] = test.isolation.seccomp;
    line["explanation"] = test.isolation.explanation;
    line["denials"] = denials_json(test);
    line["time_zones"] = has_zones;
    line["version"] = FORENSICS_VERSION;
    TRY(out.line(line));
    return exit;
  }
  TRY(out.text("forensics " FORENSICS_VERSION "; SQLite " + std::string(sqlite3_libversion()) +
               ", ICU " U_ICU_VERSION ", " + OpenSSL_version(OPENSSL_VERSION) + "\n\n"));
  TRY(out.text("Isolation of workers: " + out.terminal.bold(plugin::name_of(test.isolation.level)) +
               "  " + test.isolation.explanation + "\n"));
  for (const plugin::SelfTest::Denial& each : test.denials)
    TRY(out.text("  " + padded(each.what, 36) + (each.denied ? "denied" : "ALLOWED") +
                 (each.how.empty() ? "" : " (" + each.how + ")") + "\n"));
  TRY(out.text(std::string("\nTime zones: ") +
               (has_zones ? "there" : "missing; install the package tzdata") + "\n"));
  return exit;
}

Json plugin_json(const plugin::PluginInfo& info) {
  Json line = Json::object();
  line["id"] = info.id;
  line["version"] = info.version;
  line["name"] = info.name;
  line["carrier"] = info.carrier;
  line["sha256"] = to_hex(view(info.sha256));
  line["abi"] = std::int64_t{info.abi};
  line["manifest"] = info.manifest;
  return line;
}

Result<Exit> list_plugins(Program& program, const PluginCommand& command) {
  const auto host = TRY(plugin::Host::start(TRY(command.host.host())));
  Output& out = program.out;
  const Table table(out.terminal, {{.title = "ID", .width = 34},
                                   {.title = "VERSION", .width = 8},
                                   {.title = "CARRIER", .width = 13},
                                   {.title = "SHA-256", .width = 12},
                                   {.title = "NAME", .evidence = true}});
  if (!out.json) TRY(out.text(table.heading()));
  for (const plugin::PluginInfo& info : host->plugins()) {
    if (out.json)
      TRY(out.line(plugin_json(info)));
    else
      TRY(out.text(table.row({info.id, info.version, info.carrier,
                              to_hex(view(info.sha256)).substr(0, 12), info.name})));
  }
  out.count("plugins", static_cast<std::int64_t>(host->plugins().size()));
  return Exit::complete;
}

Result<Exit> describe_plugin(Program& program, const PluginCommand& command) {
  const auto host = TRY(plugin::Host::start(TRY(command.host.host())));
  for (const plugin::PluginInfo& info : host->plugins()) {
    if (info.id != command.id) continue;
    Output& out = program.out;
    if (out.json) {
      TRY(out.line(plugin_json(info)));
      return Exit::complete;
    }
    TRY(out.text(out.terminal.bold(info.id) + " " + visible(info.version) + "  " +
                 visible(info.name) + "\n  carrier   " + info.carrier + "\n  SHA-256   " +
                 to_hex(view(info.sha256)) + " (of the bytes executed)\n  ABI       " +
                 std::to_string(info.abi) + "\n  manifest  " + visible(info.manifest.dump()) +
                 "\n"));
    return Exit::complete;
  }
  return fail(ErrorCode::usage, command.id, "no such plugin; `forensics plugin list` names them");
}

std::string_view type_name(model::Type type) {
  switch (type) {
    case model::Type::text: return "text";
    case model::Type::integer: return "integer";
    case model::Type::time: return "time";
    case model::Type::ref: return "ref";
  }
  return "";
}

bool is_required(const model::KindInfo& kind, model::Key key) {
  return std::find(kind.required.begin(), kind.required.end(), key) != kind.required.end();
}

Result<Exit> show_vocabulary(Program& program, const Nothing&) {
  Output& out = program.out;
  for (const model::KindInfo& kind : model::kinds()) {
    if (!out.json)
      TRY(out.text(out.terminal.bold(kind.name) + "  " + std::string(kind.meaning) + "\n"));
    for (const model::Key number : kind.keys) {
      const model::KeyInfo& key = *model::find_key(static_cast<std::uint8_t>(number));
      if (out.json) {
        Json line = Json::object();
        line["kind"] = kind.name;
        line["key"] = key.name;
        line["type"] = type_name(key.type);
        line["required"] = is_required(kind, number);
        line["meaning"] = key.meaning;
        TRY(out.line(line));
      } else {
        TRY(out.text("  " + padded(key.name, 14) + padded(type_name(key.type), 9) +
                     (is_required(kind, number) ? "required  " : "          ") +
                     std::string(key.meaning) + "\n"));
      }
    }
  }
  return Exit::complete;
}

}  // namespace

void add_plugin_commands(Program& program) {
  const auto machine = std::make_shared<DoctorCommand>();
  CLI::App* doctor =
      add_command(program, program.app, "doctor",
                  "Show what this machine can do: how far it confines workers, time zones",
                  "  forensics doctor\n"
                  "  forensics doctor --isolation L3 --json    # exit code 1 where L3 is not there",
                  machine, &examine_machine);
  add_host_options(*doctor, machine->host, false);
  doctor->add_flag("--json", program.out.json, "One line of JSON");

  CLI::App* plugin = program.app.add_subcommand("plugin", "Show the plugins and their vocabulary");
  plugin->require_subcommand(1);
  const auto all = std::make_shared<PluginCommand>();
  CLI::App* list = add_command(program, *plugin, "list", "List the plugins that would be used",
                               "  forensics plugin list\n"
                               "  forensics plugin list --plugin ./my-plugin.so --json",
                               all, &list_plugins);
  add_host_options(*list, all->host, false);
  list->add_flag("--json", program.out.json, "JSON Lines");

  const auto one = std::make_shared<PluginCommand>();
  CLI::App* info =
      add_command(program, *plugin, "info", "Show one plugin and its manifest",
                  "  forensics plugin info org.libforensics.whatsapp-text", one, &describe_plugin);
  info->add_option("id", one->id, "The plugin's id")->required();
  add_host_options(*info, one->host, false);
  info->add_flag("--json", program.out.json, "One line of JSON");

  CLI::App* vocabulary =
      add_command(program, *plugin, "vocabulary", "List the kinds and keys of records",
                  "  forensics plugin vocabulary\n"
                  "  forensics plugin vocabulary --json | jq -r 'select(.kind==\"message\").key'",
                  std::make_shared<Nothing>(), &show_vocabulary);
  vocabulary->add_flag("--json", program.out.json, "JSON Lines");
}

}  // namespace forensics::cli
