// How the evidence was read, how anyone can check it with tools of their own, and what follows from
// neither.

#include "report/cover.hpp"

namespace forensics::report {
namespace {

using casefile::Message;

// What the commands on the page are shown for: the first message of the case.
struct Example {
  std::string id;
  Digest object{};
  std::int64_t start = 0, length = 0;
};

Result<Example> example_of(const Context& context) {
  Example example{"C0001-M000001", {}, 0, 1};
  casefile::MessageFilter filter;
  filter.limit = 1;
  const auto each = [&](const Message& message) -> Result<bool> {
    example.id = casefile::message_id(message.conversation, message.number);
    example.object = message.sha256;
    example.start = message.start;
    example.length = message.length;
    return false;
  };
  TRY(context.reader.messages(filter, each));
  return example;
}

void write_command(Html& out, const std::string& command) {
  out << "<pre class=command tabindex=0><code>" << Text(command) << "</code></pre>\n";
}

void write_checks(Html& out, const Example& example, const LedgerState& ledger) {
  const std::string object = casefile::object_path({"CASE"}, example.object);
  out << "<h2>Check it yourself</h2><p>All of these commands but <code>forensics</code> are part "
         "of "
         "every Linux system and need nothing of the program that made this report. "
         "<code>CASE</code> is the case folder.</p>"
         "<h3>This report is as it was made</h3><p>In the folder of the report:</p>";
  write_command(out, "sha256sum -c manifest-sha256.txt");
  out << "<p>The SHA-256 of <code>manifest-sha256.txt</code> itself stands in the ledger entry "
         "that was written for this report.</p><h3>A file is the one that was handed over</h3>"
         "<p>The name of a stored file is its hash; both must agree with the original medium.</p>";
  write_command(out, "sha256sum " + object + "\n# " + to_hex(view(example.object)));
  out << "<h3>A message stands in that file</h3><p>Each message names its file, offset and length. "
         "For <code>"
      << Text(example.id) << "</code>:</p>";
  write_command(
      out, fmt::format("tail -c +{} {} | head -c {}", example.start + 1, object, example.length));
  out << "<p>The offset counts from 0 and <code>tail</code> from 1, so the command has one "
         "more.</p><h3>The case was not changed since</h3><p>With the program, on the case "
         "folder:</p>";
  write_command(out, "forensics verify CASE --deep");
  out << "<p>The rules for anyone who would rather write a verifier are in the document "
         "<cite>docs/ledger.md</cite> of the program. The key of the case:</p>";
  write_command(out, "openssl pkey -pubin -in log.pub -outform DER | sha256sum\n# " +
                         (ledger.fingerprint.empty() ? "no key was found" : ledger.fingerprint));
  if (ledger.note.empty()) return;
  out << "<p>The checkpoint as it was signed, also in <a href=\"checkpoint.note\">"
         "checkpoint.note</a>:</p>";
  write_command(out, ledger.note);
}

void write_plugins(Html& out, const Learned& learned) {
  out << "<h2>How the evidence was read</h2><p>Each file was hashed and stored before anything "
         "looked into it. Plugins read it in confined processes that see the bytes of that file "
         "and nothing else. What a plugin hands over names the bytes it stands for; the program "
         "reads those bytes again and rejects a record whose text is not equal to them.</p>";
  if (learned.plugins.empty()) {
    out << "<p class=empty>No plugin has read anything in this case.</p>";
    return;
  }
  out << "<table class=files><thead><tr><th scope=col>Plugin<th scope=col>Version"
         "<th scope=col>SHA-256 of the code that ran<th scope=col class=num>Runs</thead><tbody>";
  for (const auto& [plugin, runs] : learned.plugins)
    out << "<tr><th scope=row>" << Text(plugin.id) << "<td>" << Text(plugin.version)
        << "<td class=hash>" << Text(to_hex(view(plugin.sha256))) << "<td class=num>"
        << Grouped{runs};
  out << "</tbody></table>\n";
}

void write_reading_aid(Html& out) {
  out << "<h2>How text is shown</h2><p>Text stands exactly as in the source; nothing is "
         "normalised, corrected or translated. Characters that cannot be seen, or that turn the "
         "direction of reading, are drawn as tags with their Unicode number: "
      << Text("\xE2\x80\xAE") << " is the right-to-left override, " << Text("\xE2\x80\x8B")
      << " a space without width. Joiners that Arabic, Persian, Indic scripts and emoji are "
         "spelled with are left as they are. Links in messages are text: nothing in this report "
         "leads out of its folder.</p><p>Pictures, sound and films are shown where the first bytes "
         "of a file are of a known type; they are copied byte for byte and bear their hash as "
         "name. Any other file is named with its hash and not opened.</p>\n";
}

void write_limits(Html& out) {
  out << "<h2>Limits</h2><ul>"
         "<li>A hash chain proves custody after the evidence was taken in, not that the export was "
         "genuine. Exports of chats are text that anyone can write; other sources must confirm "
         "them.</li>"
         "<li>Whoever holds the signing key of the case can write a new history. Only a checkpoint "
         "kept elsewhere, such as on paper, shows that.</li>"
         "<li>An export by text has no message identifiers: the same message on two phones is "
         "recognised by comparison, not by number.</li>"
         "<li>Where a source leaves day and month open, no rule decides it; both readings are "
         "shown until an examiner asserts one, and the assertion is part of the ledger.</li>"
         "<li>Media that an export leaves out cannot be shown.</li>"
         "<li>Files of formats that no plugin reads are kept and hashed, and nothing is said about "
         "their content.</li></ul>\n";
}

void write_glossary(Html& out) {
  const auto term = [&](Markup word, Markup meaning) {
    out << "<dt>" << word << "</dt><dd>" << meaning << "</dd>";
  };
  out << "<h2>Glossary</h2><dl class=glossary>";
  term("Exhibit", "What was handed over: an export, a folder, an image of a medium.");
  term("File, artifact",
       "One file inside an exhibit, at any depth of archives. Numbered A000001 and on.");
  term("Conversation", "One thread of messages as one file holds it. Numbered C0001 and on.");
  term("Message number",
       "C0003-M000124 is message 124 of conversation 3, counted in the order of the source. It "
       "never changes.");
  term("Record", "One thing that a plugin read, with the bytes it was read from.");
  term("Offset, length", "Where those bytes begin, counted from 0, and how many there are.");
  term("SHA-256", "A number computed from bytes. Other bytes give, in practice, another number.");
  term("Ledger", "The list of everything that was done in the case, each entry bound to the last.");
  term("Checkpoint", "The signed size and root of the ledger at one moment.");
  term("Plugin", "The part of the program that knows one family of file formats.");
  term("Reading", "How something ambiguous, such as 03/04, was understood, and why.");
  out << "</dl><p class=end>End of report.</p>\n";
}

}  // namespace

Status write_method(Context& context, const LedgerState& ledger) {
  const Example example = TRY(example_of(context));
  Html out;
  write_plugins(out, context.learned);
  write_reading_aid(out);
  write_checks(out, example, ledger);
  write_limits(out);
  write_glossary(out);
  return context.site.write(Address("method.html"), Section::method, "Method and verification",
                            out);
}

}  // namespace forensics::report
