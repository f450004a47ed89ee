#include "people.hpp"

#include "text/json_values.hpp"

namespace youtube {

std::int64_t People::of(const json::Value& account, const json::Value& name,
                        const json::Value& username) {
  const bool has_account = account.is_text() && !account.raw().empty();
  const bool has_name = name.is_text() && !name.raw().empty();
  if (!has_account && !has_name) return 0;
  std::string id = (has_account ? account.text() : std::string()) + '\n' +
                   (has_name ? name.text() : std::string());
  const json::Value& first = has_account ? account : name;
  const auto use = [&] {
    if (has_account) account.use();
    if (has_name) name.use();
    if (username.is_text()) username.use();
  };
  if (const auto known = known_.find(id); known != known_.end()) {
    use();
    return known->second;
  }
  if (known_.size() >= kMost) {
    ++unnamed_;
    return 0;
  }
  known_.emplace(std::move(id), ++last_);
  const fx_span where = first.span();
  values_.start(FX_KIND_PARTICIPANT, last_, where.offset, where.length);
  values_.ref("conversation", kConversation, where.offset);
  if (has_name) text::put(values_, "name", name);
  if (has_account) text::put(values_, "account", account);
  text::put(values_, "username", username);
  values_.emit();
  use();
  return last_;
}

std::int64_t People::owner() {
  if (owner_ != 0) return owner_;
  owner_ = ++last_;
  values_.start(FX_KIND_PARTICIPANT, owner_, 0, 0);
  values_.ref("conversation", kConversation);
  values_.number("owner", 1, 0, 0);
  values_.emit();
  return owner_;
}

void People::finish() const {
  if (unnamed_ != 0)
    values_.host().note(FX_WARNING, fx::span(0, 0), "participant-limit",
                        std::to_string(unnamed_) + " times a person was one too many to be kept");
}

void begin_conversation(text::Values& values, std::string_view platform, std::string_view type) {
  values.start(FX_KIND_CONVERSATION, kConversation, 0, 0);
  values.word("platform", platform);
  values.word("type", type);
}

void title_from_file(text::Values& values, std::string_view file_name) {
  if (!file_name.empty() && text::is_utf8(file_name))
    values.derived("title", std::string(file_name), 0, 0, "youtube.file-name");
}

}  // namespace youtube
