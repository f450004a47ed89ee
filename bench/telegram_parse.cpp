// How fast exports of Telegram Desktop are read by the plugin alone: result.json beside SHA-256 of
// the same bytes, and a page in HTML. The host's share (checks, inserts) is measured by ingest.py. The exports are made by bench/gen/telegram.py:
//
//   FORENSICS_BENCH_JSON=result.json FORENSICS_BENCH_PAGE=messages.html bench_telegram_parse

#include <benchmark/benchmark.h>
#include <forensics/plugin.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

#include "base/sha256.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_telegram(void);

namespace {

std::string file_of(const char* variable) {
  const char* path = std::getenv(variable);
  if (path == nullptr) return {};
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct Counts {
  const std::string* bytes = nullptr;
  std::uint64_t records = 0;
};

fx_host host_of(Counts& counts) {
  fx_host host{};
  host.size = sizeof host;
  host.abi = FX_ABI_VERSION;
  host.context = &counts;
  host.length = [](void* context) -> std::uint64_t {
    return static_cast<Counts*>(context)->bytes->size();
  };
  host.read = [](void* context, std::uint64_t offset, void* buffer,
                 std::uint64_t n) -> std::int64_t {
    const std::string& bytes = *static_cast<Counts*>(context)->bytes;
    if (offset >= bytes.size()) return 0;
    const auto take = std::min<std::uint64_t>(n, bytes.size() - offset);
    std::memcpy(buffer, bytes.data() + offset, take);
    return static_cast<std::int64_t>(take);
  };
  host.emit = [](void* context, const fx_record*) {
    ++static_cast<Counts*>(context)->records;
    return 0;
  };
  host.skip = [](void*, const fx_span*, fx_text, fx_text) { return 0; };
  host.note = [](void*, std::uint32_t, const fx_span*, fx_text, fx_text) { return 0; };
  host.cancelled = [](void*) { return 0; };
  host.extension = [](void*, const char*) -> const void* { return nullptr; };
  return host;
}

void parse(benchmark::State& state, const char* variable, const char* name) {
  const std::string bytes = file_of(variable);
  if (bytes.empty()) return state.SkipWithError("set the variables named in the source");
  Counts counts;
  counts.bytes = &bytes;
  const fx_host host = host_of(counts);
  for (auto _ : state) {
    counts.records = 0;
    fx_plugin_entry_v1_telegram()->parse(&host, {name, std::strlen(name)}, {"{}", 2});
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes.size()));
  state.counters["records"] = static_cast<double>(counts.records);
}
BENCHMARK_CAPTURE(parse, json, "FORENSICS_BENCH_JSON", "result.json")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(parse, page, "FORENSICS_BENCH_PAGE", "messages.html")
    ->Unit(benchmark::kMillisecond);

void sha256(benchmark::State& state) {
  const std::string bytes = file_of("FORENSICS_BENCH_JSON");
  for (auto _ : state) {
    forensics::Sha256 hash;
    hash.update(bytes);
    benchmark::DoNotOptimize(hash.finish());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes.size()));
}
BENCHMARK(sha256)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
