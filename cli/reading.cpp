#include "reading.hpp"

#include "base/sha256.hpp"

namespace forensics::cli {
namespace {

constexpr std::size_t kKeptOpen = 32;
constexpr std::uint64_t kPiece = 1 << 20;

template <typename Filter>
Status set_period(const Filters& filters, Filter& filter) {
  if (!filters.from.empty()) filter.from = TRY(timeline::parse_period(filters.from)).earliest;
  // All of the day, minute or second that is named belongs to the list.
  if (!filters.to.empty()) filter.to = TRY(timeline::parse_period(filters.to)).latest + 1;
  return {};
}

template <typename Filter>
Status set_common(const casefile::Reader& reader, const Filters& filters, Filter& filter) {
  if (!filters.exhibit.empty()) filter.exhibit = TRY(exhibit_id(reader, filters.exhibit));
  if (!filters.conversation.empty()) {
    const auto citation = casefile::parse_citation(filters.conversation);
    if (!citation || citation->what != casefile::Citation::What::conversation)
      return fail(ErrorCode::usage, filters.conversation,
                  "not the number of a conversation; `forensics conversations` lists them (C0003)");
    filter.conversation = citation->id;
  }
  if (!filters.sender.empty()) filter.sender = filters.sender;
  filter.limit = filters.limit;
  return set_period(filters, filter);
}

Result<casefile::Message> cited_message(const casefile::Reader& reader, const std::string& text) {
  const auto citation = casefile::parse_citation(text);
  if (citation && citation->what == casefile::Citation::What::message) {
    auto message = TRY(reader.message(citation->id, citation->number));
    if (message) return std::move(*message);
  }
  return fail(ErrorCode::usage, text, "no such message in this case (write C0003-M000124)");
}

}  // namespace

Result<const Descriptor*> SourceBytes::open(const Digest& object) {
  if (const auto found = open_.find(object); found != open_.end()) return &found->second;
  if (open_.size() >= kKeptOpen) open_.clear();
  Descriptor file = TRY(open_read(casefile::object_path(paths_, object)));
  return &open_.emplace(object, std::move(file)).first->second;
}

Result<std::string> SourceBytes::read(const Digest& object, std::uint64_t offset,
                                      std::uint64_t length) {
  return read_at(*TRY(open(object)), offset, length);
}

Status SourceBytes::check(const Digest& object) {
  const Descriptor& file = *TRY(open(object));
  Sha256 hash;
  for (std::uint64_t at = 0;;) {
    const std::string piece = TRY(read_at(file, at, kPiece));
    if (piece.empty()) break;
    hash.update(piece);
    at += piece.size();
  }
  if (hash.finish() == object) return {};
  return fail(ErrorCode::integrity, casefile::object_path(paths_, object),
              "the stored bytes are not those that were taken in: run `forensics verify`");
}

Result<std::unique_ptr<Reading>> Reading::open(const std::string& root, const std::string& zone) {
  auto reading = std::make_unique<Reading>(TRY(casefile::open_case(root)));
  if (!zone.empty()) reading->zone = TRY(timeline::Zone::find(zone));
  return reading;
}

void add_case_argument(CLI::App& command, std::string& root) {
  command.add_option("case", root, "The case folder")->required();
}

void add_filters(CLI::App& command, Filters& filters) {
  add_case_argument(command, filters.root);
  command.add_option("--exhibit", filters.exhibit, "Only this exhibit, by its reference");
  command.add_option("--conversation", filters.conversation, "Only this one, e.g. C0003");
  command.add_option("--sender,--person", filters.sender,
                     "Only messages of this name or number, as the source writes it");
  command.add_option("--from", filters.from, "From 2024, 2024-03, 2024-03-09 or 2024-03-09T16:05");
  command.add_option("--to", filters.to, "To the same forms, all of what is named included");
  command.add_option("--tz", filters.zone, "Show known instants in this IANA zone instead of UTC");
  command.add_option("--limit", filters.limit, "At most so many")->check(CLI::PositiveNumber);
  command.add_option("--after", filters.after, "Go on behind this message, e.g. C0003-M000124");
}

Result<std::int64_t> exhibit_id(const casefile::Reader& reader, const std::string& reference) {
  std::string known;
  for (const casefile::Exhibit& exhibit : TRY(reader.exhibits())) {
    if (exhibit.reference == reference) return exhibit.id;
    known.append(known.empty() ? "" : ", ").append(exhibit.reference);
  }
  return fail(ErrorCode::usage, reference,
              known.empty() ? "no such exhibit: the case holds none"
                            : "no such exhibit; the case holds " + known);
}

Result<casefile::MessageFilter> message_filter(const casefile::Reader& reader,
                                               const Filters& filters) {
  casefile::MessageFilter filter;
  TRY(set_common(reader, filters, filter));
  if (!filters.type.empty()) {
    filter.type = casefile::message_type(filters.type);
    if (!filter.type)
      return fail(ErrorCode::usage, filters.type,
                  "not a kind of message; they are text, media, location, poll, call, contact, "
                  "deleted, view_once, system and other");
  }
  if (!filters.after.empty()) filter.after = TRY(cited_message(reader, filters.after)).id;
  return filter;
}

Result<casefile::EventFilter> event_filter(const casefile::Reader& reader, const Filters& filters) {
  casefile::EventFilter filter;
  TRY(set_common(reader, filters, filter));
  if (filters.after.empty()) return filter;
  casefile::Event after;
  after.message = TRY(cited_message(reader, filters.after));
  timeline::CaseTimes times(reader);
  after.reading = TRY(times.reading_of(after.message));
  const auto at = TRY(times.moment(after.message, after.reading)).axis();
  if (!at)
    return fail(ErrorCode::usage, filters.after, "this message has no time: it is on no timeline");
  after.at = *at;
  filter.after = std::move(after);
  return filter;
}

}  // namespace forensics::cli
