// Search: the query is the first line of the input, the text of one message what follows it. What
// the index and the query find is what folding text and words and looking would find, and a hit
// shows the place it was found at.

#include "casefile/reader.hpp"
#include "reading/small_case.hpp"
#include "search/index.hpp"
#include "search/query.hpp"
#include "target.hpp"

using namespace forensics;
using fuzz::promise;

namespace {

constexpr std::int64_t kMessage = 1;  // the message of the small case whose text is replaced

std::string folded(ByteView text) {
  std::string out;
  search::fold_into(text, out);
  return out;
}

class SearchedCase {
 public:
  void set_text(const std::string& text) {
    case_.execute("INSERT INTO search (search) VALUES ('delete-all')");
    run("UPDATE message SET text = ?2 WHERE id = ?1", text);
    run(search::kInsertText, folded(text));
  }
  const casefile::Database& database() { return case_.database(); }

 private:
  void run(std::string_view sql, const std::string& text) {
    auto statement = case_.database().prepare(std::string(sql));
    promise(statement && statement->bind(1, kMessage).bind_text(2, text).run(), "a text is stored");
  }

  test::SmallCase case_;
};

void check_folding(ByteView text) {
  const search::Folded map = search::fold(text);
  const std::string plain = folded(text);
  promise(map.text == plain, "both ways of folding agree");
  promise(is_utf8(plain), "folded text is well-formed");
  promise(folded(plain) == plain, "folded text folds to itself");
  promise(map.origin.size() == plain.size() + 1 && map.origin.back() == text.size(),
          "every folded byte has an origin");
  promise(std::is_sorted(map.origin.begin(), map.origin.end()), "origins are in order");
  // Where a text is cut between code points, its parts fold alone as they do together.
  std::size_t half = 0;
  while (half < text.size() / 2) next_code_point(text, half);
  promise(folded(text.substr(0, half)) + folded(text.substr(half)) == plain,
          "code points fold on their own");
}

void check_hit(const search::Hit& hit, ByteView text) {
  for (const search::WordMatch& match : hit.words) {
    promise(!match.ranges.empty(), "a word that matched has a place");
    for (const search::Range& range : match.ranges) {
      promise(range.begin <= range.end && range.end <= text.size(), "the place is in the text");
      promise(folded(text.substr(range.begin, range.end - range.begin)).find(folded(match.word)) !=
                  std::string::npos,
              "the place holds the word");
    }
    promise(!search::explain(match, text).empty(), "a hit can be explained");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static SearchedCase example;
  const ByteView input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), size);
  search::Query query;
  query.text = input.substr(0, line);
  query.filter.conversation = 1;
  // What is stored as a text is well-formed: the span check sees to that.
  const std::string text = legible(input.substr(std::min(line + 1, size)));
  check_folding(text);
  check_folding(query.text);

  bool wanted = true;
  bool has_words = false;
  for (const std::string_view word : search::words_of(query.text)) {
    promise(word.data() >= query.text.data() &&
                word.data() + word.size() <= query.text.data() + query.text.size(),
            "words are parts of the query");
    const std::string plain = folded(word);
    if (plain.find_first_not_of(' ') == std::string::npos) continue;
    has_words = true;
    wanted = wanted && folded(text).find(plain) != std::string::npos;
  }

  example.set_text(text);
  bool found = false;
  const casefile::Reader reader(example.database());
  const auto result = search::search(reader, query, [&](const search::Hit& hit) -> Result<bool> {
    if (hit.message.id == kMessage) {
      found = true;
      check_hit(hit, text);
    }
    return true;
  });
  promise(result.has_value() == has_words, "a query of words is answered, another is refused");
  if (result) promise(found == wanted, "a message is found where its text holds the words");
  return 0;
}
