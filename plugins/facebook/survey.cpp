#include "survey.hpp"

#include <algorithm>

#include "fields.hpp"

namespace facebook {
namespace {

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

bool is_of_instagram(const std::string& list, const json::Value& item) {
  for (const std::string_view sign :
       {"ig_", "relationships_", "comments_media_", "likes_media_", "saved_", "searches_",
        "account_history_", "profile_user", "story_activities_", "impressions_history_"})
    if (list.starts_with(sign)) return true;
  for (const std::string_view name : {"string_list_data", "string_map_data", "media_map_data"})
    if (item[name]) return true;
  const json::Value share = item["share"];
  return share["profile_share_username"] ||
         word_of(share["link"]).find("instagram.com/") != std::string_view::npos;
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
    if (place.index == 16 && family != Family::section) walk.leave();
  }
  if (survey.family == Family::none && survey.loose_count != 0) survey.family = Family::section;
  if (survey.family == Family::threads_2020) {
    survey.instagram = true;
    survey.loose.clear();
  }
  return survey;
}

}  // namespace facebook
