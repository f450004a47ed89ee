// Nothing is lost: a plain walk over the JSON, written here on its own, finds every scalar, and
// every one of them stands at its place in a field of a record. A name may stand in the participant
// that a record refers to from there. Left out, with their reasons: what Telegram says about the
// export ("about"), a text that is empty, and the repetition of a text part by part, where it says
// the same.

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "html/text.hpp"
#include "json/text.hpp"
#include "samples.hpp"
#include "support/fixtures.hpp"

namespace {

using telegram_test::Parsed;

struct Scalar {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::string path;
};

// Of well-formed JSON.
class PlainWalk {
 public:
  explicit PlainWalk(std::string_view text) : text_(text) { value(""); }
  std::vector<Scalar> scalars;

 private:
  void space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos) ++at_;
  }
  std::string_view string() {
    const std::size_t begin = ++at_;
    while (text_.at(at_) != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    return text_.substr(begin, at_++ - begin);
  }
  void container(const std::string& path, bool is_object) {
    ++at_;
    int element = 0;
    for (space(); text_.at(at_) != '}' && text_.at(at_) != ']'; space()) {
      if (text_[at_] == ',') {
        ++at_;
        continue;
      }
      std::string name = std::to_string(element++);
      if (is_object) {
        name = string();
        space();
        ++at_;
      }
      value(path + "/" + name);
    }
    ++at_;
  }
  void value(const std::string& path) {
    space();
    const std::size_t begin = at_;
    const char c = text_.at(at_);
    if (c == '"') {
      const std::string_view inside = string();
      scalars.push_back({begin + 1, inside.size(), path});
    } else if (c == '{' || c == '[') {
      container(path, c == '{');
    } else {
      while (at_ < text_.size() && std::string_view(",]} \t\r\n").find(text_[at_]) == text_.npos)
        ++at_;
      scalars.push_back({begin, at_ - begin, path});
    }
    space();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

bool is_left_out(const Scalar& scalar, std::string_view bytes) {
  if (scalar.path.ends_with("/text") && scalar.length == 0) return true;
  if (scalar.path.ends_with("/about") && scalar.path.find("/messages/") == std::string::npos)
    return true;
  if (scalar.path.find("/text_entities/") == std::string::npos) return false;
  return scalar.path.ends_with("/text") ||
         (scalar.path.ends_with("/type") && bytes.substr(scalar.offset, scalar.length) == "plain");
}

void expect_all_told(const std::string& bytes, const std::string& name) {
  const Parsed p(bytes);
  std::set<std::pair<std::uint64_t, std::uint64_t>> told;
  std::map<std::uint64_t, std::set<std::string>> referred;  // by the end of the record
  for (const auto& record : p.host.records())
    for (const auto& field : record.fields) {
      told.emplace(field.offset, field.length);
      told.insert(field.more.begin(), field.more.end());
      if (field.key != "sender" && field.key != "participant" && field.key != "mentions") continue;
      const auto* person = p.host.referred("participant", field.number);
      for (const char* key : {"name", "account"})
        referred[record.offset + record.length].insert(person->text(key));
    }
  const PlainWalk walk(bytes);
  EXPECT_FALSE(walk.scalars.empty());
  for (const Scalar& each : walk.scalars) {
    if (is_left_out(each, bytes)) continue;
    const auto record = referred.upper_bound(each.offset);
    const std::string raw = bytes.substr(each.offset, each.length);
    if (record != referred.end() &&
        record->second.contains(json::text_of(raw, json::Form::escaped)))
      continue;
    EXPECT_TRUE(told.contains({each.offset, each.length}))
        << name << ": nobody tells " << each.path << " = "
        << bytes.substr(each.offset, each.length);
  }
}

TEST(TelegramLossless, RealFiles) {
  const auto folder = forensics::test::fixtures();
  if (!folder) GTEST_SKIP() << "fixtures are absent";
  int files = 0;
  for (const auto& each : std::filesystem::recursive_directory_iterator(*folder / "telegram")) {
    if (each.path().extension() != ".json") continue;
    const std::string name = each.path().filename().string();
    const std::string bytes = forensics::test::slurp(each.path());
    if (name == "innerdvations_error.json") {  // a comma is missing
      EXPECT_TRUE(Parsed(bytes).notes("json-missing-comma"));
      continue;
    }
    EXPECT_GE(Parsed(bytes, name).score, 80) << name;
    expect_all_told(bytes, name);
    ++files;
  }
  EXPECT_GE(files, 10);
}

// Every payload that is known, under actions of which each has its own.
TEST(TelegramLossless, EveryPayload) {
  const char* kPayloads[] = {
      R"("from":"Ada","from_id":"user5","author":"A","forwarded_from":null,"forwarded_from_id":"channel8","saved_from":"X","via_bot":"@gif","reply_to_message_id":3,"reply_to_peer_id":"channel9")",
      R"("photo":"p.jpg","photo_file_size":5,"width":10,"height":11,"media_spoiler":true,"self_destruct_period_seconds":7)",
      R"("file":"a.pdf","file_name":"a.pdf","file_size":1,"thumbnail":"t.jpg","thumbnail_file_size":2,"media_type":"sticker","sticker_emoji":"x","performer":"p","title":"t","mime_type":"m","duration_seconds":3,"width":1,"height":2)",
      R"x("file":"(File unavailable, please try again later)","thumbnail":"(File not included. Change data exporting settings to download.)","media_type":"new_kind")x",
      R"("contact_information":{"first_name":"A","last_name":"B","phone_number":"+1 2","new":1},"contact_vcard":"contacts/contact_1.vcard")",
      R"("location_information":{"latitude":1.000000,"longitude":2.000000,"accuracy":3},"live_location_period_seconds":900)",
      R"("location_information":null,"place_name":"P","address":"S")",
      R"("poll":{"question":"q","closed":true,"total_voters":1,"answers":[{"text":"a","voters":1,"chosen":true},{"text":["b",{"type":"bold","text":"c"}],"voters":0,"chosen":false}]})",
      R"("invoice_information":"{\"title\":\"t\",\"amount\":100}","paid_stars_amount":5,"giveaway_information":{"quantity":1,"months":2,"until_date":"2020-01-01T00:00:00","channels":[1,2]},"giveaway_results":{"winners":[1]})",
      R"("game_title":"g","game_description":"d","game_link":"l","todo_list":{"title":"t","answers":[{"id":1,"text":"x"}],"others_can_append":true})",
      R"("inline_bot_buttons":[[{"type":"callback","text":"b","data":"d","dataBase64":"ZA"}]])",
      R"("reactions":[{"type":"emoji","count":1,"emoji":"e","recent":[{"from":"B","from_id":"user6","date":"2020-01-01T00:00:00"}]},{"type":"custom_emoji","count":2,"document_id":"s.webp"},{"type":"paid","count":3,"recent":[null,5]}])",
      R"("text":["a",{"type":"text_link","text":"b","href":"h"},{"type":"mention_name","text":"c","user_id":7},{"type":"pre","text":"d","language":"l"},{"type":"custom_emoji","text":"e","document_id":"9"},{"type":"blockquote","text":"f","collapsed":true}],"text_entities":[{"type":"plain","text":"a"},{"type":"text_link","text":"b","href":"h"},{"type":"mention_name","text":"c","user_id":7},{"type":"pre","text":"d","language":"l"},{"type":"custom_emoji","text":"e","document_id":"9"},{"type":"blockquote","text":"f","collapsed":true}])",
      R"("rich_message":{"blocks":[{"text":"x","of":[1,2,{"y":null}]}]})"};
  const char* kServices[] = {
      R"("action":"create_group","title":"t","members":["A",null,"A"])",
      R"("action":"join_group_by_link","inviter":"I")",
      R"("action":"pin_message","message_id":4)",
      R"("action":"score_in_game","game_message_id":4,"score":-3)",
      R"("action":"send_payment","amount":5,"currency":"EUR","invoice_message_id":3,"recurring":true)",
      R"("action":"phone_call","duration_seconds":3,"discard_reason":"migrate_conference_all")",
      R"("action":"conference_call","duration_seconds":3,"missed":true)",
      R"("action":"allow_sending_messages","reason_domain":"d","reason_app_id":1,"reason_app_name":"n")",
      R"("action":"send_passport_values","values":["passport","utility_bill"])",
      R"("action":"proximity_reached","from":"A","from_id":"user5","to":"B","to_id":"user6","distance":10)",
      R"("action":"requested_peer","button_id":1,"peers":"[1, 2]")",
      R"("action":"invite_to_group_call","members":["A"])",
      R"("action":"group_call_scheduled","schedule_date":1577836800)",
      R"("action":"set_messages_ttl","period":86400)",
      R"("action":"edit_chat_theme","emoticon":"x")",
      R"("action":"send_webview_data","text":"b")",
      R"("action":"send_premium_gift","cost":1,"currency":"USD","months":3,"text":"t")",
      R"("action":"topic_edit","new_title":"n","new_icon_emoji_id":"1")",
      R"("action":"send_star_gift","gift_id":"1","stars":2,"is_limited":true,"gift_text":["a"])",
      R"("information_text":"words of an application")",
      R"("action":"managed_bot_created","bot_id":5)"};
  std::string messages;
  int id = 0;
  const auto add = [&](const char* type, const char* payload) {
    messages += std::string(messages.empty() ? "" : ",\n") + R"({"id":)" + std::to_string(++id) +
                R"(,"type":")" + type +
                R"(","date":"2023-08-23T13:11:23","date_unixtime":"1692821483",)" + payload +
                R"(,"edited":"2023-08-23T13:12:00","edited_unixtime":"1692821520","text":""})";
  };
  for (const char* payload : kPayloads) add("message", payload);
  for (const char* payload : kServices) add("service", payload);
  add("unsupported", R"("x":1)");
  const std::string chat =
      R"({"name":"Quay","type":"private_supergroup","id":77,"new":[1,{"a":2}],)"
      R"("messages":[)" +
      messages + "]}";
  expect_all_told(chat, "a chat");
  expect_all_told(
      R"({"about":"a","personal_information":{"user_id":5,"first_name":"A","last_name":"L","phone_number":"+1","username":"@a","bio":"b","usernames":["x"]},)"
      R"("profile_pictures":[{"date":"2020-01-01T00:00:00","date_unixtime":"1577836800","photo":"p.jpg"}],)"
      R"("stories":[{"date":"2020-01-01T00:00:00","expires":"2020-01-02T00:00:00","pinned":false,"media":"s.mp4","caption":"c"}],)"
      R"("contacts":{"about":"c","list":[{"user_id":0,"first_name":"B","last_name":"","phone_number":"+1","date":"2020-01-01T00:00:00"}]},)"
      R"("frequent_contacts":{"about":"f","list":[{"id":6,"category":"people","type":"user","name":"B","rating":0.5}]},)"
      R"("sessions":{"about":"s","list":[{"last_ip":"192.0.2.1","last_country":"X","last_region":"","application_name":"n","device_model":"d","created":"2020-01-01T00:00:00","last_active":"2020-01-02T00:00:00"}]},)"
      R"("web_sessions":{"about":"w","list":[{"last_ip":"192.0.2.1","domain_name":"d","bot_username":"@b","browser":"x"}]},)"
      R"("other_data":{"about":"o","drafts":[{"chat":"B","html":"x"}]},)"
      R"("chats":{"about":"z","list":[)" +
          chat + R"(]}})",
      "an account");
}

// A run of text between tags, or the value of an attribute that says something.
struct Run {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  bool is_attribute = false;
};

std::vector<Run> runs_of(const std::string& page) {
  std::vector<Run> runs;
  const std::string blank = " \t\r\n";
  for (std::size_t at = page.find("class=\"history\""); at < page.size();) {
    at = page.find('>', at);  // no value of these pages has one
    const std::size_t end = std::min(page.find('<', at), page.size());
    const std::size_t first = page.find_first_not_of(blank, at + 1);
    if (first < end)
      runs.push_back({first, page.find_last_not_of(blank, end - 1) + 1 - first, false});
    at = end;
    const std::size_t close = std::min(page.find('>', at), page.size());
    for (const std::string name : {" href=\"", " src=\"", " title=\""}) {
      const std::size_t found = page.find(name, at);
      if (found >= close) continue;
      const std::size_t begin = found + name.size();
      const std::size_t length = page.find('"', begin) - begin;
      if (length != 0) runs.push_back({begin, length, true});
    }
  }
  return runs;
}

// Words of the application itself, and what repeats the time or names a page.
bool is_frame(const std::string& page, const Run& run) {
  const std::string text = page.substr(run.offset, run.length);
  if (run.is_attribute) return text.starts_with("messages") && text.ends_with(".html");
  for (const char* each : {"In reply to", "this message", "Previous messages", "Next messages"})
    if (text == each) return true;
  const bool is_clock = text.size() == 5 && text[2] == ':';
  const bool is_day = text.size() < 20 && text.find(" 20") == text.size() - 5;
  return is_clock || is_day;
}

void expect_page_told(const std::string& page, const std::string& name) {
  const Parsed p(page, "messages.html");
  std::vector<bool> told(page.size());
  std::map<std::uint64_t, std::set<std::string>> referred;
  const auto tell = [&](std::uint64_t offset, std::uint64_t length) {
    for (std::uint64_t i = 0; i < length; ++i) told[offset + i] = true;
  };
  for (const auto& record : p.host.records())
    for (const auto& field : record.fields) {
      tell(field.offset, field.length);
      for (const auto& [offset, length] : field.more) tell(offset, length);
      if (field.key != "sender") continue;
      const auto* person = p.host.referred("participant", field.number);
      for (const auto& known : person->fields)
        referred[record.offset + record.length].insert(
            known.key == "extra" ? known.text.substr(known.text.find('=') + 1) : known.text);
    }
  std::string last;
  for (Run run : runs_of(page)) {
    if (page.compare(run.offset, 2, "- ") == 0) run = {run.offset + 2, run.length - 2, false};
    const std::string repeats = page.substr(run.offset, run.length);
    if (is_frame(page, run) || repeats == last) continue;  // a picture that links to itself
    last = repeats;
    // Of a link to a message the number is told, not what stands before it.
    const auto begin = told.begin() + static_cast<std::ptrdiff_t>(run.offset);
    const auto bytes = std::count(begin, begin + static_cast<std::ptrdiff_t>(run.length), true);
    if (run.is_attribute ? bytes != 0 : bytes == static_cast<std::ptrdiff_t>(run.length)) continue;
    const std::string text = html::text_of(std::string_view(page).substr(run.offset, run.length));
    const auto record = referred.upper_bound(run.offset);
    const auto is_said = [&](const std::string& known) {
      return known == text || text.starts_with(known + " via @");
    };
    EXPECT_TRUE(record != referred.end() &&
                std::any_of(record->second.begin(), record->second.end(), is_said))
        << name << ": nobody tells " << text << " at " << run.offset;
  }
}

TEST(TelegramLossless, RealPages) {
  const auto folder = forensics::test::fixtures();
  if (!folder) GTEST_SKIP() << "fixtures are absent";
  int pages = 0;
  for (const auto& each : std::filesystem::recursive_directory_iterator(*folder / "telegram")) {
    if (each.path().extension() != ".html") continue;
    const std::string name = each.path().filename().string();
    const std::string bytes = forensics::test::slurp(each.path());
    EXPECT_GE(Parsed(bytes, name).score, 85) << name;
    expect_page_told(bytes, name);
    ++pages;
  }
  EXPECT_GE(pages, 6);
}

}  // namespace
