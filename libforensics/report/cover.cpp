#include "report/cover.hpp"

namespace forensics::report {
namespace {

using casefile::Exhibit;
using casefile::Totals;

constexpr std::size_t kMaxName = 1000;
constexpr std::size_t kMaxExhibits = 200;

void write_fact(Html& out, Markup label, const std::string& value) {
  out << "<dt>" << label << "</dt><dd>";
  if (value.empty())
    out << "<span class=absent>not stated</span>";
  else
    out << "<bdi>" << Clip{value, kMaxName} << "</bdi>";
  out << "</dd>";
}

// Digits in groups of four, as they are read aloud and compared on paper.
void write_groups(Html& out, std::string_view hex) {
  out << "<span class=groups>";
  for (; !hex.empty(); hex.remove_prefix(std::min<std::size_t>(4, hex.size())))
    out << "<span>" << Text(hex.substr(0, 4)) << "</span> ";
  out << "</span>";
}

void write_facts(Html& out, const casefile::CaseFacts& facts) {
  out << "<section class=card aria-labelledby=case><h2 id=case>The case</h2><dl class=facts>";
  write_fact(out, "Number", facts.number);
  write_fact(out, "Title", facts.title);
  write_fact(out, "Examiner", facts.examiner);
  write_fact(out, "Agency", facts.agency);
  write_fact(out, "Legal authority", facts.authority);
  write_fact(out, "Opened", facts.created);
  write_fact(out, "Case identifier", facts.uuid);
  write_fact(out, "Made with", facts.version);
  out << "</dl></section>\n";
}

void write_exhibits(Html& out, const Context& context) {
  out << "<section aria-labelledby=exhibits><h2 id=exhibits>Exhibits</h2>";
  if (context.exhibits.empty()) out << "<p class=empty>Nothing was taken in yet.</p>";
  std::size_t shown = 0;
  for (const auto& [id, exhibit] : context.exhibits) {
    if (++shown > kMaxExhibits) break;
    out << "<article class=\"card exhibit\"><h3><bdi>" << Clip{exhibit.reference, kMaxName}
        << "</bdi></h3><dl class=facts>";
    write_fact(out, "Handed over as", exhibit.source);
    write_fact(out, "Custodian", exhibit.custodian);
    if (!exhibit.note.empty()) write_fact(out, "Note", exhibit.note);
    out << "<dt>Holds</dt><dd>" << Grouped{exhibit.artifacts} << " files, "
        << Grouped{exhibit.bytes} << " bytes, " << Grouped{exhibit.messages}
        << " messages; files with an error: " << Grouped{exhibit.errors}
        << "; unexplained bytes: " << Grouped{exhibit.unexplained} << "</dd>";
    write_fact(out, "Time zone asserted", exhibit.zone.value_or("none"));
    write_fact(out, "Date order asserted", exhibit.date_order.value_or("none"));
    if (!exhibit.closed)
      out << "<dt>State</dt><dd><strong class=bad>not taken in completely</strong></dd>";
    out << "</dl></article>\n";
  }
  if (context.exhibits.size() > kMaxExhibits)
    out << "<p>" << Grouped{static_cast<std::int64_t>(context.exhibits.size() - kMaxExhibits)}
        << " more exhibits: their files are listed under Files and hashes.</p>";
  out << "</section>\n";
}

void write_tiles(Html& out, const Totals& totals) {
  const auto tile = [&](std::int64_t count, Markup word, Markup page) {
    out << "<li><a href=\"" << page << "\"><b>" << Grouped{count} << "</b> " << word << "</a></li>";
  };
  out << "<ul class=tiles>";
  tile(totals.messages, "messages", "timeline.html");
  tile(totals.conversations, "conversations", "conversations.html");
  tile(totals.attachments, "attachments named", "conversations.html");
  tile(totals.artifacts, "files", "artifacts.html");
  tile(totals.unexplained_bytes, "unexplained bytes", "coverage.html");
  out << "</ul>\n";
}

class Attention {
 public:
  explicit Attention(Html& out) : out_(out) {}
  ~Attention() {
    if (any_) out_ << "</ul></section>\n";
  }
  Html& point() {
    if (!any_)
      out_ << "<section class=\"card warn\" role=note aria-labelledby=attention>"
              "<h2 id=attention><span aria-hidden=true>⚠</span> Needs attention</h2><ul>";
    any_ = true;
    return out_ << "<li>";
  }

 private:
  Html& out_;
  bool any_ = false;
};

constexpr std::string_view kLowestAccepted = "L2";
constexpr std::string_view kFullyConfined = "L3";

void write_attention(Html& out, const Context& context, const LedgerState& ledger,
                     const Totals& totals) {
  Attention list(out);
  const Learned& learned = context.learned;
  if (!learned.levels.empty() && learned.levels.begin()->first < kLowestAccepted) {
    list.point() << "<strong>Isolation below L2.</strong> Evidence was read by a plugin in a "
                    "process that could open files or reach a network. Run the case again on a "
                    "machine that can confine it before relying on the records.";
  } else if (!learned.levels.empty() && learned.levels.begin()->first < kFullyConfined) {
    list.point() << "<strong>Isolation below L3.</strong> Plugins ran behind a system-call filter, "
                    "without the second barrier on file access that newer kernels offer.";
  }
  if (!ledger.checkpoint)
    list.point() << "<strong>No verified checkpoint.</strong> The ledger could not be read: "
                 << Clip{ledger.checkpoint.error().message, kMaxName} << ".";
  if (context.checked.empty())
    list.point() << "<strong>Not verified.</strong> This report was made without comparing the "
                    "database with the ledger and the evidence.";
  const auto count = [&](Markup words, std::int64_t number) {
    if (number > 0)
      list.point() << "<a href=\"coverage.html\">" << words << ": <b>" << Grouped{number}
                   << "</b></a>";
  };
  count("Stored files that could not be read while this report was made",
        context.sources.unreadable());
  count("Stored files that are not what the case says, so that it must be verified",
        context.sources.altered());
  count("Files still to be looked at; the case is not complete", totals.pending);
  count("Files with an error", totals.errors);
  count("Runs of a plugin that did not complete", learned.runs_incomplete);
  count("Unexplained bytes in files that were read", totals.unexplained_bytes);
  count("Records rejected because they did not equal the bytes they named", totals.rejected);
  count("Files that leave the order of day and month open", learned.undecided_readings);
}

void write_anchor(Html& out, const LedgerState& ledger) {
  out << "<section class=card aria-labelledby=anchor><h2 id=anchor>Ledger anchor</h2>";
  if (!ledger.checkpoint) {
    out << "<p>There is no checkpoint that could be verified, so nothing here is bound to a "
           "signed history.</p></section>\n";
    return;
  }
  out << "<p>The signed state of the case when this report was made. Compare it with the copy that "
         "was kept apart from the case, such as on the custody form; no external anchor is part of "
         "this report.</p><dl class=facts>";
  write_fact(out, "Origin", ledger.checkpoint->origin);
  out << "<dt>Entries</dt><dd>" << Grouped{static_cast<std::int64_t>(ledger.checkpoint->size)}
      << "</dd><dt>Root</dt><dd>";
  write_groups(out, to_hex(view(ledger.checkpoint->root)));
  out << "</dd>";
  write_fact(out, "Key id", ledger.key_id);
  out << "<dt>Key fingerprint</dt><dd>";
  write_groups(out, ledger.fingerprint);
  out << "</dd><dt>Files</dt><dd><a href=\"checkpoint.note\">checkpoint.note</a>, "
         "<a href=\"log.pub\">log.pub</a></dd></dl></section>\n";
}

void write_check(Html& out, const Context& context) {
  if (context.checked.empty()) return;
  out << "<section class=card aria-labelledby=checked><h2 id=checked>Verified before it was "
         "written</h2><p>"
      << Text(context.checked) << "</p></section>\n";
}

void write_statements(Html& out) {
  out << "<section class=pair><div class=card><h2>What this shows</h2><ul>"
         "<li>Which bytes were handed over, by their SHA-256.</li>"
         "<li>For each message the place in those bytes that it was read from. The text of a "
         "message was compared with the bytes at that place, by another program than the one that "
         "read it.</li>"
         "<li>That entries covered by the checkpoint were not changed since it was signed, as far "
         "as the key was not misused.</li>"
         "<li>What was not read, and why.</li></ul></div>"
         "<div class=card><h2>What this does not show</h2><ul>"
         "<li>That an export is genuine or complete. A hash chain proves custody after the "
         "evidence was taken in, not what happened before.</li>"
         "<li>Who held the phone. A display name or a number is not a person.</li>"
         "<li>That a clock was right.</li>"
         "<li>What was deleted or edited before the export, except where a mark remains.</li>"
         "</ul></div></section>\n";
}

void write_time_and_identity(Html& out, const Context& context) {
  const Learned& learned = context.learned;
  out << "<section class=card aria-labelledby=time><h2 id=time>About times</h2><p>Times are shown "
         "as the source wrote them and, beside that, in ISO form on the same clock. The zone of "
         "the machine that made this report plays no part.</p><ul class=tally><li><b>"
      << Grouped{learned.messages} << "</b> messages, of these:</li><li><b>"
      << Grouped{learned.placed}
      << "</b> with a known UTC: the source states it, or an examiner asserted the zone</li><li><b>"
      << Grouped{learned.open_dates}
      << "</b> whose day and month stay open: shown at both readings</li><li><b>"
      << Grouped{learned.untimed} << "</b> without a readable time</li></ul></section>\n"
      << "<section class=card aria-labelledby=people><h2 id=people>About names</h2><p>Senders are "
         "shown as each source names them: a name from an address book or a profile, or a "
         "telephone number. The same name in two conversations need not be the same person, and "
         "one person may have several names. Left and right are used only where a source states "
         "whose phone it is from.</p></section>\n";
}

void write_isolation(Html& out, const Context& context) {
  out << "<section class=card aria-labelledby=isolation><h2 id=isolation>Isolation</h2>";
  if (context.learned.levels.empty()) {
    out << "<p>No plugin has read anything in this case.</p></section>\n";
    return;
  }
  out << "<p>Evidence is read by plugins in processes of their own. The level says how far such a "
         "process was shut in: <b>L3</b> system-call filter and file-access barrier, <b>L2</b> "
         "system-call filter, <b>L1</b> a separate process only.</p><ul class=tally>";
  for (const auto& [level, runs] : context.learned.levels)
    out << "<li><b>" << Text(level) << "</b> in " << Grouped{runs} << " runs</li>";
  out << "</ul></section>\n";
}

}  // namespace

Status write_cover(Context& context, const LedgerState& ledger) {
  const Totals totals = TRY(context.reader.totals());
  Html out;
  write_tiles(out, totals);
  write_attention(out, context, ledger, totals);
  write_facts(out, context.open.facts);
  write_exhibits(out, context);
  write_anchor(out, ledger);
  write_check(out, context);
  write_statements(out);
  write_time_and_identity(out, context);
  write_isolation(out, context);
  out << "<p class=end>Every page of this report is listed with its hash in "
         "<code>manifest-sha256.txt</code>. How to check it: <a href=\"method.html\">Method and "
         "verification</a>. End of cover.</p>\n";
  const casefile::CaseFacts& facts = context.open.facts;
  const std::string title = facts.title.empty() ? "Case " + facts.number : facts.title;
  return context.site.write(Address("index.html"), Section::cover, title, out);
}

}  // namespace forensics::report
