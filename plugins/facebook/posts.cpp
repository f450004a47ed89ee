#include "posts.hpp"

#include <algorithm>

namespace facebook {
namespace {

constexpr int kDeepest = 256;  // as json::Tree holds
constexpr std::size_t kMostChanges = 1000;

fx_span extent_of(const json::Value& value) {
  return fx::span(value.span().offset, value.span().length);
}

bool is_id(const json::Value& value) {
  const std::string_view raw = value.raw();
  return value.is_text() && !raw.empty() && raw.size() <= 64;
}

}  // namespace

void put(Text& into, const Text& value) {
  if (into.value.empty() && !value.value.empty()) into = value;
}

Post* Posts::of(const Text& id, fx_span place, bool is_comment) {
  const auto found = by_id_.find(id.value);
  if (found != by_id_.end()) return &posts_[found->second];
  Post* made = unnamed(place);
  if (made == nullptr) return nullptr;
  made->id = id;
  made->is_comment = is_comment;
  by_id_.emplace(id.value, posts_.size() - 1);
  return made;
}

Post* Posts::unnamed(fx_span place) {
  full = full || posts_.size() >= kMost;
  if (full) return nullptr;
  posts_.emplace_back();
  posts_.back().place = place;
  return &posts_.back();
}

Post& ScriptReader::at(std::size_t index) {
  return posts_.all()[index];
}

std::size_t ScriptReader::index_of(const Post* post) {
  return post == nullptr ? kNone : static_cast<std::size_t>(post - posts_.all().data());
}

void ScriptReader::visit(const json::Value& value, std::string_view name, std::size_t post,
                         std::size_t comment, int depth) {
  if (depth == kDeepest) return;
  if (value.is_object()) {
    if (const json::Value id = value["post_id"]; is_id(id)) {
      const std::size_t found = index_of(posts_.of(text_of(id), extent_of(value), false));
      // A post that is shared inside of another one is a post of its own.
      if (found != post) comment = kNone;
      post = found;
    }
    const bool is_comment = word_of(value["__typename"]) == "Comment" ||
                            (value["legacy_fbid"] && value["body"] && value["author"]);
    if (is_comment) {
      const json::Value id = is_id(value["legacy_fbid"]) ? value["legacy_fbid"] : value["id"];
      if (is_id(id)) {
        comment = index_of(posts_.of(text_of(id), extent_of(value), true));
        if (comment != kNone && post != kNone) put(at(comment).parent, at(post).id);
      }
    }
    const std::size_t target = comment != kNone ? comment : post;
    if (target != kNone) take(value, name, at(target));
    take_page(value, name);
  }
  const bool list = value.is_array();
  for (json::Value member = value.child(); member; member = member.next()) {
    if (!member.is_object() && !member.is_array()) continue;
    const std::string key = list ? std::string(name) : member.key();
    visit(member, key, post, comment, depth + 1);
  }
}

void ScriptReader::take(const json::Value& object, std::string_view name, Post& into) {
  if (into.is_comment)
    put(into.text, text_of(object["body"]["text"]));
  else
    put(into.text, text_of(object["message"]["text"]));
  if (name == "message" && !into.is_comment && object["text"].is_string())
    put(into.text, text_of(object["text"]));
  for (const std::string_view key : {"creation_time", "created_time", "publish_time"}) {
    const json::Value time = object[key];
    const auto instant =
        time.is_text() && into.time.length == 0 ? instant_of(time.raw()) : std::optional<Instant>();
    if (!instant) continue;
    into.time = time.span();
    into.time.codec = instant->codec;
    into.milliseconds = instant->milliseconds;
  }
  const json::Value actor =
      object["actors"].is_array() ? object["actors"].child() : object["author"];
  if (actor.is_object()) {
    if (into.author.value.empty() && is_id(actor["id"])) put(into.author_id, text_of(actor["id"]));
    put(into.author, text_of(actor["name"]));
  }
  if (object["creation_time"] || object["post_id"] || word_of(object["__typename"]) == "Story") {
    for (const std::string_view key : {"wwwURL", "permalink_url", "url"})
      if (object[key].is_string()) put(into.url, text_of(object[key]));
  }
  const bool is_picture = name == "photo_image" || name == "viewer_image" ||
                          name == "large_share_image" || name == "full_image";
  if (is_picture && object["uri"].is_string() && into.images.size() < Posts::kMostImages) {
    Text image = text_of(object["uri"]);
    const bool known = std::ranges::any_of(
        into.images, [&](const Text& each) { return each.value == image.value; });
    if (!known) into.images.push_back(std::move(image));
  }
}

void ScriptReader::take_page(const json::Value& object, std::string_view name) {
  for (const std::string_view key : {"pageID", "page_id", "associated_page_id"})
    if (is_id(object[key])) put(posts_.page_id, text_of(object[key]));
  for (const std::string_view key : {"groupID", "group_id"})
    if (is_id(object[key])) put(posts_.group_id, text_of(object[key]));
  const std::string_view type = word_of(object["__typename"]);
  if ((type == "Group" || name == "group") && is_id(object["id"]) && object["name"].is_string()) {
    put(posts_.group_id, text_of(object["id"]));
    put(posts_.title, text_of(object["name"]));
  }
  // What the page's transparency box lists.
  const json::Value time = object["event_time"];
  const json::Value what = object["item_type"];
  const auto instant = time.is_text() ? instant_of(time.raw()) : std::nullopt;
  if (instant && what.is_text() && posts_.changes.size() < kMostChanges) {
    Change change{text_of(what), text_of(first_of(object, {"name", "new_name", "title"})),
                  time.span(), instant->milliseconds, extent_of(object)};
    change.time.codec = instant->codec;
    posts_.changes.push_back(std::move(change));
  }
}

}  // namespace facebook
