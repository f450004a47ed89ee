// The timeline: every message that has a readable time, in the order of time over all
// conversations.

#include "report/message.hpp"
#include "report/times.hpp"

namespace forensics::report {
namespace {

constexpr std::size_t kExcerpt = 280;
constexpr std::size_t kMaxFiles = 3;

Status write_event(Html& out, const Context& context, const casefile::Event& event) {
  const casefile::Message& message = event.message;
  const auto thread = context.threads.find(message.conversation);
  static const timeline::Assertions kNone;
  const Readings readings =
      Readings::of(message, thread == context.threads.end() ? kNone : thread->second.assertions);
  const bool second = readings.open() && event.reading != 0;
  const timeline::Moment& moment = second ? *readings.other : readings.first;
  out << "<li" << Attribute{"class", readings.open() ? "e both" : "e"} << "><span class=when>";
  if (moment.wall)
    out << "<time datetime=\"" << Text(timeline::wall_text(*moment.wall, moment.precision)) << "\">"
        << Text(wall_words(*moment.wall, moment.precision)) << "</time>";
  if (moment.utc) out << " <span class=count>UTC " << Text(utc_words(moment)) << "</span>";
  out << "</span> <a class=no href="
      << context.message_address(message.conversation, message.number) << ">"
      << Text(casefile::message_id(message.conversation, message.number)) << "</a> ";
  write_sender(out, message);
  if (readings.open()) {
    const timeline::Moment& elsewhere = second ? readings.first : *readings.other;
    out << "<p class=reading><b>" << (second ? Text("Second reading") : Text("First reading"))
        << " of two:</b> day and month are open";
    if (elsewhere.wall)
      out << "; this message also stands at "
          << Text(wall_words(*elsewhere.wall, elsewhere.precision));
    out << ".</p>";
  }
  if (message.text) out << "<p class=t dir=auto>" << Clip{*message.text, kExcerpt} << "</p>";
  if (!message.text || message.type != casefile::MessageType::text) {
    out << "<p class=kind>" << Text(casefile::name_of(message.type));
    const auto files = TRY(context.reader.attachments(message.id));
    for (std::size_t at = 0; at < std::min(files.size(), kMaxFiles); ++at)
      if (files[at].name) out << " <bdi class=file>" << Clip{*files[at].name, kExcerpt} << "</bdi>";
    if (files.size() > kMaxFiles)
      out << " and " << Grouped{static_cast<std::int64_t>(files.size() - kMaxFiles)} << " more";
    out << "</p>";
  }
  out << "</li>\n";
  return {};
}

}  // namespace

Status write_timeline(Context& context) {
  Series list(context.site, Address("timeline"), Section::timeline,
              {"<ol class=events>\n", "</ol>\n"});
  std::int64_t day = INT64_MIN;
  std::int64_t events = 0;
  const auto each = [&](const casefile::Event& event) -> Result<bool> {
    ++events;
    Html block;
    const bool new_day = day_of(event.at) != day;
    if (new_day) {
      day = day_of(event.at);
      block << "<li class=day><h2>" << Text(day_words(event.at)) << "</h2></li>\n";
    }
    TRY(write_event(block, context, event));
    TRY(list.add(block, wall_words(event.at, model::Precision::minute)));
    if (!new_day) return true;
    Html again;
    again << "<li class=day><h2>" << Text(day_words(event.at))
          << " <span class=cont>continued</span></h2></li>\n";
    list.set_context(std::move(again));
    return true;
  };
  TRY(context.reader.timeline({}, each));
  Html lead;
  lead << "<section class=card><ul class=tally><li>Entries: <b>" << Grouped{events}
       << "</b></li><li>Messages with a readable time: <b>"
       << Grouped{context.learned.messages - context.learned.untimed}
       << "</b></li><li>Messages without one, which stand only in their conversations: <b>"
       << Grouped{context.learned.untimed}
       << "</b></li><li>Messages whose day and month stay open, which stand here twice and are "
          "marked <span class=reading><b>of two</b></span>: <b>"
       << Grouped{context.learned.open_dates} << "</b></li></ul>";
  lead << "<p>The order is by UTC where the source states it or a zone was asserted for the "
          "exhibit, and by the clock of the source otherwise; clocks of different phones may "
          "differ.</p></section>\n";
  return list.finish("Timeline", lead);
}

}  // namespace forensics::report
