// Takeout: "My Activity" of YouTube and of other services, as JSON.

#include <string>

#include "family.hpp"
#include "json/reader.hpp"
#include "json/tree.hpp"
#include "people.hpp"
#include "text/date.hpp"
#include "text/json_values.hpp"
#include "text/utf8.hpp"

namespace youtube {
namespace {

constexpr const char* kRule = "takeout.activity";

class Reader {
 public:
  Reader(const fx::Host& host, std::string_view file_name)
      : host_(host),
        file_name_(file_name),
        source_(host),
        repairs_(host),
        reader_(source_, repairs_),
        values_(host, kRule),
        skips_(host),
        people_(values_) {}

  fx_status run() {
    for (const json::Token* token = &reader_.next(); token->kind != json::Kind::end;
         token = &reader_.next()) {
      if (token->kind == json::Kind::begin_array && reader_.depth() == 1) continue;
      if (token->kind == json::Kind::end_array) continue;
      const std::uint64_t begin =
          token->kind == json::Kind::string ? token->offset - 1 : token->offset;
      tree_.read(reader_, *token);
      take(begin, tree_.end());
    }
    skip_to(host_.length());
    skips_.flush();
    values_.finish();
    repairs_.finish();
    if (repairs_.is_cut()) return FX_TRUNCATED;
    return begun_ ? FX_OK : FX_NOT_MINE;
  }

 private:
  void skip_to(std::uint64_t offset) {
    if (offset > told_)
      skips_.add(told_, offset - told_, "json-structure", "brackets and commas between entries");
    told_ = offset;
  }

  void take(std::uint64_t begin, std::uint64_t end) {
    const json::Value root = tree_.root();
    conversation(root);
    skip_to(begin);
    skips_.flush();
    told_ = end;
    const std::int64_t owner = people_.owner();
    values_.start(FX_KIND_MESSAGE, ++messages_, begin, end - begin);
    values_.ref("conversation", kConversation, begin);
    values_.ref("sender", owner, begin);
    if (const json::Value when = root["time"]; when.is_text()) {
      const fx_span where = when.span();
      if (const auto time = text::iso_time(when.text())) {
        values_.time("sent", *time, where.offset, where.length, "iso-8601");
        when.use();
      }
    }
    values_.word("type", "other", begin);
    values_.word("direction", "out", begin);
    text::put(values_, "text", root["title"]);
    text::put(values_, "url", root["titleUrl"]);
    text::put(values_, "code", root["header"]);
    text::put_rest(values_, tree_, root);
    if (tree_.full_at() != tree_.end())
      values_.extra_derived(
          "not-held",
          "the entry is too large: it is read up to offset " + std::to_string(tree_.full_at()),
          begin, end - begin);
    values_.emit();
  }

  void conversation(const json::Value& first) {
    if (begun_) return;
    begun_ = true;
    const std::string header = first["header"].text();
    begin_conversation(values_, header.starts_with("YouTube") ? "youtube" : "google", "activity");
    title_from_file(values_, file_name_);
    values_.emit();
  }

  const fx::Host& host_;
  std::string_view file_name_;
  json::HostSource source_;
  json::Repairs repairs_;
  json::Reader reader_;
  json::Tree tree_;
  text::Values values_;
  text::Skips skips_;
  People people_;
  std::uint64_t told_ = 0;
  std::int64_t messages_ = 0;
  bool begun_ = false;
};

}  // namespace

fx_status read_activity(const fx::Host& host, std::string_view file_name) {
  return Reader(host, file_name).run();
}

}  // namespace youtube
