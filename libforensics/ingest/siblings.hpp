#pragma once
// The files beside an artifact, in the same folder or archive: names, sizes and times only. Plugins
// use them as evidence for dates and to tell an attachment from a word that looks like one.

#include <string>
#include <vector>

#include "casefile/reader.hpp"
#include "plugin/host.hpp"

namespace forensics::ingest {

// The last component of a path within an exhibit.
std::string file_name(const std::string& path);
// What stands before it, with its final '/'; empty at the top of the exhibit.
std::string folder_of(const std::string& path);

// In byte order of their names, at most 50,000: a larger folder tells nothing new.
Result<std::vector<plugin::Sibling>> siblings_of(const casefile::Database& database,
                                                 const casefile::Artifact& artifact);

}  // namespace forensics::ingest
