#include "ledger/record_files.hpp"

#include <algorithm>

#include "ledger/checkpoint.hpp"

namespace forensics::ledger {
namespace {

constexpr std::string_view kNameEnd = ".jsonl";
// One byte more than a redacted line has.
constexpr std::size_t kHead = std::string_view("redacted:").size() + 64 + 1;

}  // namespace

std::string record_file_name(std::uint64_t seq) {
  return padded_number(seq).append(kNameEnd);
}

std::optional<std::uint64_t> record_file_seq(std::string_view name) {
  if (!name.ends_with(kNameEnd)) return std::nullopt;
  return parse_padded_number(name.substr(0, name.size() - kNameEnd.size()));
}

Status RecordLines::add(ByteView piece) {
  while (!piece.empty()) {
    const std::size_t end = std::min(piece.find('\n'), piece.size());
    const ByteView part = piece.substr(0, end);
    if (!begun_) hash_.update(ByteView("\x00", 1));
    begun_ = true;
    hash_.update(part);
    head_.append(part.substr(0, kHead - head_.size()));
    length_ += part.size();
    if (length_ > kMaxRecordLine)
      return fail(ErrorCode::corrupt, "record line " + std::to_string(tree_.count()), "too long");
    if (end == piece.size()) return {};
    TRY(end_line());
    piece.remove_prefix(end + 1);
  }
  return {};
}

Status RecordLines::end_line() {
  Digest leaf = hash_.finish();
  if (is_redacted(head_)) {
    const auto redacted = disclosed_leaf(head_);
    if (!redacted)
      return fail(ErrorCode::corrupt, "record line " + std::to_string(tree_.count()),
                  "redacted, without a leaf hash");
    leaf = *redacted;
  }
  tree_.add_leaf(leaf);
  head_.clear();
  length_ = 0;
  begun_ = false;
  return {};
}

Result<RecordSummary> RecordLines::finish() const {
  if (begun_) return fail(ErrorCode::corrupt, "records", "the last line has no end");
  return tree_.summary();
}

std::vector<std::string> RecordFiles::list() {
  const auto names = source_.names(Source::Folder::records);
  if (!names) return {"records"};
  std::vector<std::string> strange;
  for (const std::string& name : *names) {
    if (const auto seq = record_file_seq(name))
      left_.insert(*seq);
    else
      strange.push_back("records/" + name);
  }
  return strange;
}

Result<std::optional<RecordSummary>> RecordFiles::summary(std::uint64_t seq) {
  if (left_.erase(seq) == 0) return std::nullopt;
  RecordLines lines;
  Status status;
  const std::string name = record_file_name(seq);
  TRY(source_.read_pieces(Source::Folder::records, name, [&](ByteView piece) {
    if (status) status = lines.add(piece);
  }));
  TRY(status);
  return std::optional(TRY(lines.finish()));
}

}  // namespace forensics::ledger
