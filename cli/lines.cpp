#include "lines.hpp"

#include "message_details.hpp"

#include "plugin/codec.hpp"
#include "plugin/number_codec.hpp"

namespace forensics::cli {
namespace {

std::string participant_id(std::int64_t id) {
  const std::string digits = std::to_string(id);
  return "P" + std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

Json utc_or_null(const timeline::Moment& moment, std::int64_t timeline::Interval::*end) {
  if (!moment.utc) return {};
  return timeline::utc_text((*moment.utc).*end);
}

Json sent_json(const timeline::Moment& moment, const casefile::Message& message,
               const std::optional<std::string>& text) {
  Json sent = Json::object();
  sent["text"] = text_or_null(text);
  sent["wall"] = moment.wall ? Json(timeline::wall_text(*moment.wall, moment.precision)) : Json();
  sent["utc"] = utc_or_null(moment, &timeline::Interval::earliest);
  sent["utc_latest"] = utc_or_null(moment, &timeline::Interval::latest);
  sent["offset"] = moment.offset ? Json(timeline::offset_text(*moment.offset)) : Json();
  sent["precision"] = model::name_of(moment.precision);
  sent["basis"] = moment.anchor == timeline::Anchor::asserted ? timeline::name_of(moment.anchor)
                                                              : model::name_of(message.basis);
  return sent;
}

Json sender_json(const casefile::Message& message) {
  if (!message.sender) return {};
  Json sender = Json::object();
  sender["id"] = participant_id(*message.sender);
  sender["name"] = text_or_null(message.sender_name ? message.sender_name : message.sender_phone);
  sender["phone"] = text_or_null(message.sender_phone);
  if (message.sender_account) sender["account"] = *message.sender_account;
  if (message.sender_is_owner) sender["owner"] = true;
  return sender;
}

Json direction_json(const casefile::Message& message) {
  if ((message.flags & casefile::kIncoming) != 0) return "in";
  if ((message.flags & casefile::kOutgoing) != 0) return "out";
  return {};
}

Result<Json> attachments_json(const Reading& reading, const casefile::Message& message) {
  Json list = Json::array();
  for (const casefile::Attachment& each : TRY(reading.reader.attachments(message.id))) {
    Json attachment = Json::object();
    attachment["name"] = text_or_null(each.name);
    attachment["sha256"] = each.sha256 ? Json(to_hex(view(*each.sha256))) : Json();
    attachment["missing"] = each.state != "present";
    attachment["state"] = each.state;
    if (each.artifact) attachment["artifact"] = casefile::artifact_id(*each.artifact);
    list.push_back(std::move(attachment));
  }
  return list;
}

Json source_json(const casefile::Message& message) {
  Json source = Json::object();
  source["exhibit"] = message.exhibit;
  source["artifact"] = casefile::artifact_id(message.artifact);
  set_path(source, "path", message.path);
  source["sha256"] = to_hex(view(message.sha256));
  source["offset"] = message.start;
  source["length"] = message.length;
  return source;
}

void set_flags(Json& line, std::uint32_t flags) {
  if ((flags & casefile::kEdited) != 0) line["edited"] = true;
  if ((flags & casefile::kDeleted) != 0) line["deleted"] = true;
  if ((flags & casefile::kViewOnce) != 0) line["view_once"] = true;
  if ((flags & casefile::kForwarded) != 0) line["forwarded"] = true;
  if ((flags & casefile::kStarred) != 0) line["starred"] = true;
}

}  // namespace

Json text_or_null(const std::optional<std::string>& text) {
  return text ? Json(*text) : Json();
}

Json wall_or_null(const std::optional<std::int64_t>& wall) {
  if (!wall) return {};
  const std::string text = timeline::wall_text(*wall, model::Precision::second);
  return text.empty() ? Json() : Json(text);
}

void set_path(Json& line, std::string_view key, const std::string& path) {
  line[key] = path;
  if (!is_utf8(path)) line[std::string(key) + "_b64"] = to_base64(path);
}

Result<std::optional<std::string>> sent_text(Reading& reading, const casefile::Message& message,
                                             const model::Record& record) {
  const model::Field* sent = record.find(model::Key::sent);
  if (sent == nullptr || sent->span.length == 0) return std::optional<std::string>();
  Digest object = message.sha256;
  if (sent->span.input != message.input)
    for (const casefile::RunInput& each : TRY(reading.reader.inputs(message.run)))
      if (each.input == sent->span.input) object = each.sha256;
  const std::string bytes = TRY(reading.bytes.read(object, sent->span.offset, sent->span.length));
  // A number says nothing to a reader: the instant that it counts to stands beside it.
  if (plugin::is_number(sent->span.codec)) return plugin::written_number(sent->span.codec, bytes);
  return plugin::decode(
      sent->span.codec == model::Codec::none ? model::Codec::utf8_repair : sent->span.codec, bytes);
}

Result<Json> message_line(Reading& reading, const casefile::Message& message, int which) {
  const model::Record record = TRY(casefile::Reader::record(message));
  const timeline::Moment moment = TRY(reading.times.moment(message, which));
  const auto text = TRY(sent_text(reading, message, record));
  Json line = Json::object();
  line["id"] = casefile::message_id(message.conversation, message.number);
  line["conversation"] = casefile::conversation_id(message.conversation);
  line["platform"] = message.platform;
  line["sender"] = sender_json(message);
  line["direction"] = direction_json(message);
  line["sent"] = sent_json(moment, message, text);
  if (TRY(reading.times.is_open(message))) {
    const timeline::Moment other = TRY(reading.times.moment(message, 1 - which));
    line["sent_other"] = sent_json(other, message, text);
  }
  line["text"] = message.text.value_or("");
  line["kind"] = casefile::name_of(message.type);
  line["attachments"] = TRY(attachments_json(reading, message));
  line["source"] = source_json(message);
  line["plugin"] = message.plugin;
  line["plugin_version"] = message.plugin_version;
  const model::Field* field = record.find(model::Key::text);
  line["basis"] = field != nullptr ? Json(model::name_of(field->basis)) : Json();
  set_flags(line, message.flags);
  const Json details = TRY(message_details(reading, message, record));
  if (details.as_object() != nullptr)
    for (const auto& [name, value] : *details.as_object()) line[name] = value;
  return line;
}

Json artifact_line(const casefile::Artifact& artifact, const std::string& exhibit) {
  Json line = Json::object();
  line["id"] = casefile::artifact_id(artifact.id);
  line["exhibit"] = exhibit;
  set_path(line, "path", artifact.path);
  line["sha256"] = artifact.sha256 ? Json(to_hex(view(*artifact.sha256))) : Json();
  line["size"] = artifact.size;
  line["type"] = artifact.type;
  line["plugin"] = artifact.plugin.empty() ? Json() : Json(artifact.plugin);
  line["status"] = casefile::name_of(artifact.status);
  line["records"] = artifact.records;
  line["covered_bytes"] = artifact.covered;
  line["skipped_bytes"] = artifact.skipped;
  line["unexplained_bytes"] = artifact.unexplained;
  if (artifact.read_with) line["read_with"] = casefile::artifact_id(*artifact.read_with);
  if (artifact.method) {
    line["method"] = *artifact.method;
    line["verified"] = artifact.verified;
  }
  line["parent"] = artifact.parent ? Json(casefile::artifact_id(*artifact.parent)) : Json();
  line["error"] = Json();
  if (artifact.error) {
    Json error = Json::object();
    error["code"] = artifact.error_code;
    error["where"] = artifact.error->where;
    error["message"] = artifact.error->message;
    line["error"] = std::move(error);
  }
  return line;
}

Result<Json> conversation_line(Reading& reading, const casefile::Conversation& conversation) {
  Json line = Json::object();
  line["id"] = casefile::conversation_id(conversation.id);
  line["exhibit"] = conversation.reference;
  line["artifact"] = casefile::artifact_id(conversation.artifact);
  set_path(line, "path", conversation.path);
  line["platform"] = conversation.platform;
  line["title"] = text_or_null(conversation.title);
  if (!conversation.others.empty()) line["others"] = conversation.others;
  line["messages"] = conversation.messages;
  line["first"] = wall_or_null(conversation.first);
  line["last"] = wall_or_null(conversation.last);
  Json participants = Json::array();
  for (const casefile::Participant& each : TRY(reading.reader.participants(conversation.id))) {
    Json participant = Json::object();
    participant["id"] = participant_id(each.id);
    participant["name"] = text_or_null(each.name);
    participant["phone"] = text_or_null(each.phone);
    participant["account"] = text_or_null(each.account);
    if (each.owner) participant["owner"] = true;
    participant["messages"] = each.messages;
    participants.push_back(std::move(participant));
  }
  line["participants"] = std::move(participants);
  return line;
}

std::string when_text(const Reading& reading, const timeline::Moment& moment) {
  if (!moment.wall) return "no time";
  std::string text;
  if (!moment.utc) {
    text = timeline::wall_text(*moment.wall, moment.precision);
  } else if (reading.zone) {
    text = timeline::zone_text(moment.utc->earliest, *reading.zone, moment.precision);
  } else {
    text = timeline::wall_text(moment.utc->earliest, moment.precision);
    if (moment.precision != model::Precision::day) text += 'Z';
  }
  if (const std::size_t t = text.find('T'); t != std::string::npos) text[t] = ' ';
  // The instant may be later than what is shown: the clock was set back, or the season is open.
  constexpr std::int64_t kHour = 3'600'000;
  const bool is_open = moment.utc && moment.utc->latest - moment.utc->earliest >= kHour;
  if (is_open && moment.precision != model::Precision::day) text += '~';
  return text;
}

Result<std::string> said(const Reading& reading, const casefile::Message& message) {
  std::string out;
  for (const casefile::Attachment& each : TRY(reading.reader.attachments(message.id)))
    out += "[" + each.name.value_or(each.state) + "] ";
  if (message.text) out += *message.text;
  if ((message.flags & casefile::kRecovered) != 0) out = "[recovered] " + out;
  if (out.empty()) out = "[" + std::string(casefile::name_of(message.type)) + "]";
  return out;
}

std::string sender_text(const casefile::Message& message) {
  const auto& name = message.sender_name    ? message.sender_name
                     : message.sender_phone ? message.sender_phone
                                            : message.sender_account;
  if (name) return message.sender_is_owner ? *name + " (owner)" : *name;
  if (message.sender_is_owner || (message.flags & casefile::kOutgoing) != 0) return "(owner)";
  return message.sender ? "?" : "(system)";
}

std::string person_text(const casefile::Participant& person) {
  const auto& name = person.name ? person.name : person.phone ? person.phone : person.account;
  if (name) return person.owner ? *name + " (owner)" : *name;
  return person.owner ? "(owner)" : "?";
}

}  // namespace forensics::cli
