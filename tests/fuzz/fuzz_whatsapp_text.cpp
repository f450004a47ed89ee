// Any bytes as a WhatsApp export. The plugin keeps to the contract whatever they are: every value
// stands on its bytes, from the first message on every byte is explained, and how much one read
// returns makes no difference.
// First byte: how much that is in the second run.

#include <limits>

#include "support/collecting_host.hpp"
#include "target.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_whatsapp(void);

using namespace forensics;
using fuzz::promise;

namespace {

// Lines that stand before any message belong to nothing, and are left for people to look at.
std::uint64_t first_message(const test::CollectingHost& host) {
  std::uint64_t first = std::numeric_limits<std::uint64_t>::max();
  for (const model::Record& record : host.records())
    if (record.kind == model::Kind::message) first = std::min(first, record.extent.offset);
  return first;
}

fx_status parse(test::CollectingHost& host) {
  host.set_siblings({{"IMG-20240305-WA0001.jpg", 1, 1'709'640'000'000, 2}});
  host.probe(*fx_plugin_entry_v1_whatsapp(), "_chat.txt");
  const fx_status status = host.parse(*fx_plugin_entry_v1_whatsapp(), "_chat.txt");
  promise(status == FX_OK || status == FX_NOT_MINE, "the export is read or declined");
  for (const std::string& breach : host.breaches()) promise(false, breach.c_str());
  if (status == FX_OK)
    for (const test::Range& gap : host.unexplained())
      promise(gap.end <= first_message(host), "from the first message on every byte is explained");
  return status;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Script script(data, size);
  const auto most = script.number<std::uint8_t>();
  const std::string input(script.all());
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
