#include "thread.hpp"

#include <algorithm>

#include "json/text.hpp"

namespace facebook {
namespace {

// The digits that end the name of a thread's folder: "inbox/ann_4437375262993687".
std::size_t id_in(std::string_view path) {
  const std::size_t mark = path.rfind('_');
  if (mark == std::string_view::npos || mark + 1 == path.size()) return std::string_view::npos;
  return path.find_first_not_of("0123456789", mark + 1) == std::string_view::npos
             ? mark + 1
             : std::string_view::npos;
}

// The part of the path that a message's own place begins with: which thread of a list.
std::string_view thread_in(std::string_view path) {
  return path.substr(0, path.find('/'));
}

}  // namespace

Thread::Thread(Fields& fields, const Survey& survey)
    : fields_(fields), survey_(survey), people_(fields), parts_(fields, people_) {}

void Thread::describe() {
  if (survey_.family == Family::threads_2020) return;
  const auto text_of = [&](const LooseValue& value) {
    return fields_.text_of(value.raw, value.form, value.span);
  };
  const fx_span nowhere = fx::span(0, 0);
  fields_.start(FX_KIND_CONVERSATION, ++conversation_, nowhere);
  fields_.word("platform", survey_.instagram ? "instagram" : "messenger",
               survey_.instagram ? "facebook.family" : "facebook.no-sign-of-instagram", nowhere);
  const LooseValue* type = survey_.find("thread_type");
  const bool group = (type != nullptr && type->raw == "RegularGroup") || survey_.participants > 2;
  fields_.word("type", group ? "group" : "direct",
               type != nullptr ? "facebook.thread-type" : "facebook.number-of-members",
               type != nullptr ? type->span : nowhere);
  bool titled = false;
  for (const LooseValue& value : survey_.loose) {
    const Text text = text_of(value);
    const bool is_text = value.kind == json::Kind::string && !text.value.empty();
    if (is_text && value.path.starts_with("participants/")) continue;
    if (is_text && !titled && (value.path == "title" || value.path == "threadName")) {
      fields_.text("title", text);
      titled = true;
    } else if (is_text && value.path == "thread_path") {
      fields_.text("source_id", text);
      if (const std::size_t id = id_in(value.raw); id != std::string_view::npos) {
        const fx_span where =
            fx::span(value.span.offset + id, value.raw.size() - id, FX_CODEC_UTF8);
        fields_.text("account", Text{value.raw.substr(id), where, nullptr});
      }
    } else {
      fields_.extra(value.path, text);
    }
  }
  fields_.emit();
}

void Thread::begin_listed(const Place& place, fx_span where) {
  const std::string_view which = thread_in(place.path);
  if (conversation_ != 0 && which == listed_) return;
  listed_ = which;
  fields_.start(FX_KIND_CONVERSATION, ++conversation_, fx::span(where.offset, 0));
  fields_.word("platform", "instagram", "facebook.family", where);
  fields_.emit();
}

void Thread::loose(const Place& place, const json::Token& token) {
  const fx_span where = fx::span(token.offset, token.length, json::codec_of(token.form));
  const Text text = fields_.text_of(token.raw, token.form, where);
  const fx_span extent = fx::span(token.offset, token.length);
  if (survey_.family == Family::threads_2020) begin_listed(place, where);
  if (place.list == "participants" && token.kind == json::Kind::string && !text.value.empty()) {
    ++loose_;
    people_.of(conversation_, text, extent);
    return;
  }
  // The first ones stand in the conversation's record.
  if (survey_.family != Family::threads_2020 && ++loose_ <= kMostLoose) return;
  fields_.start(FX_KIND_MESSAGE, ++last_, extent);
  fields_.ref("conversation", conversation_, where);
  fields_.word("type", "other", "facebook.value-of-thread", where);
  fields_.extra(place.path, text);
  fields_.emit();
}

void Thread::item(const Place& place, const json::Value& value, fx_span extent) {
  if (survey_.family == Family::threads_2020) begin_listed(place, extent);
  if (place.list == "participants") return member(value, extent);
  message(value, extent);
}

void Thread::member(const json::Value& value, fx_span extent) {
  const json::Value name = value["name"];
  const Text text = fields_.text_of(name);
  // Two of one name are two people, as far as anybody can tell.
  if (!name.is_text() || text.value.empty() || people_.knows(conversation_, text))
    return people_.another(conversation_, value, extent);
  name.use();
  people_.of(conversation_, text, extent, value);
}

std::string_view Thread::type_of(const json::Value& message, bool unsent) const {
  const std::string_view type = word_of(message["type"]);
  const json::Value text = first_of(message, {"content", "text"});
  const bool says = text.is_text() && !text.raw().empty();
  if (unsent && !says && !parts_.has_file()) return "deleted";
  if (type == "Call" || message["call_duration"]) return "call";
  if (type == "Subscribe" || type == "Unsubscribe" || message["users"].child()) return "system";
  if (parts_.has_file()) return "media";
  if (parts_.has_place()) return "location";
  if (parts_.has_poll()) return "poll";
  return says || message["share"].child() ? "text" : "other";
}

void Thread::message(const json::Value& value, fx_span extent) {
  parts_.find(value);
  const json::Value name = first_of(value, {"sender_name", "senderName", "sender"});
  const std::int64_t sender = people_.of(conversation_, name);
  std::vector<std::int64_t> users;
  for (json::Value each = value["users"].child(); each; each = each.next())
    if (const std::int64_t user = people_.of(conversation_, each["name"]); user != 0) {
      each["name"].use();
      users.push_back(user);
    }
  const json::Value unsent = value["is_unsent"] ? value["is_unsent"] : value["isUnsent"];

  fields_.start(FX_KIND_MESSAGE, ++last_, extent);
  ++messages_;
  fields_.ref("conversation", conversation_, extent);
  if (sender != 0) {
    name.use();
    fields_.ref("sender", sender, name.span());
  }
  fields_.word("type", type_of(value, is_true(unsent)), "facebook.message-type", extent);
  fields_.time("sent", first_of(value, {"timestamp_ms", "timestamp", "created_at"}));
  fields_.text("text", first_of(value, {"content", "text"}));
  if (is_true(unsent)) {
    unsent.use();
    fields_.flag("deleted", "facebook.unsent", unsent.span());
  }
  fields_.text("code", value["type"]);
  fields_.text("url", first_of(value["share"], {"link"}));
  for (const std::int64_t user : users) fields_.ref("participant", user, value["users"].span());
  std::vector<json::Value> others = parts_.values();
  const bool is_call = value["call_duration"].kind() == json::Kind::number;
  if (is_call) {
    others.push_back(value["call_duration"]);
    if (value["missed"]) others.push_back(value["missed"]);
    std::ranges::sort(others, {}, [](const json::Value& each) { return each.span().offset; });
  }
  fields_.rest(value, others);
  fields_.emit();
  const std::int64_t message = last_;
  if (is_call) call(value, message);
  parts_.emit(conversation_, message);
}

void Thread::call(const json::Value& value, std::int64_t message) {
  const json::Value duration = value["call_duration"];
  const json::Value missed = value["missed"];
  fields_.start(FX_KIND_CALL, 0, fx::span(duration.span().offset, duration.span().length));
  fields_.ref("message", message, duration.span());
  fields_.number("duration", duration);
  if (is_true(missed)) {
    missed.use();
    fields_.word("state", "missed", "facebook.missed-call", missed.span());
  }
  for (const json::Value& each : {duration, missed})
    if (each && !each.is_used()) fields_.extra(each.key(), fields_.text_of(each));
  fields_.emit();
}

}  // namespace facebook
