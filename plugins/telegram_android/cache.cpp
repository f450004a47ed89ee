#include "cache.hpp"

#include <array>
#include <cstdio>

namespace telegram_android {
namespace {

constexpr const char* kTable = "telegram-android.table";
constexpr const char* kFlags = "telegram-android.flags";
constexpr const char* kShape = "telegram-android.shape";

std::string hexadecimal(std::uint32_t value) {
  std::array<char, 12> out{};
  std::snprintf(out.data(), out.size(), "%08x", value);
  return out.data();
}

std::string account_of(const Peer& peer) {
  const char* const kind = peer.kind == Peer::user   ? "user"
                           : peer.kind == Peer::chat ? "chat"
                                                     : "channel";
  return kind + std::to_string(peer.id);
}

// Threads of a user have his id, those of groups and channels the negative of theirs; secret chats
// have larger numbers.
constexpr std::int64_t kLargestUser = std::int64_t{1} << 52;

bool is_user(std::int64_t thread) {
  return thread > 0 && thread < kLargestUser;
}

}  // namespace

Cache::Cache(const fx::Host& host, sqlite::Database& db, const sqlite::SeizedFiles& files)
    : host_(host), fields_(host, db, files) {
  auto& m = messages_;
  const bool is_second = db.table("messages_v2") != nullptr;
  m.view = sqlite::TableView(db.table(is_second ? "messages_v2" : "messages"));
  m.id = m.view["mid"];
  m.thread = m.view["uid"];
  m.date = m.view["date"];
  m.out = m.view["out"];
  m.data = m.view["data"];
  m.reply = m.view["reply_to_message_id"];
  m.state = m.view["send_state"];
  m.read = m.view["read_state"];
  for (const auto& [named, name] : {std::pair(&users_, "users"), std::pair(&chats_, "chats")}) {
    named->view = sqlite::TableView(db.table(name));
    named->id = named->view["uid"];
    named->name = named->view["name"];
    named->data = named->view["data"];
  }
  const auto first_of = [&](std::initializer_list<const char*> names) {
    const sqlite::Table* table = nullptr;
    for (const char* name : names)
      if (table == nullptr) table = db.table(name);
    return sqlite::TableView(table);
  };
  book_.view = first_of({"user_contacts_v7", "user_contacts_v6"});
  book_.key = book_.view["key"];
  book_.user = book_.view["uid"];
  book_.first = book_.view["fname"];
  book_.last = book_.view["sname"];
  phones_.view = first_of({"user_phones_v7", "user_phones_v6"});
  phones_.key = phones_.view["key"];
  phones_.phone = phones_.view["phone"];
  phones_.short_phone = phones_.view["sphone"];
  phones_.deleted = phones_.view["deleted"];
  user_by_id_ = sqlite::Lookup(db, users_.view, users_.id);
}

bool Cache::is_one(const sqlite::Database& db) {
  const auto has = [&](const char* name, std::initializer_list<const char*> columns) {
    sqlite::TableView view(db.table(name));
    if (!view.there()) return false;
    for (const char* column : columns)
      if (!view.has(column)) return false;
    return true;
  };
  return (has("messages_v2", {"mid", "uid", "date", "data"}) ||
          has("messages", {"mid", "uid", "date", "data"})) &&
         has("users", {"uid", "name", "data"});
}

bool Cache::reads(const sqlite::Table& table) const {
  for (const sqlite::TableView* view :
       {&messages_.view, &users_.view, &chats_.view, &book_.view, &phones_.view})
    if (view->there() && &view->table() == &table) return true;
  return false;
}

void Cache::read() {
  each(users_.view, [&](const RowView& row) { user(row); });
  each(chats_.view, [&](const RowView& row) { chat(row); });
  each(book_.view, [&](const RowView& row) { book(row); });
  each(phones_.view, [&](const RowView& row) {
    fields_.start(FX_KIND_CONTACT, 0, row);
    fields_.word("platform", "telegram", kTable, row, -1);
    fields_.word("type", "address-book-number", kTable, row, -1);
    fields_.text("phone", row, phones_.phone);
    const auto owner = users_of_keys_.find(row.text(phones_.key, fields_.encoding()));
    if (owner != users_of_keys_.end())
      fields_.word("account", fields_.keep("user" + std::to_string(owner->second)),
                   "telegram-android.address-book-key", row, phones_.key);
    fields_.text("source_id", row, phones_.key);
    fields_.extra(row, phones_.short_phone);
    if (row.is_set(phones_.deleted)) fields_.extra(row, phones_.deleted);
    fields_.rest(row);
    fields_.emit();
  });
  each(messages_.view, [&](const RowView& row) { message(row, nullptr); });
}

void Cache::recover(const sqlite::Recovered& found) {
  if (!messages_.view.there() || found.table != &messages_.view.table()) return;
  const RowView row(messages_.view, *found.row);
  const auto date = row.integer(messages_.date);
  // 2013 to 2038.
  if (date && *date > 1'356'998'400 && *date < 2'147'483'647 && row.integer(messages_.id))
    message(row, &found);
}

std::string_view Cache::blob(const RowView& row, int column) const {
  const sqlite::Value* value = row.value(column);
  return value != nullptr && value->type == sqlite::Storage::blob ? value->bytes
                                                                  : std::string_view();
}

void Cache::put(const char* key, const RowView& row, int column, const Text& text) {
  if (text.length == 0) return;
  std::vector<sqlite::Span> parts;
  row.row().spans(static_cast<std::size_t>(column), parts);
  std::vector<fx_span>& out = places_.emplace_back();
  std::uint64_t skip = text.at;
  std::uint64_t left = text.length;
  for (const sqlite::Span& part : parts) {
    const std::uint64_t from = std::min(skip, part.length);
    skip -= from;
    const std::uint64_t length = std::min(left, part.length - from);
    left -= length;
    if (length != 0)
      out.push_back(fields_.files().span({part.input, part.offset + from, length}, FX_CODEC_UTF8));
  }
  const std::string_view said =
      fields_.keep(std::string(blob(row, column).substr(text.at, text.length)));
  if (left != 0 || out.empty()) {
    fields_.record().derived(key, said, kShape, fields_.span(row, column));
    return;
  }
  fields_.record().verbatim(key, said, out.front());
  if (out.size() > 1) fields_.record().continued(std::span(out).subspan(1));
}

// The application keeps numbers in their international form, without the plus.
void Cache::put_phone(const RowView& row, int column, const UserShape& shape) {
  const std::string_view digits = blob(row, column).substr(shape.phone.at, shape.phone.length);
  if (digits.empty()) return;
  if (digits.size() < 7 || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return put("phone", row, column, shape.phone);
  fields_.word("phone", fields_.keep("+" + std::string(digits)),
               "telegram-android.international-number", row, column);
}

// Of two names the space between them is ours; both stay as they are.
void Cache::put_name(const RowView& row, int column, const UserShape& shape) {
  const std::string_view bytes = blob(row, column);
  const auto of = [&](const Text& text) { return bytes.substr(text.at, text.length); };
  if (shape.first_name.length == 0 || shape.last_name.length == 0)
    return put("name", row, column,
               shape.first_name.length != 0 ? shape.first_name : shape.last_name);
  const std::string name =
      std::string(of(shape.first_name)) + " " + std::string(of(shape.last_name));
  fields_.word("name", fields_.keep(name), "telegram-android.full-name", row, column);
}

// Everybody whom the application met; the owner is marked in the blob.
void Cache::user(const RowView& row) {
  const auto id = row.integer(users_.id);
  const auto shape = user_shape(blob(row, users_.data), id.value_or(0));
  const bool is_owner = shape && shape->is_owner();
  const std::string account = "user" + std::to_string(id.value_or(0));
  if (is_owner) owner_ = account;
  fields_.start(is_owner ? FX_KIND_ACCOUNT : FX_KIND_CONTACT, 0, row);
  fields_.word("platform", "telegram", kTable, row, -1);
  if (!is_owner) fields_.word("type", "met", kTable, row, -1);
  if (is_owner) fields_.number("owner", 1, kFlags, row, users_.data);
  if (id)
    fields_.word("account", fields_.keep(account), "telegram-android.user-id", row, users_.id);
  if (shape) {
    put_name(row, users_.data, *shape);
    put_phone(row, users_.data, *shape);
    put("username", row, users_.data, shape->username);
    if (shape->is_contact()) fields_.extra_word("contact", "1", kFlags, row, users_.data);
    if (shape->is_deleted()) fields_.extra_word("deleted", "1", kFlags, row, users_.data);
    if (shape->is_bot()) fields_.extra_word("bot", "1", kFlags, row, users_.data);
  } else {
    ++without_shape_;
  }
  for (const int column : {users_.name, users_.data}) fields_.extra(row, column);
  fields_.rest(row);
  fields_.emit();
  places_.clear();
}

void Cache::chat(const RowView& row) {
  const auto id = row.integer(chats_.id);
  if (!id || conversations_.size() >= kMostKnown)
    return fields_.skip(row, "no-id", "a chat without id");
  const std::int64_t ref = ++next_conversation_;
  conversations_.emplace(-*id, ref);
  const auto title = chat_title(blob(row, chats_.data), *id);
  fields_.start(FX_KIND_CONVERSATION, ref, row);
  fields_.word("platform", "telegram", kTable, row, -1);
  if (title) put("title", row, chats_.data, *title);
  if (!title) ++without_shape_;
  fields_.text("source_id", row, chats_.id);
  for (const int column : {chats_.name, chats_.data}) fields_.extra(row, column);
  fields_.rest(row);
  fields_.emit();
  places_.clear();
}

void Cache::book(const RowView& row) {
  fields_.start(FX_KIND_CONTACT, 0, row);
  fields_.word("platform", "telegram", kTable, row, -1);
  fields_.word("type", "address-book", kTable, row, -1);
  const std::string first = row.text(book_.first, fields_.encoding());
  const std::string last = row.text(book_.last, fields_.encoding());
  if (!first.empty() && !last.empty())
    fields_.word("name", fields_.keep(first + " " + last), "telegram-android.full-name", row,
                 book_.first);
  else
    fields_.text("name", row, first.empty() ? book_.last : book_.first);
  if (const auto user = row.integer(book_.user); user && *user > 0) {
    fields_.word("account", fields_.keep("user" + std::to_string(*user)),
                 "telegram-android.user-id", row, book_.user);
    if (users_of_keys_.size() < kMostKnown)
      users_of_keys_.emplace(row.text(book_.key, fields_.encoding()), *user);
  }
  fields_.text("source_id", row, book_.key);
  for (const int column : {book_.first, book_.last}) fields_.extra(row, column);
  fields_.rest(row);
  fields_.emit();
}

// Of a user the thread is his, and is first heard of with its first message.
std::int64_t Cache::conversation(std::int64_t thread, const RowView& row, int column) {
  if (const auto known = conversations_.find(thread); known != conversations_.end())
    return known->second;
  const std::int64_t ref = ++next_conversation_;
  if (conversations_.size() < kMostKnown)
    conversations_.emplace(thread, ref);
  else
    ++too_many_;
  fields_.start(FX_KIND_CONVERSATION, ref);
  fields_.word("platform", "telegram", kTable, row, -1);
  fields_.text("source_id", row, column);
  if (is_user(thread)) {
    fields_.word("type", "personal-chat", "telegram-android.thread-id", row, column);
    if (const sqlite::Row* other = user_by_id_.first(thread)) {
      const RowView view(users_.view, *other);
      if (const auto shape = user_shape(blob(view, users_.data), thread); shape) {
        const bool has_first = shape->first_name.length != 0;
        put("title", view, users_.data, has_first ? shape->first_name : shape->last_name);
      }
    }
  } else if (thread >= kLargestUser) {
    fields_.word("type", "secret-chat", "telegram-android.thread-id", row, column);
  }
  fields_.emit();
  places_.clear();
  return ref;
}

std::int64_t Cache::participant(std::int64_t conversation, const std::string& account,
                                std::int64_t user, const RowView& row, int column) {
  const std::string key = std::to_string(conversation) + ":" + account;
  if (const auto known = people_.find(key); known != people_.end()) return known->second;
  const std::int64_t ref = ++next_participant_;
  if (people_.size() < kMostKnown)
    people_.emplace(key, ref);
  else
    ++too_many_;
  fields_.start(FX_KIND_PARTICIPANT, ref);
  fields_.ref("conversation", conversation, row, column);
  fields_.word("account", fields_.keep(account), "telegram-android.user-id", row, column);
  if (account == owner_) fields_.number("owner", 1, kFlags, row, column);
  if (const sqlite::Row* other = user > 0 ? user_by_id_.first(user) : nullptr) {
    const RowView view(users_.view, *other);
    if (const auto shape = user_shape(blob(view, users_.data), user)) {
      put_name(view, users_.data, *shape);
      put_phone(view, users_.data, *shape);
      put("username", view, users_.data, shape->username);
    }
  }
  fields_.emit();
  places_.clear();
  return ref;
}

void Cache::message(const RowView& row, const sqlite::Recovered* found) {
  const auto& m = messages_;
  const std::int64_t id = row.integer(m.id).value_or(0);
  const std::int64_t thread = row.integer(m.thread).value_or(0);
  const bool is_out = row.is_set(m.out);
  const auto shape = message_shape(blob(row, m.data), id, row.integer(m.date).value_or(0));
  const std::int64_t chat = conversation(thread, row, m.thread);
  // The sender: as the blob has it; in a thread of two whoever is not the owner.
  std::int64_t sender = 0;
  int sender_column = m.thread;
  if (shape && shape->from) {
    sender_column = m.data;
    sender = participant(chat, account_of(*shape->from),
                         shape->from->kind == Peer::user ? shape->from->id : 0, row, m.data);
  } else if (is_out && !owner_.empty()) {
    sender_column = m.out;
    sender = participant(chat, owner_, std::strtoll(owner_.c_str() + 4, nullptr, 10), row, m.out);
  } else if (!is_out && is_user(thread)) {
    sender = participant(chat, "user" + std::to_string(thread), thread, row, m.thread);
  }
  const std::int64_t ref = ++next_message_;
  fields_.start(FX_KIND_MESSAGE, ref, row);
  if (found != nullptr) fields_.recovered(*found);
  fields_.ref("conversation", chat, row, m.thread);
  if (sender != 0) fields_.ref("sender", sender, row, sender_column);
  fields_.time("sent", row, m.date, sqlite::Clock::unix_s);
  const char* type = "other";
  if (shape)
    type = shape->kind == MessageShape::service      ? "system"
           : shape->has_media()                      ? "media"
           : shape->text && shape->text->length != 0 ? "text"
                                                     : "other";
  fields_.word("type", type, shape ? kFlags : kTable, row, shape ? m.data : -1);
  if (row.integer(m.out)) fields_.word("direction", is_out ? "out" : "in", kTable, row, m.out);
  fields_.text("source_id", row, m.id);
  if (row.is_set(m.reply)) fields_.text("reply_to", row, m.reply);
  if (shape) {
    if (shape->text) put("text", row, m.data, *shape->text);
    if (shape->is_edited()) fields_.number("edited", 1, kFlags, row, m.data);
    if (shape->is_forwarded()) fields_.number("forwarded", 1, kFlags, row, m.data);
    fields_.word("code", fields_.keep(hexadecimal(shape->constructor)),
                 "telegram-android.constructor", row, m.data);
    if (shape->kind == MessageShape::unlisted && unlisted_.size() < 4096)
      ++unlisted_[shape->constructor];
  } else {
    ++without_shape_;
  }
  fields_.extra(row, m.data);
  for (const int column : {m.state, m.read})
    if (row.is_set(column)) fields_.extra(row, column);
  fields_.rest(row);
  fields_.emit();
  places_.clear();
}

void Cache::finish() {
  for (const auto& [constructor, count] : unlisted_)
    host_.note(FX_INFO, fx::span(0, 0), "constructor-unlisted",
               std::to_string(count) + " messages of the constructor " + hexadecimal(constructor) +
                   ", which is not in the list: read by their shape");
  if (without_shape_ != 0)
    host_.note(FX_WARNING, fx::span(0, 0), "blob-unread",
               std::to_string(without_shape_) +
                   " blobs do not have the shape of their kind; nothing was read of them");
  if (too_many_ != 0)
    host_.note(FX_WARNING, fx::span(0, 0), "too-many",
               std::to_string(too_many_) + " threads or people more than are remembered");
}

}  // namespace telegram_android
