#pragma once
// The host's side of the plugin contract: starts confined workers, hands them evidence as read-only
// descriptors, reads their frames as hostile input, checks every span against the bytes, and says
// how each run ended. Nothing here touches the case; what is accepted goes to a sink.
//
//   auto host = TRY(plugin::Host::start({}));
//   auto scores = TRY(host->probe(object, "_chat.txt"));
//   auto job = TRY(host->parse({.plugin = scores.front().plugin, .input = object.get(), ...}));
//   plugin::Outcome outcome = TRY(job->drain(sink));
//
// Threads: a Host and its Jobs belong to one thread, which outlives them: a worker is killed when
// the thread that started it ends. Several jobs may be under way at once; each runs ahead of
// drain() only as far as its socket buffer holds, so the order in which they are drained, not the
// order in which they finish, decides the order of results.

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/json.hpp"
#include "model/record.hpp"

namespace forensics::plugin {

// How far a worker is confined; docs/plugin-abi.md section "Isolation".
enum class Level : std::uint8_t {
  in_process = 0,  // fuzzing only; Host never uses it
  process = 1,     // separate process and rlimits
  filtered = 2,    // and a seccomp allowlist
  confined = 3,    // and Landlock, fully enforced
};
std::string_view name_of(Level level);  // "L0" ... "L3"

struct Isolation {
  Level level = Level::process;
  int landlock_abi = 0;  // 0: not available
  bool seccomp = false;
  std::string explanation;  // one sentence for the report's cover
};

// What one run may use. A limit that is reached ends the run with Ending::limit; what was emitted
// before stays valid.
struct Limits {
  std::uint64_t memory = std::uint64_t{512} << 20;  // bytes of address space of the worker
  std::uint64_t cpu_seconds = 3600;
  std::uint64_t wall_seconds = 4 * 3600;
  std::uint64_t idle_seconds = 120;  // without a frame
  std::uint64_t records = 200'000'000;
  std::uint64_t field_bytes = std::uint64_t{16} << 20;  // one field's value
  // Everything that one parse run says, as it is encoded; 0: 64 MiB and 64 bytes for each byte of
  // the input. What is stored must stay in proportion to what was read.
  std::uint64_t output_bytes = 0;
  // Unpacking:
  std::uint64_t members = 1'000'000;
  std::uint64_t member_bytes = std::uint64_t{64} << 30;  // one member, unpacked
  std::uint64_t total_bytes = std::uint64_t{256} << 30;  // all members of one archive, unpacked
  std::uint64_t ratio = 1000;                            // unpacked to packed, once over 64 MiB
};

// How a manifest asks for a companion: the file in the same folder whose name is the input's and a
// suffix, or the file of a name, wherever in the exhibit it stands.
struct CompanionWish {
  std::uint8_t input = 0;
  std::string suffix, name;  // one of the two
};

struct PluginInfo {
  std::string id;  // reverse domain, e.g. "org.libforensics.whatsapp-text"
  std::string version;
  std::string name;
  std::string carrier;  // "built-in", "shared-object", "executable"
  Digest sha256{};      // of the exact bytes executed
  std::uint32_t abi = 0;
  Json manifest;
  std::vector<CompanionWish> companions;  // that the manifest asks for, in order of input
};

struct Score {
  std::string plugin;
  int score = 0;  // 0 to 100
};

struct Sibling {
  std::string name;  // bytes
  std::uint64_t length = 0;
  std::int64_t modified = 0;
  std::uint32_t has_modified = 0;  // as in fx_sibling
};

// A file of the exhibit that is read with the input, as the plugin's manifest asks for it.
struct Companion {
  std::uint8_t input = 0;  // 1 to 7
  int descriptor = -1;     // of the stored object, read-only; borrowed
  std::string name;        // path within the exhibit, bytes
};

struct Task {
  std::string plugin;  // id
  int input = -1;      // descriptor of the stored object, read-only; borrowed
  std::string name;    // file name, bytes
  std::string options = "{}";
  std::vector<Sibling> siblings;
  std::vector<Companion> companions;  // in ascending order of input
  std::vector<std::string> keys;      // their bytes; they go to the worker and nowhere else
  bool takes_children = false;        // the sink does something with them
  Limits limits;
};

// A skipped or unexplained part of the input.
struct Skip {
  model::Span span;
  std::string code;
  std::string why;
};

struct Note {
  std::uint8_t severity = 1;  // 1 info, 2 warning, 3 error
  model::Span span;
  std::string code;
  std::string message;
};

// An artifact made out of the input, e.g. the plain text of a backup.
struct Child {
  std::string name;    // file name, bytes
  model::Span source;  // what it is made of
  std::string method;  // how, in a fixed word
};

// Takes what a run yields, in the order in which the plugin said it. An error from any function
// ends the run and is passed on by drain(). Records arrive checked: kind, keys and types are of the
// vocabulary, verbatim and decoded values equal the bytes under their spans.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual Status record(const model::Record& record) = 0;
  virtual Status skip(const Skip& skip) = 0;
  virtual Status note(const Note& note) = 0;

  // Only where the task says takes_children. After begin_child() comes one end_child(), unless the
  // sink itself fails: where the run broke off, with `broken_off` saying why.
  virtual Status begin_child(const Child&) { return {}; }
  virtual Status child_data(ByteView) { return {}; }
  virtual Status end_child(bool /*verified*/, const std::string& /*why*/,
                           const Error* /*broken_off*/) {
    return {};
  }
};

enum class Ending : std::uint8_t {
  complete,  // fx_status OK
  not_mine,
  truncated,
  corrupt,
  encrypted,
  limit,  // a limit of the host or of the plugin
  cancelled,
  crashed,    // signal or unexpected exit
  violation,  // a forbidden system call
  protocol,   // frames that make no sense
  bug,        // the plugin says so itself
};
std::string_view name_of(Ending ending);

// How a run ended, for the ledger.
struct Outcome {
  Ending ending = Ending::complete;
  std::string detail;          // in words: signal, system call, limit, ...
  Isolation isolation;         // achieved by this worker
  std::uint64_t records = 0;   // accepted
  std::uint64_t rejected = 0;  // by the span check or the vocabulary; each is also a Note
  Digest stream{};             // SHA-256 over the encodings of the accepted records
  std::uint64_t covered = 0;   // bytes under extents of accepted records
  std::uint64_t skipped = 0;   // bytes skipped with a reason, not covered
  std::vector<model::Span>
      unexplained;  // at most 1000 ranges, in order; `unexplained_bytes` counts all
  std::uint64_t unexplained_bytes = 0;
  // Of each companion the same sums; `unexplained` lists ranges of all inputs, those of each in order.
  struct CompanionSum {
    std::uint8_t input = 0;
    std::uint64_t covered = 0, skipped = 0, unexplained_bytes = 0;
  };
  std::vector<CompanionSum> companions;
  std::uint64_t children = 0;
  bool asked_for_keys = false;
  std::uint64_t cpu_milliseconds = 0;
  std::uint64_t peak_memory = 0;  // bytes, of the worker
};

// One file inside an archive, as the archive describes it.
struct Member {
  std::uint64_t index = 0;  // position in the archive, from 0
  std::string name;         // bytes as in the archive
  enum class Type : std::uint8_t { file, directory, symlink, hardlink, other } type = Type::file;
  std::string link_target;
  bool encrypted = false;
  std::int64_t modified = 0;
  std::uint32_t has_modified = 0;  // as in fx_sibling
};

class MemberSink {
 public:
  virtual ~MemberSink() = default;
  virtual Status begin(const Member& member) = 0;
  virtual Status data(ByteView bytes) = 0;     // for files only
  virtual Status end(const Error* error) = 0;  // nullptr: the member is complete
};

// A run under way in a worker. Destroying it stops the worker.
class Job {
 public:
  virtual ~Job() = default;
  virtual Result<Outcome> drain(Sink& sink) = 0;
};

// Lets a test see this machine as one that can do less. It can only lower what a worker achieves,
// and the level that is reported is the one that is left.
struct Simulation {
  int landlock_abi = -1;  // at most this ABI; 0: none; -1: what the kernel has
  bool without_seccomp = false;
};

class Host {
 public:
  struct Options {
    std::string worker;                // path; empty: beside the running program, else libexec
    Level required = Level::filtered;  // start() refuses below
    std::vector<std::string> plugins;  // shared objects to load besides the built-in ones
    // One worker answers many probes, so processor time is that of all of them.
    Limits probe_limits = {.cpu_seconds = 600, .wall_seconds = 120, .idle_seconds = 30};
    // Once it is true, whatever is under way ends with ErrorCode::cancelled, within a quarter of a
    // second, however the worker behaves. Borrowed; nullptr: nobody stops anything.
    const std::atomic<bool>* stop = nullptr;
    Simulation simulate;
  };

  virtual ~Host() = default;

  // ErrorCode::isolation where this machine cannot confine workers as required; `message` says what
  // is missing and which option would accept it.
  static Result<std::unique_ptr<Host>> start(const Options& options);

  virtual const std::vector<PluginInfo>& plugins() const = 0;
  // The weakest of the built-in plugins' worker and those of the shared objects.
  virtual const Isolation& isolation() const = 0;

  // Every plugin's score above 0, best first; ties in order of id. A plugin that crashed, threw or
  // was stopped while probing is left out and named in `trouble`.
  virtual Result<std::vector<Score>> probe(const Descriptor& input, const std::string& name,
                                           std::vector<std::string>& trouble) = 0;

  virtual Result<std::unique_ptr<Job>> parse(Task task) = 0;

  // Unpacks one level of an archive (zip, tar, 7z, and gzip/xz/zstd/bzip2 around them or alone).
  // The outcome is Ending::not_mine where the input is no archive.
  virtual Result<Outcome> unpack(const Descriptor& input, const std::string& name,
                                 const Limits& limits, MemberSink& sink) = 0;
};

// The facts that `forensics doctor` prints: what this machine offers and which denials a worker
// really shows (open, create, socket, connect, exec, fork, writable-and-executable memory).
struct SelfTest {
  struct Denial {
    std::string what;
    bool denied = false;
    std::string how;  // "SIGSYS", "EACCES", ...
  };
  Isolation isolation;
  std::vector<Denial> denials;
};
Result<SelfTest> self_test(const Host::Options& options);

}  // namespace forensics::plugin
