// docs/plugin-abi.md is the contract: what it shows is what is compiled and what is checked.

#include <gtest/gtest.h>

#include "base/files.hpp"
#include "plugin/vocabulary_table.hpp"

namespace forensics::plugin {
namespace {

std::string read(const char* path) {
  const auto text = read_file(path, std::uint64_t{1} << 20);
  EXPECT_TRUE(text) << path;
  return text.value_or("");
}

// The contents of every fenced block of the given language.
std::vector<std::string> blocks(const std::string& document, const std::string& language) {
  std::vector<std::string> out;
  const std::string open = "```" + language + "\n";
  for (std::size_t at = document.find(open); at != std::string::npos;
       at = document.find(open, at)) {
    at += open.size();
    const std::size_t end = document.find("```\n", at);
    if (end == std::string::npos) break;
    out.push_back(document.substr(at, end - at));
    at = end;
  }
  return out;
}

TEST(Document, ShowsTheVocabularyAsItIs) {
  const std::string document = read(FORENSICS_TEST_DOCUMENT);
  EXPECT_NE(document.find(vocabulary_tables()), std::string::npos)
      << "docs/plugin-abi.md, section Vocabulary, should read:\n"
      << vocabulary_tables();
}

TEST(Document, ShowsCodeThatIsCompiledAndTested) {
  const std::string document = read(FORENSICS_TEST_DOCUMENT);
  const std::string example = read(FORENSICS_TEST_SOURCE "/example/two_columns.c");
  const auto shown = blocks(document, "c");
  ASSERT_GE(shown.size(), 3U);
  for (const std::string& block : shown)
    EXPECT_NE(example.find(block), std::string::npos) << "not in the example:\n" << block;
}

}  // namespace
}  // namespace forensics::plugin
