// Conversations: the list of them, and each as pages of messages in the order of its source.

#include "report/message.hpp"
#include "report/times.hpp"

namespace forensics::report {
namespace {

using casefile::Conversation;
using casefile::Message;
using casefile::Participant;

constexpr std::size_t kMaxName = 400;
constexpr std::size_t kFirstParticipants = 24;

Address pages_of(const Conversation& conversation) {
  return Address("c{:04}", conversation.id);
}

std::string title_of(const Conversation& conversation) {
  const std::string id = casefile::conversation_id(conversation.id);
  const std::string title = casefile::shown_title(conversation);
  return title.empty() ? id : title + " (" + id + ")";
}

void write_participant(Html& out, const Participant& participant) {
  out << "<li>";
  if (participant.name) out << "<bdi>" << Clip{*participant.name, kMaxName} << "</bdi>";
  if (participant.phone && participant.phone != participant.name)
    out << " <bdi class=phone>" << Clip{*participant.phone, kMaxName} << "</bdi>";
  if (!participant.name && !participant.phone) out << "not named";
  out << " <span class=count>" << Grouped{participant.messages}
      << (participant.messages == 1 ? Text(" message") : Text(" messages")) << "</span></li>\n";
}

void write_row(Html& out, Markup label, const std::string& words) {
  out << "<dt>" << label << "</dt><dd>" << Text(words) << "</dd>";
}

class ConversationWriter {
 public:
  ConversationWriter(Context& context, const Conversation& conversation)
      : context_(context),
        conversation_(conversation),
        series_(context.site, pages_of(conversation), Section::conversations) {}

  Status write() {
    Thread& thread = context_.threads[conversation_.id];
    thread.assertions = TRY(assertions());
    casefile::MessageFilter filter;
    filter.conversation = conversation_.id;
    const auto each = [&](const Message& message) -> Result<bool> {
      gap_free_ = gap_free_ && message.number == tally_.shown + 1;
      const Readings readings = Readings::of(message, thread.assertions);
      std::vector<Html> blocks = TRY(message_blocks(context_, message, readings, tally_));
      const bool new_day = enter_day(readings);
      if (new_day) {
        Html first;
        first << "<h2 class=day>" << Text(day_) << "</h2>\n" << blocks.front();
        blocks.front() = std::move(first);
      }
      const std::string mark =
          casefile::message_id(message.conversation, message.number) +
          (readings.first.wall ? ", " + wall_words(*readings.first.wall, message.precision)
                               : ", no readable time");
      for (std::size_t at = 0; at < blocks.size(); ++at) {
        TRY(series_.add(blocks[at], mark));
        if (at > 0) continue;
        thread.pages.put(message.number, series_.current_page());
        if (new_day) repeat_day();
      }
      return true;
    };
    TRY(context_.reader.messages(filter, each));
    if (tally_.shown == 0) {
      Html none;
      none << "<p class=empty>This conversation has no messages.</p>\n";
      TRY(series_.add(none, "no messages"));
    }
    const Html lead = TRY(write_lead());
    Html again;
    write_source(again);
    return series_.finish(title_of(conversation_), lead, again);
  }

 private:
  // What examiners asserted about the exhibit, as it bears on this conversation.
  Result<timeline::Assertions> assertions() {
    const casefile::Exhibit& exhibit = context_.exhibits[conversation_.exhibit];
    const std::string order = TRY(timeline::open_date_order(context_.reader, conversation_.run));
    return timeline::Assertions::of(exhibit.zone, exhibit.date_order, order);
  }

  // True where `readings` stand on another day than the message before.
  bool enter_day(const Readings& readings) {
    std::string words = "No readable time";
    if (readings.first.wall) words = day_words(*readings.first.wall);
    if (readings.open()) words += ", or " + day_words(*readings.other->wall);
    if (words == day_) return false;
    day_ = std::move(words);
    return true;
  }

  void repeat_day() {
    Html again;
    again << "<h2 class=day>" << Text(day_) << " <span class=cont>continued</span></h2>\n";
    series_.set_context(std::move(again));
  }

  void write_source(Html& out) {
    out << "<p class=source>From <a href=" << context_.artifact_address(conversation_.artifact)
        << ">" << Text(casefile::artifact_id(conversation_.artifact)) << "</a> <bdi class=file>"
        << Clip{conversation_.path, kMaxName} << "</bdi> of exhibit <b>"
        << Clip{conversation_.reference, kMaxName} << "</b>.</p>\n";
  }

  Result<Html> write_lead() {
    Html out;
    write_source(out);
    out << "<section class=card aria-labelledby=about><h2 id=about>About this conversation</h2>"
           "<dl class=facts>";
    write_row(out, "Number", casefile::conversation_id(conversation_.id));
    write_row(out, "Application", conversation_.platform);
    out << "<dt>Messages</dt><dd>" << Grouped{tally_.shown};
    if (tally_.system > 0)
      out << ", of these " << Grouped{tally_.system} << " lines of the application";
    out << "</dd>";
    TRY(write_span(out));
    TRY(write_run(out));
    out << "</dl>";
    write_completeness(out);
    TRY(write_participants(out));
    out << "</section>\n";
    return out;
  }

  Status write_span(Html& out) {
    if (!conversation_.first || !conversation_.last) return {};
    const auto minute = model::Precision::minute;
    write_row(out, "First and last",
              wall_words(*conversation_.first, minute) + " to " +
                  wall_words(*conversation_.last, minute) + " on the clock of the source");
    return {};
  }

  Status write_run(Html& out) {
    const auto run = TRY(context_.reader.run(conversation_.run));
    if (!run) return {};
    out << "<dt>Read by</dt><dd>" << Text(run->plugin) << " " << Text(run->version)
        << ", isolation " << Text(run->level) << ", ended <b>" << Text(run->ending)
        << "</b></dd><dt>Order and side</dt><dd>Messages stand in the order of the source. ";
    if (tally_.directed)
      out << "The source states which messages its owner sent: they stand on the right.";
    else
      out << "The source does not state whose phone it is from: all stand on one side.";
    out << "</dd>";
    return {};
  }

  void write_completeness(Html& out) {
    out << "<h3>Completeness</h3><p>";
    if (tally_.shown == conversation_.messages && gap_free_)
      out << "Every message read from the source is shown; the numbers have no gap.";
    else
      out << "<strong class=bad>The case database counts " << Grouped{conversation_.messages}
          << " messages and " << Grouped{tally_.shown} << " were found: verify the case.</strong>";
    out << " What was removed before the export was made leaves no trace in it, except the marks "
           "listed here.</p><ul class=tally>";
    const auto line = [&](std::int64_t count, Markup words) {
      if (count > 0) out << "<li><b>" << Grouped{count} << "</b> " << words << "</li>";
    };
    line(tally_.recovered,
         "recovered: deleted rows or earlier versions of rows, found outside the live data. They "
         "have "
         "a dashed border; a field says where each was found, and its confidence is a rank, no "
         "probability");
    line(tally_.deleted, "marked as deleted");
    line(tally_.edited, "marked as edited; the earlier text is not in the export");
    line(tally_.view_once, "marked as view once");
    line(tally_.forwarded, "marked as forwarded");
    line(tally_.present, "with a file that is among what was handed over");
    line(tally_.omitted, "whose media the export leaves out");
    line(tally_.missing, "that name a file which was not handed over");
    line(tally_.ambiguous, "that name a file of which there is more than one");
    line(tally_.open_dates, "whose day and month stay open: both readings are shown");
    line(tally_.untimed, "without a readable time");
    out << "</ul>";
  }

  Status write_participants(Html& out) {
    const auto people = TRY(context_.reader.participants(conversation_.id));
    out << "<h3>Participants as the source names them</h3><ul class=people>\n";
    for (std::size_t at = 0; at < std::min(people.size(), kFirstParticipants); ++at)
      write_participant(out, people[at]);
    out << "</ul>";
    if (people.size() <= kFirstParticipants) return {};
    const Address all = pages_of(conversation_).joined(Address("-people"));
    out << "<p><a href=" << all.page(1) << ">All "
        << Grouped{static_cast<std::int64_t>(people.size())} << " participants</a></p>";
    Series list(context_.site, all, Section::conversations, {"<ul class=people>\n", "</ul>\n"});
    for (std::size_t at = 0; at < people.size(); ++at) {
      Html row;
      write_participant(row, people[at]);
      TRY(list.add(row, fmt::format("participant {}", at + 1)));
    }
    Html back;
    back << "<p><a href=" << pages_of(conversation_).page(1) << ">Back to the messages</a></p>\n";
    return list.finish("Participants of " + title_of(conversation_), back, back);
  }

  Context& context_;
  const Conversation& conversation_;
  Series series_;
  Tally tally_;
  std::string day_;
  bool gap_free_ = true;
};

void write_entry(Html& out, const Conversation& conversation) {
  const auto minute = model::Precision::minute;
  out << "<li><a class=big href=" << pages_of(conversation).page(1) << "><bdi>"
      << Clip{title_of(conversation), kMaxName} << "</bdi></a><p>" << Grouped{conversation.messages}
      << " messages";
  if (conversation.first && conversation.last)
    out << ", " << Text(wall_words(*conversation.first, minute)) << " to "
        << Text(wall_words(*conversation.last, minute));
  out << " · " << Text(conversation.platform) << " · exhibit <b>"
      << Clip{conversation.reference, kMaxName} << "</b> · <bdi class=file>"
      << Clip{conversation.path, kMaxName} << "</bdi></p></li>\n";
}

}  // namespace

Status write_conversations(Context& context) {
  Series list(context.site, Address("conversations"), Section::conversations,
              {"<ul class=list>\n", "</ul>\n"});
  bool any = false;
  const auto each = [&](const Conversation& conversation) -> Result<bool> {
    any = true;
    TRY(ConversationWriter(context, conversation).write());
    Html entry;
    write_entry(entry, conversation);
    TRY(list.add(entry, casefile::conversation_id(conversation.id)));
    return true;
  };
  TRY(context.reader.conversations(std::nullopt, each));
  Html lead;
  if (any)
    lead << "<p>Each conversation is one thread as one file holds it. Two phones with the same "
            "group give two conversations here; none of them is merged or left out.</p>\n";
  else
    lead << "<p class=empty>No conversation was read from the evidence of this case.</p>\n";
  return list.finish("Conversations", lead);
}

}  // namespace forensics::report
