#include "family.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "comment_columns.hpp"
#include "json/reader.hpp"
#include "text/lines.hpp"
#include "text/rows.hpp"
#include "text/utf8.hpp"

namespace youtube {
namespace {

constexpr std::size_t kHead = std::size_t{64} << 10;

class NoDefects final : public json::DefectSink {
 public:
  void found(json::Defect, std::uint64_t, std::uint64_t) override {}
};

// The names of members near the root, in the head of the file: "name" at the root, "/name" in the
// first element or member below it, and so on, two deep.
std::set<std::string> names_in(const fx::Host& host, bool& is_array) {
  const json::HostSource source(host, 0, kHead);
  NoDefects defects;
  json::Reader reader(source, defects);
  std::set<std::string> names;
  bool first = true;
  for (const json::Token* token = &reader.next(); token->kind != json::Kind::end;
       token = &reader.next()) {
    if (first) is_array = token->kind == json::Kind::begin_array;
    first = false;
    if (token->kind != json::Kind::key || reader.depth() > 3 || token->raw.size() > 64) continue;
    names.insert(std::string(reader.depth() - 1, '/') + std::string(token->raw));
  }
  return names;
}

Guess guess_json(const fx::Host& host, std::string_view name) {
  bool is_array = false;
  const std::set<std::string> names = names_in(host, is_array);
  const auto has = [&](const char* each) { return names.contains(each); };
  if (is_array) {
    if (has("/header") && has("/title") && has("/time")) return {Family::activity, 93};
    if (has("/addChatItemAction") || has("/markChatItemAsDeletedAction") ||
        has("/addLiveChatTickerItemAction"))
      return {Family::live_chat, 90};
    return {};
  }
  if (has("replayChatItemAction") || has("addChatItemAction") || has("/addChatItemAction"))
    return {Family::live_chat, 93};
  const bool described = has("id") && has("title");
  const bool extracted = has("extractor") || has("extractor_key") || has("webpage_url") ||
                         has("formats") || has("channel_id") || has("comments") ||
                         has("uploader_id");
  if (described && extracted)
    return {Family::video_info, text::ends_with_word(name, ".info.json") ? 93 : 70};
  return {};
}

// In another language than English: the names of the columns, or the first row below them.
Guess guess_columns(const fx::Host& host, bool has_segments) {
  fx::Window window(host, kHead);
  text::Dialect dialect;
  if (window.at(0, text::kByteOrderMark.size()).starts_with(text::kByteOrderMark))
    dialect.preamble = text::kByteOrderMark.size();
  text::Rows rows(window, dialect);
  std::vector<std::string> cells[2];
  text::Row row;
  for (std::vector<std::string>& each : cells) {
    if (&each != &cells[0] && !has_segments) break;  // a row of another table may be long
    if (!rows.next(row)) break;
    for (const text::Cell& cell : row.cells)
      each.push_back(text::value_of(cell, dialect.encoding).text);
  }
  return are_comments(columns_of(cells[0], cells[1])) ? Guess{Family::comments_table, 90} : Guess{};
}

Guess guess_table(const fx::Host& host, std::string_view head) {
  const std::string line = text::lower(head.substr(0, head.find('\n')));
  const auto has = [&](std::string_view word) { return line.find(word) != std::string::npos; };
  if (has("comment id") && has("comment text") && has("channel id"))
    return {Family::comments_table, 92};
  if (has("live chat id") && has("live chat text")) return {Family::comments_table, 92};
  // One line is one row where its quotes close.
  const bool is_row = line.size() < 4096 && has(",") && !has(std::string_view("\0", 1)) &&
                      std::count(line.begin(), line.end(), '"') % 2 == 0;
  if (!is_row) return {};
  return guess_columns(host, head.find("\"\"text\"\"") != std::string_view::npos);
}

}  // namespace

Guess guess(const fx::Host& host, std::string_view file_name) {
  std::string head(kHead, '\0');
  head.resize(host.read(0, head.data(), head.size()));
  std::string_view text = head;
  if (text.starts_with(text::kByteOrderMark)) text.remove_prefix(text::kByteOrderMark.size());
  text = text::trimmed(text);
  if (text.starts_with('{') || text.starts_with('[')) return guess_json(host, file_name);
  if (text.starts_with('<')) {
    const bool cells = text.find("outer-cell") != std::string_view::npos &&
                       text.find("content-cell") != std::string_view::npos;
    return cells ? Guess{Family::activity_page, 92} : Guess{};
  }
  return guess_table(host, text);
}

}  // namespace youtube
