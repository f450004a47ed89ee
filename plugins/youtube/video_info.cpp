// yt-dlp: the description of one video with its comments (.info.json).

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "family.hpp"
#include "json/reader.hpp"
#include "json/tree.hpp"
#include "people.hpp"
#include "quiet.hpp"
#include "relative_time.hpp"
#include "text/date.hpp"
#include "text/json_values.hpp"
#include "text/utf8.hpp"

namespace youtube {
namespace {

constexpr const char* kRule = "yt-dlp.info";
constexpr std::int64_t kVideo = 1;  // the message that the video itself is
constexpr std::size_t kMostMembers = 4000;

// What a player needs to fetch the video says nothing of it.
bool is_player_data(std::string_view name) {
  for (const std::string_view each :
       {"formats", "requested_formats", "requested_downloads", "thumbnails", "automatic_captions",
        "subtitles", "requested_subtitles", "http_headers", "heatmap", "fragments",
        "_format_sort_fields", "downloader_options"})
    if (name == each) return true;
  return false;
}

enum class Use { value, comments, player };

// A member of the root, and where its value stands.
struct Member {
  std::string name;
  Use use = Use::value;
  std::uint64_t offset = 0, end = 0;
};

class Reader {
 public:
  Reader(const fx::Host& host, std::string_view file_name)
      : host_(host),
        file_name_(file_name),
        repairs_(host),
        values_(host, kRule),
        skips_(host),
        people_(values_) {}

  fx_status run() {
    survey();
    if (members_.empty()) return FX_NOT_MINE;
    conversation();
    video();
    for (const Member& member : members_) {
      if (member.use == Use::value) continue;
      skip_to(member.offset, "members-of-the-root",
              "names and values of the video: they stand in its record");
      if (member.use == Use::player)
        skip_to(member.end, "player-data",
                "addresses of streams, pictures and subtitles for a player: not read");
      else
        comments(member);
    }
    skip_to(host_.length(), "members-of-the-root",
            "names and values of the video: they stand in its record");
    skips_.flush();
    values_.finish();
    people_.finish();
    repairs_.finish();
    return repairs_.is_cut() ? FX_TRUNCATED : FX_OK;
  }

 private:
  // First way through: what the root has, wherever in it the comments stand.
  void survey() {
    const json::HostSource source(host_);
    json::Reader reader(source, repairs_);
    Member member;
    bool root = true;
    for (const json::Token* token = &reader.next(); token->kind != json::Kind::end;
         token = &reader.next()) {
      if (root && token->kind == json::Kind::begin_object) {
        root = false;
        continue;
      }
      if (token->kind == json::Kind::key) {
        member.name = std::string(token->raw.substr(0, 256));
        continue;
      }
      const bool opens =
          token->kind == json::Kind::begin_array || token->kind == json::Kind::begin_object;
      if (!opens && !json::is_scalar(token->kind)) continue;
      member.offset = begin_of(*token);
      member.end = token->end;
      if (opens) {
        reader.leave();
        member.end = reader.offset();
      }
      member.use = member.name == "comments" && opens ? Use::comments
                   : is_player_data(member.name)      ? Use::player
                                                      : Use::value;
      if (members_.size() >= kMostMembers) member.use = Use::player;
      if (members_.size() < 2 * kMostMembers) members_.push_back(member);
    }
  }

  // The value of a member, alone in the tree.
  json::Value read(const Member& member) {
    const json::HostSource source(host_, member.offset, member.end);
    Quiet quiet;
    json::Reader reader(source, quiet);
    tree_ = {};
    tree_.read(reader, reader.next());
    return tree_.root();
  }

  const Member* find(std::string_view name) const {
    const auto found = std::ranges::find_if(
        members_, [&](const Member& each) { return each.use == Use::value && each.name == name; });
    return found == members_.end() ? nullptr : &*found;
  }

  // Puts a member under a key; it is then no `extra`.
  bool put(const char* key, std::string_view name) {
    const Member* member = find(name);
    if (member == nullptr || !text::put(values_, key, read(*member))) return false;
    taken_.push_back(member);
    return true;
  }

  void conversation() {
    std::string from;
    for (const char* name : {"extractor", "extractor_key"})
      if (const Member* member = find(name)) from = text::lower(read(*member).text());
    begin_conversation(values_, from.empty() || from.starts_with("youtube") ? "youtube" : "video",
                       "video");
    if (!put("title", "title")) title_from_file(values_, file_name_);
    put("source_id", "id");
    values_.emit();
    uploader();
  }

  void uploader() {
    values_.start(FX_KIND_PARTICIPANT, uploader_ = people_.next(), 0, 0);
    values_.ref("conversation", kConversation);
    const bool named = put("name", "channel") || put("name", "uploader");
    const bool known = put("account", "channel_id");
    const bool public_name = put("username", "uploader_id");
    values_.word("role", "uploader");
    if (named || known || public_name)
      values_.emit();
    else
      uploader_ = 0;
  }

  void video() {
    if (const Member* member = find("epoch")) {
      captured_ = text::decimal(read(*member).raw());
    }
    values_.start(FX_KIND_MESSAGE, kVideo, 0, 0);
    values_.ref("conversation", kConversation);
    values_.ref("sender", uploader_);
    published();
    values_.word("type", "media");
    put("text", "description");
    put("url", "webpage_url");
    for (const Member& member : members_) {
      if (member.use != Use::value || std::ranges::find(taken_, &member) != taken_.end()) continue;
      const json::Value value = read(member);
      text::put_rest(values_, tree_, value, member.name);
    }
    values_.emit();
  }

  void published() {
    if (const Member* member = find("timestamp"))
      if (text::put_time(values_, "sent", read(*member), FX_CODEC_DECIMAL_SECONDS)) {
        taken_.push_back(member);
        return;
      }
    const Member* day = find("upload_date");
    if (day == nullptr) return;
    const json::Value value = read(*day);
    const auto time = value.is_text() ? text::iso_time(value.text()) : std::nullopt;
    if (!time) return;
    values_.time("sent", *time, day->offset, day->end - day->offset, "yt-dlp.upload-date");
    taken_.push_back(day);
  }

  // Second way through the comments, one at a time.
  void comments(const Member& member) {
    const json::HostSource source(host_, member.offset, member.end);
    Quiet quiet;
    json::Reader reader(source, quiet);
    for (const json::Token* token = &reader.next(); token->kind != json::Kind::end;
         token = &reader.next()) {
      if (reader.depth() == 1 && token->kind == json::Kind::begin_array) continue;
      if (token->kind == json::Kind::end_array) continue;
      const std::uint64_t begin = begin_of(*token);
      tree_.read(reader, *token);
      if (tree_.end() > begin) comment(begin, tree_.end());
    }
    skip_to(member.end, "json-structure", "brackets and commas between comments");
  }

  void comment(std::uint64_t begin, std::uint64_t end) {
    skip_to(begin, "json-structure", "brackets and commas between comments");
    skips_.flush();
    told_ = end;
    const json::Value root = tree_.root();
    const std::int64_t sender = people_.of(root["author_id"], root["author"]);
    values_.start(FX_KIND_MESSAGE, ++messages_, begin, end - begin);
    values_.ref("conversation", kConversation, begin);
    values_.ref("sender", sender, begin);
    times(root);
    values_.word("type", "text", begin);
    text::put(values_, "text", root["text"]);
    text::put(values_, "source_id", root["id"]);
    if (root["parent"].raw() != "root") text::put(values_, "reply_to", root["parent"]);
    text::put_rest(values_, tree_, root);
    values_.emit();
  }

  // The page says "2 years ago" and yt-dlp counts back from the moment of saving: the number looks
  // exact and is not.
  void times(const json::Value& root) {
    const json::Value stamp = root["timestamp"];
    const json::Value words = root["_time_text"] ? root["_time_text"] : root["time_text"];
    const auto interval = words.is_text() && captured_
                              ? relative_time(words.text(), *captured_ * 1000)
                              : std::nullopt;
    if (interval) {
      const fx_span where = words.span();
      values_.time("sent", relative(interval->earliest), where.offset, where.length,
                   "yt-dlp.earliest");
      values_.time("sent_other", relative(interval->latest), where.offset, where.length,
                   "yt-dlp.latest");
    } else if (const auto seconds = stamp.is_text() ? text::decimal(stamp.raw()) : std::nullopt;
               seconds && *seconds > 0 && *seconds < 253'402'300'800) {
      const fx_span where = stamp.span();
      values_.time("sent", relative(*seconds * 1000), where.offset, where.length,
                   "yt-dlp.counted-back");
    }
  }

  static fx_time relative(std::int64_t milliseconds) {
    return {sizeof(fx_time), milliseconds, 0, FX_PRECISION_DAY, FX_TIME_RELATIVE};
  }

  void skip_to(std::uint64_t offset, std::string_view code, std::string_view why) {
    if (offset > told_) skips_.add(told_, offset - told_, code, why);
    told_ = std::max(told_, offset);
  }

  const fx::Host& host_;
  std::string_view file_name_;
  json::Repairs repairs_;
  json::Tree tree_;
  text::Values values_;
  text::Skips skips_;
  People people_;
  std::vector<Member> members_;
  std::vector<const Member*> taken_;
  std::optional<std::int64_t> captured_;
  std::int64_t uploader_ = 0;
  std::int64_t messages_ = kVideo;
  std::uint64_t told_ = 0;
};

}  // namespace

fx_status read_video_info(const fx::Host& host, std::string_view file_name) {
  return Reader(host, file_name).run();
}

}  // namespace youtube
