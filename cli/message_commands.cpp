#include "lines.hpp"
#include "program.hpp"
#include "progress.hpp"
#include "search/query.hpp"
#include "table.hpp"

namespace forensics::cli {
namespace {

using casefile::Message;

struct SearchOptions : Filters {
  std::string query;
};

Table message_table(const Terminal& terminal) {
  return {terminal,
          {{.title = "MESSAGE", .width = 13},
           {.title = "SENT", .width = 20},
           {.title = "PLATFORM", .width = 9, .evidence = true},
           {.title = "SENDER", .width = 20, .evidence = true},
           {.title = "TEXT", .evidence = true}}};
}

// One message, as a line of JSON or as a row. `which` is the reading of an open date.
class MessageWriter {
 public:
  MessageWriter(Program& program, Reading& reading)
      : out_(program.out), reading_(reading), table_(message_table(program.out.terminal)) {}

  Result<bool> write(const Message& message, int which) {
    ++written_;
    if (out_.json) return out_.line(TRY(message_line(reading_, message, which)));
    if (written_ == 1) TRY(out_.text(table_.heading()));
    std::string when = when_text(reading_, TRY(reading_.times.moment(message, which)));
    if (TRY(reading_.times.is_open(message))) {
      when += '?';
      ++open_;
    }
    return out_.text(
        table_.row({casefile::message_id(message.conversation, message.number), std::move(when),
                    message.platform, sender_text(message), TRY(said(reading_, message))}));
  }

  Result<Exit> end() {
    if (open_ > 0)
      say("'?' marks times whose day and month cannot be told apart; `forensics assert` settles "
          "them");
    out_.count("messages", written_);
    return Exit::complete;
  }

 private:
  Output& out_;
  Reading& reading_;
  Table table_;
  std::int64_t written_ = 0, open_ = 0;
};

Result<Exit> list_messages(Program& program, const Filters& filters) {
  const auto reading = TRY(Reading::open(filters.root, filters.zone));
  const casefile::MessageFilter filter = TRY(message_filter(reading->reader, filters));
  MessageWriter writer(program, *reading);
  TRY(reading->reader.messages(filter, [&](const Message& message) -> Result<bool> {
    const int which = TRY(reading->times.reading_of(message));
    return writer.write(message, which);
  }));
  return writer.end();
}

Result<Exit> show_timeline(Program& program, const Filters& filters) {
  const auto reading = TRY(Reading::open(filters.root, filters.zone));
  const casefile::EventFilter filter = TRY(event_filter(reading->reader, filters));
  MessageWriter writer(program, *reading);
  TRY(reading->reader.timeline(filter, [&](const casefile::Event& event) -> Result<bool> {
    return writer.write(event.message, event.reading);
  }));
  return writer.end();
}

// Makes the found parts of a text stand out where the terminal can.
std::string marked(const Terminal& terminal, const search::Hit& hit) {
  const std::string& text = *hit.message.text;
  if (!terminal.colour) return visible(text);
  std::vector<search::Range> ranges;
  for (const search::WordMatch& word : hit.words)
    ranges.insert(ranges.end(), word.ranges.begin(), word.ranges.end());
  std::sort(ranges.begin(), ranges.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  std::string out;
  std::size_t done = 0;
  for (const search::Range& range : ranges) {
    if (range.begin < done) continue;
    out += visible(text.substr(done, range.begin - done));
    out += terminal.bold(visible(text.substr(range.begin, range.end - range.begin)));
    done = range.end;
  }
  return out + visible(text.substr(done));
}

Json matches_json(const search::Hit& hit) {
  Json list = Json::array();
  for (const search::WordMatch& word : hit.words) {
    Json match = Json::object();
    match["word"] = word.word;
    match["why"] = search::explain(word, *hit.message.text);
    for (const search::Difference difference : word.differences)
      match["differences"].push_back(search::name_of(difference));
    for (const search::Range& range : word.ranges) {
      Json place = Json::object();
      place["offset"] = std::uint64_t{range.begin};
      place["length"] = std::uint64_t{range.end - range.begin};
      match["ranges"].push_back(std::move(place));
    }
    list.push_back(std::move(match));
  }
  return list;
}

Result<bool> write_hit(Program& program, Reading& reading, const search::Hit& hit) {
  const int which = TRY(reading.times.reading_of(hit.message));
  Output& out = program.out;
  if (out.json) {
    Json line = TRY(message_line(reading, hit.message, which));
    line["matches"] = matches_json(hit);
    return out.line(line);
  }
  const Terminal& terminal = out.terminal;
  const auto evidence = [&](const std::string& text) {
    return terminal.is_tty ? isolated(text) : text;
  };
  std::string why;
  for (const search::WordMatch& word : hit.words)
    why += (why.empty() ? "" : "; ") + visible(search::explain(word, *hit.message.text));
  const timeline::Moment moment = TRY(reading.times.moment(hit.message, which));
  return out.text(
      terminal.bold(casefile::message_id(hit.message.conversation, hit.message.number)) +
      ((hit.message.flags & casefile::kRecovered) != 0 ? "  [recovered]  " : "  ") +
      when_text(reading, moment) + "  " + evidence(visible(sender_text(hit.message))) + "\n    " +
      evidence(marked(terminal, hit)) + "\n    " + terminal.dim(why) + "\n");
}

Result<Exit> find_messages(Program& program, const SearchOptions& options) {
  const auto reading = TRY(Reading::open(options.root, options.zone));
  search::Query query;
  query.text = options.query;
  query.filter = TRY(message_filter(reading->reader, options));
  const search::Found found =
      TRY(search::search(reading->reader, query, [&](const search::Hit& hit) -> Result<bool> {
        return write_hit(program, *reading, hit);
      }));
  if (found.scanned)
    say("words of one or two letters are not in the index: every message was read");
  if (found.more) say("there are more; raise --limit or go on with --after");
  program.out.count("hits", found.hits);
  return Exit::complete;
}

}  // namespace

void add_message_commands(Program& program) {
  const auto list = std::make_shared<Filters>();
  CLI::App* messages =
      add_command(program, program.app, "messages", "List messages, conversation by conversation",
                  "  forensics messages case-17 --conversation C0003\n"
                  "  forensics messages case-17 --sender \"Kidane\" --from 2024-03 --to 2024-05\n"
                  "  forensics messages case-17 --type media --json | jq .attachments",
                  list, &list_messages);
  add_filters(*messages, *list);
  messages->add_option("--type", list->type,
                       "Only this kind: text, media, location, poll, call, contact, deleted, "
                       "view_once, system, other");
  messages->add_flag("--json", program.out.json, "JSON Lines");

  const auto events = std::make_shared<Filters>();
  CLI::App* timeline =
      add_command(program, program.app, "timeline", "List messages in order of time",
                  "  forensics timeline case-17 --from 2024-03-09 --to 2024-03-10\n"
                  "  forensics timeline case-17 --tz Africa/Tripoli --limit 50\n"
                  "  forensics timeline case-17 --person \"+39 06 5550 0101\" --json",
                  events, &show_timeline);
  add_filters(*timeline, *events);
  timeline->add_flag("--json", program.out.json, "JSON Lines");

  const auto words = std::make_shared<SearchOptions>();
  CLI::App* find = add_command(program, program.app, "search",
                               "Find messages by words, in any script and any spelling",
                               "  forensics search case-17 passport\n"
                               "  forensics search case-17 '\"quay 4\" boat' --from 2024-03\n"
                               "  forensics search case-17 قارب --json            # also finds "
                               "قَارِب; docs/search.md says why",
                               words, &find_messages);
  add_filters(*find, *words);
  find->add_option("query", words->query, "Words; all of them; \"quoted words\" are one")
      ->required();
  find->add_option("--type", words->type, "Only this kind of message");
  find->add_flag("--json", program.out.json, "JSON Lines");
}

}  // namespace forensics::cli
