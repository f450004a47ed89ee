// The WhatsApp text plugin against every real export among the fixtures: see README.md.

#include <archive.h>
#include <archive_entry.h>
#include <forensics/plugin.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/sha256.hpp"
#include "support/collecting_host.hpp"
#include "support/fixtures.hpp"
#include "support/message_lines.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_whatsapp(void);

namespace forensics::test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPlain[] = {"type", "wall", "wall_other", "action", "attachment_state"};

// The other half of seal.py.
Json seal(const Json& value) {
  if (const std::string* text = value.as_string()) {
    Json out = Json::object();
    out["bytes"] = static_cast<std::uint64_t>(text->size());
    out["sha256"] = to_hex(view(Sha256::of(*text))).substr(0, 16);
    return out;
  }
  if (const Json::Array* items = value.as_array()) {
    Json out = Json::array();
    for (const Json& item : *items) out.push_back(seal(item));
    return out;
  }
  if (const Json::Object* members = value.as_object()) {
    Json out = Json::object();
    for (const auto& [key, item] : *members)
      out[key] = std::ranges::find(kPlain, key) == std::end(kPlain) ? seal(item) : item;
    return out;
  }
  return value;
}

std::string member_of(const fs::path& zip, std::string_view member) {
  const std::unique_ptr<archive, decltype(&archive_read_free)> reader(archive_read_new(),
                                                                      &archive_read_free);
  archive_read_support_format_zip(reader.get());
  if (archive_read_open_filename(reader.get(), zip.c_str(), 65536) != ARCHIVE_OK)
    throw std::runtime_error(archive_error_string(reader.get()));
  archive_entry* entry = nullptr;
  while (archive_read_next_header(reader.get(), &entry) == ARCHIVE_OK) {
    if (archive_entry_pathname(entry) != member) continue;
    std::string out(static_cast<std::size_t>(archive_entry_size(entry)), '\0');
    if (archive_read_data(reader.get(), out.data(), out.size()) !=
        static_cast<la_ssize_t>(out.size()))
      throw std::runtime_error("short member");
    return out;
  }
  throw std::runtime_error("no such member");
}

struct Golden {
  Json head;
  std::vector<std::string> lines;
};

fs::path folder() {
  return repository() / "tests" / "golden" / "whatsapp";
}

Golden read_golden(const std::string& name) {
  std::vector<std::string> lines = split_lines(slurp(folder() / (name + ".jsonl")));
  auto head = Json::parse_canonical(lines.at(0));
  if (!head) throw std::runtime_error(head.error().text());
  lines.erase(lines.begin());
  return {std::move(*head), std::move(lines)};
}

std::vector<Sibling> siblings_of(const Json& head) {
  std::vector<Sibling> out;
  const Json* names = head.find("siblings");
  if (names == nullptr) return out;
  for (const Json& name : *names->as_array()) out.push_back({.name = *name.as_string()});
  return out;
}

std::vector<Range> unexplained_of(const Json& head) {
  std::vector<Range> out;
  const Json* ranges = head.find("unexplained");
  if (ranges == nullptr) return out;
  for (const Json& range : *ranges->as_array()) {
    const Json::Array& ends = *range.as_array();
    out.push_back({static_cast<std::uint64_t>(*ends.at(0).as_int()),
                   static_cast<std::uint64_t>(*ends.at(1).as_int())});
  }
  return out;
}

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(folder()))
    out.push_back(entry.path().stem().string());
  std::ranges::sort(out);
  return out;
}

class RealExports : public ::testing::TestWithParam<std::string> {};

TEST_P(RealExports, AreReadAsAPersonReadsThem) {
  const auto root = fixtures();
  if (!root) GTEST_SKIP() << "the fixtures are absent: set FORENSICS_FIXTURES";
  const Golden golden = read_golden(GetParam());
  const fs::path fixture = *root / std::string(golden.head.text("fixture"));
  const std::string stored = slurp(fixture);
  ASSERT_EQ(to_hex(view(Sha256::of(stored))), golden.head.text("sha256")) << "another fixture";
  const std::string member(golden.head.text("member"));

  CollectingHost host(member.empty() ? stored : member_of(fixture, member));
  host.set_siblings(siblings_of(golden.head));
  const fx_plugin& plugin = *fx_plugin_entry_v1_whatsapp();
  const std::string name = member.empty() ? fixture.filename().string() : member;
  if (golden.head.text("status") == "not-mine") {
    EXPECT_EQ(host.probe(plugin, name), 0);
    EXPECT_EQ(host.parse(plugin, name), FX_NOT_MINE);
    EXPECT_TRUE(host.records().empty());
    return;
  }
  EXPECT_GT(host.probe(plugin, name), 0);
  ASSERT_EQ(host.parse(plugin, name), FX_OK);

  const std::vector<Json> messages = message_lines(host.records());
  EXPECT_EQ(static_cast<std::int64_t>(messages.size()), golden.head.integer("messages"));
  std::vector<std::string> lines;
  std::string whole;
  for (const Json& message : messages) {
    lines.push_back(seal(message).dump());
    whole += message.dump() + '\n';
  }
  if (const std::string_view digest = golden.head.text("lines_sha256"); !digest.empty()) {
    EXPECT_EQ(to_hex(view(Sha256::of(whole))), digest);
    ASSERT_GE(lines.size(), 10U);
    lines.erase(lines.begin() + 5, lines.end() - 5);
  }
  EXPECT_EQ(lines.size(), golden.lines.size());
  for (std::size_t i = 0; i < std::min(lines.size(), golden.lines.size()); ++i)
    EXPECT_EQ(lines[i], golden.lines[i]) << "message " << i + 1 << ": " << messages[i].dump();

  EXPECT_EQ(host.breaches(), std::vector<std::string>{});
  EXPECT_TRUE(host.unexplained() == unexplained_of(golden.head)) << "other bytes are unexplained";
}

std::string test_name(const ::testing::TestParamInfo<std::string>& golden) {
  std::string name = golden.param;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Whatsapp, RealExports, ::testing::ValuesIn(names()), test_name);

}  // namespace
}  // namespace forensics::test
