#include <forensics/case.hpp>

#include "casefile/create.hpp"
#include "casefile/reader.hpp"
#include "ingest/ingest.hpp"
#include "ingest/verify.hpp"
#include "report/report.hpp"
#include "timeline/moment.hpp"

namespace forensics {
namespace {

std::optional<std::string> wall_of(std::optional<std::int64_t> wall, model::Precision precision) {
  if (!wall) return std::nullopt;
  return timeline::wall_text(*wall, precision);
}

Message public_message(const casefile::Message& row) {
  Message message;
  message.id = casefile::message_id(row.conversation, row.number);
  message.conversation = casefile::conversation_id(row.conversation);
  message.platform = row.platform;
  message.sender = row.sender_name ? row.sender_name : row.sender_phone;
  message.type = casefile::name_of(row.type);
  message.text = row.text.value_or("");
  message.wall = wall_of(row.wall, row.precision);
  message.wall_other = wall_of(row.wall_other, row.precision);
  message.source.exhibit = row.exhibit;
  message.source.artifact = casefile::artifact_id(row.artifact);
  message.source.path = row.path;
  message.source.sha256 = to_hex(view(row.sha256));
  message.source.offset = static_cast<std::uint64_t>(row.start);
  message.source.length = static_cast<std::uint64_t>(row.length);
  message.source.plugin = row.plugin + " " + row.plugin_version;
  return message;
}

}  // namespace

Status create_case(const std::string& folder, const NewCase& facts) {
  if (facts.number.empty() || facts.examiner.empty())
    return fail(ErrorCode::usage, folder, "a case needs a number and an examiner");
  casefile::CaseFacts whole;
  whole.uuid = casefile::new_uuid();
  whole.number = facts.number;
  whole.title = facts.title;
  whole.examiner = facts.examiner;
  whole.agency = facts.agency;
  whole.authority = facts.authority;
  whole.created = ledger::system_time();
  whole.version = "forensics " FORENSICS_VERSION;
  return casefile::create_case(folder, whole);
}

Result<IngestReport> ingest_evidence(const std::string& folder,
                                     const std::vector<std::string>& paths,
                                     const IngestOptions& options) {
  ingest::IngestOptions whole;
  whole.reference = options.reference;
  whole.custodian = options.custodian;
  whole.note = options.note;
  whole.jobs = options.jobs;
  ingest::IngestSummary summary = TRY(ingest::ingest(folder, paths, whole));
  IngestReport report;
  report.artifacts = summary.artifacts;
  report.bytes = summary.bytes;
  report.messages = summary.messages;
  report.unexplained_bytes = summary.unexplained_bytes;
  report.unrecognised = summary.unrecognised;
  report.errors = std::move(summary.errors);
  return report;
}

Status for_each_message(const std::string& folder, const MessageQuery& query,
                        const std::function<bool(const Message&)>& each) {
  casefile::MessageFilter filter;
  if (query.conversation) {
    const auto citation = casefile::parse_citation(*query.conversation);
    if (!citation || citation->what != casefile::Citation::What::conversation)
      return fail(ErrorCode::usage, *query.conversation, "this is no conversation number");
    filter.conversation = citation->id;
  }
  filter.sender = query.sender;
  const casefile::OpenCase opened = TRY(casefile::open_case(folder));
  return casefile::Reader(opened.database)
      .messages(filter, [&](const casefile::Message& row) -> Result<bool> {
        return each(public_message(row));
      });
}

Result<VerifyReport> verify_case(const std::string& folder) {
  const ingest::CaseVerifyOptions options;
  const ledger::Verdict verdict = TRY(ingest::verify_case(folder, options));
  VerifyReport report;
  report.intact = verdict.failures == 0;
  for (const ledger::Finding& finding : verdict.findings) {
    std::string text = finding.code + " " + finding.where + ": " + finding.message;
    if (finding.severity == ledger::Severity::failure)
      report.failures.push_back(std::move(text));
    else if (finding.severity == ledger::Severity::warning)
      report.warnings.push_back(std::move(text));
  }
  report.limits = ingest::limits_of(verdict, options);
  return report;
}

Result<std::string> write_report(const std::string& folder, const std::string& output) {
  const auto summary = TRY(report::write_report(folder, output, {}));
  return summary.folder + "/index.html";
}

}  // namespace forensics
