#include "ledger/report_folder.hpp"

#include <sys/stat.h>

#include "base/files.hpp"
#include "base/sha256.hpp"

namespace forensics::ledger {
namespace {

constexpr std::string_view kManifest = "manifest-sha256.txt";
constexpr std::uint64_t kMaxManifest = std::uint64_t{256} << 20;
constexpr std::uint64_t kPiece = std::uint64_t{1} << 20;
constexpr std::size_t kNameAt = 66;  // behind 64 hex digits and two spaces
constexpr int kMaxDepth = 16;

bool is_folder(const std::string& path) {
  struct stat facts {};
  return ::lstat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode);
}

bool is_plain_part(std::string_view part) {
  return !part.empty() && part != "." && part != ".." && part.find('\0') == part.npos;
}

// Opens a file below `folder` by a name from a manifest.
Result<Descriptor> open_below(const std::string& folder, std::string_view name) {
  std::string path = folder;
  for (;;) {
    const std::size_t slash = name.find('/');
    if (!is_plain_part(name.substr(0, slash)))
      return fail(ErrorCode::corrupt, "", "the name leads out of the report");
    path.append("/").append(name.substr(0, slash));
    if (slash == name.npos) return open_read(path);
    if (!is_folder(path)) return fail(ErrorCode::not_found, path, "no folder");
    name.remove_prefix(slash + 1);
  }
}

Result<Digest> hash_of(const Descriptor& file) {
  Sha256 hash;
  for (std::uint64_t offset = 0;;) {
    const std::string piece = TRY(read_at(file, offset, kPiece));
    if (piece.empty()) return hash.finish();
    hash.update(piece);
    offset += piece.size();
  }
}

class Report {
 public:
  Report(const std::string& folder, Verdict& verdict) : folder_(folder), verdict_(verdict) {}

  void check(const std::set<Digest>& manifests) {
    const auto manifest = read_file(folder_ + '/' + std::string(kManifest), kMaxManifest);
    if (!manifest) return failure(kManifest, manifest.error().message);
    if (!manifests.contains(Sha256::of(*manifest)))
      failure(kManifest, "no entry speaks of a report with this manifest");
    if (!is_utf8(*manifest)) return failure(kManifest, "ill-formed UTF-8");
    for (std::string_view rest = *manifest; !rest.empty();) {
      const std::size_t end = rest.find('\n');
      if (end == rest.npos || !check_line(rest.substr(0, end)))
        return failure(kManifest, "a line that is none of a manifest");
      rest.remove_prefix(end + 1);
    }
    listed_.emplace(kManifest);
    find_extra("", 0);
  }

 private:
  void failure(std::string_view name, std::string message) {
    verdict_.add({"REPORT", Severity::failure, "report " + std::string(name), std::move(message)});
  }

  bool check_line(std::string_view line) {
    const auto digest = ledger_digest(line.substr(0, 64));
    if (!digest || line.size() <= kNameAt || line.substr(64, 2) != "  ") return false;
    const std::string_view name = line.substr(kNameAt);
    listed_.emplace(name);
    const auto file = open_below(folder_, name);
    const auto found = file ? hash_of(*file) : tl::unexpected(file.error());
    if (!found)
      failure(name, found.error().message);
    else if (*found != *digest)
      failure(name, "it is not the file that was written");
    return true;
  }

  void find_extra(const std::string& below, int depth) {
    const auto names = list_directory(folder_ + '/' + below);
    if (!names) return extra(below);
    for (const std::string& name : *names) {
      const std::string path = below + name;
      if (depth < kMaxDepth && is_folder(folder_ + '/' + path))
        find_extra(path + '/', depth + 1);
      else if (!listed_.contains(path))
        extra(path);
    }
  }

  void extra(const std::string& path) {
    verdict_.add({"EXTRA", Severity::warning, "report " + path, "the manifest does not list it"});
  }

  const std::string& folder_;
  Verdict& verdict_;
  std::set<std::string, std::less<>> listed_;
};

}  // namespace

void ReportFolders::take(const Entry& entry) {
  if (entry.type != entry_type::kReport) return;
  if (const auto manifest = ledger_digest(entry.body.text("manifest_sha256")))
    manifests_.insert(*manifest);
}

void ReportFolders::check(const std::string& folder, Verdict& verdict) const {
  Report(folder, verdict).check(manifests_);
}

}  // namespace forensics::ledger
