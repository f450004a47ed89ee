#pragma once
// The messages among a run's records in the form of expected.jsonl (the keys are described in
// tests/conformance/whatsapp/README.md): one JSON object per message, in source order.

#include <string>
#include <vector>

#include "base/json.hpp"
#include "model/record.hpp"

namespace forensics::test {

std::vector<Json> message_lines(const std::vector<model::Record>& records);

// "2024-03-05T14:03" or with seconds; null where the time has no precision.
Json wall_clock(const model::Time& time);

// Splits the lines of a .jsonl file; "" has none.
std::vector<std::string> split_lines(const std::string& text);

}  // namespace forensics::test
