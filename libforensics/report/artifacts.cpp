// Files and hashes: every artifact of the case with its SHA-256, in the order in which it came in.

#include "report/context.hpp"
#include "report/times.hpp"

namespace forensics::report {
namespace {

using casefile::Artifact;

constexpr std::size_t kMaxName = 1000;

std::string modified_words(const Artifact& artifact) {
  if (!artifact.modified || artifact.modified_kind == 0) return "not stated";
  const std::string words = wall_words(*artifact.modified, model::Precision::second);
  return artifact.modified_kind == 1 ? words + " UTC" : words + ", zone not stated";
}

void write_artifact(Html& out, const Artifact& artifact) {
  out << "<tr id=" << Address("A{:06}", artifact.id) << "><th scope=row>"
      << Text(casefile::artifact_id(artifact.id)) << "<td><bdi class=file>"
      << Clip{artifact.path, kMaxName} << "</bdi><br><span class=hash>";
  if (artifact.sha256)
    out << Text(to_hex(view(*artifact.sha256)));
  else
    out << "no hash: not read";
  out << "</span><br><span class=count>modified " << Text(modified_words(artifact));
  if (artifact.parent) out << " · in " << Text(casefile::artifact_id(*artifact.parent));
  out << " · ledger entry " << artifact.seq << "</span><td class=\"num bytes\">"
      << Grouped{artifact.size} << "<td>" << Text(casefile::name_of(artifact.status));
  if (!artifact.plugin.empty())
    out << "<br><span class=count>" << Text(artifact.plugin) << "</span>";
  out << "</tr>\n";
}

}  // namespace

Status write_artifacts(Context& context) {
  Series list(context.site, Address("artifacts"), Section::artifacts,
              {"<table class=files><thead><tr><th scope=col>Number<th scope=col>Path within the "
               "exhibit, SHA-256<th scope=col class=num>Bytes<th scope=col>Status</thead><tbody>\n",
               "</tbody></table>\n"});
  const auto each = [&](const Artifact& artifact) -> Result<bool> {
    Html row;
    write_artifact(row, artifact);
    TRY(list.add(row, casefile::artifact_id(artifact.id)));
    context.artifact_pages.put(artifact.id, list.current_page());
    return true;
  };
  TRY(context.reader.artifacts(std::nullopt, std::nullopt, each));
  Html lead;
  lead << "<p>The stored bytes of each file stand in the case folder under <code>objects/</code>, "
          "in "
          "a folder named by the first two digits of the hash, under the hash as name. "
          "<code>sha256sum</code> prints the same hash for them. The same bytes are stored once, "
          "however often they occur; every occurrence has its own number.</p>\n";
  return list.finish("Files and hashes", lead);
}

}  // namespace forensics::report
