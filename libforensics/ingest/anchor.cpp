#include "ingest/anchor.hpp"

#include <algorithm>

#include "base/sha256.hpp"
#include "ingest/session.hpp"
#include "ledger/ledger.hpp"
#include "ledger/note.hpp"
#include "ledger/outside_evidence.hpp"

namespace forensics::ingest {
namespace {

struct Arrival {
  const ledger::EvidenceKind* kind = nullptr;
  std::uint64_t size = 0;
  std::string bytes;
  std::optional<ledger::GenTime> time;
};

Result<std::string> checkpoint_bytes(const ledger::Layout& layout, std::uint64_t size) {
  return read_file(layout.checkpoints() + '/' + ledger::checkpoint_file_name(size),
                   ledger::kMaxNote);
}

// Sizes of checkpoints, the newest first.
Result<std::vector<std::uint64_t>> checkpoint_sizes(const ledger::Layout& layout) {
  std::vector<std::uint64_t> sizes;
  for (const std::string& name : TRY(list_directory(layout.checkpoints())))
    if (const auto size = ledger::checkpoint_size_of(name)) sizes.push_back(*size);
  std::sort(sizes.rbegin(), sizes.rend());
  return sizes;
}

Result<Arrival> cosignature(const ledger::Layout& layout, ledger::Note note) {
  const ledger::Checkpoint stated = TRY(ledger::Checkpoint::parse(note.text));
  const auto own = checkpoint_bytes(layout, stated.size);
  if (!own || TRY(ledger::parse_note(*own)).text != note.text)
    return fail(ErrorCode::integrity, "cosignature", "it is of no checkpoint of this case");
  // The signature of the case itself stands in the checkpoint.
  std::erase_if(note.signatures,
                [&](const ledger::NoteSignature& line) { return line.name == stated.origin; });
  if (note.signatures.empty())
    return fail(ErrorCode::corrupt, "cosignature", "no witness has signed it");
  return Arrival{&ledger::kCosignatures, stated.size, note.encode(), {}};
}

Result<Arrival> token(const ledger::Layout& layout, std::string bytes,
                      const std::optional<ledger::Authorities>& authorities) {
  const ledger::Token token = TRY(ledger::Token::parse(bytes));
  for (const std::uint64_t size : TRY(checkpoint_sizes(layout))) {
    if (!token.covers(TRY(checkpoint_bytes(layout, size)))) continue;
    if (authorities) TRY(token.check_signature(*authorities));
    return Arrival{&ledger::kTokens, size, std::move(bytes), token.time()};
  }
  return fail(ErrorCode::integrity, "time-stamp token", "it is of no checkpoint of this case");
}

std::string file_name(const Arrival& arrival, std::uint64_t number) {
  return std::string(arrival.kind->folder) + '/' +
         ledger::evidence_file_name(*arrival.kind, arrival.size, number);
}

// Under which number these bytes stand already, or the first free one.
Result<std::uint64_t> place_of(const ledger::Layout& layout, const Arrival& arrival) {
  for (std::uint64_t number = 1;; ++number) {
    const std::string path = layout.folder() + '/' + file_name(arrival, number);
    if (!exists(path) || TRY(read_file(path, ledger::kMaxNote)) == arrival.bytes) return number;
  }
}

Status refuse_known(const ledger::Layout& layout, const Arrival& arrival) {
  const std::string file = file_name(arrival, TRY(place_of(layout, arrival)));
  ledger::Reader reader = TRY(ledger::Reader::open(layout.root));
  while (const auto entry = TRY(reader.next()))
    if (entry->type == ledger::entry_type::kAnchorIn && entry->body.text("file") == file)
      return fail(ErrorCode::usage, file, "it is in the case already");
  return {};
}

// A file of the same bytes that no entry names yet is what a killed command left.
Result<std::string> store(const ledger::Layout& layout, const Arrival& arrival) {
  TRY(Files::system().make_directory(layout.folder() + '/' + std::string(arrival.kind->folder)));
  TRY(Files::system().sync_directory(layout.folder()));
  const std::string file = file_name(arrival, TRY(place_of(layout, arrival)));
  const std::string path = layout.folder() + '/' + file;
  if (!exists(path)) TRY(write_atomically(Files::system(), path, arrival.bytes, 0644));
  return file;
}

}  // namespace

Result<AddedAnchor> add_anchor(const std::string& case_folder, const std::string& path,
                               const std::optional<ledger::Authorities>& authorities) {
  const ledger::Layout layout(case_folder);
  std::string bytes = TRY(read_file(path, ledger::kMaxToken));
  auto note = ledger::parse_note(bytes);
  auto arrival =
      note ? cosignature(layout, std::move(*note)) : token(layout, std::move(bytes), authorities);
  if (!arrival) {
    arrival.error().where = path;
    return tl::unexpected(arrival.error());
  }
  TRY(refuse_known(layout, *arrival));

  Session::Options options;
  options.purpose = "anchor add";
  const std::unique_ptr<Session> session = TRY(Session::open(case_folder, std::move(options)));
  const std::string file = TRY(store(layout, *arrival));
  Json body = Json::object();
  body["file"] = file;
  body["kind"] = arrival->kind->name;
  body["sha256"] = to_hex(view(Sha256::of(arrival->bytes)));
  body["size"] = arrival->size;
  TRY(session->enter(ledger::entry_type::kAnchorIn, std::move(body)));
  TRY(session->close(Json::object()));
  return AddedAnchor{std::string(arrival->kind->name), arrival->size, file, arrival->time};
}

Result<AnchorRequest> request_anchor(const std::string& case_folder) {
  const ledger::Layout layout(case_folder);
  const std::uint64_t size = TRY(ledger::read_head(layout)).checkpoint.size;
  return AnchorRequest{size, ledger::timestamp_request(TRY(checkpoint_bytes(layout, size)))};
}

}  // namespace forensics::ingest
