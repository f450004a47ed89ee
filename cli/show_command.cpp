#include <fmt/format.h>

#include "hexdump.hpp"
#include "lines.hpp"
#include "message_details.hpp"
#include "program.hpp"
#include "progress.hpp"

namespace forensics::cli {
namespace {

struct ShowCommand {
  std::string root, id, zone;
  bool source = false;
  std::uint64_t bytes = 4096;
};

std::string row(std::string_view name, const std::string& value) {
  return value.empty() ? "" : "  " + padded(name, 12) + visible(value) + "\n";
}

// Which file of the run a place stands in; the artifact itself, input 0, need not be said.
using Inputs = std::vector<casefile::RunInput>;

std::string input_id(const Inputs& inputs, std::uint8_t input) {
  for (const casefile::RunInput& each : inputs)
    if (each.input == input && input != 0) return casefile::artifact_id(each.artifact);
  return "";
}

std::string place_text(const Inputs& inputs, const model::Span& span) {
  const std::string file = input_id(inputs, span.input);
  return (file.empty() ? "" : file + ":") + (span.length == 0
                                                 ? fmt::format("at {}", span.offset)
                                                 : fmt::format("{}+{}", span.offset, span.length));
}

// The same for all places of a value.
std::string places_text(const Inputs& inputs, const model::Field& field) {
  std::string out = place_text(inputs, field.span);
  for (const model::Span& each : field.more) out += " and " + place_text(inputs, each);
  return out;
}

Json place_json(const Inputs& inputs, const model::Span& span) {
  Json place = Json::object();
  place["offset"] = span.offset;
  place["length"] = span.length;
  if (span.input != 0) place["artifact"] = input_id(inputs, span.input);
  return place;
}

std::string value_text(const model::Field& field) {
  switch (field.type()) {
    case model::Type::text: return field.text;
    case model::Type::integer:
    case model::Type::ref: return std::to_string(field.number);
    case model::Type::time: return timeline::wall_text(field.time.wall, field.time.precision);
  }
  return {};
}

Json field_json(const Inputs& inputs, const model::Field& field) {
  Json line = place_json(inputs, field.span);
  line["key"] = model::find_key(static_cast<std::uint8_t>(field.key))->name;
  line["value"] = value_text(field);
  line["basis"] = model::name_of(field.basis);
  for (const model::Span& each : field.more) line["more"].push_back(place_json(inputs, each));
  line["codec"] = model::name_of(field.span.codec);
  if (!field.rule.empty()) line["rule"] = field.rule;
  if (field.basis == model::Basis::recognised) line["confidence"] = std::int64_t{field.confidence};
  return line;
}

std::string fields_text(const Inputs& inputs, const model::Record& record) {
  std::string out;
  for (const model::Field& field : record.fields) {
    const std::string_view name = model::find_key(static_cast<std::uint8_t>(field.key))->name;
    out += "    " + padded(name, 13) + padded(model::name_of(field.basis), 11) +
           padded(places_text(inputs, field), 16) + visible(value_text(field));
    if (!field.rule.empty()) out += "  [" + visible(field.rule) + "]";
    out += "\n";
  }
  return out;
}

std::string utc_text(const timeline::Moment& moment) {
  if (!moment.utc) return "not known: no offset is stated and no zone asserted for the exhibit";
  std::string out = timeline::utc_text(moment.utc->earliest);
  if (moment.utc->earliest != moment.utc->latest)
    out += " to " + timeline::utc_text(moment.utc->latest);
  out += " (" + std::string(timeline::name_of(moment.anchor)) + ")";
  if (moment.shown == timeline::Zone::Instants::Shown::twice)
    out += "; clocks went back: the hour occurred twice";
  if (moment.shown == timeline::Zone::Instants::Shown::never)
    out += "; clocks went forward: the hour did not occur in this zone";
  return out;
}

std::string recovered_text(const model::Record& record) {
  const auto words = [&](model::Key key) {
    const model::Field* field = record.find(key);
    return field != nullptr ? field->text : std::string("not stated");
  };
  return "a row that is not in the live data: " + words(model::Key::standing) + ", found in " +
         words(model::Key::recovered);
}

// What stands beside the text, a row each.
std::string details_text(const Json& details) {
  std::string out;
  if (details.as_object() == nullptr) return out;
  for (const auto& [name, value] : *details.as_object()) {
    if (name == "recovered") continue;
    const auto one = [&](const Json& each) {
      out += row(name, each.as_string() != nullptr ? *each.as_string() : each.dump());
    };
    if (value.as_array() == nullptr) {
      one(value);
      continue;
    }
    for (const Json& each : *value.as_array()) one(each);
  }
  return out;
}

// The commands with which anybody can look at the same bytes without this program.
std::string by_hand(const Digest& object, std::int64_t offset, std::int64_t length) {
  const std::string hex = to_hex(view(object));
  const std::string path = "objects/" + hex.substr(0, 2) + "/" + hex;
  return fmt::format("  by hand     tail -c +{} {} | head -c {}\n              sha256sum {}\n",
                     offset + 1, path, length, path);
}

Status show_bytes(Output& out, Reading& reading, const Digest& object, std::int64_t offset,
                  std::uint64_t length) {
  TRY(reading.bytes.check(object));
  const std::string bytes =
      TRY(reading.bytes.read(object, static_cast<std::uint64_t>(offset), length));
  TRY(out.text("\nSource bytes, read again from the object store (SHA-256 checked):\n" +
               hexdump(bytes, static_cast<std::uint64_t>(offset))));
  return {};
}

Result<Json> source_json(Reading& reading, const Digest& object, std::int64_t offset,
                         std::uint64_t length) {
  TRY(reading.bytes.check(object));
  Json source = Json::object();
  source["bytes_b64"] =
      to_base64(TRY(reading.bytes.read(object, static_cast<std::uint64_t>(offset), length)));
  source["sha256_checked"] = true;
  return source;
}

Result<Exit> show_message_json(Program& program, Reading& reading, const casefile::Message& message,
                               const ShowCommand& command) {
  const int which = TRY(reading.times.reading_of(message));
  Json line = TRY(message_line(reading, message, which));
  const model::Record record = TRY(casefile::Reader::record(message));
  const Inputs inputs = TRY(reading.reader.inputs(message.run));
  for (const model::Field& field : record.fields)
    line["fields"].push_back(field_json(inputs, field));
  for (const model::Record& each : TRY(reading.reader.records_of(message.id))) {
    Json part = Json::object();
    part["kind"] = model::find_kind(static_cast<std::uint8_t>(each.kind))->name;
    for (const model::Field& field : each.fields)
      part["fields"].push_back(field_json(inputs, field));
    line["records"].push_back(std::move(part));
  }
  if (command.source) {
    const auto length = static_cast<std::uint64_t>(message.length);
    line["source_bytes"] =
        TRY(source_json(reading, message.sha256, message.start, std::min(length, command.bytes)));
  }
  TRY(program.out.line(line));
  return Exit::complete;
}

Result<Exit> show_message(Program& program, Reading& reading, const casefile::Message& message,
                          const ShowCommand& command) {
  Output& out = program.out;
  if (out.json) return show_message_json(program, reading, message, command);
  const int which = TRY(reading.times.reading_of(message));
  const timeline::Moment moment = TRY(reading.times.moment(message, which));
  const model::Record record = TRY(casefile::Reader::record(message));
  std::string text = out.terminal.bold(casefile::message_id(message.conversation, message.number)) +
                     "  " + std::string(casefile::name_of(message.type)) + ", " +
                     visible(message.platform) + "\n";
  if ((message.flags & casefile::kRecovered) != 0) text += row("RECOVERED", recovered_text(record));
  text += row("sender", sender_text(message));
  text += row("sent", TRY(sent_text(reading, message, record)).value_or("no time") + "  =  " +
                          when_text(reading, moment));
  if (TRY(reading.times.is_open(message)))
    text += row("or", when_text(reading, TRY(reading.times.moment(message, 1 - which))) +
                          " (day and month cannot be told apart)");
  text += row("UTC", utc_text(moment));
  text += row("text", message.text.value_or(""));
  text += details_text(TRY(message_details(reading, message, record)));
  for (const casefile::Attachment& each : TRY(reading.reader.attachments(message.id)))
    text +=
        row("attachment", each.name.value_or("(no name)") + "  " + each.state +
                              (each.artifact ? "  " + casefile::artifact_id(*each.artifact) : ""));
  text += row("exhibit", message.exhibit);
  text += row("file", casefile::artifact_id(message.artifact) + "  " + message.path);
  text += row("SHA-256", to_hex(view(message.sha256)));
  text += row("bytes", fmt::format("{} from offset {}", message.length, message.start));
  text += by_hand(message.sha256, message.start, message.length);
  text += row("read by", message.plugin + " " + message.plugin_version);
  const Inputs inputs = TRY(reading.reader.inputs(message.run));
  text += "  fields: key, how the value was obtained, offset+length, value\n" +
          fields_text(inputs, record);
  for (const model::Record& each : TRY(reading.reader.records_of(message.id)))
    text += "  " + std::string(model::find_kind(static_cast<std::uint8_t>(each.kind))->name) +
            "\n" + fields_text(inputs, each);
  TRY(out.text(text));
  if (command.source)
    TRY(show_bytes(out, reading, message.sha256, message.start,
                   std::min(static_cast<std::uint64_t>(message.length), command.bytes)));
  return Exit::complete;
}

Result<std::string> run_text(const casefile::Reader& reader, const casefile::Run& run) {
  std::string out = "  run by " + visible(run.plugin) + " " + visible(run.version) + ": " +
                    visible(run.ending) + (run.detail.empty() ? "" : ", " + visible(run.detail)) +
                    "; isolation " + visible(run.level) + "; " + number_text(run.records) + " records, " +
                    number_text(run.rejected) + " rejected\n";
  const Inputs inputs = TRY(reader.inputs(run.id));
  for (const casefile::RunInput& each : inputs)
    if (each.input != 0)
      out += fmt::format("    read with    {}  {}\n", casefile::artifact_id(each.artifact),
                         visible(each.path));
  const auto file = [&](std::uint8_t input) {
    const std::string id = input_id(inputs, input);
    return id.empty() ? id : id + ":";
  };
  TRY(reader.skips(run.id, [&](const casefile::SkipRow& each) -> Result<bool> {
    out += fmt::format("    skipped      {}{}+{}  {}: {}\n", file(each.input), each.start,
                       each.length, visible(each.code), visible(each.why));
    return true;
  }));
  TRY(reader.gaps(run.id, [&](const casefile::GapRow& each) -> Result<bool> {
    out += fmt::format("    UNEXPLAINED  {}{}+{}\n", file(each.input), each.start, each.length);
    return true;
  }));
  TRY(reader.notes(run.id, [&](const casefile::NoteRow& each) -> Result<bool> {
    out += fmt::format("    note         at {}{}  {}: {}\n", file(each.input), each.start,
                       visible(each.code), visible(each.message));
    return true;
  }));
  return out;
}

Result<Exit> show_artifact(Program& program, Reading& reading, const casefile::Artifact& artifact,
                           const ShowCommand& command) {
  std::string reference;
  for (const casefile::Exhibit& each : TRY(reading.reader.exhibits()))
    if (each.id == artifact.exhibit) reference = each.reference;
  Output& out = program.out;
  const auto size = static_cast<std::uint64_t>(artifact.size);
  const bool has_bytes = command.source && artifact.sha256;
  if (out.json) {
    Json line = artifact_line(artifact, reference);
    if (has_bytes)
      line["source_bytes"] =
          TRY(source_json(reading, *artifact.sha256, 0, std::min(size, command.bytes)));
    TRY(out.line(line));
    return Exit::complete;
  }
  std::string text =
      out.terminal.bold(casefile::artifact_id(artifact.id)) + "  " + visible(artifact.path) + "\n";
  text += row("exhibit", reference);
  text += row("status", std::string(casefile::name_of(artifact.status)));
  text += row("type", artifact.type);
  text += row("size", number_text(artifact.size) + " bytes");
  text += row("SHA-256", artifact.sha256 ? to_hex(view(*artifact.sha256)) : "");
  text += row("read with", artifact.read_with ? casefile::artifact_id(*artifact.read_with) : "");
  if (artifact.method)
    text += row("made by",
                *artifact.method + (artifact.verified ? ", proved by its format" : ", NOT PROVED"));
  text += row("inside", artifact.parent ? casefile::artifact_id(*artifact.parent) : "");
  text += row("error", artifact.error ? artifact.error->text() : "");
  text += row("accounted", fmt::format("{} bytes in records, {} skipped with a reason, {} "
                                       "unexplained",
                                       artifact.covered, artifact.skipped, artifact.unexplained));
  for (const auto& [plugin, score] : TRY(reading.reader.probes(artifact.id)))
    text += row("claimed by", fmt::format("{} ({} of 100)", plugin, score));
  for (const casefile::Run& run : TRY(reading.reader.runs(artifact.id)))
    text += TRY(run_text(reading.reader, run));
  TRY(out.text(text));
  if (has_bytes) TRY(show_bytes(out, reading, *artifact.sha256, 0, std::min(size, command.bytes)));
  return Exit::complete;
}

Result<Exit> show_conversation(Program& program, Reading& reading,
                               const casefile::Conversation& conversation) {
  Output& out = program.out;
  if (out.json) {
    TRY(out.line(TRY(conversation_line(reading, conversation))));
    return Exit::complete;
  }
  const std::string title = casefile::shown_title(conversation);
  std::string text = out.terminal.bold(casefile::conversation_id(conversation.id)) + "  " +
                     visible(title.empty() ? "(no title)" : title) + ", " +
                     visible(conversation.platform) + "\n";
  text += row("exhibit", conversation.reference);
  text += row("file", casefile::artifact_id(conversation.artifact) + "  " + conversation.path);
  text += row("messages", number_text(conversation.messages));
  for (const casefile::Participant& each : TRY(reading.reader.participants(conversation.id)))
    text += row("participant", person_text(each) + "  " + number_text(each.messages) + " messages");
  TRY(out.text(text));
  return Exit::complete;
}

tl::unexpected<Error> no_such(const ShowCommand& command) {
  return fail(ErrorCode::usage, command.id,
              "nothing of that number in this case; write A000017, C0003 or C0003-M000124");
}

Result<Exit> show(Program& program, const ShowCommand& command) {
  const auto reading = TRY(Reading::open(command.root, command.zone));
  const auto citation = casefile::parse_citation(command.id);
  if (!citation) return no_such(command);
  switch (citation->what) {
    case casefile::Citation::What::message: {
      const auto message = TRY(reading->reader.message(citation->id, citation->number));
      return message ? show_message(program, *reading, *message, command) : no_such(command);
    }
    case casefile::Citation::What::artifact: {
      const auto artifact = TRY(reading->reader.artifact(citation->id));
      return artifact ? show_artifact(program, *reading, *artifact, command) : no_such(command);
    }
    case casefile::Citation::What::conversation: {
      const auto conversation = TRY(reading->reader.conversation(citation->id));
      return conversation ? show_conversation(program, *reading, *conversation) : no_such(command);
    }
  }
  return no_such(command);
}

}  // namespace

void add_show_command(Program& program) {
  const auto options = std::make_shared<ShowCommand>();
  CLI::App* command = add_command(
      program, program.app, "show",
      "Show one message, conversation or file, where it comes from, and its source bytes",
      "  forensics show case-17 C0003-M000124 --source\n"
      "  forensics show case-17 A000017                  # who read it, what is unexplained\n"
      "  forensics show case-17 C0003 --json",
      options, &show);
  add_case_argument(*command, options->root);
  command->add_option("id", options->id, "A000017, C0003 or C0003-M000124")->required();
  command->add_flag("--source", options->source, "Also the bytes, read again and hash-checked");
  command->add_option("--bytes", options->bytes, "At most so many of them")
      ->check(CLI::PositiveNumber);
  command->add_option("--tz", options->zone, "Show known instants in this IANA zone");
  command->add_flag("--json", program.out.json, "One line of JSON");
}

}  // namespace forensics::cli
