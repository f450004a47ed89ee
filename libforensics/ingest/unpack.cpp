#include <algorithm>

#include "evidence/archive.hpp"
#include "evidence/media_type.hpp"
#include "ingest/derivation.hpp"
#include "ingest/pipeline.hpp"
#include "ingest/siblings.hpp"

namespace forensics::ingest {
namespace {

// Where a member stands in the exhibit: below its archive. The name is kept byte for byte; it is
// never used as a path of this machine, so what it tries to be ("../", "/etc") does not matter.
// A compressed file that states no name (a lone .gz) has that of its container without the suffix.
std::string member_path(const casefile::Artifact& archive, const std::string& name) {
  if (!name.empty()) return kept_path(archive.path + "/" + name);
  const std::string own = file_name(archive.path);
  const std::size_t dot = own.find_last_of('.');
  return kept_path(archive.path + "/" +
                   (dot == 0 || dot == std::string::npos ? own : own.substr(0, dot)));
}

Error link_note(const std::string& where, const plugin::Member& member) {
  const bool is_link =
      member.type == plugin::Member::Type::symlink || member.type == plugin::Member::Type::hardlink;
  return {ErrorCode::unreadable, where,
          is_link ? "a link to '" + member.link_target + "': noted, not followed"
                  : std::string("neither a file nor a folder: noted, it has no bytes of its own")};
}

// In words, where the limits were lowered by what was unpacked before.
std::string used_up(const Allowance::Share& share) {
  return "the limits hold for everything inside " + share.outermost + " together";
}

}  // namespace

// Stores the members of one archive as they come out of the worker.
class MemberIntake : public plugin::MemberSink {
 public:
  MemberIntake(Pipeline& pipeline, const casefile::Artifact& archive)
      : pipeline_(pipeline), archive_(archive) {}

  Status begin(const plugin::Member& member) override {
    TRY(pipeline_.check_stop());
    member_ = member;
    head_.clear();
    incoming_.reset();
    const std::string path = member_path(archive_, member.name);
    known_ = TRY(
        pipeline_.is_known(archive_.exhibit, path, static_cast<std::int64_t>(member.index) + 1));
    ++members_;
    if (!known_ && member.type == plugin::Member::Type::file)
      incoming_ = TRY(pipeline_.session_.objects().begin());
    return {};
  }

  Status data(ByteView bytes) override {
    if (!incoming_) return {};
    if (head_.size() < evidence::kMediaTypeHead)
      head_.append(bytes.substr(0, evidence::kMediaTypeHead - head_.size()));
    pipeline_.report("unpacking", bytes.size());
    return incoming_->write(bytes);
  }

  Status end(const Error* error) override {
    if (known_ || member_.type == plugin::Member::Type::directory) {
      if (incoming_) TRY(pipeline_.session_.objects().abandon(std::move(*incoming_)));
      incoming_.reset();
      return {};
    }
    Acquisition acquisition;
    acquisition.artifact = TRY(pipeline_.new_artifact());
    acquisition.exhibit = archive_.exhibit;
    acquisition.container = archive_.id;
    acquisition.container_seq = archive_.seq;
    // From 1 on, so that 0 says "not a member".
    acquisition.member = static_cast<std::int64_t>(member_.index) + 1;
    acquisition.depth = archive_.depth + 1;
    acquisition.path = member_path(archive_, member_.name);
    if (member_.has_modified != 0) {
      acquisition.modified = member_.modified;
      acquisition.modified_is_utc = member_.has_modified == 1;
    }
    if (incoming_) {
      acquisition.media_type = evidence::media_type(head_);
      if (error != nullptr && incoming_->size() == 0) {
        TRY(pipeline_.session_.objects().abandon(std::move(*incoming_)));
        acquisition.status = "unreadable";
      } else {
        // What could be read of a damaged member is kept and parsed; its digest is that of the
        // part.
        acquisition.object = TRY(pipeline_.session_.objects().finish(std::move(*incoming_)));
      }
      incoming_.reset();
      if (error != nullptr) acquisition.error = *error;
    } else {
      acquisition.status = "special";
      acquisition.error = link_note(acquisition.path, member_);
    }
    pipeline_.allowance_.take(acquisition.object ? acquisition.object->size : 0);
    return pipeline_.acquire(std::move(acquisition));
  }

  std::uint64_t members() const { return members_; }

  // Takes back a member that was under way when the worker ended.
  Status drop_unfinished() {
    if (!incoming_) return {};
    Incoming unfinished = std::move(*incoming_);
    incoming_.reset();
    return pipeline_.session_.objects().abandon(std::move(unfinished));
  }

 private:
  using Incoming = casefile::Incoming;

  Pipeline& pipeline_;
  const casefile::Artifact& archive_;
  plugin::Member member_;
  std::optional<Incoming> incoming_;
  std::string head_;
  bool known_ = false;
  std::uint64_t members_ = 0;
};

Result<bool> Pipeline::unpack(const casefile::Artifact& artifact) {
  const Descriptor object = TRY(session_.objects().open(*artifact.sha256));
  const std::string head = TRY(read_at(object, 0, 1024));
  const std::uint64_t size = TRY(size_of(object));
  const std::uint64_t tail_size = std::min<std::uint64_t>(size, evidence::kArchiveTail);
  const std::string tail = TRY(read_at(object, size - tail_size, tail_size));
  if (!evidence::may_be_archive(head, tail)) return false;
  const std::string name = file_name(artifact.path);
  plugin::Outcome outcome;
  std::uint64_t members = 0;
  const Allowance::Share share = TRY(allowance_.share_of(artifact));
  if (share.is_used_up) {
    outcome.ending = plugin::Ending::limit;
    outcome.detail = "not unpacked: " + used_up(share);
  } else if (artifact.depth >= options_.max_depth) {
    outcome.ending = plugin::Ending::limit;
    outcome.detail = "archives are nested deeper than " + std::to_string(options_.max_depth) +
                     " levels: not unpacked (to go deeper, take it in again as another exhibit "
                     "with a larger --max-depth)";
  } else {
    MemberIntake intake(*this, artifact);
    auto unpacked = host_.unpack(object, name, share.limits, intake);
    TRY(intake.drop_unfinished());
    if (!unpacked) return tl::unexpected(std::move(unpacked.error()));
    outcome = std::move(*unpacked);
    members = intake.members();
    if (outcome.ending == plugin::Ending::limit && !share.is_whole)
      outcome.detail += "; " + used_up(share);
  }
  if (outcome.ending == plugin::Ending::not_mine) return false;
  TRY(enter_container(artifact, outcome, members));
  return true;
}

Status Pipeline::enter_container(const casefile::Artifact& artifact, const plugin::Outcome& outcome,
                                 std::uint64_t members) {
  TRY(session_.flush());
  Derivation derivation;
  derivation.status = casefile::ArtifactStatus::container;
  derivation.ending = plugin::name_of(outcome.ending);
  derivation.members = members;
  // Not where a limit kept it from being unpacked: then no worker saw it.
  if (!outcome.isolation.explanation.empty()) derivation.isolation = outcome.isolation;
  if (outcome.ending != plugin::Ending::complete) {
    derivation.error =
        error_of(outcome, casefile::artifact_id(artifact.id) + " (" + artifact.path + ")");
    remember(*derivation.error);
  }
  TRY(session_.begin(0));
  TRY(apply_derivation(session_.database(), artifact.id, derivation));
  return session_.derived(derivation.body(artifact));
}

Status Pipeline::unpack_all() {
  // New members get larger numbers, so one ascending pass also meets archives within archives.
  casefile::Reader reader(session_.database());
  casefile::Statement next = TRY(session_.database().prepare(
      "SELECT id FROM artifact WHERE status <= 1 AND id > ? ORDER BY id LIMIT 1"));
  std::int64_t last = 0;
  for (;;) {
    TRY(check_stop());
    TRY(session_.flush());
    if (!TRY(next.bind(1, last).step())) return {};
    last = next.integer(0);
    next.reset();
    const auto artifact = TRY(reader.artifact(last));
    if (artifact && artifact->sha256) TRY(unpack(*artifact));
  }
}

}  // namespace forensics::ingest
