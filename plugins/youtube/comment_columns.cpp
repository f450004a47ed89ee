#include "comment_columns.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "segments.hpp"
#include "text/date.hpp"
#include "text/utf8.hpp"

namespace youtube {
namespace {

bool has_any(std::string_view name, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  });
}

// Stems of German, French, Spanish, Italian, Portuguese, Dutch, Polish, Turkish, Russian and
// Arabic; without a first letter that may be a capital one of other than Latin letters.
Column column_named(const std::string& name) {
  const std::string word = text::lower(text::trimmed(name));
  const bool comment = has_any(word, {"comment", "kommentar", "comentario", "comentário", "reactie",
                                      "komentarz", "yorum", "омментари", "تعليق", "live chat",
                                      "livechat", "live-chat", "chat en direct", "chat en vivo"});
  if (has_any(word,
              {"timestamp", "zeitstempel", "horodatage", "code temporel", "marca de tiempo",
               "marca temporal", "carimbo", "tijdstempel", "sygnatura czasowa", "znacznik czasu",
               "zaman damgas", "ремени", "ременн", "ремя создания", "الطابع الزمني"}))
    return Column::created;
  if (!comment)
    return has_any(word,
                   {"channel", "kanal", "chaîne", "canal", "kanaal", "kanał", "анала", "قناة"})
               ? Column::author
               : Column::other;
  if (has_any(word, {"text", "testo", "tekst", "treść", "metni", "екст", "نص"}))
    return Column::text;
  if (has_any(word, {"top-level", "ebene", "nivel", "nível", "niveau", "livello", "poziom",
                     "seviye", "уровн", "مستوى"}))
    return Column::other;
  if (has_any(word, {"parent", "bergeordnet", "principal", "superior", "padre", " pai",
                     "bovenliggend", "nadrzędn", "st yorum", "одительск", "الرئيسي", "الأصلي"}))
    return Column::parent;
  return has_any(word, {"id", "código", "identyfikator", "kimli", "дентификатор", "معر"})
             ? Column::id
             : Column::other;
}

bool is_id(std::string_view value, std::size_t least) {
  return value.size() >= least && std::all_of(value.begin(), value.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '-' || c == '_' || c == '.';
         });
}

bool has(const std::vector<Column>& columns, Column column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

// Takeout writes the comment's id and the channel's in front, in every language.
std::vector<Column> columns_by_values(const std::vector<std::string>& values, std::size_t count) {
  constexpr std::size_t kIdOfAChannel = 24;
  std::vector<Column> out(count, Column::other);
  if (values.size() < 4 || values.size() > count || !is_id(values[0], kIdOfAChannel) ||
      !is_id(values[1], kIdOfAChannel) || values[1].size() != kIdOfAChannel ||
      !values[1].starts_with("UC"))
    return out;
  out[0] = Column::id;
  out[1] = Column::author;
  for (std::size_t i = 2; i < values.size(); ++i) {
    if (values[i].size() >= 19 && !has(out, Column::created) && text::iso_time(values[i]))
      out[i] = Column::created;
    else if (!has(out, Column::text) && text_of_segments(values[i]))
      out[i] = Column::text;
  }
  return out;
}

}  // namespace

std::vector<Column> columns_of(const std::vector<std::string>& names,
                               const std::vector<std::string>& values) {
  std::vector<Column> out;
  for (const std::string& name : names) {
    const Column column = column_named(name);
    out.push_back(has(out, column) ? Column::other : column);
  }
  if (are_comments(out)) return out;
  std::vector<Column> by_values = columns_by_values(values, names.size());
  return are_comments(by_values) ? by_values : out;
}

bool are_comments(const std::vector<Column>& columns) {
  return has(columns, Column::id) && has(columns, Column::author) &&
         has(columns, Column::created) && has(columns, Column::text);
}

}  // namespace youtube
