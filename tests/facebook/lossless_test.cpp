// Nothing is lost: a plain walk over the JSON, written here on its own, finds every scalar, and
// every one of them must stand in a field of a record, at its place and with its value.
#include <filesystem>
#include <set>

#include "export.hpp"
#include "support/codecs.hpp"

using namespace facebook_test;

namespace {

struct Scalar {
  std::uint64_t offset = 0;
  std::string raw;
};

// Of well-formed JSON.
class PlainWalk {
 public:
  explicit PlainWalk(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    value();
  }
  std::vector<Scalar> scalars;

 private:
  void space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos) ++at_;
  }
  std::string string(std::uint64_t& begin) {
    begin = ++at_;
    while (text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    return std::string(text_.substr(begin, at_++ - begin));
  }
  void value() {
    space();
    std::uint64_t begin = at_;
    const char c = text_.at(at_);
    if (c == '"') {
      std::string raw = string(begin);
      scalars.push_back({begin, std::move(raw)});
    } else if (c == '{' || c == '[') {
      ++at_;
      for (space(); text_.at(at_) != '}' && text_.at(at_) != ']'; space()) {
        if (text_[at_] == ',') {
          ++at_;
          continue;
        }
        if (c == '{') {
          std::uint64_t key = 0;
          string(key);
          space();
          ++at_;
        }
        value();
      }
      ++at_;
    } else {
      while (at_ < text_.size() && std::string_view(",]} \t\r\n").find(text_[at_]) == text_.npos)
        ++at_;
      scalars.push_back({begin, std::string(text_.substr(begin, at_ - begin))});
    }
    space();
  }

  std::string_view text_;
  std::uint64_t at_ = 0;
};

void expect_all_told(const std::string& bytes, const std::string& name) {
  const Read read(bytes, name);
  std::set<std::pair<std::uint64_t, std::uint64_t>> told;
  for (const SeizedRecord& record : read.host.records())
    for (const auto& field : record.fields) told.emplace(field.offset, field.length);
  const PlainWalk walk(bytes);
  EXPECT_FALSE(walk.scalars.empty());
  for (const Scalar& each : walk.scalars)
    EXPECT_TRUE(told.contains({each.offset, each.raw.size()}))
        << name << ": nobody tells " << each.raw << " at " << each.offset;
}

TEST(FacebookLossless, RealFiles) {
  const auto folder = forensics::test::fixtures();
  if (!folder) GTEST_SKIP() << "fixtures are absent";
  int files = 0;
  for (const auto& each : std::filesystem::recursive_directory_iterator(*folder / "facebook")) {
    if (each.path().extension() != ".json") continue;
    const std::string name = each.path().filename().string();
    const std::string bytes = forensics::test::slurp(each.path());
    if (name == "corrupt.json" || each.path().string().find("broken_BAD") != std::string::npos) {
      Read(bytes, name);
      continue;
    }
    EXPECT_GE(Read(bytes, name).score, 60) << each.path();
    expect_all_told(bytes, name);
    ++files;
  }
  EXPECT_GE(files, 10);
}

TEST(FacebookLossless, MadeFiles) {
  expect_all_told(R"({"messages":[{"sender_name":"a","timestamp_ms":1600000000000,"content":"x",
    "content":"second","photos":[{"uri":"p.jpg","backup":{"uri":"q.jpg"}},{"uri":5},{}],
    "reactions":[{"reaction":"r","actor":"b","x":1},{"actor":"c"},{"reaction":5}],
    "sticker":{"uri":"s.png","ai_stickers":[]},"users":[{"name":"u","id":7},{"id":8}],
    "share":{"link":"l","link":"m"},"type":4,"call_duration":-1,"missed":"odd","is_unsent":"true"},
    {"sender_name":null,"timestamp_ms":"1600000000000","content":5},
    {"sender_name":5,"timestamp_ms":0,"content":null},{},[1,[2,{"a":3}]],"loose",7],
    "participants":[{"name":"a","extra":1},{"name":"a"},{"nick":"z"},"w",null],
    "title":5,"thread_path":"x","image":{"uri":"g.jpg","creation_timestamp":1},
    "joinable_mode":{"mode":1,"link":""},"magic_words":["m"]})",
                  "message_1.json");
  expect_all_told(R"([{"timestamp":1,"data":[{"post":"a"},{"post":"b"},{"update_timestamp":2}],
    "attachments":[{"data":[{"poll":{"question":"q","options":[{"option":"o","voted":true}]}},
    {"place":{"coordinate":{"latitude":1,"longitude":"x"},"name":"n","z":1}},{"text":"t"},
    {"external_context":{"url":"u","name":"n"}},{"media":{"uri":"u2","thumbnail":{"uri":"t"}}}]}],
    "tags":[{"name":"x"}],"title":"t"},{"timestamp":2},5])",
                  "your_posts_1.json");
  expect_all_told(R"({"groups_joined_v2":[{"timestamp":3,"data":[{"name":"g"},{"name":"h"}]},
    {"data":[]}],"friends_v2":[{"name":"f","contact_info":"c"},{"name":{"a":1}}],
    "profile_v2":{"name":"n","phone_numbers":[{"phone_number":"1"},{"phone_number":"2"}],
    "previous_names":["a",{"name":"b","timestamp":4}]},"x":{"y":{"z":["p",{"q":1}]}}})",
                  "a.json");
}

}  // namespace
