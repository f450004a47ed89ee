#include "ingest/mirror_run.hpp"

#include <algorithm>
#include <initializer_list>
#include <limits>

#include "ingest/companions.hpp"
#include "ingest/run_writer.hpp"
#include "ingest/siblings.hpp"
#include "ingest/stored_records.hpp"
#include "plugin/coverage.hpp"
#include "plugin/parse_run.hpp"
#include "plugin/span_check.hpp"

namespace forensics::ingest {
namespace {

using casefile::Database;
using casefile::Statement;

std::uint64_t natural(const Json& body, std::string_view key) {
  const std::int64_t number = body.integer(key, -1);
  return number < 0 ? 0 : static_cast<std::uint64_t>(number);
}

// What a plugin says when it is asked again: the tree of its records (of the first `count`), while
// the parts that it skips and its remarks go where those of the first run went.
class Repetition : public plugin::Sink {
 public:
  Repetition(ledger::SaltKey& salts, const Digest& source, std::uint64_t count, RunWriter& writer)
      : leaves_(salts, std::string(view(source))), left_(count), writer_(writer) {}

  Status record(const model::Record& record) override {
    if (left_ == 0) return {};
    --left_;
    leaves_.add(record);
    return {};
  }
  Status skip(const plugin::Skip& skip) override { return writer_.skip(skip); }
  Status note(const plugin::Note& note) override { return writer_.note(note); }
  ledger::RecordSummary summary() { return leaves_.finish(); }

 private:
  LeafPipe leaves_;
  std::uint64_t left_;
  RunWriter& writer_;
};

class Replaying {
 public:
  Replaying(const Replay& with, const RecordedRun& run)
      : with_(with), run_(run), body_(run.entry.body) {}

  Result<Replayed> go() {
    if (!run_.artifact.sha256)
      return fail(ErrorCode::integrity, casefile::artifact_id(run_.artifact.id),
                  "the artifact that was read has no bytes");
    object_ = TRY(with_.objects.open(*run_.artifact.sha256));
    companions_ = TRY(stated_companions(with_.mirror, with_.objects, body_));
    inputs_ = TRY(inputs_of(object_, companions_));
    replayed_.stopped = was_stopped(run_.stated.ending);
    writer_ = TRY(RunWriter::begin(with_.mirror, with_.salts, {run_.id, run_.artifact}));
    Coverages coverage;
    for (std::uint8_t number = 0; number < inputs_.size(); ++number)
      coverage.emplace_back(inputs_[number].length, number);
    TRY(write_records(coverage));
    replayed_.summary = writer_->summary();

    plugin::Outcome outcome;
    const bool repeated = with_.host != nullptr && TRY(repeat(outcome));
    if (!repeated) outcome.unexplained = TRY(unexplained(coverage));
    TRY(writer_->finish(outcome));
    TRY(writer_->link_attachments());
    if (repeated)
      TRY(add_trouble());
    else
      TRY(copy_remarks());
    TRY(insert_run());
    return std::move(replayed_);
  }

 private:
  using Coverages = std::vector<plugin::Coverage>;  // by input; empty where one is not there

  Status write_records(Coverages& coverage) {
    plugin::RecordCheck check(inputs_, std::numeric_limits<std::uint64_t>::max());
    StoredRecords records = TRY(StoredRecords::of(with_.stored, run_.id, run_.first_message));
    model::Record record;
    for (std::uint64_t number = 0; TRY(records.next(record)); ++number) {
      if (const auto wrong = check.reject(record))
        return fail(ErrorCode::integrity, "record " + std::to_string(number),
                    "it does not say what its bytes say: " + *wrong);
      coverage[record.extent.input].cover(record.extent);
      TRY(writer_->record(record));
    }
    return {};
  }

  // Runs the plugin again. True where skips and notes of this second run are those that the first
  // must have given: the same bytes ran, to the same end.
  Result<bool> repeat(plugin::Outcome& outcome) {
    const Json& plugin = *body_.find("plugin");
    const plugin::PluginInfo* here = nullptr;
    for (const plugin::PluginInfo& info : with_.host->plugins())
      if (info.id == plugin.text("id")) here = &info;
    if (here == nullptr) {
      replayed_.differing = "the plugin " + std::string(plugin.text("id")) + " is not here";
      replayed_.stopped = true;
      return false;
    }
    plugin::Task task;
    task.plugin = here->id;
    task.input = object_.get();
    task.name = file_name(run_.artifact.path);
    task.options = body_.text("options", "{}");
    task.siblings = TRY(siblings_of(with_.mirror, run_.artifact));
    task.companions = handed_over(companions_);
    task.takes_children = true;
    task.limits = stated_limits(body_);
    const auto job = TRY(with_.host->parse(std::move(task)));
    const std::uint64_t wanted = run_.stated.records;
    Repetition again(with_.salts, *run_.artifact.sha256, wanted, *writer_);
    outcome = TRY(job->drain(again));
    const ledger::RecordSummary summary = again.summary();
    const bool same = summary == replayed_.summary &&
                      (replayed_.stopped || outcome.records == replayed_.summary.count);
    // Without the key it cannot say the same.
    if (!same && was_shown_keys(body_)) replayed_.stopped = true;
    if (!same)
      replayed_.differing = "plugin version then " + std::string(plugin.text("version")) +
                            ", ended as " + run_.stated.ending + "; now " + here->version +
                            ", ended as " + std::string(plugin::name_of(outcome.ending));
    return same && !replayed_.stopped && !was_shown_keys(body_) &&
           to_hex(view(here->sha256)) == plugin.text("sha256");
  }

  // The ranges that neither the records nor the stored skips account for, if the sums are those of
  // the entry; otherwise the stored ones.
  Result<std::vector<model::Span>> unexplained(Coverages& coverage) {
    // A stopped run may have been made anew, and the list of skips may have been cut short.
    if (replayed_.stopped || TRY(notes("list-shortened")) > 0) return stored_gaps();
    Statement skips =
        TRY(with_.stored.prepare("SELECT input, start, length FROM skip WHERE run = ?"));
    skips.bind(1, run_.id);
    while (TRY(skips.step())) {
      const auto input = static_cast<std::size_t>(skips.integer(0));
      const auto start = static_cast<std::uint64_t>(skips.integer(1));
      const auto size = static_cast<std::uint64_t>(skips.integer(2));
      if (input >= coverage.size()) continue;
      const std::uint64_t length = inputs_[input].length;
      if (start <= length && size <= length - start)
        coverage[input].skip({start, size, model::Codec::none});
    }
    std::vector<model::Span> ranges;
    for (std::uint8_t number = 0; number < coverage.size(); ++number) {
      plugin::Coverage::Sum sum = coverage[number].sum();
      if (sum.saturated) return stored_gaps();
      compare_sums(sum, number);
      ranges.insert(ranges.end(), sum.ranges.begin(), sum.ranges.end());
    }
    return ranges;
  }

  void compare_sums(const plugin::Coverage::Sum& sum, std::uint8_t input) {
    const Json* stated = &body_;
    if (input != 0) {
      stated = nullptr;
      const Json* list = body_.find("companions");
      if (list == nullptr || list->as_array() == nullptr) return;
      for (const Json& each : *list->as_array())
        if (each.integer("input") == input) stated = &each;
      if (stated == nullptr) return;
    }
    if (sum.covered != natural(*stated, "covered") || sum.skipped != natural(*stated, "skipped") ||
        sum.unexplained != natural(*stated, "unexplained"))
      replayed_.remarks = "the stored records and skips leave " + std::to_string(sum.unexplained) +
                          " bytes unexplained and " + std::to_string(sum.skipped) +
                          " skipped, not the " + std::to_string(natural(*stated, "unexplained")) +
                          " and " + std::to_string(natural(*stated, "skipped")) + " of the ledger" +
                          (input == 0 ? "" : ", in companion " + std::to_string(input));
  }

  Result<std::vector<model::Span>> stored_gaps() {
    std::vector<model::Span> gaps;
    Statement select = TRY(with_.stored.prepare(
        "SELECT start, length, input FROM gap WHERE run = ? ORDER BY input, start LIMIT 8000"));
    select.bind(1, run_.id);
    while (TRY(select.step()))
      gaps.push_back({static_cast<std::uint64_t>(select.integer(0)),
                      static_cast<std::uint64_t>(select.integer(1)), model::Codec::none,
                      static_cast<std::uint8_t>(select.integer(2))});
    return gaps;
  }

  // The ledger holds neither skips nor notes one by one: those of the case stand in for them, and
  // only the rejected records are counted.
  Status copy_remarks() {
    TRY(copy("skip", {"input", "start", "length"}, {"code", "why"}, "input, start"));
    TRY(copy("note", {"severity", "input", "start", "length"}, {"code", "message"}, "id"));
    const auto rejected = static_cast<std::int64_t>(natural(body_, "rejected"));
    constexpr auto kShown = static_cast<std::int64_t>(plugin::ParseRun::kRejectedShown);
    const std::int64_t noted = TRY(notes("rejected"));
    if (!replayed_.stopped && TRY(notes("list-shortened")) == 0 &&
        noted < std::min(rejected, kShown))
      replayed_.remarks = "the ledger counts " + std::to_string(rejected) +
                          " rejected records, and only " + std::to_string(noted) + " are noted";
    return {};
  }

  Status copy(const std::string& table, std::initializer_list<const char*> numbers,
              std::initializer_list<const char*> texts, const std::string& order) {
    std::string columns = "run", marks = "?";
    for (const auto& names : {numbers, texts})
      for (const char* name : names) {
        columns.append(", ").append(name);
        marks += ", ?";
      }
    Statement clear = TRY(with_.mirror.prepare("DELETE FROM " + table + " WHERE run = ?"));
    TRY(clear.bind(1, run_.id).run());
    Statement from = TRY(with_.stored.prepare("SELECT " + columns + " FROM " + table +
                                              " WHERE run = ? ORDER BY " + order));
    Statement into = TRY(
        with_.mirror.prepare("INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")"));
    const int first_text = static_cast<int>(numbers.size()) + 1;
    from.bind(1, run_.id);
    while (TRY(from.step())) {
      for (int column = 0; column < first_text; ++column)
        into.bind(column + 1, from.integer(column));
      for (int column = first_text; column < first_text + 2; ++column)
        into.bind_text(column + 1, from.text(column));
      TRY(into.run());
    }
    return {};
  }

  Result<std::int64_t> notes(std::string_view code) {
    Statement select =
        TRY(with_.stored.prepare("SELECT count(*) FROM note WHERE run = ? AND code = ?"));
    TRY(select.bind(1, run_.id).bind_text(2, code).step());
    return select.integer(0);
  }

  // Pipeline::write_run() notes them after the run.
  Status add_trouble() {
    const Json* trouble = body_.find("trouble");
    if (trouble == nullptr || trouble->as_array() == nullptr) return {};
    for (const Json& each : *trouble->as_array())
      if (each.as_string() != nullptr)
        TRY(writer_->note({2, {}, "plugin-trouble", *each.as_string()}));
    return {};
  }

  Status insert_run() {
    const Json& plugin = *body_.find("plugin");
    const auto digest = digest_from_hex(plugin.text("sha256")).value_or(Digest{});
    const auto stream = digest_from_hex(body_.text("stream_hmac")).value_or(Digest{});
    const Json* records = body_.find("records");
    const auto root =
        digest_from_hex(records != nullptr ? records->text("root") : "").value_or(Digest{});
    const Json* isolation = body_.find("isolation");
    Statement insert = TRY(with_.mirror.prepare(
        "INSERT INTO run (id, artifact, plugin, version, plugin_sha256, options, level, ending,"
        " detail, records, rejected, root, stream, first_message, messages, seq)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    TRY(insert.bind(1, run_.id)
            .bind(2, run_.artifact.id)
            .bind_text(3, plugin.text("id"))
            .bind_text(4, plugin.text("version"))
            .bind_blob(5, view(digest))
            .bind_text(6, body_.text("options"))
            .bind_text(7, isolation != nullptr ? isolation->text("level") : "")
            .bind_text(8, run_.stated.ending)
            .bind_text(9, run_.stated.detail)
            .bind(10, static_cast<std::int64_t>(run_.stated.records))
            .bind(11, body_.integer("rejected"))
            .bind_blob(12, view(root))
            .bind_blob(13, view(stream))
            .bind(14, writer_->first_message())
            .bind(15, writer_->messages())
            .bind(16, static_cast<std::int64_t>(run_.entry.seq))
            .run());
    return insert_companions(with_.mirror, run_.id, body_);
  }

  const Replay& with_;
  const RecordedRun& run_;
  const Json& body_;
  Descriptor object_;
  std::vector<FoundCompanion> companions_;
  plugin::Inputs inputs_;
  std::unique_ptr<RunWriter> writer_;
  Replayed replayed_;
};

}  // namespace

bool was_stopped(std::string_view ending) {
  using plugin::Ending;
  for (const Ending each : {Ending::crashed, Ending::violation, Ending::protocol, Ending::limit})
    if (ending == plugin::name_of(each)) return true;
  return false;
}

bool was_shown_keys(const Json& body) {
  const Json* keys = body.find("keys");
  return keys != nullptr && *keys != Json::array();
}

Result<Replayed> replay(const Replay& with, const RecordedRun& run) {
  return Replaying(with, run).go();
}

}  // namespace forensics::ingest
