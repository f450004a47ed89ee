#pragma once
// Finds messages by words, whatever the digits, letter variants, diacritics or case, and says why
// each matched.
//
//   search::Query query;
//   query.text = "قارب \"quay 4\"";     // all words; a quoted phrase is one word
//   query.filter.limit = 50;
//   auto found = TRY(search::search(reader, query, print_hit));
//   if (found.scanned) hint("short words are searched by reading every message");
//
// A word matches anywhere in a text, also inside a longer word.

#include <string>
#include <string_view>
#include <vector>

#include "casefile/reader.hpp"
#include "search/fold.hpp"

namespace forensics::search {

struct Query {
  std::string text;
  casefile::MessageFilter filter;  // `after` and `limit` page through the hits, in order of id
};

struct WordMatch {
  std::string_view word;                // as the query has it
  std::vector<Range> ranges;            // in the message's text: the first 100
  std::vector<Difference> differences;  // of the first range; empty: exactly the word
};

struct Hit {
  const casefile::Message& message;
  std::vector<WordMatch> words;
};

struct Found {
  std::int64_t hits = 0;
  bool scanned = false;  // no word had three letters: the index could not help
  bool more = false;     // the limit was reached and there are more hits
};

// ErrorCode::usage: a query of no words. Words of less than three code points (after folding) do
// not use the index: alone, they cost reading every message that the filter lets pass.
Result<Found> search(const casefile::Reader& reader, const Query& query,
                     const casefile::Each<Hit>& each);

// «"قارب" as "قَارِب" (diacritics)», or «"boat" exactly»: for people.
std::string explain(const WordMatch& match, std::string_view text);

// The words of a query as they are typed, phrases without their quotation marks.
std::vector<std::string_view> words_of(std::string_view text);

}  // namespace forensics::search
