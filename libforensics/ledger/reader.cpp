#include "ledger/ledger.hpp"

namespace forensics::ledger {

Result<Reader> Reader::open(const std::string& case_folder, std::uint64_t from) {
  const Layout layout(case_folder);
  Head head = TRY(read_head(layout));
  Reader reader(TRY(LineReader::of_file(layout.entries())), std::move(head.identity),
                std::move(head.checkpoint));
  while (reader.next_seq_ < from && TRY(reader.next_line())) ++reader.next_seq_;
  return reader;
}

Result<bool> Reader::end_at(std::uint64_t offset, std::string why) {
  if (next_seq_ < checkpoint_.size)
    return fail(ErrorCode::integrity, "ledger entry " + std::to_string(next_seq_), std::move(why));
  tail_ = Tail{offset, std::move(why)};
  return false;
}

Result<bool> Reader::next_line() {
  if (tail_) return false;
  const auto line = TRY(lines_.next());
  if (!line) {
    if (next_seq_ < checkpoint_.size) return end_at(0, "it is missing, and a checkpoint covers it");
    return false;
  }
  if (line->end != Line::End::newline) return end_at(line->offset, "the line is not complete");
  line_ = line->bytes;
  offset_ = line->offset;
  return true;
}

Result<std::optional<Entry>> Reader::next() {
  if (!TRY(next_line())) return std::nullopt;
  auto entry = parse_entry(line_);
  if (!entry && entry.error().code == ErrorCode::newer) return tl::unexpected(entry.error());
  std::string_view defect;
  if (!entry) {
    defect = entry.error().message;
  } else if (entry->seq != next_seq_) {
    defect = "it has another number";
  } else if (prev_ && *prev_ != entry->prev) {
    defect = "it is not chained to the entry before";
  }
  if (!defect.empty()) {
    TRY(end_at(offset_, std::string(defect)));
    return std::nullopt;
  }
  prev_ = leaf_hash(line_);
  ++next_seq_;
  return std::optional<Entry>(std::move(*entry));
}

}  // namespace forensics::ledger
