#pragma once
// What a plugin says of itself. docs/plugin-abi.md section "Manifest" has the schema.

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "plugin/host.hpp"

namespace forensics::plugin {

// Reads a manifest: a JSON object (RFC 8259, integers only, spaces and key order free) with at
// least `id` (reverse domain, lower case), `version`, `name`, `formats` and `licence`. The error
// names the member that is missing or of the wrong form.
Result<Json> read_manifest(ByteView text);

// What a sound manifest asks for, in ascending order of input.
std::vector<CompanionWish> companion_wishes(const Json& manifest);

}  // namespace forensics::plugin
