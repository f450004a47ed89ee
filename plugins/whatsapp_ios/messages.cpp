#include "messages.hpp"

#include <string>

#include "words.hpp"

namespace whatsapp_ios {
namespace {

constexpr char kTypeRule[] = "whatsapp.ios.type";

}  // namespace

MessageColumns::MessageColumns(const sqlite::Table* table)
    : view(table),
      rowid(view["Z_PK"]),
      from_me(view["ZISFROMME"]),
      type(view["ZMESSAGETYPE"]),
      event(view["ZGROUPEVENTTYPE"]),
      date(view["ZMESSAGEDATE"]),
      sent(view["ZSENTDATE"]),
      text(view["ZTEXT"]),
      from(view["ZFROMJID"]),
      to(view["ZTOJID"]),
      stanza(view["ZSTANZAID"]),
      flags(view["ZFLAGS"]),
      sort(view["ZSORT"]),
      starred(view["ZSTARRED"]),
      status(view["ZMESSAGESTATUS"]),
      error(view["ZMESSAGEERRORSTATUS"]),
      member(view["ZGROUPMEMBER"]),
      media(view["ZMEDIAITEM"]),
      info(view["ZMESSAGEINFO"]),
      parent(view["ZPARENTMESSAGE"]),
      chat(view["ZCHATSESSION"]),
      last_session(view["ZLASTSESSION"]),
      push_name(view["ZPUSHNAME"]) {
  view.ignore({"Z_ENT", "Z_OPT", "ZDATAITEMVERSION", "ZDOCID", "ZSPOTLIGHTSTATUS"});
}

Messages::Messages(sqlite::Fields& fields, Parts& parts, People& people, Chats& chats,
                   Members& members)
    : fields_(fields),
      parts_(parts),
      people_(people),
      chats_(chats),
      members_(members),
      columns_(fields.db().table("ZWAMESSAGE")),
      media_(fields, parts),
      receipts_(fields, parts, people) {
  if (columns_.view.there()) parents_ = sqlite::Seeker(fields.db(), &columns_.view.table());
}

void Messages::find_owner() {
  if (!columns_.view.there()) return;
  fields_.db().for_each_row(columns_.view.table(), [&](const sqlite::Row& row) {
    const sqlite::RowView message(columns_.view, row);
    if (message.is_set(columns_.from_me)) return true;
    std::string to = message.text(columns_.to, fields_.encoding());
    if (phone_of(to).empty()) return true;
    fields_.start(FX_KIND_ACCOUNT, 0, message);
    fields_.word("platform", "whatsapp", "whatsapp.ios.database", message, -1);
    fields_.text("account", message, columns_.to);
    fields_.word("phone", fields_.keep(phone_of(to)), "whatsapp.jid", message, columns_.to);
    fields_.number("owner", 1, "whatsapp.ios.addressed", message, columns_.to);
    fields_.emit();
    people_.set_owner(std::move(to));
    return false;
  });
}

void Messages::read() {
  if (!columns_.view.there()) return;
  fields_.db().for_each_row(columns_.view.table(), [&](const sqlite::Row& row) {
    handle(columns_, sqlite::RowView(columns_.view, row), nullptr);
    return true;
  });
}

void Messages::recovered(const sqlite::Recovered& found) {
  const MessageColumns columns(found.table);
  handle(columns, sqlite::RowView(columns.view, *found.row), &found);
}

void Messages::handle(const MessageColumns& columns, const sqlite::RowView& row,
                      const sqlite::Recovered* found) {
  Message message(columns, row);
  message.found = found;
  message.type = row.integer(columns.type).value_or(-1);
  message.event = row.integer(columns.event).value_or(0);
  message.from_me = row.is_set(columns.from_me);
  if (const auto number = row.integer(columns.media)) {
    const sqlite::Row* media = media_.find(*number);
    // What was deleted joins only a row that says to belong to it.
    if (media != nullptr) {
      const sqlite::RowView view(media_.view(), *media);
      if (found == nullptr || (row.row().rowid && media_.message_of(view) == *row.row().rowid))
        message.media = view;
    }
  }
  if (message.media) message.metadata = read_metadata(*message.media, media_.metadata());
  find_chat(message);
  find_people(message);
  message.ref = ++count_;
  emit(message);
  if (found == nullptr) observe(message);
  emit_call(message);
  // The row of the media was sought before the people were: it is sought again.
  if (message.media)
    if (const sqlite::Row* media = media_.find(*row.integer(columns.media)))
      media_.emit(sqlite::RowView(media_.view(), *media), message.ref, message.type, nullptr);
  if (found != nullptr) return;
  if (row.row().rowid) media_.previews(*row.row().rowid, message.ref);
  if (const auto number = row.integer(columns.info))
    if (const sqlite::Row* info = receipts_.find(*number))
      receipts_.emit(sqlite::RowView(receipts_.view(), *info), message.chat->ref, message.ref);
}

void Messages::find_chat(Message& message) {
  const MessageColumns& columns = message.columns;
  auto number = message.row.integer(columns.chat);
  if (!number) number = message.row.integer(columns.last_session);
  message.chat = number ? chats_.find(*number) : nullptr;
  if (message.chat != nullptr) return;
  std::string jid = message.row.text(columns.from, fields_.encoding());
  const std::string to = message.row.text(columns.to, fields_.encoding());
  if (message.from_me || is_group(to)) jid = to;
  message.chat = jid.empty() ? nullptr : chats_.find_jid(jid);
  if (message.chat == nullptr) message.chat = &chats_.missing(number, jid, message.row);
}

void Messages::find_people(Message& message) {
  const MessageColumns& columns = message.columns;
  const sqlite::RowView& row = message.row;
  const std::int64_t conversation = message.chat->ref;
  const auto member = row.integer(columns.member);
  if (message.from_me) {
    message.sender = people_.owner(conversation, row, columns.from_me);
  } else if (member) {
    message.sender = members_.find(*member);
  }
  const std::string from = row.text(columns.from, fields_.encoding());
  const bool notice = message.type == 6 || message.type == 10;
  if (message.sender == 0 && !message.from_me && is_jid(from) && !is_group(from) &&
      from != "status@broadcast" && !notice)
    message.sender = people_.of(conversation, {from, &row, columns.from, {}});
  const Part& quoted = message.metadata.quoted_sender;
  if (quoted.there() && is_jid(quoted.bytes))
    message.quoted_sender =
        people_.of(conversation, {std::string(quoted.bytes), nullptr, -1, quoted});
}

void Messages::emit(const Message& message) {
  const MessageColumns& columns = message.columns;
  const sqlite::RowView& row = message.row;
  fields_.start(FX_KIND_MESSAGE, message.ref, row);
  fields_.ref("conversation", message.chat->ref, row, columns.chat);
  if (message.sender != 0)
    fields_.ref("sender", message.sender, row, message.from_me ? columns.from_me : columns.member);
  fields_.time("sent", row, columns.date, sqlite::Clock::cocoa);
  // Of what came in: when the device had it. Of what went out: nobody knows.
  if (message.from_me || !fields_.time("received", row, columns.sent, sqlite::Clock::cocoa)) {
    if (row.real(columns.sent).value_or(0) != 0) fields_.extra("sent_date", row, columns.sent);
  }
  fields_.text("text", row, columns.text);
  emit_type(message);
  fields_.text("source_id", row, columns.stanza);
  if (row.is_set(columns.starred)) fields_.number("starred", row, columns.starred);
  emit_answer(message);
  emit_addresses(message);
  fields_.extra("flags", row, columns.flags);
  fields_.extra("sort", row, columns.sort);
  if (row.is_set(columns.error)) fields_.extra("error_status", row, columns.error);
  fields_.extra("push_name", row, columns.push_name);
  fields_.rest(row);
  if (message.found != nullptr) fields_.recovered(*message.found);
  fields_.emit();
  parts_.clear();
}

void Messages::emit_type(const Message& message) {
  const MessageColumns& columns = message.columns;
  const sqlite::RowView& row = message.row;
  const TypeWords* words = words_of_type(message.type);
  fields_.word("type", words != nullptr ? words->type : "other", kTypeRule, row, columns.type);
  std::string code;
  if (message.type >= 0) code = "message_type=" + std::to_string(message.type);
  if (message.event != 0)
    code +=
        (code.empty() ? "group_event_type=" : " group_event_type=") + std::to_string(message.event);
  if (!code.empty())
    fields_.word("code", fields_.keep(code), "whatsapp.ios.code", row, columns.type);
  if (words == nullptr) fields_.extra_word("unknown", "message_type", kTypeRule, row, columns.type);

  const bool notice = message.type == 6 || message.type == 10;
  std::string_view action = notice ? action_of(message.type, message.event) : std::string_view();
  if (words != nullptr && action.empty()) action = words->action;
  if (!action.empty()) fields_.word("action", action, kTypeRule, row, columns.event);
  if (notice && action.empty())
    fields_.extra_word("unknown", "group_event_type", kTypeRule, row, columns.event);
  if (message.type == 14) fields_.number("deleted", 1, kTypeRule, row, columns.type);
  if (words != nullptr && words->type == "view_once")
    fields_.number("view_once", 1, kTypeRule, row, columns.type);
  if (!notice)
    fields_.word("direction", message.from_me ? "out" : "in", "whatsapp.ios.from-me", row,
                 columns.from_me);

  const auto status = row.integer(columns.status);
  const std::string_view state =
      message.from_me && status ? state_of_status(*status) : std::string_view();
  if (!state.empty()) fields_.word("state", state, "whatsapp.ios.status", row, columns.status);
  if (status && *status != 0) fields_.extra("message_status", row, columns.status);
}

void Messages::emit_answer(const Message& message) {
  const MessageColumns& columns = message.columns;
  const Metadata& metadata = message.metadata;
  bool answers = parts_.text("reply_to", metadata.reply_to);
  if (const auto parent = message.row.integer(columns.parent)) {
    const sqlite::Row* row = answers ? nullptr : parents_.find(*parent);
    if (row != nullptr) {
      const sqlite::RowView view(columns_.view, *row);
      // The words are copied: the row lives only until the next one is sought.
      const std::string stanza = view.text(columns_.stanza, fields_.encoding());
      if (!stanza.empty()) {
        fields_.word("reply_to", fields_.keep(stanza), "whatsapp.ios.parent", view,
                     columns_.stanza);
        answers = true;
      }
    }
    fields_.extra("parent_message", message.row, columns.parent);
  }
  parts_.text("quoted", metadata.quoted);
  if (message.quoted_sender != 0)
    fields_.ref("quoted_sender", message.quoted_sender, *metadata.quoted_sender.row, -1);
  else if (metadata.quoted_sender.there())
    parts_.extra("quoted_sender", metadata.quoted_sender.bytes, metadata.quoted_sender);
  if (metadata.forward_score && metadata.forward_score->first != 0) {
    parts_.number("forward_score", metadata.forward_score->first, metadata.forward_score->second);
    fields_.number("forwarded", 1, "whatsapp.ios.metadata", *metadata.forward_score->second.row,
                   -1);
  }
  parts_.text("forwarded_from", metadata.forwarded_from);
  for (const auto& [field, part] : metadata.unknown) unknown_field(parts_, "metadata", field, part);
  if (!metadata.sound && message.media)
    fields_.extra_word("metadata", "breaks off", "whatsapp.ios.metadata", message.row, -1);
}

// From whom and to whom, where it is not the chat that says so.
void Messages::emit_addresses(const Message& message) {
  const MessageColumns& columns = message.columns;
  for (const int column : {columns.from, columns.to}) {
    const std::string jid = message.row.text(column, fields_.encoding());
    if (!jid.empty() && jid != message.chat->jid && jid != people_.owner_jid())
      fields_.extra(message.row, column);
  }
  if (message.sender == 0 && message.row.value(columns.member) != nullptr)
    fields_.extra(message.row, columns.member);
  const auto last = message.row.integer(columns.last_session);
  if (last && last != message.row.integer(columns.chat))
    fields_.extra(message.row, columns.last_session);
}

void Messages::emit_call(const Message& message) {
  const bool is_call = message.type == 59;
  const CallWords* words = message.type == 10 ? call_of(message.event) : nullptr;
  if (!is_call && words == nullptr) return;
  const sqlite::RowView& row = message.row;
  fields_.start(FX_KIND_CALL, 0, row);
  fields_.ref("message", message.ref, row, -1);
  if (words != nullptr && !words->type.empty())
    fields_.word("type", words->type, kTypeRule, row, message.columns.event);
  if (words != nullptr && !words->state.empty())
    fields_.word("state", words->state, kTypeRule, row, message.columns.event);
  const bool missed = words != nullptr && words->state == "missed";
  fields_.word("direction", message.from_me && !missed ? "out" : "in", "whatsapp.ios.from-me", row,
               message.columns.from_me);
  if (message.found != nullptr) fields_.recovered(*message.found);
  fields_.emit();
}

void Messages::observe(const Message& message) {
  ++message.chat->messages;
  const double date = message.row.real(message.columns.date).value_or(0);
  if (date > message.chat->newest) message.chat->newest = date;
}

std::int64_t Messages::stand_in(const sqlite::RowView& row, std::string_view type,
                                std::string_view why, Chat& chat, const sqlite::Recovered* found,
                                int key) {
  fields_.start(FX_KIND_MESSAGE, ++count_, row);
  fields_.ref("conversation", chat.ref, row, -1);
  fields_.word("type", type, "whatsapp.ios.table", row, -1);
  fields_.word("state", "message-missing", "whatsapp.ios.table", row, -1);
  fields_.extra_word("without", why, "whatsapp.ios.table", row, -1);
  fields_.extra(row, key);
  if (found != nullptr) fields_.recovered(*found);
  fields_.emit();
  return count_;
}

// Files lie in "Media/<identity of the chat>/...".
Chat& Messages::chat_of_path(const std::string& path, const sqlite::RowView& row) {
  const std::size_t begin = path.find('/');
  const std::size_t end = begin == path.npos ? path.npos : path.find('/', begin + 1);
  std::string jid;
  if (end != path.npos) jid = path.substr(begin + 1, end - begin - 1);
  if (!is_jid(jid)) jid.clear();
  Chat* chat = jid.empty() ? nullptr : chats_.find_jid(jid);
  return chat != nullptr ? *chat : chats_.missing(std::nullopt, jid, row);
}

void Messages::read_leftovers() {
  const sqlite::TableView& messages = columns_.view;
  if (media_.there()) {
    sqlite::Lookup used;
    if (messages.there()) used = sqlite::Lookup(fields_.db(), messages, columns_.media);
    fields_.db().for_each_row(media_.view().table(), [&](const sqlite::Row& row) {
      if (row.rowid && messages.there() && used.first(*row.rowid) != nullptr) return true;
      const sqlite::RowView media(media_.view(), row);
      Chat& chat = chat_of_path(media_.local_path(media), media);
      const std::int64_t message =
          stand_in(media, "media", "the message that this file belongs to is not in the database",
                   chat, nullptr, media_.message_key());
      media_.emit(media, message, -1, nullptr);
      return true;
    });
  }
  media_.leftover_previews(
      messages.there() ? &messages.table() : nullptr, [&](const sqlite::RowView& row, int key) {
        Chat& chat = chats_.missing(std::nullopt, "", row);
        return stand_in(row, "other",
                        "the message that this preview belongs to is not in the database", chat,
                        nullptr, key);
      });
  if (!receipts_.there()) return;
  sqlite::Lookup used;
  if (messages.there()) used = sqlite::Lookup(fields_.db(), messages, columns_.info);
  fields_.db().for_each_row(receipts_.view().table(), [&](const sqlite::Row& row) {
    if (row.rowid && messages.there() && used.first(*row.rowid) != nullptr) return true;
    const sqlite::RowView info(receipts_.view(), row);
    Chat& chat = chats_.missing(std::nullopt, "", info);
    const std::int64_t message =
        stand_in(info, "other", "the message that this receipt belongs to is not in the database",
                 chat, nullptr, receipts_.message_key());
    receipts_.emit(info, chat.ref, message);
    return true;
  });
}

void Messages::recovered_media(const sqlite::Recovered& found) {
  // Its columns are those of the live table: a dropped one has no row that could be told apart.
  if (!media_.there() || found.table != &media_.view().table()) return;
  const sqlite::RowView media(media_.view(), *found.row);
  Chat& chat = chat_of_path(media_.local_path(media), media);
  const std::int64_t message =
      stand_in(media, "media", "a deleted row of the table of files; its message is not known",
               chat, &found, media_.message_key());
  media_.emit(media, message, -1, &found);
}

}  // namespace whatsapp_ios
