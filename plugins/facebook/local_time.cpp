#include "local_time.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "clock.hpp"

namespace facebook {
namespace {

constexpr std::size_t kLongest = 120;

// How names of months begin, in lower case, in the languages that write them in Latin, Cyrillic,
// Greek or Arabic letters. A name is looked up by its longest entry.
struct Month {
  std::string_view start;
  int number;
};
constexpr Month kMonths[] = {
    {"jan", 1},     {"ene", 1},     {"gen", 1},     {"oca", 1},      {"sty", 1},
    {"led", 1},     {"sij", 1},     {"янв", 1},     {"січ", 1},      {"ιαν", 1},
    {"tammi", 1},   {"ian", 1},     {"яну", 1},     {"јан", 1},      {"feb", 2},
    {"fév", 2},     {"fev", 2},     {"şub", 2},     {"lut", 2},      {"úno", 2},
    {"vel", 2},     {"фев", 2},     {"лют", 2},     {"φεβ", 2},      {"helmi", 2},
    {"феб", 2},     {"mar", 3},     {"mär", 3},     {"mrz", 3},      {"maa", 3},
    {"břez", 3},    {"bře", 3},     {"ožu", 3},     {"мар", 3},      {"бер", 3},
    {"μαρ", 3},     {"már", 3},     {"mrt", 3},     {"apr", 4},      {"abr", 4},
    {"avr", 4},     {"nis", 4},     {"kwi", 4},     {"dub", 4},      {"tra", 4},
    {"апр", 4},     {"кві", 4},     {"απρ", 4},     {"huhti", 4},    {"ápr", 4},
    {"may", 5},     {"mai", 5},     {"mag", 5},     {"maj", 5},      {"mei", 5},
    {"květ", 5},    {"kvě", 5},     {"svi", 5},     {"мая", 5},      {"май", 5},
    {"тра", 5},     {"μαΐ", 5},     {"μάι", 5},     {"touko", 5},    {"máj", 5},
    {"mayıs", 5},   {"мај", 5},     {"jun", 6},     {"juin", 6},     {"giu", 6},
    {"haz", 6},     {"cze", 6},     {"červn", 6},   {"čvn", 6},      {"lip", 6},
    {"июн", 6},     {"чер", 6},     {"ιουν", 6},    {"kesä", 6},     {"jún", 6},
    {"iun", 6},     {"юни", 6},     {"јун", 6},     {"jul", 7},      {"juil", 7},
    {"lug", 7},     {"tem", 7},     {"lipc", 7},    {"července", 7}, {"čvc", 7},
    {"srp", 7},     {"июл", 7},     {"лип", 7},     {"ιουλ", 7},     {"heinä", 7},
    {"júl", 7},     {"iul", 7},     {"юли", 7},     {"јул", 7},      {"aug", 8},
    {"ago", 8},     {"aoû", 8},     {"ağu", 8},     {"sie", 8},      {"kol", 8},
    {"авг", 8},     {"сер", 8},     {"αυγ", 8},     {"elo", 8},      {"sep", 9},
    {"set", 9},     {"eyl", 9},     {"wrz", 9},     {"zář", 9},      {"ruj", 9},
    {"сен", 9},     {"вер", 9},     {"σεπ", 9},     {"syys", 9},     {"sze", 9},
    {"септ", 9},    {"oct", 10},    {"okt", 10},    {"ott", 10},     {"out", 10},
    {"eki", 10},    {"paź", 10},    {"říj", 10},    {"окт", 10},     {"жов", 10},
    {"οκτ", 10},    {"loka", 10},   {"nov", 11},    {"kas", 11},     {"lis", 11},
    {"stu", 11},    {"ноя", 11},    {"лис", 11},    {"νοε", 11},     {"marras", 11},
    {"noi", 11},    {"ное", 11},    {"dec", 12},    {"déc", 12},     {"dez", 12},
    {"dic", 12},    {"ara", 12},    {"gru", 12},    {"pro", 12},     {"дек", 12},
    {"гру", 12},    {"δεκ", 12},    {"joulu", 12},  {"des", 12},     {"деке", 12},
    {"дец", 12},    {"μάρ", 3},     {"ιούν", 6},    {"ιούλ", 7},     {"αύγ", 8},
    {"νοέ", 11},    {"يناير", 1},   {"جانفي", 1},   {"ژانویه", 1},   {"فبراير", 2},
    {"شباط", 2},    {"فيفري", 2},   {"فوریه", 2},   {"مارس", 3},     {"آذار", 3},
    {"أبريل", 4},   {"ابريل", 4},   {"إبريل", 4},   {"نيسان", 4},    {"أفريل", 4},
    {"آوریل", 4},   {"مايو", 5},    {"أيار", 5},    {"ماي", 5},      {"يونيو", 6},
    {"يونيه", 6},   {"حزيران", 6},  {"جوان", 6},    {"ژوئن", 6},     {"يوليو", 7},
    {"يوليه", 7},   {"تموز", 7},    {"جويلية", 7},  {"ژوئیه", 7},    {"أغسطس", 8},
    {"اغسطس", 8},   {"آب", 8},      {"أوت", 8},     {"اوت", 8},      {"سبتمبر", 9},
    {"أيلول", 9},   {"سپتامبر", 9}, {"أكتوبر", 10}, {"اكتوبر", 10},  {"اکتبر", 10},
    {"نوفمبر", 11}, {"نوامبر", 11}, {"ديسمبر", 12}, {"دسامبر", 12}};
// The same letters mean different months in different languages: these decide nothing.
constexpr std::string_view kAmbiguous[] = {"lip", "srp", "tra", "lis", "тра", "лип", "лис", "сер"};

struct Piece {
  bool is_number = false;
  int number = 0;
  std::size_t digits = 0;
  std::string word;
  char before = ' ';  // the last character in front of it that is no space
};

std::string lower(std::string_view word) {
  std::string out(word);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto c = static_cast<unsigned char>(out[i]);
    if (c >= 'A' && c <= 'Z') out[i] = static_cast<char>(c + 32);
    if (c == 0xC3 && i + 1 < out.size()) {  // Latin-1: À to Þ
      const auto d = static_cast<unsigned char>(out[i + 1]);
      if (d >= 0x80 && d <= 0x9E) out[i + 1] = static_cast<char>(d + 0x20);
    }
    if (c == 0xCE && i + 1 < out.size()) {  // Greek: Α to Ω, with and without accent
      const auto d = static_cast<unsigned char>(out[i + 1]);
      if (d == 0x86) out[i + 1] = static_cast<char>(0xAC);
      if (d >= 0x88 && d <= 0x8A) out[i + 1] = static_cast<char>(d + 0x25);
      if (d >= 0x91 && d <= 0x9F) out[i + 1] = static_cast<char>(d + 0x20);
      if (d >= 0xA0 && d <= 0xA9) {
        out[i] = static_cast<char>(0xCF);
        out[i + 1] = static_cast<char>(d - 0x20);
      }
    }
    if (c == 0xD0 && i + 1 < out.size()) {  // Cyrillic: А to Я
      const auto d = static_cast<unsigned char>(out[i + 1]);
      if (d >= 0x90 && d <= 0x9F) out[i + 1] = static_cast<char>(d + 0x20);
      if (d >= 0xA0 && d <= 0xAF) {
        out[i] = static_cast<char>(0xD1);
        out[i + 1] = static_cast<char>(d - 0x20);
      }
    }
  }
  return out;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Arabic and Persian digits and the Arabic comma.
std::string with_plain_digits(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const auto d = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    if (c == 0xD9 && d >= 0xA0 && d <= 0xA9)
      out += static_cast<char>('0' + (d - 0xA0));
    else if (c == 0xDB && d >= 0xB0 && d <= 0xB9)
      out += static_cast<char>('0' + (d - 0xB0));
    else if (c == 0xD8 && d == 0x8C)
      out += ',';
    else {
      out += text[i];
      continue;
    }
    ++i;
  }
  return out;
}

// White space of typographers, as between the time and "PM".
std::string with_plain_spaces(std::string_view text) {
  std::string out = with_plain_digits(text);
  for (const std::string_view space : {"\u00A0", "\u202F", "\u2009", "\u200E", "\u200F", "\u061C"})
    for (std::size_t at = out.find(space); at != std::string::npos; at = out.find(space))
      out.replace(at, space.size(), " ");
  return out;
}

std::vector<Piece> pieces_of(const std::string& text) {
  std::vector<Piece> out;
  char before = ' ';
  for (std::size_t i = 0; i < text.size();) {
    Piece piece;
    piece.before = before;
    std::size_t end = i;
    if (is_digit(text[i])) {
      piece.is_number = true;
      for (; end < text.size() && is_digit(text[end]); ++end)
        if (end - i < 9) piece.number = piece.number * 10 + (text[end] - '0');
      piece.digits = end - i;
    } else if (is_letter(text[i])) {
      while (end < text.size() && is_letter(text[end])) ++end;
      piece.word = lower(std::string_view(text).substr(i, end - i));
    } else {
      if (text[i] != ' ') before = text[i];
      ++i;
      continue;
    }
    out.push_back(piece);
    before = ' ';
    i = end;
  }
  return out;
}

int month_of(std::string_view word) {
  const Month* best = nullptr;
  for (const Month& month : kMonths)
    if (word.starts_with(month.start) &&
        (best == nullptr || month.start.size() > best->start.size()))
      best = &month;
  if (best == nullptr) return 0;
  const bool ambiguous =
      std::find(std::begin(kAmbiguous), std::end(kAmbiguous), best->start) != std::end(kAmbiguous);
  return ambiguous ? 0 : best->number;
}

// Months of two words in the Arabic of the Levant, and one that begins the name of another.
int month_of(std::string_view word, std::string_view next) {
  if (word == "مه") return 5;
  const bool second = next.starts_with("الثاني");
  if (!second && !next.starts_with("الأول") && !next.starts_with("الاول")) return month_of(word);
  if (word == "كانون") return second ? 1 : 12;
  if (word == "تشرين") return second ? 11 : 10;
  return month_of(word);
}

// -1: no such mark; 0: before noon; 12: after. Some marks are letters with points: the first
// counts.
int noon_of(std::string_view word) {
  if (word.starts_with("صباح") || word.starts_with("قبل")) return 0;
  if (word.starts_with("مساء") || word.starts_with("بعد")) return 12;
  for (const std::string_view before : {"am", "a", "π", "πμ", "ص", "ق"})
    if (word == before) return 0;
  for (const std::string_view after : {"pm", "p", "μ", "μμ", "م", "ب"})
    if (word == after) return 12;
  return -1;
}

struct Reading {
  int year = 0, month = 0, day = 0, hour = -1, minute = 0, second = -1, noon = -1;

  std::optional<fx_time> time() const {
    int h = hour;
    if (noon >= 0 && h >= 1 && h <= 12) h = h % 12 + noon;
    const bool timed = hour >= 0;
    const auto wall = wall_of(year, month, day, timed ? h : 0, minute, std::max(second, 0));
    if (!wall) return std::nullopt;
    const fx_precision precision = !timed       ? FX_PRECISION_DAY
                                   : second < 0 ? FX_PRECISION_MINUTE
                                                : FX_PRECISION_SECOND;
    return fx_time{sizeof(fx_time), *wall, 0, static_cast<std::uint32_t>(precision),
                   FX_TIME_UNKNOWN};
  }
};

}  // namespace

std::optional<LocalTime> local_time(std::string_view text) {
  if (text.size() > kLongest) return std::nullopt;
  const std::vector<Piece> pieces = pieces_of(with_plain_spaces(text));
  Reading reading;
  std::vector<int> date;  // numbers of the date in their order
  std::size_t year_at = 3;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    if (!piece.is_number) {
      const std::string_view next = i + 1 < pieces.size() ? pieces[i + 1].word : std::string_view{};
      if (reading.month == 0) reading.month = month_of(piece.word, next);
      if (reading.hour >= 0 && reading.noon < 0) reading.noon = noon_of(piece.word);
      continue;
    }
    const bool has_next = i + 1 < pieces.size() && pieces[i + 1].is_number;
    const bool of_clock = has_next && pieces[i + 1].before == ':' && pieces[i + 1].digits == 2;
    if (reading.hour < 0 && of_clock && piece.digits <= 2) {
      reading.hour = piece.number;
      reading.minute = pieces[++i].number;
      if (i + 1 < pieces.size() && pieces[i + 1].is_number && pieces[i + 1].before == ':')
        reading.second = pieces[++i].number;
    } else if (piece.digits == 4 && reading.year == 0) {
      reading.year = piece.number;
      year_at = date.size();
    } else if (piece.digits <= 2 && date.size() < 2) {
      date.push_back(piece.number);
    } else if (date.size() == 2 || piece.digits > 2) {
      break;  // what follows the date and the time
    }
  }
  if (reading.year == 0 || date.empty()) return std::nullopt;
  LocalTime out;
  if (reading.month != 0) {
    reading.day = date[0];
    const auto time = reading.time();
    if (!time) return std::nullopt;
    out.time = *time;
    return out;
  }
  if (date.size() < 2) return std::nullopt;
  Reading day_first = reading;
  day_first.day = date[0];
  day_first.month = date[1];
  Reading month_first = reading;
  month_first.month = date[0];
  month_first.day = date[1];
  const auto by_day = day_first.time();
  const auto by_month = month_first.time();
  // The year in front is followed by the month.
  if (year_at == 0) {
    if (!by_month) return std::nullopt;
    out.time = *by_month;
    return out;
  }
  if (!by_day && !by_month) return std::nullopt;
  out.time = by_day ? *by_day : *by_month;
  if (by_day && by_month && by_day->wall != by_month->wall) out.other = by_month;
  return out;
}

}  // namespace facebook
