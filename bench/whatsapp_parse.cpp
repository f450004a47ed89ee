// The WhatsApp text plugin alone: the whole parse, into a host that throws records away, of an
// export made here and of each file named on the command line. Compare the rate with the target in
// docs/performance.md: 100 MB/s on one core.

#include <benchmark/benchmark.h>
#include <forensics/plugin.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "base/sha256.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_whatsapp(void);

namespace {

// An export in the common Android form, about 81 bytes a line, one message in seven of two lines.
std::string make_export(std::size_t messages) {
  static constexpr const char* kAuthors[] = {"Anna", "Bilal", "+44 7700 900123", "Selam", "Reza"};
  static constexpr const char* kTexts[] = {
      "we leave on Thursday evening from the usual place, bring only one small bag",
      "السعر ثلاثة آلاف والدفع عند الوصول إن شاء الله",
      "how many persons? two adults and a child, the little one travels for half",
      "цена прежняя, место встречи пришлю вечером", "ok"};
  std::string text;
  for (std::size_t i = 0; i < messages; ++i) {
    char head[64];
    std::snprintf(head, sizeof head, "%02zu/%02zu/2024, %02zu:%02zu - ", i / 4000 % 28 + 1,
                  i / 120000 % 12 + 1, i / 60 % 24, i % 60);
    text += head;
    text += kAuthors[i * 7 % 5];
    text += ": ";
    text += kTexts[i % 5];
    if (i % 7 == 0) text += "\nand please be on time";
    text += '\n';
  }
  return text;
}

struct Discard {
  const std::string& input;
  std::size_t records = 0;
};

fx_host host_of(Discard& discard) {
  fx_host host{};
  host.size = sizeof host;
  host.abi = FX_ABI_VERSION;
  host.context = &discard;
  host.length = [](void* context) -> uint64_t {
    return static_cast<Discard*>(context)->input.size();
  };
  host.read = [](void* context, uint64_t offset, void* buffer, uint64_t n) -> int64_t {
    const std::string& input = static_cast<Discard*>(context)->input;
    if (offset >= input.size()) return 0;
    const std::size_t count = std::min<std::size_t>(n, input.size() - offset);
    std::memcpy(buffer, input.data() + offset, count);
    return static_cast<int64_t>(count);
  };
  host.emit = [](void* context, const fx_record*) {
    ++static_cast<Discard*>(context)->records;
    return 0;
  };
  host.skip = [](void*, const fx_span*, fx_text, fx_text) { return 0; };
  host.note = [](void*, uint32_t, const fx_span*, fx_text, fx_text) { return 0; };
  host.cancelled = [](void*) { return 0; };
  host.extension = [](void*, const char*) -> const void* { return nullptr; };
  return host;
}

void parse(benchmark::State& state, const std::string& input) {
  const std::string name = "WhatsApp Chat with Anna.txt";
  std::size_t records = 0;
  for (auto _ : state) {
    Discard discard{input};
    const fx_host host = host_of(discard);
    const fx_status status =
        fx_plugin_entry_v1_whatsapp()->parse(&host, {name.data(), name.size()}, {"{}", 2});
    if (status != FX_OK) state.SkipWithError("the parser did not read the export");
    records = discard.records;
  }
  state.counters["MB/s"] = benchmark::Counter(
      static_cast<double>(state.iterations() * input.size()) / 1e6, benchmark::Counter::kIsRate);
  state.counters["records"] = static_cast<double>(records);
}

void parse_made(benchmark::State& state) {
  parse(state, make_export(static_cast<std::size_t>(state.range(0))));
}

void parse_file(benchmark::State& state, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) state.SkipWithError("cannot be opened");
  parse(state, {std::istreambuf_iterator<char>(file), {}});
}

void sha256(benchmark::State& state) {
  const std::string input = make_export(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(forensics::Sha256::of(input));
  state.counters["MB/s"] = benchmark::Counter(
      static_cast<double>(state.iterations() * input.size()) / 1e6, benchmark::Counter::kIsRate);
}

BENCHMARK(sha256)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(parse_made)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  for (int i = 1; i < argc; ++i)
    benchmark::RegisterBenchmark(argv[i], parse_file, argv[i])->Unit(benchmark::kMillisecond);
  benchmark::RunSpecifiedBenchmarks();
}
