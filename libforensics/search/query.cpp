#include "search/query.hpp"

#include <algorithm>

#include "base/bytes.hpp"

namespace forensics::search {
namespace {

constexpr std::size_t kKeptRanges = 100;
constexpr std::size_t kTrigram = 3;

struct Word {
  std::string_view typed;
  std::string folded;
};

// Where each code point of well-formed UTF-8 begins, and its end.
std::vector<std::size_t> code_points(std::string_view text) {
  std::vector<std::size_t> out;
  for (std::size_t at = 0; at < text.size();) {
    out.push_back(at);
    next_code_point(text, at);
  }
  out.push_back(text.size());
  return out;
}

// Adds the trigrams of a word to an FTS5 expression that asks for all of them. Overlapping trigrams
// narrow the candidates; in a long phrase, every third one covers it as well and costs less.
void require_trigrams(std::string_view word, std::string& expression) {
  constexpr std::size_t kFew = 8;
  const std::vector<std::size_t> starts = code_points(word);
  if (starts.size() <= kTrigram) return;
  const std::size_t last = starts.size() - 1 - kTrigram;
  const std::size_t stride = last < kFew ? 1 : kTrigram;
  for (std::size_t at = 0;; at = std::min(at + stride, last)) {
    if (!expression.empty()) expression += " AND ";
    expression += '"';
    for (const char byte : word.substr(starts[at], starts[at + kTrigram] - starts[at])) {
      if (byte == '"') expression += '"';
      expression += byte;
    }
    expression += '"';
    if (at == last) break;
  }
}

Result<std::vector<Word>> folded_words(std::string_view text) {
  std::vector<Word> words;
  for (const std::string_view typed : words_of(text)) {
    Word word{typed, {}};
    fold_into(typed, word.folded);
    if (word.folded.find_first_not_of(' ') != std::string::npos) words.push_back(std::move(word));
  }
  if (words.empty())
    return fail(ErrorCode::usage, std::string(text), "nothing to search for: give a word");
  return words;
}

std::vector<Range> occurrences(const Folded& text, std::string_view word) {
  std::vector<Range> out;
  for (std::size_t at = text.text.find(word); at != std::string::npos && out.size() < kKeptRanges;
       at = text.text.find(word, at + word.size()))
    out.push_back(text.original({at, at + word.size()}));
  return out;
}

// False where a word is missing.
bool match_all(const std::vector<Word>& words, std::string_view text,
               std::vector<WordMatch>& matches) {
  const Folded folded = fold(text);
  matches.clear();
  for (const Word& word : words) {
    WordMatch match{word.typed, occurrences(folded, word.folded), {}};
    if (match.ranges.empty()) return false;
    const Range first = match.ranges.front();
    match.differences = differences(word.typed, text.substr(first.begin, first.end - first.begin));
    matches.push_back(std::move(match));
  }
  return true;
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t begin = text.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return out;
    text.remove_prefix(begin);
    const bool quoted = text.front() == '"';
    if (quoted) text.remove_prefix(1);
    const std::size_t end =
        std::min(quoted ? text.find('"') : text.find_first_of(kSpace), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + (quoted ? 1 : 0), text.size()));
  }
}

Result<Found> search(const casefile::Reader& reader, const Query& query,
                     const casefile::Each<Hit>& each) {
  const std::vector<Word> words = TRY(folded_words(query.text));
  casefile::MessageFilter filter = query.filter;
  filter.limit = 0;  // counts hits, and candidates are more
  for (const Word& word : words) require_trigrams(word.folded, filter.match);

  Found found;
  found.scanned = filter.match.empty();
  std::vector<WordMatch> matches;
  TRY(reader.messages(filter, [&](const casefile::Message& message) -> Result<bool> {
    if (!message.text || !match_all(words, *message.text, matches)) return true;
    if (query.filter.limit > 0 && found.hits == query.filter.limit) {
      found.more = true;
      return false;
    }
    ++found.hits;
    return each(Hit{message, matches});
  }));
  return found;
}

std::string explain(const WordMatch& match, std::string_view text) {
  std::string out = "\"" + std::string(match.word) + "\"";
  if (match.differences.empty()) return out + " exactly";
  const Range first = match.ranges.front();
  out.append(" as \"").append(text.substr(first.begin, first.end - first.begin)).append("\" (");
  for (const Difference difference : match.differences) {
    if (out.back() != '(') out += ", ";
    out += name_of(difference);
  }
  return out + ")";
}

}  // namespace forensics::search
