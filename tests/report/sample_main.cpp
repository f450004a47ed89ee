// report_sample OUT [MESSAGES]: writes a report of the sample case to OUT, for the browser test;
// with MESSAGES, of a case with one conversation of that many.

#include <cstdio>
#include <cstdlib>

#include "harbour_sample.hpp"
#include "report/report.hpp"

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  forensics::test::CaseFixture fixture;
  if (argc > 2)
    forensics::test::add_long_chat(fixture, std::atoi(argv[2]));
  else
    forensics::test::add_harbour_sample(fixture);
  const auto summary = forensics::report::write_report(fixture.root(), argv[1], {.check = false});
  if (!summary) {
    std::fprintf(stderr, "%s\n", summary.error().text().c_str());
    return 1;
  }
  std::printf("%lld pages, %lld bytes\n", static_cast<long long>(summary->pages),
              static_cast<long long>(summary->bytes));
  return 0;
}
