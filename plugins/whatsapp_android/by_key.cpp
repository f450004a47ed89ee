#include "by_key.hpp"

#include <algorithm>
#include <limits>

namespace whatsapp_android {

using sqlite::Row;
using sqlite::RowView;

// FNV-1a: where two differ in spite of the same mark, the texts are compared.
std::uint64_t ByKey::mark(std::string_view jid, std::string_view key) {
  std::uint64_t state = 0xcbf29ce484222325;
  for (const std::string_view part : {jid, key})
    for (const char c : part) state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return state;
}

ByKey::ByKey(sqlite::Fields& fields, std::string_view table)
    : fields_(fields),
      view_(fields.db().table(table)),
      seeker_(fields.db(), view_.there() ? &view_.table() : nullptr),
      jid_(view_["key_remote_jid"]),
      key_(view_["key_id"]) {
  view_.keys({"key_remote_jid", "key_id", "key_from_me"});
  if (!view_.there()) return;
  fields.db().for_each_row(view_.table(), [&](const Row& found) {
    const RowView row(view_, found);
    if (found.rowid)
      rows_.emplace_back(mark(row.text(jid_, fields.encoding()), row.text(key_, fields.encoding())),
                         *found.rowid);
    return rows_.size() < kMost;
  });
  if (rows_.size() >= kMost)
    fields.host().note(
        FX_WARNING, fx::span(0, 0), "whatsapp-limit",
        "a table beside the messages has more rows than are joined: the others stand "
        "as rows whose message is gone");
  std::ranges::sort(rows_);
}

void ByKey::each(std::string_view jid, std::string_view key,
                 const std::function<void(const RowView&)>& visit) {
  if (rows_.empty()) return;
  const std::uint64_t wanted = mark(jid, key);
  const std::pair<std::uint64_t, std::int64_t> least = {wanted,
                                                        std::numeric_limits<std::int64_t>::min()};
  std::size_t count = 0;
  for (auto at = std::ranges::lower_bound(rows_, least);
       at != rows_.end() && at->first == wanted && count++ < sqlite::Lookup::kMostEach; ++at) {
    const Row* found = seeker_.find(at->second);
    if (found == nullptr) continue;
    const RowView row(view_, *found);
    if (row.text(jid_, fields_.encoding()) != jid || row.text(key_, fields_.encoding()) != key)
      continue;
    told_.insert(at->second);
    visit(row);
  }
}

void ByKey::finish(const std::function<void(const RowView&)>& orphan) {
  if (!view_.there()) return;
  fields_.db().for_each_row(view_.table(), [&](const Row& found) {
    const RowView row(view_, found);
    if (found.rowid && told_.contains(*found.rowid))
      fields_.joined(row);
    else
      orphan(row);
    return true;
  });
}

}  // namespace whatsapp_android
