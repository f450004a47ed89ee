// Any bytes as an e-mail message history. From the first message on every byte is explained, and
// how much one read returns makes no difference. First byte: how much that is in the second run.

#include <limits>

#include "support/collecting_host.hpp"
#include "target.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_viber(void);

using namespace forensics;
using fuzz::promise;

namespace {

fx_status parse(test::CollectingHost& host) {
  host.probe(*fx_plugin_entry_v1_viber(), "Rosa.csv");
  const fx_status status = host.parse(*fx_plugin_entry_v1_viber(), "Rosa.csv");
  for (const std::string& breach : host.breaches()) promise(false, breach.c_str());
  std::uint64_t first = std::numeric_limits<std::uint64_t>::max();
  for (const model::Record& record : host.records())
    if (record.kind == model::Kind::message) first = std::min(first, record.extent.offset);
  if (status == FX_OK)
    for (const test::Range& gap : host.unexplained())
      promise(gap.end <= first, "from the first message on every byte is explained");
  return status;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Script script(data, size);
  const auto most = script.number<std::uint8_t>();
  const std::string input(script.all());
  if (input.starts_with("SQLite format 3")) return 0;  // fuzz_viber has those
  test::CollectingHost whole(input);
  const fx_status status = parse(whole);
  if (most % 4 != 0) return 0;  // the second run is slow

  test::CollectingHost pieces(input);
  pieces.limit_reads(std::uint64_t{1} + most);
  promise(parse(pieces) == status, "short reads end as whole ones do");
  promise(pieces.records() == whole.records(), "short reads give the same records");
  promise(pieces.skips() == whole.skips(), "short reads give the same skips");
  return 0;
}
