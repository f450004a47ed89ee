// Coverage and errors: for every file what became of each of its bytes, and what was not read and
// why. Files that need a look come first.

#include <array>
#include <utility>

#include "casefile/inventory.hpp"
#include "report/context.hpp"

namespace forensics::report {
namespace {

using casefile::Artifact;
using casefile::ArtifactStatus;
using casefile::Run;

constexpr std::size_t kMaxName = 1000;
constexpr std::size_t kMaxQuote = 200;

struct Group {
  ArtifactStatus status;
  Markup heading;
};

constexpr std::array<Group, 10> kGroups = {{
    {ArtifactStatus::failed, "Files that a plugin claimed and could not read"},
    {ArtifactStatus::unreadable, "Files whose bytes could not be read"},
    {ArtifactStatus::partial, "Files that were read in part"},
    {ArtifactStatus::unpacking, "Archives not yet unpacked completely"},
    {ArtifactStatus::stored, "Files not yet looked at"},
    {ArtifactStatus::parsed, "Files that were read"},
    {ArtifactStatus::companion, "Files that were read together with another file"},
    {ArtifactStatus::container, "Archives that were unpacked"},
    {ArtifactStatus::unrecognised, "Files kept as evidence that no plugin reads"},
    {ArtifactStatus::special, "Links, devices and folders: noted, without bytes of their own"},
}};

std::string range_words(std::int64_t start, std::int64_t length) {
  if (length <= 0) return fmt::format("at byte {}", start);
  return fmt::format("bytes {} to {} ({} in all)", start, start + length - 1, length);
}

Markup severity_word(int severity) {
  switch (severity) {
    case 3: return "Error";
    case 2: return "Warning";
    default: return "Note";
  }
}

class CoverageWriter {
 public:
  explicit CoverageWriter(Context& context)
      : context_(context), list_(context.site, Address("coverage"), Section::coverage) {}

  Status write() {
    for (const Group& group : kGroups) TRY(write_group(group));
    if (!any_) {
      block_ << "<p class=empty>Nothing was taken in yet.</p>\n";
      TRY(flush("nothing"));
    }
    const Html lead = TRY(write_lead());
    return list_.finish("Coverage and errors", lead);
  }

 private:
  // Every row is a block of its own, so that no list is too long for a page.
  Status flush(const std::string& mark) {
    const Html block = std::exchange(block_, {});
    return list_.add(block, mark);
  }

  Status write_group(const Group& group) {
    bool first = true;
    return context_.reader.artifacts(std::nullopt, group.status,
                                     [&](const Artifact& artifact) -> Result<bool> {
                                       if (first) {
                                         block_ << "<h2>" << group.heading << "</h2>\n";
                                       }
                                       first = false;
                                       any_ = true;
                                       TRY(write_artifact(artifact));
                                       return true;
                                     });
  }

  Status write_artifact(const Artifact& artifact) {
    const std::string id = casefile::artifact_id(artifact.id);
    const auto runs = TRY(context_.reader.runs(artifact.id));
    list_.set_context({});
    const bool brief = runs.empty() && !artifact.error;
    write_heading(artifact, id, brief);
    write_companionship(artifact);
    if (!artifact.verified)
      block_
          << "<p class=\"row bad\"><b>Not proved</b>: made by " << Clip{*artifact.method, kMaxName}
          << " from the file around it; nothing shows that its bytes are what was written.</p>\n";
    if (brief) return flush(id);
    if (artifact.error) {
      block_ << "<p class=\"row bad\"><b>Error</b> <code>" << Text(artifact.error_code)
             << "</code> " << Clip{artifact.error->where, kMaxName} << ": "
             << Clip{artifact.error->message, kMaxName} << "</p>\n";
    }
    TRY(flush(id));
    Html again;
    again << "<h3 class=file><a href=" << context_.artifact_address(artifact.id) << ">" << Text(id)
          << "</a> <span class=cont>continued</span></h3>\n";
    list_.set_context(std::move(again));
    for (const Run& run : runs) TRY(write_run(artifact, run, id));
    return {};
  }

  void write_heading(const Artifact& artifact, const std::string& id, bool brief) {
    if (brief) {
      block_ << "<p class=row><a href=" << context_.artifact_address(artifact.id) << ">" << Text(id)
             << "</a> <bdi class=file>" << Clip{artifact.path, kMaxName}
             << "</bdi> <span class=count>" << Grouped{artifact.size} << " bytes</span></p>\n";
      return;
    }
    block_ << "<h3 class=file><a href=" << context_.artifact_address(artifact.id) << ">" << Text(id)
           << "</a> <bdi>" << Clip{artifact.path, kMaxName} << "</bdi></h3>\n";
    if (artifact.plugin.empty()) return;
    write_sums(artifact);
    block_ << "<td>" << Grouped{artifact.records} << "</tbody></table>\n";
  }

  // A companion's bytes are accounted for by the run of another file.
  void write_companionship(const Artifact& artifact) {
    if (!artifact.read_with) return;
    block_ << "<p class=row>Read together with <a href="
           << context_.artifact_address(*artifact.read_with) << ">"
           << Text(casefile::artifact_id(*artifact.read_with)) << "</a>, in its run.</p>\n";
    write_sums(artifact);
    block_ << "<td></tbody></table>\n";
  }

  void write_sums(const Artifact& artifact) {
    block_ << "<table class=sum><thead><tr><th scope=col>Bytes<th scope=col>in records"
              "<th scope=col>skipped with a reason<th scope=col>unexplained"
              "<th scope=col>records</thead><tbody><tr><td>"
           << Grouped{artifact.size} << "<td>" << Grouped{artifact.covered} << "<td>"
           << Grouped{artifact.skipped} << "<td"
           << Attribute{"class", artifact.unexplained > 0 ? "bad" : "good"} << ">"
           << Grouped{artifact.unexplained};
  }

  Status write_run(const Artifact& artifact, const Run& run, const std::string& mark) {
    Learned& learned = context_.learned;
    ++learned.levels[run.level];
    ++learned.plugins[PluginUse{run.plugin, run.version, run.plugin_sha256}];
    const bool complete = run.ending == "complete";
    learned.runs_incomplete += complete ? 0 : 1;
    block_ << "<p class=row><b>Run</b> of " << Text(run.plugin) << " " << Text(run.version)
           << ": ended <b" << Attribute{"class", complete ? "good" : "bad"} << ">"
           << Text(run.ending) << "</b>";
    if (!run.detail.empty()) block_ << " (" << Clip{run.detail, kMaxName} << ")";
    block_ << ", isolation " << Text(run.level) << ", " << Grouped{run.records} << " records, "
           << Grouped{run.rejected} << " rejected";
    if (run.options != "{}" && !run.options.empty())
      block_ << ", options <code>" << Clip{run.options, kMaxName} << "</code>";
    block_ << ". Record tree root <span class=hash>" << Text(to_hex(view(run.root)))
           << "</span></p>\n";
    TRY(flush(mark));
    TRY(write_gaps(run, mark));
    TRY(write_readings(artifact, run, mark));
    TRY(write_notes(run, mark));
    return write_skips(run, mark);
  }

  Status write_gaps(const Run& run, const std::string& mark) {
    return context_.reader.gaps(run.id, [&](const casefile::GapRow& gap) -> Result<bool> {
      block_ << "<p class=\"row bad\"><b>Unexplained</b> "
             << Text(range_words(gap.start, gap.length)) << "</p>\n";
      TRY(flush(mark));
      return true;
    });
  }

  Status write_skips(const Run& run, const std::string& mark) {
    return context_.reader.skips(run.id, [&](const casefile::SkipRow& skip) -> Result<bool> {
      block_ << "<p class=row><b>Skipped</b> " << Text(range_words(skip.start, skip.length)) << ": "
             << Clip{skip.why, kMaxName} << " <code>" << Clip{skip.code, kMaxName}
             << "</code></p>\n";
      TRY(flush(mark));
      return true;
    });
  }

  Status write_notes(const Run& run, const std::string& mark) {
    return context_.reader.notes(run.id, [&](const casefile::NoteRow& note) -> Result<bool> {
      context_.learned.errors += note.severity == 3 ? 1 : 0;
      context_.learned.warnings += note.severity == 2 ? 1 : 0;
      block_ << "<p" << Attribute{"class", note.severity > 1 ? "row bad" : "row"} << "><b>"
             << severity_word(note.severity) << "</b> "
             << Text(range_words(note.start, note.length)) << ": " << Clip{note.message, kMaxName}
             << " <code>" << Clip{note.code, kMaxName} << "</code></p>\n";
      TRY(flush(mark));
      return true;
    });
  }

  // How ambiguities of the whole file were decided, and by which of its lines.
  Status write_readings(const Artifact& artifact, const Run& run, const std::string& mark) {
    bool open = false;
    const auto each = [&](const model::Record& reading) -> Result<bool> {
      const auto word = [&](model::Key key) -> std::string_view {
        const model::Field* field = reading.find(key);
        return field != nullptr ? std::string_view(field->text) : std::string_view();
      };
      open |= word(model::Key::subject) == "date-order" && word(model::Key::verdict) == "undecided";
      block_ << "<div class=row><p><b>Reading</b> of " << Clip{word(model::Key::subject)} << ": "
             << Clip{word(model::Key::value)} << " is <b>" << Clip{word(model::Key::verdict)}
             << "</b>";
      if (!word(model::Key::reason).empty())
        block_ << ", because " << Clip{word(model::Key::reason), kMaxName};
      block_ << "</p>";
      write_witness(artifact, reading);
      block_ << "</div>\n";
      TRY(flush(mark));
      return true;
    };
    TRY(context_.reader.records(run.id, model::Kind::reading, each));
    context_.learned.undecided_readings += open ? 1 : 0;
    return {};
  }

  // The line that a reading rests on, quoted.
  void write_witness(const Artifact& artifact, const model::Record& reading) {
    if (!artifact.sha256) return;
    for (const model::Field& field : reading.fields) {
      if (field.span.length == 0) continue;
      const auto quote = context_.sources.quote(*artifact.sha256, field.span, kMaxQuote);
      if (!quote) return;
      block_ << "<p class=quote>"
             << Text(range_words(static_cast<std::int64_t>(field.span.offset),
                                 static_cast<std::int64_t>(field.span.length)))
             << ": <bdi class=raw>" << Text(*quote) << "</bdi></p>";
      return;
    }
  }

  Result<Html> write_lead() {
    const casefile::Totals totals = TRY(context_.reader.totals());
    Html out;
    out << "<section class=card><p>Every byte of a file that a plugin read is in a record, skipped "
           "with a reason, or listed here as unexplained. Nothing is passed over in silence.</p>"
           "<ul class=tally>";
    const auto line = [&](std::int64_t count, Markup words) {
      out << "<li><b>" << Grouped{count} << "</b> " << words << "</li>";
    };
    line(totals.unexplained_bytes, "unexplained bytes");
    line(totals.errors, "files with an error");
    line(totals.rejected, "records rejected because they did not equal the bytes they named");
    line(totals.unrecognised, "files that no plugin reads");
    line(totals.pending, "files still to be looked at");
    line(context_.learned.runs_incomplete, "runs of a plugin that did not complete");
    line(context_.learned.errors, "errors noted while reading");
    line(context_.learned.warnings, "warnings noted while reading");
    line(context_.learned.undecided_readings, "files whose order of day and month stays open");
    out << "</ul>";
    const auto apps = TRY(casefile::apps_seen(context_.reader.database()));
    if (!apps.empty()) out << "<h3>Applications seen</h3><ul class=tally>";
    for (const casefile::AppSeen& app : apps) {
      out << "<li><b>" << Text(app.name) << "</b> " << Grouped{app.artifacts} << " files, ";
      if (app.listed > 0) out << Grouped{app.listed} << " listed by a backup, ";
      if (app.read > 0)
        out << Grouped{app.read} << " of them read</li>";
      else
        out << "<strong class=bad>none read</strong></li>";
    }
    if (!apps.empty()) out << "</ul>";
    out << "</section>\n";
    return out;
  }

  Context& context_;
  Series list_;
  Html block_;
  bool any_ = false;
};

}  // namespace

Status write_coverage(Context& context) {
  return CoverageWriter(context).write();
}

}  // namespace forensics::report
