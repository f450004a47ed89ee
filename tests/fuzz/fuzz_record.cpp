// Records as the wire and the database have them: a record has one encoding, and a record that was
// checked has a line that the ledger's strict reader takes.

#include "base/json.hpp"
#include "model/record.hpp"
#include "model/record_line.hpp"
#include "target.hpp"

using namespace forensics;

namespace {

// Spans of checked records stand inside their input, and no input has more bytes.
bool may_be_checked(const model::Record& record) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 52;
  const auto is_near = [](const model::Span& span) {
    return span.offset < kMost && span.length < kMost;
  };
  return is_near(record.extent) && std::ranges::all_of(record.fields, [&](const auto& field) {
           return is_near(field.span) && std::ranges::all_of(field.more, is_near);
         });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using fuzz::promise;
  const ByteView bytes(reinterpret_cast<const char*>(data), size);
  model::Record record;
  if (!model::decode(bytes, record)) return 0;

  std::string written;
  model::encode(record, written);
  promise(written == bytes, "a record is written as it was read");

  std::string without;
  model::encode_without(record, model::Key::text, without);
  model::Record shorter;
  promise(model::decode(without, shorter), "a record whose text stands elsewhere is one");
  promise(shorter.fields.size() == record.fields.size(), "it has the same fields");

  if (!may_be_checked(record)) return 0;
  std::string line;
  model::append_record_line(record, std::string(32, '0'), line);
  const auto json = Json::parse_canonical(line);
  promise(json && json->dump() == line, "a record line is canonical JSON");
  promise(json->find("fields")->as_array()->size() == record.fields.size(), "with all fields");
  return 0;
}
