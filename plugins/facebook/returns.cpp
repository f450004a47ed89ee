#include "returns.hpp"

#include <algorithm>
#include <string>

#include "clock.hpp"
#include "fields.hpp"
#include "labels.hpp"
#include "people.hpp"

namespace facebook {
namespace {

constexpr std::size_t kMostValues = 500;  // of one record

bool holds(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

class Return {
 public:
  explicit Return(const fx::Host& host)
      : host_(host),
        bytes_(host),
        values_(host),
        labels_(bytes_, values_),
        fields_(host, false),
        people_(fields_) {}

  void read() {
    Labelled found;
    while (labels_.next(found)) one(found);
    flush();
    if (covered_ < host_.length())
      host_.skip(fx::span(covered_, host_.length() - covered_), "page-structure",
                 "markup behind the last label");
  }

 private:
  struct Value {
    Text label, text;
    html::Range where;  // label and value
  };

  Text text(html::Range where) {
    where.length = std::min<std::uint64_t>(where.length, html::Values::kMostBytes);
    return {values_.text(where), html::span_of(where, FX_CODEC_HTML_TEXT), nullptr};
  }

  void one(const Labelled& found) {
    Value value{text(found.label), {}, found.label};
    if (found.value.length != 0) {
      value.text = text(found.value);
      value.where.offset = std::min(
          found.label.length != 0 ? found.label.offset : found.value.offset, found.value.offset);
      value.where.length = found.value.end() - value.where.offset;
    }
    const std::string& label = value.label.value;
    if (label == "Thread") {
      flush();
      thread(value);
      return;
    }
    // An author begins a message; elsewhere a label that comes again begins another record.
    const bool again = std::ranges::any_of(held_, [&](const Value& each) {
      return each.label.value == label && label != "Attachments";
    });
    const bool begins =
        label == "Author" || (again && !is_message()) || held_.size() >= kMostValues;
    if (begins) flush();
    held_.push_back(std::move(value));
  }

  bool is_message() const { return !held_.empty() && held_.front().label.value == "Author"; }

  const Value* find(std::initializer_list<std::string_view> labels) const {
    for (const Value& each : held_)
      for (const std::string_view label : labels)
        if (each.label.value == label && !each.text.value.empty()) return &each;
    return nullptr;
  }

  fx_span extent(std::uint64_t end) {
    const std::uint64_t begin = covered_;
    covered_ = std::max(covered_, end);
    return fx::span(begin, covered_ - begin);
  }

  void thread(const Value& value) {
    const Text& id = value.text.value.empty() ? value.label : value.text;
    fields_.start(FX_KIND_CONVERSATION, ++conversation_, extent(value.where.end()));
    fields_.word("platform", "facebook", "facebook.return", id.span);
    fields_.word("type", "thread", "facebook.return", value.label.span);
    fields_.text("source_id", id);
    fields_.emit();
  }

  void begin_section(const Value& value) {
    fields_.start(FX_KIND_CONVERSATION, ++conversation_, fx::span(value.where.offset, 0));
    fields_.word("platform", "facebook", "facebook.return", value.label.span);
    fields_.word("type", "section", "facebook.return", value.label.span);
    if (!value.label.value.empty()) fields_.text("title", value.label);
    fields_.emit();
  }

  void flush() {
    if (held_.empty()) return;
    if (conversation_ == 0) begin_section(held_.front());
    const Value* author = find({"Author"});
    const bool said = is_message();
    std::int64_t sender = 0;
    if (author != nullptr)
      sender = people_.of(conversation_, author->text, fx::span(author->text.span.offset, 0));
    for (const Value& each : held_)
      if (each.label.value == "Current Participants" || each.label.value == "Past Participants")
        if (!each.text.value.empty())
          people_.of(conversation_, each.text, fx::span(each.text.span.offset, 0));
    const Value* sent = find({"Sent", "Time", "Date Created", "Created"});
    const Value* body = find({"Body", "Text"});
    const Value* file = find({"Linked Media File:", "Linked Media File"});
    const auto time = sent == nullptr ? std::nullopt : utc(sent->text.value);

    fields_.start(FX_KIND_MESSAGE, ++messages_, extent(held_.back().where.end()));
    const fx_span where = html::span_of(held_.front().where);
    fields_.ref("conversation", conversation_, where);
    if (sender != 0) fields_.ref("sender", sender, author->text.span);
    if (time) {
      fx_span span = sent->text.span;
      span.codec = FX_CODEC_NONE;
      fields_.time("sent", *time, "facebook.utc", span);
    }
    if (said && body != nullptr) fields_.text("text", body->text);
    fields_.word("type",
                 !said             ? "other"
                 : body != nullptr ? "text"
                 : file != nullptr ? "media"
                                   : "other",
                 "facebook.return", where);
    for (const Value& each : held_) {
      const bool used = (said && &each == body) || (&each == author && sender != 0);
      if (used) continue;
      const bool heads = each.text.value.empty();  // a heading without a value
      fields_.extra(heads || each.label.value.empty() ? "text" : each.label.value,
                    heads ? each.label : each.text);
    }
    fields_.emit();
    if (file != nullptr) {
      fields_.start(FX_KIND_ATTACHMENT, 0, html::span_of(file->where));
      fields_.ref("message", messages_, file->text.span);
      fields_.text("path", file->text);
      fields_.emit();
    }
    held_.clear();
  }

  // "2020-09-13 12:26:40 UTC": the zone is said.
  static std::optional<fx_time> utc(std::string_view text) {
    constexpr std::string_view kZone = " UTC";
    if (!text.ends_with(kZone)) return std::nullopt;
    return iso_time(std::string(text.substr(0, text.size() - kZone.size())).append("Z"));
  }

  const fx::Host& host_;
  html::InputBytes bytes_;
  html::Values values_;
  Labels labels_;
  Fields fields_;
  People people_;
  std::vector<Value> held_;
  std::int64_t conversation_ = 0;
  std::int64_t messages_ = 0;
  std::uint64_t covered_ = 0;
};

}  // namespace

int probe_return(std::string_view head) {
  if (holds(head, "div_table") && holds(head, "inner")) return 90;
  const bool record = holds(head, "Business Record");
  return record && holds(head, "class=\"t i\"") ? 90 : 0;
}

fx_status parse_return(const fx::Host& host) {
  Return(host).read();
  return FX_OK;
}

}  // namespace facebook
