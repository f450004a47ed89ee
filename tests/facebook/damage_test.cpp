// Files that are cut, damaged or hostile: whatever they are, the contract holds.
#include <random>

#include "export.hpp"

using namespace facebook_test;

namespace {

struct Sample {
  const char* name;
  std::string bytes;
};

const std::vector<Sample>& samples() {
  static const std::vector<Sample> kAll = {
      {"message_1.json",
       R"({"participants":[{"name":"Ren\u00c3\u00a9e"},{"name":"Bo"}],"messages":[{"sender_name":"Bo",
"timestamp_ms":1600000120000,"content":"x \u00e2\u009d\u00a4","reactions":[{"reaction":"\u00e2\u009d\u00a4","actor":"Bo"}]},
{"sender_name":"Bo","timestamp_ms":1600000060000,"photos":[{"uri":"a/b.jpg","creation_timestamp":1600000059}],
"call_duration":5,"share":{"link":"http://x"},"users":[{"name":"C"}]}],"title":"Bo","thread_path":"inbox/bo_12"})"},
      {"your_posts_1.json",
       R"([{"timestamp":1354805114,"attachments":[{"data":[{"media":{"uri":"p/a.jpg","description":"d"}},
{"place":{"name":"P","coordinate":{"latitude":45.5,"longitude":13.25}}},{"poll":{"question":"q","options":[{"option":"o"}]}}]}],
"data":[{"post":"Snow"}],"title":"t"}])"},
      {"profile_information.json",
       R"({"profile_v2":{"name":{"full_name":"A"},"previous_names":[{"name":"B","timestamp":1300000000}]},
"groups_joined_v2":[{"timestamp":1,"data":[{"name":"G"}]}],"friends_v2":[{"name":"F","timestamp":1}]})"},
      {"message_1.html",
       R"(<html><title>A &amp; B</title><div class="_a6-g"><h2 class="_a6-h _a6-i">Bo</h2><div class="_a6-p"><div>x<br/>y</div>
<img src="a/b.jpg"><a href="http://x">z</a><ul><li>❤️Ann</li></ul></div><div class="_a72d">Sep 13, 2020, 12:26 PM</div></div></html>)"},
      {"page.html",
       R"(<html id="facebook"><meta content="fb://page/12"><!-- saved from url=(0001)http://x --><script>{"post_id":"9",
"message":{"text":"a"},"creation_time":1600000000,"actors":[{"id":"1","name":"N"}]}</script>
<div class="userContentWrapper"><a data-utime="1600000000" href="/posts/1"></a><div class="userContent">w</div></div></html>)"},
      {"records.html",
       R"(<div class="div_table inner">Thread<div>(5)</div></div><div class="div_table inner">Author<div>A</div></div>
<div class="div_table inner">Sent<div>2020-09-13 12:26:40 UTC</div></div><div class="div_table inner">Body<div>b</div></div>)"}};
  return kAll;
}

// A damaged file may be none of the family any more; what is read of it stands on its bytes.
void survive(const std::string& bytes, const char* name) {
  SeizedHost host(bytes);
  host.probe(*fx_plugin_entry_v1_facebook(), name);
  const fx_status status = host.parse(*fx_plugin_entry_v1_facebook(), name);
  EXPECT_NE(status, FX_BUG) << name << bytes.size() << bytes;
  EXPECT_EQ(host.breaches(), std::vector<std::string>{}) << bytes;
  if (status != FX_NOT_MINE) {
    EXPECT_EQ(host.unexplained(0), 0U) << bytes;
  }
}

TEST(FacebookDamage, CutAtEveryPlace) {
  for (const Sample& sample : samples())
    for (std::size_t length = 0; length < sample.bytes.size(); ++length)
      survive(sample.bytes.substr(0, length), sample.name);
}

TEST(FacebookDamage, BitFlips) {
  for (const Sample& sample : samples()) {
    std::mt19937 random(17);
    for (int round = 0; round < 1000; ++round) {
      std::string bytes = sample.bytes;
      for (unsigned i = 1 + random() % 8; i > 0; --i)
        bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
      survive(bytes, sample.name);
    }
  }
}

TEST(FacebookDamage, SameInputSameRecords) {
  for (const Sample& sample : samples())
    EXPECT_EQ(Read(sample.bytes, sample.name).host.lines(),
              Read(sample.bytes, sample.name).host.lines());
}

TEST(FacebookDamage, NestedWithoutEnd) {
  const std::string deep(100'000, '[');
  survive(R"({"messages":[{"sender_name":"a","timestamp_ms":1600000000000,"x":)" + deep,
          "message_1.json");
  survive(R"({"messages":)" + deep, "message_1.json");
  survive(R"({"friends_v2":[{"a":)" + std::string(50'000, '{'), "friends.json");
  std::string objects;
  for (int i = 0; i < 50'000; ++i) objects += "{\"a\":";
  survive(R"({"messages":[)" + objects, "message_1.json");
  std::string tags;
  for (int i = 0; i < 50'000; ++i) tags += "<div class=\"_a6-p\">";
  survive("<html><div class=\"_a6-g\">" + tags + "x", "message_1.html");
  survive("<html id=\"facebook\"><meta content=\"fb://page/1\"><script>{\"a\":" + deep,
          "page.html");
  survive("<div class=\"div_table inner\">" + tags, "records.html");
}

TEST(FacebookDamage, PagesCannotRunAnything) {
  const Read read(
      R"(<html><div class="_a6-g"><h2 class="_a6-h _a6-i">Bo</h2><div class="_a6-p">&lt;script&gt;alert(1)&lt;/script&gt;
<script>alert(2)</script></div><div class="_a72d">Sep 13, 2020</div></div></html>)",
      "message_1.html");
  EXPECT_EQ(read.host.of("message")[0]->text("text"), "<script>alert(1)</script>");
}

}  // namespace
