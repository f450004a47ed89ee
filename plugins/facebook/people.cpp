#include "people.hpp"

namespace facebook {

namespace {

std::string key_of(std::int64_t conversation, const Text& name) {
  return std::to_string(conversation).append(1, '\0').append(name.value);
}

}  // namespace

bool People::knows(std::int64_t conversation, const Text& name) const {
  return known_.contains(key_of(conversation, name));
}

std::int64_t People::of(std::int64_t conversation, const Text& name, fx_span extent,
                        const json::Value& about) {
  const auto [found, is_new] = known_.try_emplace(key_of(conversation, name), 0);
  if (!is_new) return found->second;
  if (known_.size() > kMost) {
    known_.erase(found);
    return 0;
  }
  fields_.start(FX_KIND_PARTICIPANT, ++last_, extent);
  fields_.ref("conversation", conversation, extent);
  fields_.text("name", name);
  if (about) fields_.rest(about);
  fields_.emit();
  return found->second = last_;
}

std::int64_t People::of(std::int64_t conversation, const json::Value& name) {
  if (!name.is_text()) return 0;
  const Text text = fields_.text_of(name);
  if (text.value.empty()) return 0;
  return of(conversation, text, fx::span(text.span.offset, 0));
}

void People::another(std::int64_t conversation, const json::Value& about, fx_span extent) {
  fields_.start(FX_KIND_PARTICIPANT, ++last_, extent);
  fields_.ref("conversation", conversation, extent);
  fields_.text("name", about["name"]);
  fields_.rest(about);
  fields_.emit();
}

std::int64_t People::owner(std::int64_t conversation, fx_span where) {
  const auto [found, is_new] = owners_.try_emplace(conversation, 0);
  if (!is_new) return found->second;
  fields_.start(FX_KIND_PARTICIPANT, ++last_, fx::span(where.offset, 0));
  fields_.ref("conversation", conversation, where);
  fields_.flag("owner", "facebook.account-of-the-export", where);
  fields_.emit();
  return found->second = last_;
}

}  // namespace facebook
