#include "chat_json.hpp"

#include <algorithm>

#include "sections.hpp"

namespace telegram {
namespace {

constexpr const char* kRule = "telegram.chat";

std::string text_of(const Head::Member& member) {
  return json::text_of(member.raw, member.form);
}

bool is_text(const Head::Member* member) {
  return member != nullptr && !member->raw.empty() &&
         (member->kind == json::Kind::string || member->kind == json::Kind::number);
}

void put(Writer& writer, fx::Record& record, const char* key, Head::Member* member) {
  if (!is_text(member)) return;
  if (member->form == json::Form::plain)
    record.verbatim(key, writer.keep(member->raw), member->span);
  else
    record.decoded(key, writer.keep(text_of(*member)), member->span);
  member->used = true;
}

std::string line_of(const Head::Member& member) {
  if (member.kind == json::Kind::begin_object) return member.path + "={}";
  if (member.kind == json::Kind::begin_array) return member.path + "=[]";
  return member.path + "=" + text_of(member);
}

void put_rest(Writer& writer, fx::Record& record, Head& head) {
  for (Head::Member& member : head.members()) {
    if (member.used) continue;
    fx_span where = member.span;
    where.codec = FX_CODEC_NONE;
    writer.derive(record, "extra", line_of(member), "telegram.extra", where);
  }
}

// A chat of two has the id of the other; only ids of one form can be compared.
std::string peer_of(const Head::Member* type, const Head::Member* id) {
  if (!is_text(type) || !is_text(id)) return {};
  if (type->raw != "personal_chat" && type->raw != "bot_chat") return {};
  return "user" + id->raw;
}

// Sorted files have the messages before name and type: looks on for them.
void look_ahead(Export& out, const json::Source& source, std::uint64_t from, Head& head) {
  class Stop final : public json::DefectSink {
   public:
    void found(json::Defect defect, std::uint64_t, std::uint64_t) override {
      is_over = is_over || defect == json::Defect::stray_character;
    }
    bool is_over = false;
  } stop;
  class Rest final : public json::Source {
   public:
    Rest(const json::Source& all, std::uint64_t begin) : all_(all), begin_(begin) {}
    std::uint64_t begin() const override { return begin_; }
    std::uint64_t end() const override { return all_.end(); }
    std::size_t read(std::uint64_t offset, char* buffer, std::size_t n) const override {
      return all_.read(offset, buffer, n);
    }

   private:
    const json::Source& all_;
    std::uint64_t begin_;
  } const rest(source, from);

  json::Reader reader(rest, stop);
  if (reader.next().kind != json::Kind::begin_array) return;
  reader.leave();
  // Behind the array: `, "name": "x"`, of which the comma and the colon are stray at the root.
  for (int members = 0; members < 16; ++members) {
    const json::Token key = reader.next();
    if (key.kind != json::Kind::string || key.form != json::Form::plain) return;
    const std::string name(key.raw);
    const json::Token& value = reader.next();
    if (!json::is_scalar(value.kind)) return;
    if (name == "name" || name == "type" || name == "id") head.add(out, reader, name, value);
  }
}

}  // namespace

void Head::add(Export& out, json::Reader& reader, std::string_view key, const json::Token& token) {
  const std::string prefix(key);
  out.tree.read(reader, token);
  const auto take = [&](std::string_view path, const json::Value& value) {
    if (members_.size() >= kMost) {
      if (members_.size() == kMost)
        out.writer.host().note(FX_WARNING, value.span(), "record-full",
                               "more members than are read of a chat's head");
      return;
    }
    Member member;
    member.path = prefix + (path.empty() ? "" : "/") + std::string(path);
    member.raw = value.raw();
    member.kind = value.kind();
    member.form = value.form();
    member.span = value.span();
    members_.push_back(std::move(member));
  };
  out.tree.for_each_unused(take);
}

Head::Member* Head::find(std::string_view path) {
  const auto found = std::find_if(members_.begin(), members_.end(),
                                  [&](const Member& each) { return each.path == path; });
  return found == members_.end() ? nullptr : &*found;
}

void Export::finish() {
  people.finish();
  signs.finish(writer.host());
  zone.finish(writer.host());
}

Thread begin_thread(Export& out, Head& head, std::uint64_t end, const char* list) {
  Thread thread;
  thread.ref = ++out.numbers.conversation;
  Head::Member* const type = head.find("type");
  Head::Member* const id = head.find("id");
  if (is_text(type)) thread.type = text_of(*type);
  thread.peer = peer_of(type, id);

  const std::uint64_t begin = out.writer.offset();
  fx::Record& record = out.writer.begin(FX_KIND_CONVERSATION, thread.ref, end);
  record.derived("platform", "telegram", "telegram.export", fx::span(begin, 0));
  put(out.writer, record, "title", head.find("name"));
  put(out.writer, record, "source_id", id);
  if (is_text(type)) {
    std::string word = thread.type;
    std::replace(word.begin(), word.end(), '_', '-');
    out.writer.derive(record, "type", word, kRule, fx::span(type->span.offset, type->span.length));
    type->used = true;
  } else if (list != nullptr) {
    record.derived("type", list, kRule, fx::span(begin, 0));
  }
  if (list != nullptr && std::string_view(list) == "left_chats")
    record.derived("state", "left", kRule, fx::span(begin, 0));
  put_rest(out.writer, record, head);
  out.writer.emit();
  out.people.begin(thread.ref);
  return thread;
}

void read_messages(Export& out, json::Reader& reader, Thread& thread) {
  for (;;) {
    const json::Token token = reader.next();
    if (token.kind == json::Kind::end_array || token.kind == json::Kind::end) break;
    out.tree.read(reader, token);
    read_message(out.context, thread, out.tree);
  }
  thread.finish(out.writer.host(), out.people.owner_alone());
}

void read_chat(Export& out, json::Reader& reader, const json::Source& source, const char* list) {
  Head head;
  bool is_told = false;
  for (;;) {
    const json::Token& key = reader.next();
    if (key.kind != json::Kind::key) break;
    const std::string name = json::text_of(key.raw, key.form);
    const json::Token value = reader.next();
    if (name == "messages" && value.kind == json::Kind::begin_array) {
      if (!is_told && (head.find("type") == nullptr || head.find("id") == nullptr))
        look_ahead(out, source, value.offset, head);
      Thread thread = begin_thread(out, head, value.end, list);
      is_told = true;
      head = {};
      read_messages(out, reader, thread);
      continue;
    }
    head.add(out, reader, name, value);
  }
  if (!is_told) {
    if (!head.empty()) begin_thread(out, head, reader.offset(), list);
    return;
  }
  // What stands behind the messages: name and type may have been read ahead.
  for (const Head::Member& member : head.members())
    out.writer.host().note(FX_INFO, member.span, "behind-the-messages", line_of(member));
  out.writer.skip_to(reader.offset(), "chat-end",
                     head.empty() ? "the brackets that end a chat"
                                  : "members behind the messages of a chat; each is noted");
}

void read_root(Export& out, json::Reader& reader, const json::Source& source) {
  Head head;
  bool is_chat = false;
  bool is_account = false;
  for (;;) {
    const json::Token& key = reader.next();
    if (key.kind != json::Kind::key) break;
    const std::string name = json::text_of(key.raw, key.form);
    const json::Token value = reader.next();
    if (name == "messages" && value.kind == json::Kind::begin_array) {
      if (!is_chat && (head.find("type") == nullptr || head.find("id") == nullptr))
        look_ahead(out, source, value.offset, head);
      out.signs.since("2.1.8", "a chat by itself");
      Thread thread = begin_thread(out, head, value.end, nullptr);
      head = {};
      is_chat = true;
      read_messages(out, reader, thread);
    } else if (read_section(out, reader, source, name, value)) {
      is_account = true;
    } else {
      head.add(out, reader, name, value);
    }
  }
  if (head.empty()) return;
  if (!is_chat && !is_account) {
    begin_thread(out, head, reader.offset(), nullptr);
    return;
  }
  for (const Head::Member& member : head.members())
    out.writer.host().note(FX_INFO, member.span, "beside-the-sections", line_of(member));
}

}  // namespace telegram
