#include "report/report.hpp"

#include "ingest/verify.hpp"
#include "report/cover.hpp"

namespace forensics::report {
namespace {

constexpr std::size_t kSmallestPage = 20'000;
constexpr std::size_t kLargestPage = 800'000;

std::string case_name(const casefile::CaseFacts& facts) {
  if (facts.number.empty()) return facts.title;
  if (facts.title.empty()) return "Case " + facts.number;
  return "Case " + facts.number + ": " + facts.title;
}

Status write_parts(Context& context, const LedgerState& ledger, Folder& folder) {
  TRY(folder.write("style.css", style_sheet()));
  if (ledger.checkpoint) {
    TRY(folder.write("checkpoint.note", ledger.note));
    TRY(folder.write("log.pub", ledger.public_key));
  }
  TRY(write_artifacts(context));
  TRY(write_coverage(context));
  TRY(write_conversations(context));
  TRY(write_timeline(context));
  TRY(write_method(context, ledger));
  return write_cover(context, ledger);
}

// The stored files are not all read again for it: those that a page needs are checked as they are
// copied, and `forensics verify` reads the rest.
Result<std::string> check(const std::string& case_root) {
  ingest::CaseVerifyOptions options;
  options.ledger.objects = false;
  const ledger::Verdict verdict = TRY(ingest::verify_case(case_root, options));
  const auto refuse = [&](const std::string& what) {
    return fail(ErrorCode::integrity, case_root,
                what + "; no report was written: 'forensics verify' says all of it");
  };
  if (verdict.has("BEHIND"))
    return refuse("case.db is behind the ledger, 'forensics ingest CASE' brings it up to date");
  for (const ledger::Finding& finding : verdict.findings)
    if (finding.severity == ledger::Severity::failure)
      return refuse("the case does not verify (" + std::to_string(verdict.failures) +
                    " failures, the first " + finding.code + " " + finding.where + ": " +
                    finding.message + ")");
  // What grows with each report made stays out: the same case gives the same bytes.
  std::string said =
      "The ledger, its signed checkpoints and " + std::to_string(verdict.records) +
      " records were verified, and the database from which this report is made is the one that "
      "follows from them.";
  if (verdict.warnings > 0) {
    said += " Warnings:";
    for (const auto& [code, times] : verdict.found) said += ' ' + code;
    said += "; 'forensics verify' explains them.";
  }
  return said;
}

}  // namespace

Result<ReportSummary> write_report(const std::string& case_root, const std::string& out,
                                   const ReportOptions& options) {
  if (options.page_bytes < kSmallestPage || options.page_bytes > kLargestPage)
    return fail(ErrorCode::usage, "page size", "choose between 20,000 and 800,000 bytes");
  const std::string checked = options.check ? TRY(check(case_root)) : std::string();
  const casefile::OpenCase open = TRY(casefile::open_case(case_root));
  const casefile::Reader reader(open.database);
  const LedgerState ledger = read_ledger_state(open);

  Files& files = options.files != nullptr ? *options.files : Files::system();
  Folder folder = TRY(Folder::open(files, out));
  Site site(folder, {case_name(open.facts), anchor_line(ledger), options.page_bytes});
  Sources sources(open.paths, folder);
  Context context{open, reader, site, sources, checked, {}, {}, {}, {}};
  for (casefile::Exhibit& exhibit : TRY(reader.exhibits())) {
    const std::int64_t id = exhibit.id;
    context.exhibits.emplace(id, std::move(exhibit));
  }
  TRY(write_parts(context, ledger, folder));

  ReportSummary summary;
  summary.folder = out;
  summary.pages = site.page_count();
  summary.files = folder.file_count();
  summary.bytes = folder.bytes();
  summary.conversations = static_cast<std::int64_t>(context.threads.size());
  summary.messages = context.learned.messages;
  summary.unreadable_objects = sources.unreadable();
  summary.altered_objects = sources.altered();
  summary.manifest = TRY(folder.commit());
  return summary;
}

}  // namespace forensics::report
