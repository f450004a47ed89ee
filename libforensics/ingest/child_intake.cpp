#include "ingest/child_intake.hpp"

#include "base/sha256.hpp"
#include "evidence/media_type.hpp"

namespace forensics::ingest {
namespace {

// An entry of the ledger is a line of at most 1 MiB. Each child has an `acquire` entry of its own;
// the parent's lists the first ones and states the number and the SHA-256 of the list of all.
constexpr std::size_t kListed = 256;
constexpr std::size_t kLongestName = 512;

std::string listed(const std::string& words) {
  std::string text = legible(words);
  if (text.size() <= kLongestName) return text;
  text.resize(utf8_prefix(ByteView(text).substr(0, kLongestName)));
  return text + "…";
}

}  // namespace

Status ChildIntake::begin(const plugin::Child& child) {
  TRY(pipeline_.check_stop());
  child_ = child;
  head_.clear();
  limit_.reset();
  // What other runs took out of the same file of the exhibit counts too, and what this one made is
  // not in the database yet.
  const Allowance::Share share = TRY(pipeline_.allowance_.share_of(parent_));
  left_ = share.limits.total_bytes - std::min(share.limits.total_bytes, made_bytes_);
  if (made_.size() >= share.limits.members || share.is_used_up) left_ = 0;
  incoming_ = TRY(pipeline_.session_.objects().begin());
  return {};
}

Status ChildIntake::data(ByteView bytes) {
  if (!incoming_) return {};
  if (head_.size() < evidence::kMediaTypeHead)
    head_.append(bytes.substr(0, evidence::kMediaTypeHead - head_.size()));
  if (bytes.size() > left_) {
    limit_ = Error{ErrorCode::limit, parent_.path + "/" + child_.name,
                   "not kept to the end: what may be unpacked out of one file is used up"};
    bytes = bytes.substr(0, left_);
  }
  left_ -= bytes.size();
  pipeline_.report("parsing", 0);
  return bytes.empty() ? Status() : incoming_->write(bytes);
}

Status ChildIntake::end(bool verified, const std::string& why, const Error* broken_off) {
  if (!incoming_) return {};
  Acquisition acquisition;
  acquisition.exhibit = parent_.exhibit;
  acquisition.container = parent_.id;
  acquisition.container_seq = parent_.seq;
  acquisition.member = static_cast<std::int64_t>(made_.size()) + 1;
  acquisition.depth = parent_.depth + 1;
  acquisition.path = kept_path(parent_.path + "/" + child_.name);
  acquisition.method = child_.method;
  acquisition.verified = verified && broken_off == nullptr && !limit_;
  acquisition.media_type = evidence::media_type(head_);
  acquisition.object = TRY(pipeline_.session_.objects().finish(std::move(*incoming_)));
  incoming_.reset();
  if (broken_off != nullptr) acquisition.error = *broken_off;
  if (limit_) acquisition.error = limit_;
  made_bytes_ += acquisition.object->size;
  made_.emplace_back(std::move(acquisition), child_.name, why);
  return {};
}

Status ChildIntake::drop_unfinished() {
  if (!incoming_) return {};
  casefile::Incoming unfinished = std::move(*incoming_);
  incoming_.reset();
  return pipeline_.session_.objects().abandon(std::move(unfinished));
}

// One that a run entered which was killed before its own entry was written.
Result<std::optional<std::int64_t>> ChildIntake::known(const Acquisition& acquisition) const {
  casefile::Statement select = TRY(pipeline_.session_.database().prepare(
      "SELECT id FROM artifact WHERE parent = ? AND path = ? AND member = ? AND sha256 = ?"));
  select.bind(1, parent_.id)
      .bind_blob(2, acquisition.path)
      .bind(3, acquisition.member)
      .bind_blob(4, view(acquisition.object->digest));
  if (!TRY(select.step())) return std::optional<std::int64_t>();
  return std::optional(select.integer(0));
}

Result<Json> ChildIntake::enter() {
  if (made_.empty()) return Json();
  Json list = Json::array();
  Sha256 all;
  std::size_t entered = 0;
  TRY(pipeline_.session_.objects().publish());
  casefile::Statement last = TRY(pipeline_.session_.database().prepare(
      "SELECT coalesce(max(member), 0) FROM artifact WHERE parent = ?"));
  TRY(last.bind(1, parent_.id).step());
  const std::int64_t taken = last.integer(0);
  last.reset();
  for (Made& made : made_) {
    Acquisition& acquisition = made.acquisition;
    const auto before = TRY(known(acquisition));
    if (before) {
      acquisition.artifact = *before;
    } else {
      acquisition.artifact = TRY(pipeline_.new_artifact());
      acquisition.member += taken;
      TRY(pipeline_.session_.enter_now(ledger::entry_type::kAcquire, acquisition.body()));
      ++pipeline_.summary.artifacts;
      pipeline_.allowance_.take(acquisition.object->size);
    }
    Json item = Json::object();
    item["artifact"] = casefile::artifact_id(acquisition.artifact);
    item["method"] = acquisition.method;
    item["name"] = listed(made.name);
    item["sha256"] = to_hex(view(acquisition.object->digest));
    item["verified"] = acquisition.verified;
    if (!made.why.empty()) item["why"] = listed(made.why);
    all.update(item.dump()).update("\n");
    if (++entered <= kListed) list.push_back(std::move(item));
  }
  if (made_.size() <= kListed) return list;
  Json some = Json::object();
  some["count"] = static_cast<std::int64_t>(made_.size());
  some["first"] = std::move(list);
  some["sha256"] = to_hex(view(all.finish()));
  return some;
}

}  // namespace forensics::ingest
