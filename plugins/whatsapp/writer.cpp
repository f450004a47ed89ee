#include "writer.hpp"

#include <algorithm>

#include "catalogue.hpp"
#include "title.hpp"
#include "unicode.hpp"

namespace whatsapp {
namespace {

constexpr std::int64_t kConversation = 1;
constexpr std::size_t kMaxParticipants = 65'536;
constexpr std::uint64_t kMaxNotes = 200;  // of one code; the rest is counted
constexpr std::int64_t kDay = 86'400'000;

constexpr const char* kHeaderRule = "whatsapp.header";
constexpr const char* kBodyRule = "whatsapp.body";
constexpr const char* kAuthorRule = "whatsapp.author";

// Line ends become LF and ill-formed parts U+FFFD, as the codecs of the contract do.
void decode_lines(std::string_view raw, bool repair, std::string& out) {
  out.clear();
  for (std::size_t at = 0; at < raw.size();) {
    if (raw[at] == '\r' && at + 1 < raw.size() && raw[at + 1] == '\n') {
      ++at;
      continue;
    }
    if (!repair || static_cast<unsigned char>(raw[at]) < 0x80) {
      out.push_back(raw[at++]);
      continue;
    }
    const CodePoint c = decode(raw, at);
    if (c.valid) {
      out.append(raw, at, c.length);
    } else {
      out += "\xEF\xBF\xBD";
    }
    at += c.length;
  }
}

bool is_phone(std::string_view name) {
  std::size_t digits = 0;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint c = decode(name, at);
    if (digit_of(c.value).value >= 0) {
      ++digits;
    } else if (!is_space(c.value) && !is_invisible(c.value) && c.value != '+' && c.value != '-' &&
               c.value != '(' && c.value != ')' && c.value != 0x2010 && c.value != 0x2011) {
      return false;
    }
    at += c.length;
  }
  return digits >= 7 && digits <= 15;
}

bool has_quote(std::string_view text) {
  return text.find('"') != std::string_view::npos || text.find("“") != std::string_view::npos ||
         text.find("«") != std::string_view::npos || text.find("„") != std::string_view::npos;
}

fx_time time_of(const Header& header, std::optional<std::int64_t> wall) {
  fx_time time{};
  time.size = sizeof time;
  time.basis = FX_TIME_UNKNOWN;
  time.wall = wall.value_or(0);
  time.precision = !wall                ? FX_PRECISION_NONE
                   : !header.hour_known ? FX_PRECISION_DAY
                   : header.second >= 0 ? FX_PRECISION_SECOND
                                        : FX_PRECISION_MINUTE;
  return time;
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::chosen: return "chosen";
    case Verdict::undecided: return "undecided";
    case Verdict::refuted: return "refuted";
  }
  return {};
}

}  // namespace

Writer::Writer(const fx::Host& host, const Survey& survey, const Siblings& siblings)
    : host_(host), survey_(survey), siblings_(siblings) {}

void Writer::note(fx_severity severity, std::uint64_t offset, std::uint64_t length,
                  std::string_view code, std::string_view text) {
  if (++notes_[code] <= kMaxNotes) host_.note(severity, fx::span(offset, length), code, text);
}

void Writer::finish() {
  for (const auto& [code, count] : notes_) {
    if (count <= kMaxNotes) continue;
    const std::string text = "further notes of this code: " + std::to_string(count - kMaxNotes);
    host_.note(FX_INFO, fx::span(0, 0), code, text);
  }
}

void Writer::readings() {
  for (const Shape& shape : survey_.shapes.shapes())
    if (shape.accepted) readings_of(shape);
}

void Writer::reading(const Shape& shape, std::string_view subject, std::string_view value,
                     Verdict verdict, std::string_view reason, Place place) {
  const fx_span where = fx::span(place.offset, place.length);
  constexpr const char* kRule = "whatsapp.date-order";
  const std::string why = "heads " + shape.description + ": " + std::string(reason);
  record_.start(FX_KIND_READING, 0, place.offset, 0)
      .derived("subject", subject, kRule, where)
      .derived("value", value, kRule, where)
      .derived("verdict", name_of(verdict), kRule, where)
      .derived("reason", why, kRule, where);
  host_.emit(record_);
}

void Writer::readings_of(const Shape& shape) {
  const std::vector<Candidate>& all = shape.decision.candidates;
  const auto emit = [&](const Candidate& candidate, std::string_view subject,
                        std::string_view value) {
    const Place start{shape.first, 0};
    const auto cause = static_cast<std::size_t>(candidate.strongest());
    const Place refuting = candidate.first[cause].length != 0 ? candidate.first[cause] : start;
    switch (candidate.verdict) {
      case Verdict::chosen:
        reading(shape, subject, value, Verdict::chosen,
                "explains the dates; every other reading is refuted", start);
        break;
      case Verdict::undecided:
        reading(shape, subject, value, Verdict::undecided,
                "nothing in the file refutes it, nor the other reading", start);
        break;
      case Verdict::refuted:
        reading(shape, subject, value, Verdict::refuted, explain(candidate), refuting);
        break;
    }
  };

  // One record for each order and, where another calendar is at stake, for each calendar: the best
  // candidate speaks for it.
  std::array<bool, 3> orders{};
  std::array<bool, 7> calendars{};
  const bool calendar_at_stake = std::ranges::any_of(all, [](const Candidate& candidate) {
    return candidate.reading.calendar != Calendar::gregorian &&
           candidate.verdict != Verdict::refuted;
  });
  for (const Candidate& candidate : all) {
    bool& order = orders[static_cast<std::size_t>(candidate.reading.order)];
    if (!order) emit(candidate, "date-order", name_of(candidate.reading.order));
    order = true;
  }
  for (const Candidate& candidate : all) {
    bool& calendar = calendars[static_cast<std::size_t>(candidate.reading.calendar)];
    if (!calendar && calendar_at_stake)
      emit(candidate, "calendar", name_of(candidate.reading.calendar));
    calendar = true;
  }
  if (all.empty())
    reading(shape, "date-order", "no-year", Verdict::undecided,
            "the dates have no year, so no reading gives a day", {shape.first, 0});
  reading(shape, "clock", shape.twelve_hour ? "12-hour" : "24-hour", Verdict::chosen,
          shape.twelve_hour ? "a day period stands beside the hour"
                            : "no day period stands beside the hour",
          {shape.first, 0});
}

void Writer::conversation(std::string_view file_name) {
  constexpr const char* kNameRule = "whatsapp.file-name";
  record_.start(FX_KIND_CONVERSATION, kConversation, 0, 0)
      .derived("platform", "whatsapp", "whatsapp.format", fx::span(0, 0));
  const std::string_view in_name = title_in_file_name(file_name);
  if (!in_name.empty() && is_valid_utf8(in_name)) {
    record_.derived("title", in_name, kNameRule, fx::span(0, 0));
  } else if (!survey_.title.empty()) {
    record_.derived("title", survey_.title, "whatsapp.title",
                    fx::span(survey_.title_place.offset, survey_.title_place.length));
  }
  host_.emit(record_);
}

fx_span Writer::span_of(Range range) const {
  const Encoding encoding = survey_.preamble.encoding;
  return fx::span(start_ + source_length(text_.substr(0, range.begin), encoding),
                  source_length(range.of(text_), encoding));
}

Writer::Decoded Writer::decode_part(Range range, std::string& scratch) {
  const std::string_view raw = range.of(text_);
  fx_span where = span_of(range);
  const bool lines = carriage_ && raw.find('\r') != std::string_view::npos;
  const bool repair = !valid_ && !is_valid_utf8(raw);
  switch (survey_.preamble.encoding) {
    case Encoding::utf8: where.codec = repair ? FX_CODEC_UTF8_REPAIR : FX_CODEC_UTF8_LINES; break;
    case Encoding::utf16le: where.codec = FX_CODEC_UTF16LE; break;
    case Encoding::utf16be: where.codec = FX_CODEC_UTF16BE; break;
  }
  repaired_ |= repair;
  if (!lines && !repair) return {raw, where};
  decode_lines(raw, repair, scratch);
  return {scratch, where};
}

void Writer::add_text(const char* key, Range range, std::string& scratch) {
  const Decoded decoded = decode_part(range, scratch);
  side_.decoded(key, decoded.value, decoded.where);
}

// The participant of this name; emitted when it is seen first.
std::int64_t Writer::participant(Range name, std::uint64_t hash) {
  const std::string_view raw = name.of(text_);
  Known& recent = recent_[hash % recent_.size()];
  if (recent.ref != 0 && raw == recent.name) return recent.ref;
  std::int64_t ref = 0;
  if (const auto known = participants_.find(raw); known != participants_.end()) {
    ref = known->second;
  } else {
    ref = ++last_participant_;
    if (participants_.size() < kMaxParticipants) participants_.emplace(raw, ref);
    const Decoded decoded = decode_part(name, scratch_[1]);
    side_.start(FX_KIND_PARTICIPANT, ref, decoded.where.offset, 0)
        .ref("conversation", kConversation, kAuthorRule, fx::span(decoded.where.offset, 0))
        .decoded("name", decoded.value, decoded.where);
    if (is_phone(raw)) side_.decoded("phone", decoded.value, decoded.where);
    host_.emit(side_);
  }
  recent.name = raw;
  recent.ref = ref;
  return ref;
}

// Where the author of the first line ends; not found for a line of the application that only
// looks as if it had one, `Alice changed the subject to "Plan: B"`.
Split Writer::split_author(const Message& message) const {
  const std::size_t first = message.header.rest;
  const std::string_view rest = text_.substr(first, message.first_line - first);
  Split split = survey_.authors.split(rest);
  if (!split.found) return {.found = false, .body = first};
  const std::string_view name = rest.substr(split.name_begin, split.name_end - split.name_begin);
  if (split.seen <= 1 && (has_quote(name) || name.size() > 64) && !action_of(rest).empty())
    return {.found = false, .body = first};
  split.name_begin += first;
  split.name_end += first;
  split.body += first;
  return split;
}

void Writer::add_times(const Message& message) {
  const Header& header = message.header;
  const Decision& decision = message.shape->decision;
  const fx_span where = span_of({header.clock_begin, header.clock_end});
  const auto wall = wall_of(header, decision.chosen);
  record_.time("sent", time_of(header, wall), kHeaderRule, where);
  if (decision.other) {
    const auto other = wall_of(header, decision.other);
    if (other && other != wall)
      record_.time("sent_other", time_of(header, other), kHeaderRule, where);
  }
  if (message.oversized) return;
  if (!wall && !message.shape->decision.candidates.empty())
    note(FX_WARNING, message.start, message.header.rest, "unread-date",
         "the date fits the template but not the reading of the file");
  if (!header.hour_known)
    note(FX_WARNING, message.start, header.rest, "unknown-day-period",
         "a word beside the hour is not in the table: the time is given to the day");
  if (!wall) return;
  if (last_message_ > 1 && *wall < previous_wall_ - kDay)
    note(
        FX_INFO, message.start, header.rest, "possible-quoted-header",
        "more than a day before the message above: a quotation in its body, or an unsorted export");
  previous_wall_ = *wall;
}

void Writer::message(const Message& message, std::string_view raw) {
  start_ = message.start;
  text_ = to_utf8(raw, survey_.preamble.encoding, transcoded_);
  valid_ = is_valid_utf8(text_);
  carriage_ = !message.one_line && text_.find('\r') != std::string_view::npos;
  repaired_ = false;
  Split split;
  if (!message.oversized) split = split_author(message);
  Range body{split.body, text_.size()};
  while (body.end > body.begin && (text_[body.end - 1] == '\n' || text_[body.end - 1] == '\r'))
    --body.end;

  const Range name{split.name_begin, split.name_end};
  BodyContext context;
  context.has_author = split.found;
  if (message.oversized) {
    read_body({}, context, siblings_, facts_);
    facts_.text = {0, body.end - body.begin};
  } else {
    context.author_speaks = split.spoken != 0;
    context.head_marked = message.header.marked;
    context.bracket = message.header.family == Family::bracket;
    context.first_message = last_message_ == 0;
    context.one_line = message.one_line;
    read_body(body.of(text_), context, siblings_, facts_);
    sender_ = split.found && facts_.type != Type::system ? participant(name, split.name_hash) : 0;
  }

  const std::int64_t ref = ++last_message_;
  const fx_span body_span = span_of(body);
  record_.start(FX_KIND_MESSAGE, ref, message.start, message.end - message.start)
      .ref("conversation", kConversation, kHeaderRule, fx::span(message.start, 0));
  if (sender_ != 0)
    record_.ref("sender", sender_, kAuthorRule,
                message.oversized ? fx::span(message.start, 0) : span_of(name));
  add_times(message);
  record_.derived("type", name_of(facts_.type), kBodyRule, body_span);
  const Range text{body.begin + facts_.text.begin, body.begin + facts_.text.end};
  if (!text.empty()) {
    const Decoded decoded = decode_part(text, scratch_[0]);
    record_.decoded("text", decoded.value, decoded.where);
  }
  if (split.found && facts_.type == Type::system) {
    const Decoded decoded = decode_part(name, scratch_[1]);
    record_.decoded("name", decoded.value, decoded.where);
  }
  if (facts_.edited) record_.number("edited", 1, kBodyRule, body_span);
  if (facts_.type == Type::deleted) record_.number("deleted", 1, kBodyRule, body_span);
  if (facts_.type == Type::view_once) record_.number("view_once", 1, kBodyRule, body_span);
  if (!facts_.action.empty())
    record_.derived("action", facts_.action, "whatsapp.action", body_span);
  host_.emit(record_);

  if (facts_.type != Type::text) {
    attachments(facts_, ref, body.begin);
    more(facts_, ref, body.begin);
  }
  if (facts_.by_place)
    note(
        FX_INFO, body_span.offset, body_span.length, "unknown-words",
        facts_.type == Type::system
            ? "words behind the application's mark that no catalogue has: by its place a line of "
              "the application"
            : "words behind the application's mark that no catalogue has: by its place a file that "
              "was left out");
  if (facts_.null_text)
    note(FX_INFO, body_span.offset, body_span.length, "null-body",
         "the export holds the word null here: it lacks what was sent");
  if (message.oversized)
    note(FX_WARNING, message.start, message.end - message.start, "oversized-line",
         "a further part of a message that is too long for one record");
  if (repaired_)
    note(FX_WARNING, message.start, message.end - message.start, "ill-formed-utf8",
         "bytes that are no UTF-8 are shown as U+FFFD");
}

void Writer::attachments(const BodyFacts& facts, std::int64_t ref, std::size_t base) {
  if (!facts.attachment) return;
  const Range file{base + facts.file.begin, base + facts.file.end};
  const fx_span where = facts.file.empty() ? span_of({base, base + facts.text.end}) : span_of(file);
  side_.start(FX_KIND_ATTACHMENT, 0, where.offset, 0).ref("message", ref, kBodyRule, where);
  if (!facts.file.empty()) add_text("name", file, scratch_[1]);
  side_.derived("state", facts.omitted ? "omitted" : "present", kBodyRule, where);
  if (facts.pages >= 0) side_.number("pages", facts.pages, kBodyRule, where);
  host_.emit(side_);
  if (facts.type != Type::contact || facts.file.empty()) return;
  const Range card{file.begin, file.end - 4};
  side_.start(FX_KIND_CONTACT, 0, where.offset, 0).ref("message", ref, kBodyRule, where);
  add_text("name", card, scratch_[1]);
  host_.emit(side_);
}

void Writer::more(const BodyFacts& facts, std::int64_t ref, std::size_t base) {
  const auto at = [&](Range range) { return Range{base + range.begin, base + range.end}; };
  const auto start = [&](fx_kind kind) {
    const fx_span where = span_of(at(facts.text));
    side_.start(kind, 0, where.offset, 0).ref("message", ref, kBodyRule, fx::span(where.offset, 0));
    return where;
  };
  switch (facts.type) {
    case Type::location: {
      const fx_span where = start(FX_KIND_LOCATION);
      if (!facts.latitude.empty()) add_text("latitude", at(facts.latitude), scratch_[0]);
      if (!facts.longitude.empty()) add_text("longitude", at(facts.longitude), scratch_[1]);
      if (!facts.address.empty()) add_text("address", at(facts.address), scratch_[2]);
      if (!facts.url.empty()) add_text("url", at(facts.url), scratch_[3]);
      if (facts.live) side_.derived("type", "live", kBodyRule, where);
      host_.emit(side_);
      break;
    }
    case Type::call: {
      const fx_span where = start(FX_KIND_CALL);
      side_.derived("type", facts.call_type, kBodyRule, where);
      if (!facts.call_state.empty()) side_.derived("state", facts.call_state, kBodyRule, where);
      if (facts.seconds >= 0) side_.number("duration", facts.seconds, kBodyRule, where);
      host_.emit(side_);
      break;
    }
    case Type::poll: {
      start(FX_KIND_POLL);
      add_text("question", at(facts.question), scratch_[0]);
      // A field keeps a view: each option needs memory of its own where it must be decoded.
      std::vector<std::string> decoded(facts.options.size());
      for (std::size_t i = 0; i < facts.options.size(); ++i) {
        const Option& option = facts.options[i];
        add_text("option", at(option.text), decoded[i]);
        side_.number("votes", option.votes, kBodyRule, span_of(at(option.text)));
      }
      host_.emit(side_);
      break;
    }
    case Type::system: {
      if (facts.before.empty() && facts.after.empty()) break;
      const fx_span where = start(FX_KIND_IDENTITY);
      if (!facts.before.empty()) add_text("before", at(facts.before), scratch_[0]);
      if (!facts.after.empty()) add_text("after", at(facts.after), scratch_[1]);
      side_.derived("action", facts.action, kBodyRule, where);
      host_.emit(side_);
      break;
    }
    default: break;
  }
}

}  // namespace whatsapp
