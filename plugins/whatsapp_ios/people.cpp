#include "people.hpp"

#include <algorithm>
#include <array>

namespace whatsapp_ios {
namespace {

constexpr char kJidRule[] = "whatsapp.jid";

}  // namespace

std::string phone_of(std::string_view jid) {
  const std::size_t at = jid.find('@');
  if (at == std::string_view::npos) return {};
  const std::string_view server = jid.substr(at + 1);
  if (server != "s.whatsapp.net" && server != "c.us") return {};
  // "49...:3@" and "49....0:3@" name one device of the person.
  const std::string_view user = jid.substr(0, std::min(at, jid.find_first_of(":._")));
  const bool digits = std::ranges::all_of(user, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || user.size() < 6 || user.size() > 16) return {};
  return "+" + std::string(user);
}

bool is_group(std::string_view jid) {
  return jid.ends_with("@g.us");
}

bool is_jid(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kServers = {
      "@s.whatsapp.net", "@g.us", "@lid", "@broadcast", "@newsletter", "@c.us", "@status", "@call"};
  return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; }) &&
         std::ranges::any_of(kServers, [&](std::string_view one) { return text.ends_with(one); });
}

People::People(sqlite::Fields& fields, Parts& parts)
    : fields_(fields),
      parts_(parts),
      chats_(fields.db().table("ZWACHATSESSION")),
      pushed_(fields.db().table("ZWAPROFILEPUSHNAME")),
      partner_name_(chats_["ZPARTNERNAME"]),
      push_name_(pushed_["ZPUSHNAME"]) {
  if (chats_.there()) chat_rows_ = sqlite::Seeker(fields.db(), &chats_.table());
  if (pushed_.there()) push_rows_ = sqlite::Seeker(fields.db(), &pushed_.table());
}

void People::read_names() {
  const auto keep = [&](std::string jid, bool pushed, const sqlite::Row& row) {
    if (jid.empty() || !row.rowid) return;
    if (names_.size() >= kMostNames) {
      limited_ = true;
      return;
    }
    names_.try_emplace(std::move(jid), Name{pushed, *row.rowid});
  };
  if (chats_.there()) {
    const int jid = chats_["ZCONTACTJID"];
    fields_.db().for_each_row(chats_.table(), [&](const sqlite::Row& row) {
      const sqlite::RowView view(chats_, row);
      if (view.value(partner_name_) != nullptr)
        keep(view.text(jid, fields_.encoding()), false, row);
      return true;
    });
  }
  if (!pushed_.there()) return;
  const int jid = pushed_["ZJID"];
  pushed_.ignore({"Z_PK", "Z_ENT", "Z_OPT"});
  fields_.db().for_each_row(pushed_.table(), [&](const sqlite::Row& row) {
    const sqlite::RowView view(pushed_, row);
    std::string identity = view.text(jid, fields_.encoding());
    fields_.start(FX_KIND_CONTACT, 0, view);
    fields_.word("platform", "whatsapp", "whatsapp.ios.database", view, -1);
    fields_.word("type", "push-name", "whatsapp.ios.table", view, -1);
    fields_.text("name", view, push_name_);
    fields_.text("account", view, jid);
    if (const std::string phone = phone_of(identity); !phone.empty())
      fields_.word("phone", fields_.keep(phone), kJidRule, view, jid);
    fields_.rest(view);
    fields_.emit();
    if (view.value(push_name_) != nullptr) keep(std::move(identity), true, row);
    return true;
  });
}

void People::name_of(const std::string& jid) {
  const auto found = names_.find(jid);
  if (found == names_.end()) return;
  const Name& name = found->second;
  const sqlite::Row* row = (name.pushed ? push_rows_ : chat_rows_).find(name.rowid);
  if (row == nullptr) return;
  const sqlite::RowView view(name.pushed ? pushed_ : chats_, *row);
  // Its bytes die with the next row that is sought: the record takes a copy along.
  const int column = name.pushed ? push_name_ : partner_name_;
  const std::string text = view.text(column, fields_.encoding());
  if (text.empty()) return;
  const fx_span where = fields_.span(view, column);
  fields_.record().derived("name", fields_.keep(text),
                           name.pushed ? "whatsapp.ios.push-name" : "whatsapp.ios.partner-name",
                           where);
}

std::int64_t People::next(std::int64_t conversation, const std::string& jid) {
  if (participants_.size() >= kMostParticipants) {
    limited_ = true;
    return 0;
  }
  participants_.emplace(std::pair(conversation, jid), ++count_);
  return count_;
}

std::int64_t People::of(std::int64_t conversation, const Identity& identity) {
  return of(conversation, identity, -1);
}

std::int64_t People::of(std::int64_t conversation, const Identity& identity, int name_column) {
  const auto known = participants_.find({conversation, identity.jid});
  if (known != participants_.end()) return known->second;
  const std::int64_t number = next(conversation, identity.jid);
  if (number == 0) return 0;
  const bool is_part = identity.part.there();
  const sqlite::RowView& row = is_part ? *identity.part.row : *identity.row;
  fields_.start(FX_KIND_PARTICIPANT, number, row);
  fields_.ref("conversation", conversation, row, -1);
  if (!is_part) {
    fields_.text("account", row, identity.column);
  } else if (identity.part.bytes != identity.jid || !parts_.text("account", identity.part)) {
    parts_.word("account", identity.jid, "whatsapp.ios.packed-number", identity.part);
  }
  if (name_column < 0 || !fields_.text("name", row, name_column)) name_of(identity.jid);
  const std::string phone = phone_of(identity.jid);
  const std::string_view kept = fields_.keep(phone);
  if (!phone.empty() && is_part) parts_.word("phone", kept, kJidRule, identity.part);
  if (!phone.empty() && !is_part) fields_.word("phone", kept, kJidRule, row, identity.column);
  if (!owner_.empty() && identity.jid == owner_)
    fields_.number("owner", 1, "whatsapp.ios.addressed", row, -1);
  fields_.emit();
  parts_.clear();
  return number;
}

std::int64_t People::owner(std::int64_t conversation, const sqlite::RowView& row, int column) {
  const auto known = participants_.find({conversation, owner_});
  if (known != participants_.end()) return known->second;
  const std::int64_t number = next(conversation, owner_);
  if (number == 0) return 0;
  fields_.start(FX_KIND_PARTICIPANT, number, row);
  fields_.ref("conversation", conversation, row, -1);
  fields_.number("owner", 1, "whatsapp.ios.from-me", row, column);
  if (!owner_.empty()) {
    fields_.word("account", owner_, "whatsapp.ios.addressed", row, -1);
    if (const std::string phone = phone_of(owner_); !phone.empty())
      fields_.word("phone", fields_.keep(phone), kJidRule, row, -1);
  }
  fields_.emit();
  return number;
}

}  // namespace whatsapp_ios
