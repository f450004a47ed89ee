// Canonical JSON: a value has one form. What the strict reader takes the writer writes again byte
// for byte, and the reader takes whatever the writer writes.

#include "base/json.hpp"
#include "ledger/entry.hpp"
#include "target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace forensics;
  using fuzz::promise;
  const ByteView text(reinterpret_cast<const char*>(data), size);

  const auto value = Json::parse_canonical(text);
  if (value) promise(value->dump() == text, "canonical text is written as it was read");

  const auto line = ledger::parse_line(text);
  promise(!line || (value && *line == *value), "a ledger's line is canonical JSON");
  if (const auto entry = ledger::parse_entry(text)) {
    promise(entry->line() == text, "an entry is written as it was read");
    promise(ledger::check_profile(entry->json()).has_value(), "an entry is within the profile");
  }

  Json holder;
  holder["text"] = text;
  const auto again = Json::parse_canonical(holder.dump());
  promise(again.has_value(), "every written string is read");
  promise(!is_utf8(text) || again->text("text") == text, "well-formed text is kept");
  return 0;
}
