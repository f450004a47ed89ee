#include "survey.hpp"

#include <algorithm>

#include "fields.hpp"
#include "sections.hpp"

namespace facebook {
namespace {

constexpr std::uint64_t kLookedAt = 256;                 // messages of a thread
constexpr std::size_t kMostRaw = std::size_t{64} << 10;  // of the loose values that are kept

Family family_of(const std::string& list, const json::Value& item) {
  if (list == "messages" || list.ends_with("/messages")) {
    if (item["senderName"]) return Family::secure;
    if (item["sender_name"] || item["timestamp_ms"]) return Family::thread;
  }
  if (list.empty() && item["conversation"].is_array() && item["participants"].is_array())
    return Family::threads_2020;
  return Family::section;
}

// A post of Instagram is nothing but its files; Facebook's stand in "attachments" or "data".
bool is_post_of_instagram(const std::string& list, const json::Value& item) {
  const json::Value file = item["media"].child();
  return list.empty() && item["media"].is_array() && file["uri"].is_string() &&
         file["creation_timestamp"] && !item["data"] && !item["attachments"] &&
         !item["label_values"];
}

// Paths of files begin with the folder that the export has them in.
bool is_in_folder_of_instagram(const json::Value& item) {
  for (const std::string_view list : {"photos", "videos", "audio_files", "files", "gifs", "media"})
    for (json::Value each = item[list].child(); each; each = each.next())
      if (word_of(each["uri"]).starts_with("your_instagram_activity/")) return true;
  return false;
}

bool is_of_instagram(const std::string& path, const json::Value& item) {
  if (is_post_of_instagram(path, item) || is_in_folder_of_instagram(item)) return true;
  const std::string_view list = stem_of(path);  // "searches_v2" is Facebook's
  for (const std::string_view sign :
       {"ig_", "relationships_", "comments_media_", "likes_media_", "saved_", "searches_",
        "account_history_", "profile_user", "story_activities_", "impressions_history_"})
    if (list.starts_with(sign)) return true;
  for (const std::string_view name : {"string_list_data", "string_map_data", "media_map_data"})
    if (item[name]) return true;
  const json::Value share = item["share"];
  return share["profile_share_username"] ||
         // A link alone may be sent anywhere.
         (share["original_content_owner"] &&
          word_of(share["link"]).find("instagram.com/") != std::string_view::npos);
}

}  // namespace

const LooseValue* Survey::find(std::string_view path) const {
  const auto found = std::ranges::find(loose, path, &LooseValue::path);
  return found == loose.end() ? nullptr : &*found;
}

Walk::Shape Survey::shape() const {
  const bool threads = family == Family::threads_2020;
  return {[](const std::string& path) {
            return path.starts_with("profile") && path.find('/') == std::string::npos;
          },
          [threads](const std::string& list) { return threads && list.empty(); }};
}

Survey survey_of(const fx::Host& host) {
  Survey survey;
  NoDefects silent;
  const json::HostSource source(host);
  Walk walk(source, silent, survey.shape());
  for (Walk::What what = walk.next(); what != Walk::What::end; what = walk.next()) {
    const Place& place = walk.place();
    if (what == Walk::What::loose) {
      const json::Token& token = walk.loose();
      if (place.list == "participants") ++survey.participants;
      if (survey.loose_count++ < kMostLoose)
        survey.loose.push_back({place.path, place.key, token.kind, token.form,
                                fx::span(token.offset, token.length, json::codec_of(token.form)),
                                std::string(token.raw.substr(0, kMostRaw))});
      continue;
    }
    const json::Value item = walk.item().root();
    if (place.list == "participants") {
      ++survey.participants;
      continue;
    }
    const Family family = family_of(place.list, item);
    if (survey.family == Family::none || survey.family == Family::section) survey.family = family;
    if (is_of_instagram(place.list, item)) survey.instagram = true;
    // A list of one sort goes on as it began; that of a thread is long.
    if (family == Family::threads_2020) break;
    if (place.index == kLookedAt && family != Family::section) walk.leave();
  }
  // A thread without a message has nothing but its people.
  if (survey.family == Family::none && survey.participants != 0) survey.family = Family::thread;
  if (survey.family == Family::none && survey.loose_count != 0) survey.family = Family::section;
  if (survey.family == Family::threads_2020) {
    survey.instagram = true;
    survey.loose.clear();
  }
  return survey;
}

}  // namespace facebook
