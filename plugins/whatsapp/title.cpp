#include "title.hpp"

#include <array>

#include "unicode.hpp"

namespace whatsapp {
namespace {

constexpr std::size_t npos = std::string_view::npos;

struct Pattern {
  std::string_view before;
  std::string_view after;
};
constexpr Pattern kNames[] = {
    {"WhatsApp Chat with ", ""},
    {"WhatsApp Chat - ", ""},
    {"WhatsApp Chat mit ", ""},
    {"WhatsApp-Chat mit ", ""},
    {"Discussion WhatsApp avec ", ""},
    {"Chat de WhatsApp con ", ""},
    {"Conversación de WhatsApp con ", ""},
    {"Conversa do WhatsApp com ", ""},
    {"Chat WhatsApp con ", ""},
    {"WhatsApp-chat met ", ""},
    {"WhatsApp-gesprek met ", ""},
    {"Чат WhatsApp с контактом ", ""},
    {"Чат WhatsApp с ", ""},
    {"Чат WhatsApp з ", ""},
    {"Chat WhatsApp dengan ", ""},
    {"Czat WhatsApp z ", ""},
    {"Conversație WhatsApp cu ", ""},
    {"WhatsApp-chatt med ", ""},
    {"محادثة واتساب مع ", ""},
    {"محادثة WhatsApp مع ", ""},
    {"دردشة واتساب مع ", ""},
    {"گپ WhatsApp با ", ""},
    {"گفتگوی WhatsApp با ", ""},
    {"שיחת WhatsApp עם ", ""},
    {"Trò chuyện WhatsApp với ", ""},
    {"Συνομιλία WhatsApp με ", ""},
    {"", " ile WhatsApp Sohbeti"},
    {"与", "的 WhatsApp 聊天"},
    {"与", "的WhatsApp聊天"},
    {"與", "的 WhatsApp 對話"},
};

constexpr std::array<Pattern, 5> kQuotes = {
    {{"“", "”"}, {"\"", "\""}, {"«", "»"}, {"„", "“"}, {"「", "」"}}};

}  // namespace

std::string_view title_in_file_name(std::string_view name) {
  if (name.ends_with(".txt")) name.remove_suffix(4);
  for (const Pattern& pattern : kNames) {
    if (name.size() <= pattern.before.size() + pattern.after.size()) continue;
    if (!name.starts_with(pattern.before) || !name.ends_with(pattern.after)) continue;
    name.remove_prefix(pattern.before.size());
    name.remove_suffix(pattern.after.size());
    return trim_display(name);
  }
  return {};
}

std::string_view quoted(std::string_view text) {
  for (const Pattern& quote : kQuotes) {
    const std::size_t open = text.find(quote.before);
    if (open == npos) continue;
    const std::size_t begin = open + quote.before.size();
    const std::size_t close = text.rfind(quote.after);
    if (close != npos && close > begin) return text.substr(begin, close - begin);
  }
  return {};
}

}  // namespace whatsapp
