// What happened to a message or a chat: reactions, calls, comings and goings.

#include <set>

#include "message.hpp"

#include "clock.hpp"

namespace telegram {
namespace {

void put_reaction(const Context& context, fx::Record& record, const json::Value& reaction,
                  std::int64_t ref) {
  record.ref("message", ref, kReference, fx::span(reaction.span().offset, 0));
  context.writer.put(record, "type", reaction["type"]);
  context.writer.put(record, "emoji", reaction["emoji"]);
  context.writer.put(record, "source_id", reaction["document_id"]);
}

struct Movement {
  std::string_view action, word;
  bool has_members;  // or the actor is who moves
};

constexpr Movement kMovements[] = {
    {"create_group", "created-with", true},
    {"invite_members", "added", true},
    {"join_group_by_link", "joined-by-link", false},
    {"join_group_by_request", "joined-by-request", false},
    {"remove_members", "removed", true},
};

void attach_membership(const Context& context, const Thread& thread, std::int64_t message,
                       std::int64_t person, std::string_view word, const fx_span& where) {
  fx::Record& record = context.writer.attach(FX_KIND_MEMBERSHIP);
  record.ref("conversation", thread.ref, kReference, fx::span(where.offset, 0));
  record.ref("participant", person, kReference, where);
  record.ref("message", message, kReference, fx::span(where.offset, 0));
  record.derived("action", word, "telegram.action", where);
}

}  // namespace

void attach_reactions(const Context& context, const json::Tree& tree, const Message& m,
                      std::int64_t ref) {
  if (!m.reactions.is_array()) return;
  for (json::Value reaction = m.reactions.child(); reaction; reaction = reaction.next()) {
    if (!reaction.is_object()) continue;
    std::uint64_t named = 0;
    const json::Value recent = reaction["recent"];
    for (json::Value one = recent.child(); one; one = one.next()) {
      if (!one.is_object()) continue;
      const std::int64_t sender = context.people.find(one["from"], one["from_id"]);
      fx::Record& record = context.writer.attach(FX_KIND_REACTION);
      put_reaction(context, record, reaction, ref);
      if (sender != 0) record.ref("sender", sender, kReference, one.span());
      put_time(context, record, "sent", one["date"], one["date_unixtime"]);
      context.writer.extras(record, tree, one);
      ++named;
    }
    // Not everybody who reacted is listed: how many there are stands for itself.
    if (reaction["count"].raw() == std::to_string(named)) continue;
    fx::Record& record = context.writer.attach(FX_KIND_REACTION);
    put_reaction(context, record, reaction, ref);
    context.writer.extras(record, tree, reaction);
  }
  m.reactions.use();
}

void attach_call(const Context& context, const Message& m, std::int64_t ref, std::int64_t actor,
                 bool is_owner) {
  if (m.action.raw() != "phone_call") return;
  fx::Record& record = context.writer.attach(FX_KIND_CALL);
  const fx_span where = m.action.span();
  record.ref("message", ref, kReference, fx::span(where.offset, 0));
  context.writer.put_number(record, "duration", m.duration_seconds);
  if (m.discard_reason.is_text()) {
    const std::string reason = m.discard_reason.text();
    const std::string_view state = reason == "missed"       ? "missed"
                                   : reason == "busy"       ? "busy"
                                   : reason == "hangup"     ? "ended"
                                   : reason == "disconnect" ? "disconnected"
                                                            : "other";
    record.derived("state", state, "telegram.discard-reason", m.discard_reason.span());
    context.writer.put(record, "code", m.discard_reason);
  }
  if (is_owner) record.derived("direction", "out", "telegram.personal-information", where);
  if (actor != 0) record.ref("participant", actor, kReference, where);
}

void attach_members(const Context& context, const Thread& thread, fx::Record& record,
                    const Message& m, std::int64_t ref, std::int64_t actor) {
  if (!m.action.is_string()) return;
  const Movement* movement = nullptr;
  for (const Movement& each : kMovements)
    if (m.action.raw() == each.action) movement = &each;
  std::set<std::int64_t> told;
  // Names only, and null for accounts that are gone: the export leaves their ids out.
  for (json::Value member = m.members.child(); member; member = member.next()) {
    if (!member.is_string()) continue;
    const std::int64_t person = context.people.find(member, {});
    if (person == 0 || !told.insert(person).second) continue;
    record.ref("participant", person, kReference, member.span());
    if (movement != nullptr && movement->has_members)
      attach_membership(context, thread, ref, person, movement->word, member.span());
  }
  m.members.use();
  if (movement != nullptr && !movement->has_members && actor != 0)
    attach_membership(context, thread, ref, actor, movement->word, m.action.span());
  if (m.inviter.is_string()) {
    const std::int64_t person = context.people.find(m.inviter, {});
    if (person != 0 && told.insert(person).second)
      record.ref("participant", person, kReference, m.inviter.span());
  }
}

}  // namespace telegram
