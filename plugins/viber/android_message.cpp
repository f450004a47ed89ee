// Viber for Android: messages, and what hangs on them.

#include <array>
#include <optional>

#include "messages.hpp"
#include "text.hpp"

namespace viber {
namespace {

constexpr std::string_view kDeletedBody = "message_deleted/";

struct MimeWord {
  std::string_view mime;  // how the word of the column begins
  std::string_view type;
};
// Words that older versions write into extra_mime.
constexpr std::array<MimeWord, 20> kMimeWords = {
    {{"text", "text"},     {"url", "text"},        {"image", "media"},
     {"photo", "media"},   {"picture", "media"},   {"gif", "media"},
     {"video", "media"},   {"sound", "media"},     {"audio", "media"},
     {"voice", "media"},   {"ptt", "media"},       {"file", "media"},
     {"sticker", "media"}, {"animated", "media"},  {"location", "location"},
     {"call", "call"},     {"contact", "contact"}, {"share_contact", "contact"},
     {"notif", "system"},  {"system", "system"}}};

// Numbers that later ones write there, as one public reader has them.
struct MimeNumber {
  std::int64_t number;
  std::string_view type;
  const char* file;  // kind of its file
};
constexpr std::array<MimeNumber, 14> kMimeNumbers = {{{0, "text", nullptr},
                                                      {1, "media", "image"},
                                                      {3, "media", "video"},
                                                      {4, "media", "sticker"},
                                                      {5, "location", nullptr},
                                                      {7, "text", nullptr},
                                                      {8, "text", nullptr},
                                                      {9, "contact", nullptr},
                                                      {10, "media", "file"},
                                                      {1005, "media", "gif"},
                                                      {1007, "system", nullptr},
                                                      {1008, "deleted", nullptr},
                                                      {1009, "media", "voice"},
                                                      {1010, "media", "instant-video"}}};
constexpr std::int64_t kRich = 7;
constexpr std::int64_t kReaction = 1007;
constexpr const char* kOneSource = "viber.code-of-one-source";

const MimeNumber* mime_number(std::optional<std::int64_t> number) {
  for (const MimeNumber& each : kMimeNumbers)
    if (each.number == number) return &each;
  return nullptr;
}

}  // namespace

std::string_view AndroidMessages::type_of(const RowView& row, const json::Value& info,
                                          const char*& rule, int& column) const {
  const auto& m = messages_;
  const auto text = [&](int of) { return row.text(of, fields_.encoding()); };
  const std::string body = text(m.body);
  rule = "viber.code";
  column = m.body;
  if (body.starts_with(kDeletedBody)) return "deleted";
  column = m.mime;
  const std::string mime = text(m.mime);
  for (const MimeWord& word : kMimeWords)
    if (same_word(std::string_view(mime).substr(0, word.mime.size()), word.mime)) return word.type;
  if (const MimeNumber* known = mime_number(row.integer(m.mime))) {
    rule = kOneSource;
    return known->type;
  }
  // What the message holds is what is left to tell its kind by: a guess, and named as one.
  rule = "viber.content-guess";
  column = -1;
  if (!text(m.uri).empty() || !text(m.destination).empty() || !info["fileInfo"].empty())
    return "media";
  if (!body.empty()) return "text";
  return row.is_set(m.latitude) || row.is_set(m.longitude) ? "location" : "other";
}

void AndroidMessages::message(const RowView& row, Found found) {
  const auto& m = messages_;
  const auto sent = row.integer(m.time);
  const bool lost = found != nullptr;
  const std::int64_t conversation = lost && records_.conversation(id_of(row.integer(m.chat))) == 0
                                        ? records_.shared_conversation(Records::kRecovered, row)
                                        : chat_of(row, m.chat);
  const auto send_type = row.integer(m.send_type);
  // Before there were members a message had an address: of whoever is not the owner.
  std::int64_t sender = member(conversation, row, m.member);
  const std::int64_t other = participant_named(conversation, row, m.address);
  if (sender == 0 && send_type == 0) sender = other;
  if (sender == 0 && send_type == 1)
    sender = records_.nameless_owner(conversation, row, m.send_type);
  std::int64_t ref = lost ? 0 : numbers_.add(row.row().rowid.value_or(0));
  if (ref == 0) ref = records_.loose_message();

  Info info(records_, row, m.info);
  Info quoted(records_, row, m.quoted);
  Info rich(records_, row, row.integer(m.mime) == kRich ? m.body : -1);
  const char* rule = nullptr;
  int type_column = -1;
  const std::string_view type = type_of(row, info.root(), rule, type_column);
  // Whoever is said to have taken it back: the body of such a message names a member.
  std::string remover;
  if (type == "deleted") {
    const std::string body = row.text(m.body, fields_.encoding());
    if (is_utf8(body)) remover = body.substr(std::min(body.size(), kDeletedBody.size()));
  }
  const std::int64_t deleter = participant_named(conversation, remover, row, m.body);

  records_.start(FX_KIND_MESSAGE, ref, row, found);
  fields_.ref("conversation", conversation, row, m.chat);
  if (sender != 0) fields_.ref("sender", sender, row, m.member);
  if (other != 0 && other != sender) fields_.ref("participant", other, row, m.address);
  fields_.time("sent", row, m.time, sqlite::Clock::unix_ms);
  fields_.word("type", type, rule, row, type_column);
  records_.code("extra_mime", row, m.mime);
  if (send_type == 0 || send_type == 1)
    records_.word("direction", send_type == 1 ? "out" : "in", row, m.send_type);
  else
    records_.unknown_code("send_type", row, m.send_type);
  if (row.integer(m.mime) && mime_number(row.integer(m.mime)) == nullptr)
    records_.unknown_code("extra_mime", row, m.mime);
  if (row.integer(m.mime) == kReaction) fields_.word("action", "reaction", kOneSource, row, m.mime);
  records_.token(row, m.token, sent);
  if (type == "deleted") {
    fields_.number("deleted", 1, "viber.code", row, m.body);
    if (deleter != 0) fields_.ref("deleted_by", deleter, row, m.body);
    fields_.extra(row, m.body);
  } else {
    text(row, rich);
    records_.mark("deleted", row, m.deleted);
  }
  if (quoted) {
    const json::Value& root = quoted.root();
    quoted.text("reply_to", quoted.take_any(root, {"token", "messageToken"}));
    quoted.text("quoted", quoted.take_any(root, {"body", "text", "textMessage"}));
    quoted.rest("quoted_message_data");
    info.flag("edited", info.root()["edit"]);
    info.text("url", info.take_any(info.root(), {"URL"}));
  } else {
    fields_.extra(row, m.quoted);
    describe_message(info);
  }
  if (info.root()["pin"].kind == json::Kind::object)
    fields_.word("action", "message-pin", "viber.json", row, m.info);
  info.rest("msg_info", "fileInfo");
  fields_.extra(row, m.description);
  if (row.is_set(m.status)) fields_.extra(row, m.status);
  const auto order = row.integer(m.order);
  if (order != row.integer(m.token) && order != sent) fields_.extra(row, m.order);
  fields_.rest(row);
  fields_.emit();

  attachments(ref, row, info, found);
  records_.location(ref, type == "location" ? "shared" : "sender", row, m.latitude, m.longitude,
                    found);
  if (row.is_set(m.read_time)) {
    records_.start(FX_KIND_RECEIPT, 0, row, found);
    fields_.ref("message", ref, row, m.id);
    fields_.time("read", row, m.read_time, sqlite::Clock::unix_ms);
    fields_.emit();
  }
}

// The body; of a rich message the one text among its parts, where it is one.
void AndroidMessages::text(const RowView& row, Info& rich) {
  json::Value only;
  std::size_t texts = 0;
  json::for_each(rich.root(), [&](std::string_view, const json::Value& part) {
    const json::Value text = part["Text"];
    if (text.empty()) return true;
    only = text;
    return ++texts < 2;
  });
  if (texts == 1 && rich.text("text", only))
    fields_.extra(row, messages_.body);
  else
    fields_.text("text", row, messages_.body);
}

void AndroidMessages::attachments(std::int64_t ref, const RowView& row, Info& info, Found found) {
  const auto& m = messages_;
  const auto text = [&](int column) { return row.text(column, fields_.encoding()); };
  const std::string uri = text(m.uri);
  const std::string destination = text(m.destination);
  const json::Value file = info.root()["fileInfo"];
  if (uri.empty() && destination.empty() && file.empty()) return;
  records_.start(FX_KIND_ATTACHMENT, 0, row, found);
  fields_.ref("message", ref, row, m.id);
  const int path = destination.empty() ? m.uri : m.destination;
  fields_.text("path", row, path);
  if (!destination.empty() && !uri.empty() && uri != destination) fields_.extra(row, m.uri);
  const MimeNumber* known = mime_number(row.integer(m.mime));
  if (known != nullptr && known->file != nullptr)
    fields_.word("type", known->file, kOneSource, row, m.mime);
  else if (!text(m.mime).empty() && !decimal(text(m.mime)))
    fields_.text("type", row, m.mime);
  describe_file(info, file);
  info.rest_of(file, "msg_info.fileInfo");
  fields_.emit();
}

std::int64_t AndroidMessages::missing_message(const RowView& row, int conversation,
                                              std::string_view type) {
  const std::int64_t chat = conversation >= 0 ? chat_of(row, conversation)
                                              : records_.shared_conversation(Records::kNoChat, row);
  const std::int64_t ref = records_.loose_message();
  records_.start(FX_KIND_MESSAGE, ref, row);
  fields_.ref("conversation", chat, row, conversation);
  fields_.word("type", type, "viber.message-not-there", row, -1);
  return ref;
}

void AndroidMessages::call(const RowView& row) {
  const auto id = row.integer(calls_.message);
  const sqlite::Row* found = id ? message_by_id_.first(*id) : nullptr;
  std::int64_t ref = found == nullptr ? 0 : numbers_.find(found->rowid.value_or(0));
  if (ref == 0) {
    ref = missing_message(row, calls_.chat, "call");
    fields_.time("sent", row, calls_.date, sqlite::Clock::unix_ms);
    fields_.emit();
  }
  records_.start(FX_KIND_CALL, 0, row);
  fields_.ref("message", ref, row, calls_.message);
  fields_.number("duration", row, calls_.duration);
  records_.code("messages_calls.type", row, calls_.type);
  fields_.extra(row, calls_.date);
  fields_.rest(row);
  fields_.emit();
}

void AndroidMessages::like(const RowView& row) {
  const auto& l = likes_;
  const auto token = row.integer(l.message_token);
  const sqlite::Row* found = token ? message_by_token_.first(*token) : nullptr;
  std::int64_t ref = found == nullptr ? 0 : numbers_.find(found->rowid.value_or(0));
  std::int64_t conversation = 0;
  if (ref != 0) {
    conversation = chat_of(RowView(messages_.view, *found), messages_.chat);
  } else {
    ref = missing_message(row, -1, "other");
    fields_.text("source_id", row, l.message_token);
    fields_.emit();
    conversation = records_.shared_conversation(Records::kNoChat, row);
  }
  std::int64_t sender = member(conversation, row, l.person);
  if (sender == 0) sender = participant_named(conversation, row, l.number);
  records_.start(FX_KIND_REACTION, 0, row);
  fields_.ref("message", ref, row, l.message_token);
  if (sender != 0) fields_.ref("sender", sender, row, l.person);
  fields_.time("sent", row, l.date, sqlite::Clock::unix_ms);
  fields_.text("source_id", row, l.like_token);
  if (row.value(l.type) != nullptr)
    fields_.text("type", row, l.type);
  else
    fields_.word("type", "like", "viber.table", row, -1);
  fields_.rest(row);
  fields_.emit();
}

}  // namespace viber
