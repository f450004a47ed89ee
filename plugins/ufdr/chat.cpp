// Chats and their messages.

#include <vector>

#include "records.hpp"
#include "text/date.hpp"
#include "text/utf8.hpp"

namespace ufdr {

// The application as the report calls it, in lower case: "WhatsApp" is whatsapp.
void Records::platform(const Model& model) {
  const xml::Leaf* source = model.find("Source");
  if (source == nullptr) return values_.word("platform", "ufdr", model.offset());
  values_.derived("platform", text::lower(text::repaired(xml::plain(*source))), source->offset,
                  source->raw.size(), "ufdr.source");
}

void Records::time(const char* key, Model& model, std::string_view path) {
  const xml::Leaf* leaf = model.find(path);
  if (leaf == nullptr) return;
  const auto time = text::iso_time(xml::plain(*leaf));
  if (!time) return;  // it stays among `extra`
  model.take(path);
  values_.time(key, *time, leaf->offset, leaf->raw.size(), "iso-8601");
}

// "Deleted" means that the tool found the row although it was deleted.
void Records::deleted(Model& model) {
  const xml::Leaf* state = model.find("@deleted_state");
  if (state == nullptr || xml::plain(*state) != "Deleted") return;
  values_.derived("recovered", "ufdr-deleted", state->offset, state->raw.size(),
                  "ufdr.deleted-state");
  values_.derived("standing", "deleted", state->offset, state->raw.size(), "ufdr.deleted-state");
}

std::int64_t Records::party(Model& model, const std::string& path) {
  const xml::Leaf* account = model.find(path + "/Identifier");
  const xml::Leaf* name = model.find(path + "/Name");
  const std::string owner = model.plain(path + "/IsPhoneOwner");
  party_is_known_ = !owner.empty();
  party_is_owner_ = text::same_word(owner, "True");
  if (account == nullptr && name == nullptr) return 0;
  const auto where = account != nullptr ? account : name;
  std::string id = std::to_string(at_) + '\n' + (account != nullptr ? xml::plain(*account) : "") +
                   '\n' + (name != nullptr ? xml::plain(*name) : "");
  for (const char* each : {"/Identifier", "/Name"}) model.take(path + each);
  if (const auto known = people_.find(id); known != people_.end()) {
    party_is_owner_ = party_is_owner_ || known->second.second;
    return known->second.first;
  }
  if (people_.size() >= kMostPeople) {
    ++unnamed_;
    return 0;
  }
  people_.emplace(std::move(id), std::pair(++participants_, party_is_owner_));
  values_.start(FX_KIND_PARTICIPANT, participants_, where->offset, where->raw.size());
  values_.ref("conversation", at_, where->offset);
  xml::put(values_, "name", name);
  xml::put(values_, "account", account);
  if (party_is_owner_) values_.number("owner", 1, where->offset, where->raw.size());
  values_.emit();
  return participants_;
}

void Records::begin_chat(Model& chat, std::uint64_t end) {
  at_ = chat_ = ++conversations_;
  values_.start(FX_KIND_CONVERSATION, chat_, chat.offset(), end - chat.offset());
  platform(chat);
  values_.word("type", "chat", chat.offset());
  xml::put(values_, "title", chat.take("Name"));
  xml::put(values_, "source_id", chat.take("Id"));
  xml::put(values_, "account", chat.take("Account"));
  time("created", chat, "StartTime");
  deleted(chat);
  // The values of the participants are told with them as well.
  chat.values().rest(values_);
  values_.emit();
  const std::size_t count = chat.count("Participants");
  for (std::size_t i = 1; i <= count; ++i) {
    const std::string path = "Participants/" + std::to_string(i);
    const xml::Leaf* where = chat.find(path + "/Identifier");
    const bool admin = text::same_word(chat.plain(path + "/IsGroupAdmin"), "True");
    const std::int64_t who = party(chat, path);
    if (who == 0) continue;
    const std::uint64_t at = where != nullptr ? where->offset : chat.offset();
    values_.start(FX_KIND_MEMBERSHIP, 0, at, 0);
    values_.ref("conversation", chat_, at);
    values_.ref("participant", who, at);
    values_.word("role", admin ? "admin" : "member", at);
    values_.emit();
  }
  chat.clear();
}

// What stands behind the messages: the log of a chat, above all.
void Records::end_chat(Model& chat, std::uint64_t end) {
  if (!chat.values().empty()) {
    begin_message(chat_, chat, chat.offset());
    values_.word("type", "other", chat.offset());
    values_.word("code", "chat", chat.offset());
    chat.values().rest(values_);
    values_.emit();
  }
  static_cast<void>(end);
  chat_ = 0;
}

std::int64_t Records::begin_message(std::int64_t conversation, const Model& model,
                                    std::uint64_t end) {
  values_.start(FX_KIND_MESSAGE, ++messages_, model.offset(), end - model.offset());
  values_.ref("conversation", conversation, model.offset());
  return messages_;
}

void Records::message(Model& model, std::uint64_t end) {
  at_ = chat_ != 0 ? chat_ : shared_conversation("messages", model);
  const std::int64_t sender = party(model, "From/1");
  const bool known = party_is_known_;
  const bool out = party_is_owner_;
  std::vector<std::int64_t> receivers;
  const std::size_t to = std::min<std::size_t>(model.count("To"), 300);
  for (std::size_t i = 1; i <= to; ++i)
    if (const std::int64_t who = party(model, "To/" + std::to_string(i))) receivers.push_back(who);

  const std::int64_t number = begin_message(at_, model, end);
  values_.ref("sender", sender, model.offset());
  for (const std::int64_t who : receivers) values_.ref("participant", who, model.offset());
  time("sent", model, "TimeStamp");
  const std::size_t files = model.count("Attachments") + model.count("Attachment");
  const xml::Leaf* body = model.take("Body");
  bool system = false;
  bool forwarded = false;
  for (std::size_t i = 1; i <= std::min<std::size_t>(model.count("MessageExtraData"), 100); ++i) {
    const std::string label = model.plain("MessageExtraData/" + std::to_string(i) + "/Label");
    system = system || label == "System";
    forwarded = forwarded || label == "Forwarded";
  }
  const xml::Leaf* kind = model.find("Type");
  values_.word("type",
               system            ? "system"
               : body != nullptr ? "text"
               : files > 0       ? "media"
                                 : "other",
               model.offset());
  xml::put(values_, "text", body);
  xml::put(values_, "code", kind);
  if (kind != nullptr) model.take("Type");
  xml::put(values_, "source_id", model.take("Identifier"));
  if (forwarded) values_.number("forwarded", 1, model.offset(), end - model.offset());
  if (known) values_.word("direction", out ? "out" : "in", model.offset());
  for (std::size_t i = 1; i <= std::min<std::size_t>(model.count("MessageExtraData"), 100); ++i) {
    const std::string path = "MessageExtraData/" + std::to_string(i) + "/OriginalMessageID";
    if (const xml::Leaf* reply = model.take(path)) {
      xml::put(values_, "reply_to", reply);
      break;
    }
  }
  deleted(model);
  model.values().rest(values_);
  values_.emit();
  attachments(model, "Attachments", number);
  attachments(model, "Attachment", number);
}

void Records::attachments(Model& model, const std::string& list, std::int64_t message) {
  const std::size_t count = model.count(list);
  for (std::size_t i = 1; i <= count; ++i) {
    const std::string path = list + "/" + std::to_string(i);
    const xml::Leaf* type = model.find(path + "@type");
    if (type == nullptr) continue;
    values_.start(FX_KIND_ATTACHMENT, 0, type->offset, type->raw.size());
    values_.ref("message", message, type->offset);
    xml::put(values_, "name", model.find(path + "/Filename"));
    const xml::Leaf* extracted = model.find(path + "/attachment_extracted_path");
    if (extracted == nullptr) extracted = model.find(path + "@attachment_extracted_path");
    xml::put(values_, "path", extracted);
    xml::put(values_, "mime", model.find(path + "/ContentType"));
    xml::put(values_, "url", model.find(path + "/URL"));
    xml::put(values_, "caption", model.find(path + "/Title"));
    const bool there = extracted != nullptr || model.find(path + "@file_id") != nullptr;
    values_.word("state", there ? "present" : "omitted", type->offset);
    values_.emit();
  }
}

}  // namespace ufdr
