#include "sections.hpp"

namespace telegram {
namespace {

constexpr const char* kRule = "telegram.section";

void start(fx::Record& record, const json::Value& at) {
  record.derived("platform", "telegram", "telegram.export", fx::span(at.span().offset, 0));
}

void put_user(Export& out, fx::Record& record, const json::Value& id) {
  const std::string account = account_of_user(id);
  if (account.empty()) return;
  if (account == id.raw())
    out.writer.put(record, "account", id);
  else
    out.writer.derive(record, "account", account, "telegram.user-id", id.span());
}

void read_owner(Export& out) {
  const json::Value person = out.tree.root();
  fx::Record& record = out.writer.begin(FX_KIND_ACCOUNT, 0, out.tree.end());
  start(record, person);
  out.owner.account = account_of_user(person["user_id"]);
  put_user(out, record, person["user_id"]);
  record.number("owner", 1, "telegram.personal-information", person.span());
  put_full_name(out.writer, record, person);
  out.writer.put(record, "phone", person["phone_number"]);
  out.writer.put(record, "username", person["username"]);
  out.writer.extras(record, out.tree, person);
  out.writer.emit();
}

void read_contact(Export& out, const char* type) {
  const json::Value person = out.tree.root();
  fx::Record& record = out.writer.begin(FX_KIND_CONTACT, 0, out.tree.end());
  start(record, person);
  record.derived("type", type, kRule, person.span());
  const json::Value id = person["user_id"] ? person["user_id"] : person["id"];
  put_user(out, record, id);
  if (!out.writer.put(record, "name", person["name"])) put_full_name(out.writer, record, person);
  out.writer.put(record, "phone", person["phone_number"]);
  put_time(out.context, record, "created", person["date"], person["date_unixtime"]);
  out.writer.extras(record, out.tree, person);
  out.writer.emit();
}

// A device or a site that is signed in: not the owner's own account, but its doings.
void read_session(Export& out, const char* state) {
  const json::Value session = out.tree.root();
  fx::Record& record = out.writer.begin(FX_KIND_ACCOUNT, 0, out.tree.end());
  start(record, session);
  record.derived("state", state, kRule, session.span());
  put_time(out.context, record, "created", session["created"], session["created_unixtime"]);
  out.writer.extras(record, out.tree, session);
  out.writer.emit();
}

// What has no kind of its own: every value under its name.
void read_other(Export& out, std::string_view section) {
  const json::Value value = out.tree.root();
  fx::Record& record = out.writer.begin(FX_KIND_ACCOUNT, 0, out.tree.end());
  start(record, value);
  out.writer.derive(record, "state", std::string(section), kRule, value.span());
  out.writer.extras(record, out.tree, value, section);
  out.writer.emit();
}

enum class Section { chats, contacts, frequent, sessions, web_sessions, posts, other };

Section section_of(std::string_view name) {
  if (name == "chats" || name == "left_chats") return Section::chats;
  if (name == "contacts") return Section::contacts;
  if (name == "frequent_contacts") return Section::frequent;
  if (name == "sessions") return Section::sessions;
  if (name == "web_sessions") return Section::web_sessions;
  if (name == "profile_pictures" || name == "stories") return Section::posts;
  return Section::other;
}

void read_element(Export& out, json::Reader& reader, const json::Source& source, Section section,
                  const std::string& name, const json::Token& token) {
  if (section == Section::chats && token.kind == json::Kind::begin_object) {
    read_chat(out, reader, source, name == "left_chats" ? "left_chats" : nullptr);
    return;
  }
  out.tree.read(reader, token);
  switch (section) {
    case Section::contacts: return read_contact(out, "address-book");
    case Section::frequent: return read_contact(out, "frequent");
    case Section::sessions: return read_session(out, "session");
    case Section::web_sessions: return read_session(out, "web-session");
    default: return read_other(out, name);
  }
}

// Pictures and stories are posts of the owner: a thread of their own.
void read_posts(Export& out, json::Reader& reader, const std::string& name,
                const json::Token& begin) {
  Head nothing;
  Thread thread =
      begin_thread(out, nothing, begin.end, name == "stories" ? "stories" : "profile-pictures");
  read_messages(out, reader, thread);
}

void read_list(Export& out, json::Reader& reader, const json::Source& source,
               const std::string& name, const json::Token& begin) {
  const Section section = section_of(name);
  if (section == Section::posts) return read_posts(out, reader, name, begin);
  for (;;) {
    const json::Token token = reader.next();
    if (token.kind == json::Kind::end_array || token.kind == json::Kind::end) return;
    read_element(out, reader, source, section, name, token);
  }
}

// {"about": words of the application, "list": [...]}
void read_about_and_list(Export& out, json::Reader& reader, const json::Source& source,
                         const std::string& name) {
  for (;;) {
    const json::Token& key = reader.next();
    if (key.kind != json::Kind::key) return;
    const std::string member = json::text_of(key.raw, key.form);
    const json::Token value = reader.next();
    if (value.kind == json::Kind::begin_array) {
      if (member != "list")
        out.writer.host().note(FX_INFO, fx::span(key.offset, 0), "list", member);
      read_list(out, reader, source, name, value);
    } else if (member == "about" && json::is_scalar(value.kind)) {
      out.writer.skip_to(value.end, "about", "what Telegram says of a section of the export");
    } else {
      out.tree.read(reader, value);
      read_other(out, name + "/" + member);
    }
  }
}

}  // namespace

bool read_section(Export& out, json::Reader& reader, const json::Source& source,
                  std::string_view name, const json::Token& value) {
  out.signs.see(name);
  const std::string section(name);
  if (name == "about" && json::is_scalar(value.kind)) {
    out.writer.skip_to(value.end, "about", "what Telegram says of the export");
    return true;
  }
  if (name == "personal_information" && value.kind == json::Kind::begin_object) {
    out.tree.read(reader, value);
    read_owner(out);
    return true;
  }
  const bool is_known = section_of(name) != Section::other || name == "other_data";
  if (value.kind == json::Kind::begin_object && is_known && name != "other_data") {
    read_about_and_list(out, reader, source, section);
    return true;
  }
  if (value.kind == json::Kind::begin_array && is_known) {
    read_list(out, reader, source, section, value);
    return true;
  }
  if (name == "other_data") {
    out.tree.read(reader, value);
    read_other(out, section);
    return true;
  }
  return false;
}

}  // namespace telegram
