#include "header.hpp"

#include <algorithm>
#include <cstddef>

#include "unicode.hpp"

namespace whatsapp {
namespace {

constexpr std::size_t kMaxHead = 192;  // bytes
constexpr std::size_t kMaxTokens = 40;
constexpr std::size_t kMaxWords = 6;
constexpr std::size_t kMaxJoiner = 24;  // of a word that no table has
constexpr std::size_t kMaxWord = 48;    // bytes

enum class Kind : std::uint8_t { number, space, mark, word };

// Without initialisers: an array of them costs nothing for the many lines that are no head.
struct Token {
  Kind kind;
  std::uint8_t digits;
  std::uint8_t word;  // index of the word
  int value;
  char32_t code;  // mark: the sign; number: the zero of its script
  std::uint32_t begin;
  std::uint32_t end;
};

struct Tokens {
  std::array<Token, kMaxTokens> items;
  std::array<Word, kMaxWords> words;
  std::size_t count = 0;
  std::size_t numbers = 0;
  std::size_t word_count = 0;

  Token* add(Kind kind, std::size_t begin) {
    if (count == items.size()) return nullptr;
    Token& token = items[count++];
    token = {};
    token.kind = kind;
    token.begin = static_cast<std::uint32_t>(begin);
    return &token;
  }
};

// Signs that stand between the numbers of a date or time.
bool is_separator(char32_t c) {
  switch (c) {
    case '/':
    case '.':
    case '-':
    case ':':
    case ',':
    case '(':
    case ')':
    case 0x60C:
    case 0x3001:
    case 0xFF0C:
    case 0xFF1A:
    case 0xFF0F:
    case 0x66B:
    case 0x2010:
    case 0x2011:
    case '\'': return true;
    default: return false;
  }
}

// CJK signs that follow a number as its unit.
bool is_unit(char32_t c) {
  switch (c) {
    case U'年':
    case U'月':
    case U'日':
    case U'時':
    case U'时':
    case U'分':
    case U'秒':
    case U'點':
    case U'点':
    case U'년':
    case U'월':
    case U'일':
    case U'시':
    case U'분':
    case U'초': return true;
    default: return false;
  }
}

bool is_hour_link(char32_t c) {
  return c == ':' || c == 0xFF1A || c == U'時' || c == U'时' || c == U'點' || c == U'点' ||
         c == U'시';
}
bool is_minute_link(char32_t c) {
  return c == ':' || c == 0xFF1A || c == U'分' || c == U'분';
}
bool is_dash(char32_t c) {
  return c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2212;
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return !is_space(c) && !is_invisible(c) && !is_separator(c) && !is_dash(c) &&
         digit_of(c).value < 0 && c != 0xFFFD && !(c >= 0x2010 && c <= 0x2027 && c != 0x2019) &&
         c < 0x1F000;
}

class HeadReader {
 public:
  HeadReader(std::string_view line, Header& header)
      : line_(line), head_(line.substr(0, kMaxHead)), header_(header) {}

  bool read() {
    if (!open() || !tokenise() || tokens_.numbers < 2) return false;
    return find_time() && read_time() && read_date() && resolve_words() && finish();
  }

 private:
  bool open();
  bool tokenise();
  bool number(std::size_t& at, Digit first, CodePoint c);
  bool word(std::size_t& at);
  bool closes_dash(std::size_t at, std::size_t& rest) const;
  bool find_time();
  bool linked(std::size_t a, std::size_t b, bool (*accepts)(char32_t)) const;
  bool read_time();
  bool read_date();
  bool resolve_words();
  bool word_in_date(const Word& word);
  bool word_in_front(std::size_t i);
  bool word_between(std::size_t i);
  bool word_at_end(std::size_t i);
  bool takes_month(const Word& word) const;
  const Word& word_of(const Token& token) const { return tokens_.words[token.word]; }
  bool place_year();
  bool finish();

  std::string_view line_;
  std::string_view head_;
  Header& header_;
  Tokens tokens_;
  std::size_t begin_ = 0;
  std::array<std::uint8_t, 6> number_at_{};  // token index of each number
  std::size_t time_first_ = 0;               // index of the first number of the time
  std::size_t time_count_ = 0;
  bool dotted_time_ = false;
  std::size_t time_begin_ = 0;  // token indices of the first and last number of each part
  std::size_t time_end_ = 0;
  std::size_t date_begin_ = 0;
  std::size_t date_end_ = 0;
  bool date_first_ = true;
  std::optional<DayPeriod> period_;
  bool unknown_period_ = false;
  bool era_first_ = false;
};

// Cheap: most lines that are no head leave here.
bool HeadReader::open() {
  std::size_t at = 0;
  bool marked = false;
  const auto skip_invisible = [&] {
    while (at < head_.size() && static_cast<unsigned char>(head_[at]) >= 0xD8) {
      const CodePoint c = decode(head_, at);
      if (!is_invisible(c.value)) break;
      marked |= is_direction_mark(c.value);
      at += c.length;
    }
  };
  skip_invisible();
  if (at >= head_.size()) return false;
  header_.family = Family::dash;
  if (head_[at] == '[') {
    header_.family = Family::bracket;
    header_.marked = marked;
    ++at;
    skip_invisible();
    if (at >= head_.size()) return false;
  }
  begin_ = at;
  const CodePoint c = decode(head_, at);
  if (digit_of(c.value).value >= 0) return true;
  if (!is_letter(c.value)) return false;
  // A word may come first (an era, a weekday, a day period); then a number must be near.
  for (std::size_t i = at, seen = 0; i < head_.size() && seen < 16; ++seen) {
    const CodePoint next = decode(head_, i);
    if (digit_of(next.value).value >= 0) return true;
    if (!is_letter(next.value) && !is_space(next.value) && next.value != '.' && next.value != ',' &&
        !is_invisible(next.value))
      return false;
    i += next.length;
  }
  return false;
}

bool HeadReader::number(std::size_t& at, Digit first, CodePoint c) {
  Token* token = tokens_.add(Kind::number, at);
  if (token == nullptr || tokens_.numbers == number_at_.size()) return false;
  number_at_[tokens_.numbers++] = static_cast<std::uint8_t>(tokens_.count - 1);
  token->code = first.zero;
  Digit digit = first;
  while (digit.value >= 0 && digit.zero == first.zero) {
    if (++token->digits > 4) return false;
    token->value = token->value * 10 + digit.value;
    at += c.length;
    c = decode(head_, at);
    digit = c.length == 0 ? Digit{} : digit_of(c.value);
  }
  token->end = static_cast<std::uint32_t>(at);
  return true;
}

// Takes the longest run of up to four words that a table knows, else one word.
bool HeadReader::word(std::size_t& at) {
  const std::size_t begin = at;
  std::array<std::size_t, 4> ends{};
  std::size_t words = 0;
  std::size_t i = at;
  while (words < ends.size()) {
    const std::size_t start = i;
    while (i < head_.size()) {
      const CodePoint c = decode(head_, i);
      const bool inner =
          i > start && (c.value == '.' || c.value == '"' || c.value == '\'' || c.value == 0x2019 ||
                        c.value == 0x5F4 || c.value == 0x200D || c.value == 0x200C);
      if (!inner && !is_letter(c.value)) break;
      i += c.length;
    }
    if (i == start) break;
    ends[words++] = i;
    std::size_t gap = i;
    while (gap < head_.size()) {
      const CodePoint c = decode(head_, gap);
      if (!is_space(c.value) && !is_invisible(c.value)) break;
      gap += c.length;
    }
    if (gap == i) break;
    i = gap;
  }
  if (words == 0 || tokens_.word_count == kMaxWords) return false;
  Token* token = tokens_.add(Kind::word, begin);
  if (token == nullptr) return false;
  token->word = static_cast<std::uint8_t>(tokens_.word_count);
  Word& meaning = tokens_.words[tokens_.word_count++];
  std::string folded;
  for (std::size_t n = words; n > 0; --n) {
    if (ends[n - 1] - begin > kMaxWord) continue;
    fold_word(head_.substr(begin, ends[n - 1] - begin), folded);
    meaning = find_word(folded);
    at = ends[n - 1];
    if (meaning.known()) break;
  }
  if (at == begin) return false;
  token->end = static_cast<std::uint32_t>(at);
  return true;
}

// A dash between spaces ends the head once date and time can be complete.
bool HeadReader::closes_dash(std::size_t at, std::size_t& rest) const {
  if (header_.family != Family::dash || tokens_.numbers < 3 || tokens_.count == 0 ||
      tokens_.items[tokens_.count - 1].kind != Kind::space)
    return false;
  const CodePoint dash = decode(head_, at);
  const CodePoint space = decode(head_, at + dash.length);
  if (!is_space(space.value)) return false;
  rest = at + dash.length + space.length;
  return true;
}

bool HeadReader::tokenise() {
  std::size_t at = begin_;
  std::size_t clock_end = at;
  while (at < head_.size()) {
    const CodePoint c = decode(head_, at);
    if (!c.valid) return false;
    if (const Digit digit = digit_of(c.value); digit.value >= 0) {
      if (!number(at, digit, c)) return false;
      clock_end = at;
      continue;
    }
    std::size_t rest = 0;
    if (is_dash(c.value) && closes_dash(at, rest)) {
      header_.rest = static_cast<std::uint32_t>(rest);
      header_.clock_end = static_cast<std::uint32_t>(clock_end);
      return true;
    }
    if (c.value == ']') {
      if (header_.family != Family::bracket) return false;
      std::size_t next = at + 1;
      const CodePoint space = decode(line_, next);
      if (is_space(space.value)) next += space.length;
      header_.rest = static_cast<std::uint32_t>(next);
      header_.clock_end = static_cast<std::uint32_t>(clock_end);
      return true;
    }
    if (c.value == ':' && header_.family == Family::dash && tokens_.numbers >= 4) {
      std::size_t next = at + 1;
      const CodePoint follows = decode(head_, next);
      if (is_space(follows.value)) {
        header_.family = Family::colon;
        header_.rest = static_cast<std::uint32_t>(next + follows.length);
        header_.clock_end = static_cast<std::uint32_t>(clock_end);
        return true;
      }
    }
    if (is_invisible(c.value)) {
      at += c.length;
      continue;
    }
    if (is_space(c.value)) {
      if (tokens_.count == 0 || tokens_.items[tokens_.count - 1].kind != Kind::space)
        if (tokens_.add(Kind::space, at) == nullptr) return false;
      at += c.length;
      continue;
    }
    const bool after_number =
        tokens_.count != 0 && tokens_.items[tokens_.count - 1].kind == Kind::number;
    if (is_separator(c.value) || (after_number && is_unit(c.value))) {
      Token* token = tokens_.add(Kind::mark, at);
      if (token == nullptr) return false;
      token->code = c.value;
      at += c.length;
      token->end = static_cast<std::uint32_t>(at);
      if (c.value != ',' && c.value != 0x60C) clock_end = at;
      continue;
    }
    if (!is_letter(c.value) || !word(at)) return false;
    clock_end = at;
  }
  return false;
}

// True where only one accepted sign (or the letter h, with or without spaces) stands between the
// numbers with index a and b.
bool HeadReader::linked(std::size_t a, std::size_t b, bool (*accepts)(char32_t)) const {
  std::size_t links = 0;
  bool hour_letter = false;
  bool spaced = false;
  for (std::size_t i = number_at_[a] + 1U; i < number_at_[b]; ++i) {
    const Token& token = tokens_.items[i];
    if (token.kind == Kind::space) {
      spaced = true;
    } else if (token.kind == Kind::mark && accepts(token.code)) {
      ++links;
    } else if (token.kind == Kind::word &&
               head_.substr(token.begin, token.end - token.begin) == "h") {
      ++links;
      hour_letter = true;
    } else {
      return false;
    }
  }
  const Token& sign = tokens_.items[number_at_[a] + 1U];
  const bool unit = sign.kind == Kind::mark && is_unit(sign.code);
  return links == 1 && (!spaced || hour_letter || unit);
}

// Finds which numbers are the time: joined by colons, else the run of dotted numbers that is not
// needed for the date.
bool HeadReader::find_time() {
  const std::size_t n = tokens_.numbers;
  for (std::size_t i = 0; i + 1 < n; ++i) {
    if (!linked(i, i + 1, is_hour_link)) continue;
    time_first_ = i;
    time_count_ = i + 2 < n && linked(i + 1, i + 2, is_minute_link) ? 3 : 2;
    return true;
  }
  const auto dotted = [](char32_t c) { return c == '.'; };
  std::size_t tail = 1;
  while (tail < 3 && tail < n && linked(n - tail - 1, n - tail, dotted)) ++tail;
  const bool whole_date_left = n >= tail + 2 && n <= tail + 3;
  if (tail >= 2 && whole_date_left && !linked(n - tail - 1, n - tail, dotted) &&
      tokens_.items[number_at_[n - 1]].digits <= 2) {
    time_first_ = n - tail;
    time_count_ = tail;
    dotted_time_ = true;
    return true;
  }
  std::size_t lead = 1;
  while (lead < 3 && lead < n && linked(lead - 1, lead, dotted)) ++lead;
  if (lead < 2 || n != lead + 3 || linked(lead - 1, lead, dotted)) return false;
  time_first_ = 0;
  time_count_ = lead;
  dotted_time_ = true;
  return true;
}

bool HeadReader::read_time() {
  const auto value = [&](std::size_t i) { return tokens_.items[number_at_[i]].value; };
  const auto digits = [&](std::size_t i) { return tokens_.items[number_at_[i]].digits; };
  for (std::size_t i = time_first_; i < time_first_ + time_count_; ++i)
    if (digits(i) > 2) return false;
  header_.hour = value(time_first_);
  header_.minute = value(time_first_ + 1);
  header_.second = time_count_ == 3 ? value(time_first_ + 2) : -1;
  if (digits(time_first_ + 1) != 2 && !dotted_time_) return false;
  return header_.hour <= 24 && header_.minute <= 59 && header_.second <= 60;
}

bool HeadReader::read_date() {
  DateFields& date = header_.date;
  date = {};
  const std::size_t n = tokens_.numbers;
  // The date stands wholly before or wholly behind the time.
  if (time_first_ != 0 && time_first_ + time_count_ != n) return false;
  const std::size_t first = time_first_ == 0 ? time_count_ : 0;
  const std::size_t count = n - time_count_;
  if (count == 0 || count > 3) return false;
  date.count = static_cast<std::uint8_t>(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Token& token = tokens_.items[number_at_[first + i]];
    date.value[i] = token.value;
    date.digits[i] = token.digits;
    if (token.code == 0x6F0) date.persian_digits = true;
    if (token.digits >= 3 && i != 0 && i + 1 != count) return false;
  }
  return true;
}

// Decides what each word is by where it stands, and refuses heads with words out of place.
bool HeadReader::resolve_words() {
  time_begin_ = number_at_[time_first_];
  time_end_ = number_at_[time_first_ + time_count_ - 1];
  date_first_ = time_first_ != 0;
  date_begin_ = number_at_[date_first_ ? 0 : time_count_];
  date_end_ = number_at_[date_first_ ? time_first_ - 1 : tokens_.numbers - 1];
  for (std::size_t i = 0; i < tokens_.count; ++i) {
    const Token& token = tokens_.items[i];
    if (token.kind == Kind::mark && token.code == '(' && i > date_end_ && i < time_begin_)
      header_.date.year_first_hint = true;
    if (token.kind != Kind::word || (i > time_begin_ && i < time_end_)) continue;
    const bool fits = i > date_begin_ && i < date_end_         ? word_in_date(word_of(token))
                      : i < std::min(date_begin_, time_begin_) ? word_in_front(i)
                      : i > std::max(date_end_, time_end_)     ? word_at_end(i)
                                                               : word_between(i);
    if (!fits) return false;
  }
  header_.twelve_hour = period_.has_value();
  header_.time_first = !date_first_;
  header_.period = period_;
  header_.hour_known = !unknown_period_;
  header_.hour = period_ ? hour_in(*period_, header_.hour) : header_.hour % 24;
  return place_year();
}

bool HeadReader::word_in_date(const Word& word) {
  if (word.month != 0 && header_.date.month == 0) {
    header_.date.month = word.month;
    return true;
  }
  return word.joiner;
}

bool HeadReader::takes_month(const Word& word) const {
  return word.month != 0 && header_.date.month == 0 && header_.date.count <= 2;
}

// "R6/3/5", "Mon 5/3/24", "Oct 12, 2018", or a day period before a time that comes first.
bool HeadReader::word_in_front(std::size_t i) {
  const Word& word = word_of(tokens_.items[i]);
  DateFields& date = header_.date;
  if (!date_first_) {
    if (word.period) period_ = word.period;
    if (word.weekday != 0 && !word.period) date.weekday = word.weekday;
    return word.period || word.weekday != 0 || word.joiner;
  }
  if (word.era && i + 1 == date_begin_) {
    date.era = word.era;
    era_first_ = true;
  } else if (word.weekday != 0 && !(takes_month(word) && date.count == 2)) {
    date.weekday = word.weekday;
  } else if (takes_month(word)) {
    date.month = word.month;
  } else {
    return word.joiner;
  }
  return true;
}

// Between date and time: an era, a day period, a weekday, a small word of any language.
bool HeadReader::word_between(std::size_t i) {
  const Token& token = tokens_.items[i];
  const Word& word = word_of(token);
  DateFields& date = header_.date;
  const bool beside_time = date_first_ ? i + 2 >= time_begin_ : i <= time_end_ + 2U;
  const bool beside_date = date_first_ ? i <= date_end_ + 2U : i + 2 >= date_begin_;
  const bool letter = token.end - token.begin == 1;
  const bool takes_period = word.period && !period_ && !(word.joiner && letter && date_first_);
  if (!date_first_ && word.era && i + 1 == date_begin_) {
    date.era = word.era;
    era_first_ = true;
  } else if (takes_month(word) && beside_date) {
    date.month = word.month;
  } else if (date_first_ && word.era && !date.era && beside_date &&
             !(takes_period && beside_time)) {
    date.era = word.era;
  } else if (takes_period) {
    period_ = word.period;
    date.year_first_hint = date_first_;
  } else if (word.weekday != 0) {
    date.weekday = word.weekday;
  } else if (!word.joiner) {
    unknown_period_ = !date_first_ && beside_time;
    return token.end - token.begin <= kMaxJoiner;
  }
  return true;
}

// Behind a time: the day period. Behind a date that comes last: an era or a weekday.
bool HeadReader::word_at_end(std::size_t i) {
  const Token& token = tokens_.items[i];
  const Word& word = word_of(token);
  if (!date_first_) {
    if (takes_month(word)) {
      header_.date.month = word.month;
    } else if (word.era && !header_.date.era) {
      header_.date.era = word.era;
    } else if (word.weekday != 0) {
      header_.date.weekday = word.weekday;
    } else {
      return word.joiner;
    }
    return true;
  }
  if (word.period && !period_) {
    period_ = word.period;
  } else if (!word.joiner) {
    unknown_period_ = true;
    return token.end - token.begin <= kMaxJoiner;
  }
  return true;
}

// Where the year stands, as far as digits and eras tell.
bool HeadReader::place_year() {
  DateFields& date = header_.date;
  if (date.month != 0) {
    if (date.count > 2) return false;
    date.year_at = date.count == 1       ? YearAt::none
                   : date.digits[0] >= 3 ? YearAt::first
                                         : YearAt::last;
    return true;
  }
  if (date.count < 2) return false;
  if (date.count == 2) {
    date.year_at = YearAt::none;
    return date.digits[0] <= 2 && date.digits[1] <= 2;
  }
  date.year_at = date.digits[0] >= 3 || era_first_ ? YearAt::first
                 : date.digits[2] >= 3 || date.era ? YearAt::last
                                                   : YearAt::unknown;
  return true;
}

bool HeadReader::finish() {
  if (!plausible(header_.date)) return false;
  std::uint64_t hash = 0xCBF29CE484222325U;
  const auto mix = [&](std::uint64_t value) { hash = (hash ^ value) * 0x100000001B3U; };
  for (std::size_t i = 0; i < tokens_.count; ++i) {
    const Token& token = tokens_.items[i];
    mix(static_cast<std::uint64_t>(token.kind));
    if (token.kind == Kind::number) mix(token.code * 8U + (token.digits <= 2 ? 2U : token.digits));
    if (token.kind == Kind::mark) mix(token.code);
    if (token.kind != Kind::word) continue;
    const Word& word = word_of(token);
    mix(word.period ? 1U : 0U);
    mix(word.era ? 1U : 0U);
    mix(word.month != 0 ? 1U : 0U);
    mix(word.weekday != 0 ? 1U : 0U);
    if (!word.known())
      for (std::size_t b = token.begin; b < token.end; ++b)
        mix(static_cast<unsigned char>(head_[b]));
  }
  mix(static_cast<std::uint64_t>(header_.family) + 100);
  header_.shape = hash;
  header_.clock_begin = static_cast<std::uint32_t>(begin_);
  return true;
}

}  // namespace

bool plausible(const DateFields& date) {
  for (std::size_t i = 0; i < date.count; ++i) {
    const bool year = (i == 0 && date.year_at == YearAt::first) ||
                      (i + 1 == date.count && date.year_at == YearAt::last) ||
                      date.year_at == YearAt::unknown;
    if (!year && (date.value[i] < 1 || date.value[i] > 31)) return false;
  }
  return true;
}

bool read_header(std::string_view line, Header& header) {
  header = {};
  HeadReader reader(line, header);
  return reader.read();
}

std::string describe_shape(std::string_view line, const Header& header) {
  std::string out;
  const std::string_view clock =
      line.substr(header.clock_begin, header.clock_end - header.clock_begin);
  std::size_t run = 0;
  const auto flush = [&] {
    if (run != 0) out += run >= 3 ? "yyyy" : "n";
    run = 0;
  };
  for (std::size_t at = 0; at < clock.size();) {
    const CodePoint c = decode(clock, at);
    at += c.length;
    if (is_invisible(c.value)) continue;
    if (digit_of(c.value).value >= 0) {
      ++run;
      continue;
    }
    flush();
    append_utf8(out, is_space(c.value) ? U' ' : c.value);
  }
  flush();
  switch (header.family) {
    case Family::bracket: return "[" + out + "]";
    case Family::dash: return out + " -";
    case Family::colon: return out + ":";
  }
  return out;
}

}  // namespace whatsapp
