#include "parts.hpp"

#include <algorithm>

namespace facebook {
namespace {

constexpr int kDeepest = 16;

struct Word {
  std::string_view from;
  std::string_view to;
};
constexpr Word kLists[] = {{"photos", "image"},   {"videos", "video"}, {"audio_files", "audio"},
                           {"audio", "audio"},    {"gifs", "image"},   {"sticker", "sticker"},
                           {"files", "document"}, {"photo", "image"},  {"video", "video"},
                           {"share", "link"}};
constexpr Word kExtensions[] = {
    {"jpg", "image"},  {"jpeg", "image"}, {"png", "image"}, {"gif", "image"}, {"webp", "image"},
    {"heic", "image"}, {"mp4", "video"},  {"mov", "video"}, {"m4v", "video"}, {"aac", "audio"},
    {"m4a", "audio"},  {"mp3", "audio"},  {"ogg", "audio"}, {"wav", "audio"}, {"opus", "audio"}};

std::string_view extension_of(std::string_view uri) {
  uri = uri.substr(0, uri.find('?'));
  const std::size_t dot = uri.find_last_of("./");
  return dot == std::string_view::npos || uri[dot] == '/' ? std::string_view{}
                                                          : uri.substr(dot + 1);
}

// In place of a path some exports say in words why there is no file.
bool is_phrase(std::string_view uri) {
  if (uri.find('/') != uri.npos || uri.find(' ') == uri.npos) return false;
  const std::string_view extension = extension_of(uri);
  return extension.empty() || extension.find(' ') != extension.npos;
}

bool is_place(const json::Value& value) {
  return value["coordinate"].is_object() || (value["latitude"] && value["longitude"]);
}

fx_span extent_of(const json::Value& value) {
  const fx_span where = value.span();
  return fx::span(where.offset, where.length);
}

}  // namespace

json::Value Parts::first_file() const {
  const auto found = std::ranges::find(parts_, Sort::file, &Part::sort);
  return found == parts_.end() ? json::Value{}
                               : values_[static_cast<std::size_t>(found - parts_.begin())];
}

std::size_t Parts::count(Sort sort) const {
  return static_cast<std::size_t>(std::ranges::count(parts_, sort, &Part::sort));
}

void Parts::find(const json::Value& item) {
  parts_.clear();
  values_.clear();
  for (json::Value member = item.child(); member; member = member.next())
    if (member.is_object() || member.is_array()) find(member, member.key(), 1);
}

void Parts::find(const json::Value& value, std::string_view context, int depth) {
  if (depth == kDeepest) return;
  const auto take = [&](Sort sort) {
    parts_.push_back({sort, std::string(context)});
    values_.push_back(value);
  };
  if (value.is_object()) {
    // Instagram writes an empty one where there is no file.
    if (value["uri"].is_string() && !value["uri"].raw().empty()) return take(Sort::file);
    if (context == "reactions" && value["reaction"].is_text()) return take(Sort::reaction);
    if (context == "poll" && value["question"]) return take(Sort::poll);
    if (is_place(value)) return take(Sort::place);
  }
  const bool list = value.is_array();
  for (json::Value member = value.child(); member; member = member.next())
    if (member.is_object() || member.is_array())
      find(member, list ? context : std::string_view(member.key()), depth + 1);
}

void Parts::emit(std::int64_t conversation, std::int64_t message) {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    switch (parts_[i].sort) {
      case Sort::file: file(parts_[i], values_[i], message); break;
      case Sort::place: place(values_[i], message); break;
      case Sort::poll: poll(values_[i], message); break;
      case Sort::reaction: reaction(values_[i], conversation, message); break;
    }
  }
}

void Parts::file(const Part& part, const json::Value& value, std::int64_t message) {
  fields_.start(FX_KIND_ATTACHMENT, 0, extent_of(value));
  const json::Value uri = value["uri"];
  const fx_span where = uri.span();
  fields_.ref("message", message, where);
  const std::string path = fields_.text_of(uri).value;
  const auto extension = std::ranges::find(kExtensions, extension_of(path), &Word::from);
  const auto list = std::ranges::find(kLists, part.context, &Word::from);
  if (list != std::end(kLists))
    fields_.word("type", list->to, "facebook.list-of-files", where);
  else if (extension != std::end(kExtensions))
    fields_.word("type", extension->to, "facebook.file-extension", where);
  if (is_phrase(path)) {
    fields_.word("state", "omitted", "facebook.words-for-a-path", where);
    fields_.text("code", uri);
  } else if (path.starts_with("http://") || path.starts_with("https://")) {
    fields_.text("url", uri);
  } else {
    fields_.file_name("name", uri);
    fields_.text("path", uri);
  }
  fields_.text("caption", value["description"]);
  fields_.rest(value);
  fields_.emit();
}

void Parts::place(const json::Value& value, std::int64_t message) {
  fields_.start(FX_KIND_LOCATION, 0, extent_of(value));
  fields_.ref("message", message, value.span());
  const json::Value inner = value["coordinate"];
  const json::Value& coordinate = inner.is_object() ? inner : value;
  fields_.text("latitude", coordinate["latitude"]);
  fields_.text("longitude", coordinate["longitude"]);
  fields_.text("name", value["name"]);
  fields_.text("address", value["address"]);
  fields_.text("url", value["url"]);
  fields_.rest(value);
  fields_.emit();
}

void Parts::poll(const json::Value& value, std::int64_t message) {
  fields_.start(FX_KIND_POLL, 0, extent_of(value));
  fields_.ref("message", message, value.span());
  fields_.text("question", value["question"]);
  for (json::Value each = value["options"].child(); each; each = each.next())
    fields_.text("option", each["option"]);
  fields_.rest(value);
  fields_.emit();
}

void Parts::reaction(const json::Value& value, std::int64_t conversation, std::int64_t message) {
  const json::Value actor = value["actor"];
  const std::int64_t sender = people_.of(conversation, actor);
  fields_.start(FX_KIND_REACTION, 0, extent_of(value));
  fields_.ref("message", message, value.span());
  if (sender != 0) {
    actor.use();
    fields_.ref("sender", sender, actor.span());
  }
  fields_.text("emoji", value["reaction"]);
  fields_.time("sent", value["timestamp"]);
  fields_.rest(value);
  fields_.emit();
}

}  // namespace facebook
