#pragma once
// The vocabulary as the tables that docs/plugin-abi.md shows and `forensics plugin vocabulary`
// prints: made from model/vocabulary, so that neither can fall behind.

#include <string>

namespace forensics::plugin {

// Two Markdown tables, of kinds and of keys.
std::string vocabulary_tables();

}  // namespace forensics::plugin
