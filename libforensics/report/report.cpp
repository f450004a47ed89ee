#include "report/report.hpp"

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

}  // namespace

Result<ReportSummary> write_report(const std::string& case_root, const std::string& out,
                                   const ReportOptions& options) {
  if (options.page_bytes < kSmallestPage || options.page_bytes > kLargestPage)
    return fail(ErrorCode::usage, "page size", "choose between 20,000 and 800,000 bytes");
  const casefile::OpenCase open = TRY(casefile::open_case(case_root));
  const casefile::Reader reader(open.database);
  const LedgerState ledger = read_ledger_state(open);

  Files& files = options.files != nullptr ? *options.files : Files::system();
  Folder folder = TRY(Folder::open(files, out));
  Site site(folder, {case_name(open.facts), anchor_line(ledger), options.page_bytes});
  Sources sources(open.paths, folder);
  Context context{open, reader, site, sources, {}, {}, {}, {}};
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
