#include "sections.hpp"

#include <algorithm>

#include "json/text.hpp"

namespace facebook {
namespace {

constexpr std::size_t kMostConversations = std::size_t{1} << 16;
constexpr std::size_t kLooseInARecord = 256;

enum class Role { event, contact, membership, account };

struct Known {
  std::string_view stem;
  Role role;
};
constexpr Known kKnown[] = {
    {"friends", Role::contact},
    {"followers", Role::contact},
    {"following", Role::contact},
    {"received_requests", Role::contact},
    {"sent_requests", Role::contact},
    {"rejected_requests", Role::contact},
    {"received_friend_requests", Role::contact},
    {"sent_friend_requests", Role::contact},
    {"rejected_friend_requests", Role::contact},
    {"removed_friends", Role::contact},
    {"deleted_friends", Role::contact},
    {"blocked_users", Role::contact},
    {"close_friends", Role::contact},
    {"people_interactions", Role::contact},
    {"page_likes", Role::contact},
    {"pages_followed", Role::contact},
    {"pages_unfollowed", Role::contact},
    {"pages_recommended", Role::contact},
    {"address_book", Role::contact},
    {"address_book/address_book", Role::contact},
    {"contact_verifications", Role::contact},
    {"groups_joined", Role::membership},
    {"groups_admined", Role::membership},
    {"profile", Role::account},
    {"profile_information", Role::account},
    {"profile_user", Role::account},
};

Role role_of(const std::string& list, const json::Value& value) {
  const std::size_t slash = list.find('/');
  std::string stem(stem_of(std::string_view(list).substr(0, slash)));
  if (slash != std::string::npos) stem += list.substr(slash);
  const auto found = std::ranges::find(kKnown, std::string_view(stem), &Known::stem);
  if (found != std::end(kKnown)) return found->role;
  if (list.starts_with("relationships_") || value["string_list_data"]) return Role::contact;
  return Role::event;
}

// The first scalar of one of these names, at any depth that posts and comments have, parts left
// out.
json::Value find(const json::Value& in, std::initializer_list<std::string_view> names,
                 const std::vector<json::Value>& others, int depth = 0) {
  if (const json::Value found = first_of(in, names); found && !found.is_used()) return found;
  if (depth == 6) return {};
  for (json::Value member = in.child(); member; member = member.next()) {
    if (!member.is_object() && !member.is_array()) continue;
    if (stands_in(others, member)) continue;
    if (const json::Value found = find(member, names, others, depth + 1)) return found;
  }
  return {};
}

// The number of an entry of an address book; addresses of mail stand under the same name.
json::Value number_in(const json::Value& details) {
  for (json::Value each = details.child(); each; each = each.next())
    if (const json::Value point = each["contact_point"];
        point.is_text() && point.raw().find('@') == std::string_view::npos)
      return point;
  return {};
}

// The name of a list as the file has it; one that lacks its quotes or is very long is no codec's
// value.
Text name_of(const Place& place) {
  const bool odd = place.key_span.codec == FX_CODEC_JSON_STRING_REPAIRED ||
                   place.key_span.codec == FX_CODEC_NONE || place.key_span.length >= 4096;
  return {place.key, place.key_span, odd ? "facebook.list-name" : nullptr};
}

}  // namespace

std::string_view stem_of(std::string_view name) {
  for (;;) {
    const std::size_t end = name.find_last_not_of("0123456789");
    if (end == std::string_view::npos || end + 1 == name.size()) return name;
    if (end != 0 && name[end] == 'v' && name[end - 1] == '_')
      name = name.substr(0, end - 1);
    else if (name[end] == '_')
      name = name.substr(0, end);
    else
      return name;
  }
}

Sections::Sections(Fields& fields, const Survey& survey, std::string_view file_name)
    : fields_(fields),
      survey_(survey),
      file_name_(file_name.substr(0, file_name.rfind('.'))),
      people_(fields),
      parts_(fields, people_) {}

// The conversation of a list, under the name that the list has in the file.
std::int64_t Sections::section(const Place& place) {
  const auto [found, is_new] = conversations_.try_emplace(place.list, 0);
  if (!is_new) return found->second;
  found->second = ++last_conversation_;
  fields_.start(FX_KIND_CONVERSATION, found->second, fx::span(place.key_span.offset, 0));
  fields_.word("platform", platform(), "facebook.family", place.key_span);
  fields_.word("type", "section", "facebook.list", place.key_span);
  if (!place.list.empty() && place.key_span.length != 0)
    fields_.text("title", name_of(place));
  else if (!file_name_.empty())
    fields_.word("title", file_name_, "facebook.file-name", fx::span(0, 0));
  fields_.emit();
  return found->second;
}

// A group that is known by its name.
std::int64_t Sections::group(const json::Value& name) {
  const Text text = fields_.text_of(name);
  if (text.value.empty() || conversations_.size() >= kMostConversations) return 0;
  const auto [found, is_new] = conversations_.try_emplace("\x01" + text.value, 0);
  if (!is_new) return found->second;
  found->second = ++last_conversation_;
  fields_.start(FX_KIND_CONVERSATION, found->second, fx::span(text.span.offset, 0));
  fields_.word("platform", platform(), "facebook.family", text.span);
  fields_.word("type", "group", "facebook.group", text.span);
  fields_.text("title", text);
  fields_.emit();
  return found->second;
}

void Sections::item(const Place& place, const json::Value& value, fx_span extent) {
  finish();
  switch (role_of(place.list, value)) {
    case Role::contact: return contact(place, value, extent);
    case Role::membership: return membership(place, value, extent);
    case Role::account: return account(value, extent);
    case Role::event: return event(place, value, extent);
  }
}

void Sections::contact(const Place& place, const json::Value& value, fx_span extent) {
  fields_.start(FX_KIND_CONTACT, 0, extent);
  fields_.word("platform", platform(), "facebook.family", extent);
  const json::Value listed = value["string_list_data"].child();
  if (listed) {
    fields_.text("username", listed["value"]);
    fields_.text("url", listed["href"]);
    fields_.time("created", listed["timestamp"]);
    fields_.text("name", value["title"]);
  } else {
    fields_.text("name", find(value, {"name", "full_name"}, {}));
    fields_.text("phone", first_of(value, {"phone_number", "phone"}));
    fields_.text("phone", number_in(value["details"]));
    fields_.time("created", first_of(value, {"timestamp", "created_timestamp", "added_timestamp"}));
    fields_.text("url", first_of(value, {"uri", "url", "href"}));
  }
  if (place.key_span.length != 0)
    fields_.text("type", name_of(place));
  else
    fields_.word("type", file_name_, "facebook.file-name", extent);
  fields_.rest(value);
  fields_.emit();
}

void Sections::membership(const Place& place, const json::Value& value, fx_span extent) {
  const json::Value name = find(value, {"name"}, {});
  const std::int64_t grouped = name ? group(name) : 0;
  const std::int64_t conversation = grouped != 0 ? grouped : section(place);
  const std::int64_t owner = people_.owner(conversation, extent);
  fields_.start(FX_KIND_MEMBERSHIP, 0, extent);
  fields_.ref("conversation", conversation, extent);
  fields_.ref("participant", owner, extent);
  if (place.list.starts_with("groups_admined"))
    fields_.word("role", "admin", "facebook.list", place.key_span);
  if (grouped != 0) name.use();
  // Joined or left stands only in the words of the title.
  fields_.time("since", value["timestamp"]);
  fields_.rest(value);
  fields_.emit();
}

void Sections::account(const json::Value& value, fx_span extent) {
  fields_.start(FX_KIND_ACCOUNT, 0, extent);
  fields_.word("platform", platform(), "facebook.family", extent);
  fields_.flag("owner", "facebook.account-of-the-export", extent);
  const json::Value name = value["name"];
  const json::Value of_instagram = value["string_map_data"];
  fields_.text("name", name.is_object() ? name["full_name"] : name);
  fields_.text("username", first_of(value, {"username"}));
  if (of_instagram) {
    fields_.text("username", of_instagram["Username"]["value"]);
    fields_.text("name", of_instagram["Name"]["value"]);
    fields_.text("phone", of_instagram["Phone Number"]["value"]);
  }
  fields_.text("phone", value["phone_numbers"].child()["phone_number"]);
  fields_.time("created", value["registration_timestamp"]);
  const json::Value earlier = value["previous_names"];
  fields_.rest(value, earlier ? std::vector<json::Value>{earlier} : std::vector<json::Value>{});
  fields_.emit();
  if (earlier) earlier_names(earlier, name.is_object() ? name["full_name"] : name);
}

void Sections::earlier_names(const json::Value& names, const json::Value& now) {
  for (json::Value each = names.child(); each; each = each.next()) {
    const fx_span where = each.span();
    fields_.start(FX_KIND_IDENTITY, 0, fx::span(where.offset, where.length));
    fields_.word("platform", platform(), "facebook.family", where);
    fields_.word("action", "name-changed", "facebook.previous-names", where);
    fields_.text("before", each.is_object() ? each["name"] : each);
    if (now.is_text()) fields_.text("name", fields_.text_of(now));
    fields_.time("sent", each["timestamp"]);
    fields_.rest(each);
    fields_.emit();
  }
}

void Sections::event(const Place& place, const json::Value& value, fx_span extent) {
  parts_.find(value);
  const std::vector<json::Value>& others = parts_.values();
  const json::Value group_name = find(value, {"group"}, others);
  const std::int64_t grouped = group_name ? group(group_name) : 0;
  const std::int64_t conversation = grouped != 0 ? grouped : section(place);
  const json::Value author = find(value, {"author", "actor", "sender", "seller"}, others);
  std::int64_t sender = people_.of(conversation, author);
  const bool named = sender != 0;
  if (!named) sender = people_.owner(conversation, extent);

  fields_.start(FX_KIND_MESSAGE, ++last_, extent);
  const std::int64_t message = last_;
  fields_.ref("conversation", conversation, extent);
  fields_.ref("sender", sender, named ? author.span() : extent);
  if (named) author.use();
  if (grouped != 0) group_name.use();
  json::Value time = first_of(value, {"timestamp", "creation_timestamp", "created_timestamp"});
  if (!time) time = find(value, {"timestamp", "creation_timestamp", "created_timestamp"}, others);
  const json::Value file = parts_.first_file();  // Instagram says when and what of the file only
  if (!time) time = file["creation_timestamp"];
  fields_.time("sent", time);
  const json::Value edited = find(value, {"update_timestamp", "updated_timestamp"}, others);
  const bool changed = edited && edited.raw() != time.raw();
  if (changed) fields_.time("edited_at", edited);
  json::Value words =
      find(value, {"post", "comment", "content", "text", "description", "message"}, others);
  if (!words) words = value["string_map_data"]["Comment"]["value"];
  if (!words && survey_.instagram && !value["title"]) words = file["title"];
  const bool said = fields_.text("text", words);
  const bool headed = !said && fields_.text("text", first_of(value, {"title", "action", "name"}));
  const char* type = said                 ? "text"
                     : parts_.has_file()  ? "media"
                     : parts_.has_poll()  ? "poll"
                     : parts_.has_place() ? "location"
                     : headed             ? "system"
                                          : "other";
  fields_.word("type", parts_.has_file() ? "media" : type, "facebook.post-type", extent);
  fields_.text("url", find(value, {"url", "link"}, others));
  fields_.rest(value, others);
  fields_.emit();
  parts_.emit(conversation, message);
}

// Values that stand in no object of a list: a record holds many of them.
void Sections::loose(const Place& place, const json::Token& token) {
  const fx_span extent = fx::span(token.offset, 0);
  const fx_span where = fx::span(token.offset, token.length, json::codec_of(token.form));
  if (loose_ == kLooseInARecord) finish();
  if (!has_loose_) {
    const std::int64_t conversation = section(place);
    fields_.start(FX_KIND_MESSAGE, ++last_, extent);
    fields_.ref("conversation", conversation, extent);
    fields_.word("type", "other", "facebook.loose-values", extent);
    has_loose_ = true;
    loose_ = 0;
  }
  ++loose_;
  fields_.extra(place.path, fields_.text_of(token.raw, token.form, where));
}

void Sections::finish() {
  if (has_loose_) fields_.emit();
  has_loose_ = false;
}

}  // namespace facebook
