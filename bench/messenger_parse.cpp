// How fast a thread of Messenger is read: a million messages, made from a fixed rule, against the
// plain pass of SHA-256 over the same bytes. The host's share (checks, inserts) is measured by
// ingest.py.
//
//   bench_messenger_parse --benchmark_filter=.

#include <benchmark/benchmark.h>
#include <forensics/plugin.h>

#include <cstring>
#include <string>

#include "base/sha256.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_facebook(void);

namespace {

const std::string& thread_of(std::size_t messages) {
  static std::string bytes;
  if (!bytes.empty()) return bytes;
  bytes =
      "{\"participants\":[{\"name\":\"Am\\u00c3\\u00a9lie\"},{\"name\":\"Selam\"}],\"messages\":["
      "\n";
  for (std::size_t i = 0; i < messages; ++i) {
    if (i != 0) bytes += ",\n";
    bytes += "    {\n      \"sender_name\": ";
    bytes += i % 3 == 0 ? "\"Am\\u00c3\\u00a9lie\"" : "\"Selam\"";
    bytes += ",\n      \"timestamp_ms\": " + std::to_string(1'700'000'000'000 - i * 61'000);
    bytes += ",\n      \"content\": \"Message " + std::to_string(i) +
             " of the thread, caf\\u00c3\\u00a9\"";
    if (i % 10 == 0)
      bytes +=
          ",\n      \"reactions\": [{\"reaction\": \"\\u00e2\\u009d\\u00a4\", \"actor\": "
          "\"Selam\"}]";
    bytes += ",\n      \"is_geoblocked_for_viewer\": false\n    }";
  }
  bytes += "],\"title\":\"Am\\u00c3\\u00a9lie\",\"thread_path\":\"inbox/amelie_1\"}";
  return bytes;
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

constexpr std::size_t kMessages = 1'000'000;

void parse(benchmark::State& state) {
  Counts counts;
  counts.bytes = &thread_of(kMessages);
  const fx_host host = host_of(counts);
  const fx_text name{"message_1.json", 14};
  for (auto _ : state) {
    counts.records = 0;
    fx_plugin_entry_v1_facebook()->parse(&host, name, {"{}", 2});
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * counts.bytes->size()));
  state.counters["records"] = static_cast<double>(counts.records);
}
BENCHMARK(parse)->Unit(benchmark::kMillisecond);

void sha256(benchmark::State& state) {
  const std::string& bytes = thread_of(kMessages);
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
