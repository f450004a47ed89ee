#pragma once
// The files that a plugin reads together with its input: a database and its log, a backup and its
// key file. Which ones a run had stands in its `derive` entry; whatever repeats the run uses those.

#include <string>
#include <vector>

#include "base/json.hpp"
#include "casefile/object_store.hpp"
#include "casefile/reader.hpp"
#include "plugin/host.hpp"
#include "plugin/inputs.hpp"

namespace forensics::ingest {

// One companion of a run. `artifact.sha256` is there.
struct FoundCompanion {
  std::uint8_t input = 0;
  casefile::Artifact artifact;
  Descriptor object;
};

// What the exhibit has of what a manifest asks for, in order of input. A suffix means the file
// beside the artifact; a name means the file of that name that is nearest in the tree of folders,
// the first by path among equals.
Result<std::vector<FoundCompanion>> find_companions(
    const casefile::Database& database, const casefile::ObjectStore& objects,
    const casefile::Artifact& artifact, const std::vector<plugin::CompanionWish>& wishes);

// Those that a `derive` entry states. ErrorCode::integrity: they are not what the entry says.
Result<std::vector<FoundCompanion>> stated_companions(const casefile::Database& database,
                                                      const casefile::ObjectStore& objects,
                                                      const Json& body);

// For the entry; null where there are none.
Json companions_json(const std::vector<FoundCompanion>& companions, const plugin::Outcome& outcome);

// The rows of table `companion` that a `derive` entry amounts to.
Status insert_companions(const casefile::Database& database, std::int64_t run, const Json& body);

// As a task hands them over, and as a check reads them. The descriptors are borrowed.
std::vector<plugin::Companion> handed_over(const std::vector<FoundCompanion>& companions);
Result<plugin::Inputs> inputs_of(const Descriptor& object,
                                 const std::vector<FoundCompanion>& companions);

// In which pass over the artifacts one is looked at: those first that may want others, then those
// that are asked for by name, then those asked for by suffix. A file that another one read is not
// probed by itself afterwards.
enum class Turn : std::uint8_t { plain = 0, named = 1, suffixed = 2 };
Turn turn_of(const std::string& file, const std::vector<plugin::PluginInfo>& plugins);

}  // namespace forensics::ingest
