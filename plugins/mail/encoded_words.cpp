#include "encoded_words.hpp"

#include <optional>

#include "text/charset.hpp"
#include "text/transfer.hpp"
#include "text/utf8.hpp"

namespace mail {
namespace {

struct Word {
  std::string_view charset;
  bool base64 = false;
  std::string_view letters;
  std::size_t length = 0;
};

std::optional<Word> word_at(std::string_view text) {
  if (!text.starts_with("=?")) return std::nullopt;
  const std::size_t first = text.find('?', 2);
  if (first == std::string_view::npos || first > 64 || first + 3 >= text.size() ||
      text[first + 2] != '?')
    return std::nullopt;
  const std::size_t end = text.find("?=", first + 3);
  if (end == std::string_view::npos) return std::nullopt;
  const char kind = text::lower(text[first + 1]);
  if (kind != 'b' && kind != 'q') return std::nullopt;
  Word word;
  word.charset = text.substr(2, first - 2);
  word.charset = word.charset.substr(0, word.charset.find('*'));  // a language may follow
  word.base64 = kind == 'b';
  word.letters = text.substr(first + 3, end - first - 3);
  word.length = end + 2;
  return word;
}

std::string bytes_of(const Word& word) {
  std::string out;
  if (word.base64) {
    text::Base64 decoder;
    decoder.add(word.letters, out);
    decoder.finish(out);
    return out;
  }
  std::string letters(word.letters);
  for (char& c : letters)
    if (c == '_') c = ' ';
  return text::from_quoted_printable(letters);
}

}  // namespace

std::string decoded_words(std::string_view value) {
  std::string out;
  std::string bytes;  // of neighbours in one character set: a character may be split between them
  std::string_view charset;
  const auto flush = [&] {
    if (!bytes.empty()) out += text::Charset(charset).to_utf8(bytes);
    bytes.clear();
  };
  for (std::size_t at = 0; at < value.size();) {
    const auto word = word_at(value.substr(at));
    if (!word || !text::Charset(word->charset)) {
      flush();
      const std::size_t next = value.find("=?", at + 1);
      out += text::repaired(value.substr(at, next - at));
      at = next == std::string_view::npos ? value.size() : next;
      continue;
    }
    if (!text::same_word(charset, word->charset)) flush();
    charset = word->charset;
    bytes += bytes_of(*word);
    at += word->length;
    // Blanks between two encoded words are none of the text.
    std::size_t next = at;
    while (next < value.size() && (value[next] == ' ' || value[next] == '\t')) ++next;
    if (next > at && word_at(value.substr(next))) at = next;
  }
  flush();
  return out;
}

}  // namespace mail
