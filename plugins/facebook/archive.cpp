#include "archive.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "encoding.hpp"
#include "fields.hpp"
#include "sections.hpp"
#include "survey.hpp"
#include "thread.hpp"

namespace facebook {
namespace {

constexpr std::uint64_t kFullFile = 10'000;  // messages; only the oldest file of a thread has fewer
constexpr std::size_t kProbed = std::size_t{64} << 10;

// Names of lists that exports have; since 2021 most carry the version of their form behind.
bool is_known_list(std::string_view key) {
  static constexpr std::string_view kStems[] = {"account_activity",
                                                "active_sessions",
                                                "address_book",
                                                "admin_records",
                                                "ads_interests",
                                                "advertisers_interacted_with",
                                                "albums",
                                                "apps_and_websites",
                                                "archived_stories",
                                                "blocked_users",
                                                "close_friends",
                                                "collections",
                                                "comments",
                                                "contact_verifications",
                                                "custom_audiences",
                                                "deleted_friends",
                                                "event_invitations",
                                                "event_responses",
                                                "events_declined",
                                                "events_interested",
                                                "events_joined",
                                                "followers",
                                                "following",
                                                "friends",
                                                "group_comments",
                                                "group_photos",
                                                "group_posts",
                                                "groups_admined",
                                                "groups_joined",
                                                "installed_apps",
                                                "items_selling",
                                                "items_sold",
                                                "language_and_locale",
                                                "location_history",
                                                "login_protection",
                                                "mobile_devices",
                                                "notes",
                                                "notifications",
                                                "off_facebook_activity",
                                                "other_photos",
                                                "page_likes",
                                                "page_posts",
                                                "pages",
                                                "pages_followed",
                                                "pages_recommended",
                                                "pages_unfollowed",
                                                "people_interactions",
                                                "polls_you_voted_on",
                                                "profile",
                                                "profile_updates",
                                                "reactions",
                                                "received_requests",
                                                "received_friend_requests",
                                                "recognized_devices",
                                                "rejected_friend_requests",
                                                "rejected_requests",
                                                "removed_friends",
                                                "saves",
                                                "searches",
                                                "sent_friend_requests",
                                                "sent_requests",
                                                "status_updates",
                                                "stories",
                                                "used_ip_address",
                                                "videos",
                                                "visited",
                                                "wall_posts_sent_to_you",
                                                "viewed",
                                                "your_events"};
  return std::ranges::find(kStems, stem_of(key)) != std::end(kStems);
}

bool holds(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::all_of(words,
                             [&](std::string_view word) { return text.find(word) != text.npos; });
}
bool holds_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return text.find(word) != text.npos; });
}

// Lists without a version, as before 2021, have names that others use, too: what stands in them
// must be what these exports write.
int probe_unversioned(std::string_view key, std::string_view text) {
  if (key == "profile")
    return holds(text, {"\"full_name\""}) &&
                   holds_any(text, {"\"registration_timestamp\"", "\"profile_uri\"",
                                    "\"previous_names\"", "\"emails\"", "\"phone_numbers\""})
               ? 85
               : 0;
  if (key == "address_book")
    return holds_any(text, {"\"contact_point\"", "\"created_timestamp\""}) ? 85 : 0;
  if (holds(text, {"\"timestamp\"", "\"title\""}) || holds(text, {"\"timestamp\"", "\"data\""}) ||
      holds(text, {"\"timestamp\"", "\"ip_address\""}) ||
      holds(text, {"\"created_timestamp\"", "\"ip_address\""}) ||
      holds(text, {"\"creation_timestamp\"", "\"uri\""}))
    return 85;
  return holds_any(text, {"\"timestamp\"", "_timestamp\""}) ? 70 : 0;
}

// N of "message_N.json"; 0 of any other name.
std::uint64_t number_of(std::string_view name, std::string_view ending = ".json") {
  constexpr std::string_view kStem = "message_";
  if (!name.starts_with(kStem) || !name.ends_with(ending)) return 0;
  const std::string_view digits =
      name.substr(kStem.size(), name.size() - kStem.size() - ending.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && end == digits.data() + digits.size() ? number : 0;
}

void tell_encoding(const fx::Host& host, const Encoding& encoding) {
  if (encoding.is_plain()) return;
  const std::string reason = encoding.reason();
  const fx_span where = fx::span(encoding.first, 6);
  fx::Record record;
  record.start(FX_KIND_READING, 0, fx::span(encoding.first, 0))
      .derived("subject", "text-encoding", "facebook.encoding", where)
      .derived("value", "each-escape-is-a-byte-of-utf-8", "facebook.encoding", where)
      .derived("verdict", encoding.is_bytes() ? "chosen" : "refuted", "facebook.encoding", where)
      .derived("reason", reason, "facebook.encoding", where);
  host.emit(record);
}

// A thread goes over message_1.json, the newest, to message_N.json; each but the last is full.
void tell_gaps(const fx::Host& host, std::string_view name, std::uint64_t messages) {
  const std::uint64_t own = number_of(name);
  if (own == 0) return;
  std::uint64_t last = own;
  std::vector<std::uint64_t> there{own};
  for (const fx_sibling& sibling : host.siblings()) {
    const std::uint64_t number = number_of(fx::view(sibling.name));
    if (number == 0) continue;
    last = std::max(last, number);
    if (there.size() < 100'000) there.push_back(number);
  }
  const fx_span nowhere = fx::span(0, 0);
  if (own != last && messages != kFullFile)
    host.note(
        FX_WARNING, nowhere, "not-full",
        "older files of this thread follow, so this one should hold 10,000 messages; it holds " +
            std::to_string(messages));
  if (own != 1) return;  // said once
  std::ranges::sort(there);
  std::uint64_t expected = 1;
  for (const std::uint64_t number : there) {
    if (number > expected)
      host.note(FX_WARNING, nowhere, "file-missing",
                "message_" + std::to_string(expected) +
                    ".json is not beside this file, but message_" + std::to_string(number) +
                    ".json is");
    expected = number + 1;
  }
}

// Accounts for every byte: items by their records, what is between them by a skip.
class Extents {
 public:
  explicit Extents(const fx::Host& host) : host_(host) {}

  // Commas and spaces before an item of a list that goes on are the item's own.
  fx_span of_item(const Place& place, const json::Tree& item) {
    const std::uint64_t begin = item.root().span().offset;
    const std::uint64_t end = std::max(item.end(), begin);
    const bool goes_on = place.index != 0 && place.list == list_;
    list_ = place.list;
    if (!goes_on) skip(begin);
    const std::uint64_t from = goes_on ? covered_ : begin;
    covered_ = std::max(covered_, end);
    return fx::span(from, end - std::min(from, end));
  }
  void skip(std::uint64_t end) {
    if (end > covered_)
      host_.skip(
          fx::span(covered_, end - covered_), "json-structure",
          "brackets, names and commas between the objects; single values that stand among them "
          "are in the records");
    covered_ = std::max(covered_, end);
  }

 private:
  const fx::Host& host_;
  std::uint64_t covered_ = 0;
  std::string list_;
};

void tell_full(const fx::Host& host, const json::Tree& item) {
  if (item.full_at() >= item.end()) return;
  host.note(FX_WARNING, fx::span(item.full_at(), item.end() - item.full_at()), "too-large",
            "an object of the list is larger than what is read of one: the rest stands here");
}

}  // namespace

int probe_json(const fx::Host& host, std::string_view name) {
  std::string head(kProbed, '\0');
  head.resize(host.read(0, head.data(), head.size()));
  std::string_view text = head;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  if (!text.starts_with('{') && !text.starts_with('[')) return 0;
  if (holds(text, {"\"sender_name\"", "\"timestamp_ms\""})) return 95;
  if (holds(text, {"\"participants\"", "\"senderName\"", "\"timestamp\""})) return 95;
  if (text.starts_with('[') && holds(text, {"\"participants\"", "\"conversation\"", "\"sender\""}))
    return 90;
  if (holds(text, {"\"participants\"", "\"messages\"", "\"thread_path\""})) return 90;
  if (holds_any(text, {"\"string_list_data\"", "\"string_map_data\"", "\"media_map_data\""}))
    return 90;
  if (holds(text, {"\"label_values\"", "\"timestamp\""})) return 85;
  // The first name of the object: most lists carry the version of their form.
  if (text.starts_with('{')) {
    const std::size_t begin = text.find('"');
    const std::size_t end = begin == text.npos ? begin : text.find('"', begin + 1);
    const std::string_view key =
        end == text.npos ? std::string_view{} : text.substr(begin + 1, end - begin - 1);
    if (is_known_list(key)) {
      const int score = stem_of(key) != key ? 85 : probe_unversioned(key, text);
      if (score != 0) return score;
    }
    if (!key.empty() && stem_of(key) != key && key.find("_v") != key.npos) return 30;
    if (key == "profile_user" || key.starts_with("relationships_") || key.starts_with("ig_"))
      return 85;
  }
  const std::string_view stem = stem_of(name.substr(0, name.rfind('.')));
  const bool posts =
      holds(text, {"\"timestamp\"", "\"data\""}) || holds(text, {"\"timestamp\"", "\"title\""});
  if (posts &&
      holds_any(text, {"\"post\"", "\"attachments\"", "\"external_context\"", "\"upload_ip\""}))
    return text.starts_with('[') ? 85 : 60;
  if (stem.starts_with("your_posts") || stem == "posts") return posts ? 85 : 50;
  if (number_of(name) != 0) return 50;
  return 0;
}

fx_status parse_json(const fx::Host& host, std::string_view name) {
  Survey survey = survey_of(host);
  // "instagram-ann-2024-01-01", "your_instagram_activity"
  if (name.find("instagram-") != name.npos || name.find("your_instagram_activity") != name.npos)
    survey.instagram = true;
  if (survey.family == Family::none && number_of(name) == 0) return FX_NOT_MINE;
  const Encoding encoding = encoding_of(host);
  tell_encoding(host, encoding);
  Fields fields(host, encoding.is_bytes());
  json::Repairs repairs(host);
  const json::HostSource source(host);
  Walk walk(source, repairs, survey.shape());
  Extents extents(host);

  const bool is_section = survey.family == Family::section || survey.family == Family::none;
  Thread thread(fields, survey);
  Sections sections(fields, survey, name);
  if (!is_section) thread.describe();
  for (Walk::What what = walk.next(); what != Walk::What::end; what = walk.next()) {
    const Place& place = walk.place();
    if (what == Walk::What::loose) {
      const json::Token& token = walk.loose();
      if (token.form == json::Form::unread)
        host.note(FX_WARNING, fx::span(token.offset, token.length), "too-long",
                  "a value that is too long to be read stands here");
      is_section ? sections.loose(place, token) : thread.loose(place, token);
      continue;
    }
    const fx_span extent = extents.of_item(place, walk.item());
    const json::Value value = walk.item().root();
    is_section ? sections.item(place, value, extent) : thread.item(place, value, extent);
    tell_full(host, walk.item());
  }
  sections.finish();
  extents.skip(host.length());
  repairs.finish();
  if (survey.family == Family::thread) tell_gaps(host, name, thread.messages());
  if (repairs.is_cut()) return FX_TRUNCATED;
  return repairs.total() != 0 && survey.family == Family::none ? FX_CORRUPT : FX_OK;
}

}  // namespace facebook
