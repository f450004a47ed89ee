#include "chat_action.hpp"

#include "text/json_values.hpp"
#include "text/utf8.hpp"

namespace youtube {
namespace {

constexpr int kDeepest = 6;

// The renderer of an action: the first member of this ending, at most `depth` objects down. A
// panel or banner is a frame: what it shows stands in its `contents`.
json::Value renderer_in(const json::Value& of, int depth = kDeepest) {
  for (json::Value member = of.child(); member; member = member.next()) {
    if (!member.is_object() || !member.key().ends_with("Renderer")) continue;
    const json::Value shown = depth == 0 ? json::Value() : renderer_in(member["contents"], 0);
    return shown ? shown : member;
  }
  if (depth == 0) return {};
  for (json::Value member = of.child(); member; member = member.next())
    if (member.is_object())
      if (const json::Value found = renderer_in(member, depth - 1)) return found;
  return {};
}

bool says_text(std::string_view renderer) {
  return renderer == "liveChatTextMessageRenderer" || renderer == "liveChatPaidMessageRenderer";
}

// What an action does to what was said before.
std::string_view action_of(std::string_view name) {
  if (name == "markChatItemAsDeletedAction" || name == "removeChatItemAction")
    return "message-deleted";
  if (name == "markChatItemsByAuthorAsDeletedAction" || name == "removeChatItemByAuthorAction")
    return "messages-of-author-deleted";
  if (name == "replaceChatItemAction") return "message-replaced";
  return {};
}

}  // namespace

// "runs" or "simpleText": pieces of a text, in which a picture stands for itself.
void ChatActions::runs(const char* key, const json::Value& text) {
  if (text::put(values_, key, text["simpleText"])) return;
  const json::Value list = text["runs"];
  const json::Value first = list.child();
  if (first && !first.next() && text::put(values_, key, first["text"])) return;
  std::string all;
  for (json::Value run = first; run; run = run.next()) {
    if (const json::Value said = run["text"]; said.is_text()) {
      all += said.text();
      said.use();
      continue;
    }
    // One sign of Unicode has itself as its id; a picture of the channel has a shortcut in colons.
    const json::Value emoji = run["emoji"];
    const json::Value id = emoji["emojiId"];
    const json::Value shortcut = emoji["shortcuts"].child();
    const bool sign = id.is_text() && !id.raw().empty() && id.raw().size() <= 64 &&
                      id.text().find('/') == std::string::npos;
    if (sign)
      all += id.text();
    else if (shortcut.is_text())
      all += shortcut.text();
  }
  const fx_span where = list.span();
  values_.derived(key, text::repaired(all), where.offset, where.length, "youtube.runs");
}

void ChatActions::describe(const json::Value& renderer, std::string_view name) {
  text::put(values_, "source_id", renderer["id"]);
  text::put_time(values_, "sent", renderer["timestampUsec"], FX_CODEC_DECIMAL_MICROSECONDS);
  if (says_text(name)) return runs("text", renderer["message"]);
  for (const char* each : {"message", "headerSubtext", "headerPrimaryText", "text", "primaryText"})
    if (const json::Value text = renderer[each]) return runs("text", text);
}

void ChatActions::write(const json::Tree& tree, const json::Value& action,
                        const json::Value& around, std::uint64_t begin, std::uint64_t end) {
  json::Value what;
  for (json::Value member = action.child(); member && !what; member = member.next())
    if (member.is_object()) what = member;
  const std::string name = what ? what.key() : std::string();
  const json::Value renderer = renderer_in(what);
  const std::string kind = renderer ? renderer.key() : std::string();
  const std::int64_t sender =
      people_.of(renderer["authorExternalChannelId"], renderer["authorName"]["simpleText"]);
  const std::string_view done = action_of(name);
  const json::Value by = what["externalChannelId"];
  const std::int64_t about = done.empty() ? 0 : people_.of(by, {});

  const std::int64_t message = ++messages_;
  values_.start(FX_KIND_MESSAGE, message, begin, end - begin);
  values_.ref("conversation", kConversation, begin);
  values_.ref("sender", sender, begin);
  const bool text = name == "addChatItemAction" && says_text(kind);
  const bool is_poll = kind == "pollRenderer";
  values_.word("type", text ? "text" : is_poll ? "poll" : what ? "system" : "other", begin);
  if (!done.empty()) {
    values_.word("action", done, begin);
    text::put(values_, "reply_to", what["targetItemId"]);
    if (about != 0) values_.ref("participant", about, begin);
  }
  if (!name.empty())
    values_.derived("code", text::repaired(kind.empty() ? name : name + "/" + kind), begin,
                    end - begin);
  if (renderer) {
    describe(renderer, kind);
  } else if (const json::Value state = what["deletedStateMessage"]) {
    runs("text", state);
  }
  if (around) {
    for (json::Value member = around.child(); member; member = member.next())
      if (member.key() != "actions") text::put_rest(values_, tree, member, member.key());
  }
  text::put_rest(values_, tree, action);
  values_.emit();
  if (is_poll) poll(renderer, message, begin);
}

void ChatActions::poll(const json::Value& renderer, std::int64_t message, std::uint64_t begin) {
  const fx_span where = renderer.span();
  values_.start(FX_KIND_POLL, 0, where.offset, 0);
  values_.ref("message", message, begin);
  const json::Value question = renderer["header"]["pollHeaderRenderer"]["pollQuestion"];
  if (question) runs("question", question);
  for (json::Value choice = renderer["choices"].child(); choice; choice = choice.next())
    runs("option", choice["text"]);
  values_.emit();
}

}  // namespace youtube
