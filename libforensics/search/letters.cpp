#include "search/letters.hpp"

#include <unicode/uchar.h>

namespace forensics::search {
namespace {

// The Ethiopic block is laid out in series of eight: one consonant, eight vowels.
constexpr char32_t kSeries = 8;

char32_t plain_ethiopic(char32_t letter) {
  const char32_t order = letter % kSeries;
  switch (letter - order) {
    case U'ሀ':
    case U'ሐ':
    case U'ኀ':
    case U'ኸ':
      // "ha" is written in the first or in the fourth order.
      return U'ሀ' + (order == 3 ? 0 : order);
    case U'አ':
    case U'ዐ': return U'አ' + (order == 3 ? 0 : order);
    case U'ሠ': return U'ሰ' + order;
    case U'ፀ': return U'ጸ' + order;
    default: return letter;
  }
}

char32_t plain_arabic(char32_t letter) {
  switch (letter) {
    case U'ٱ':
    case U'ٲ':
    case U'ٳ':
    case U'ٵ': return U'ا';
    case U'ي':
    case U'ى':
    case U'ې':
    case U'ۍ': return U'ی';
    case U'ك':
    case U'ڪ': return U'ک';
    case U'ة':
    case U'ۃ':
    case U'ە':
    case U'ہ':
    case U'ھ': return U'ه';
    case U'ء': return 0;
    default: return letter;
  }
}

char32_t plain_latin(char32_t letter) {
  switch (letter) {
    case U'ı': return U'i';
    case U'ø': return U'o';
    case U'đ': return U'd';
    case U'ħ': return U'h';
    case U'ł': return U'l';
    case U'ŧ': return U't';
    default: return letter;
  }
}

}  // namespace

char32_t plain_letter(char32_t letter) {
  if (letter < 0x250) return plain_latin(letter);
  if (letter >= 0x600 && letter < 0x700) return plain_arabic(letter);
  if (letter >= 0x1200 && letter < 0x1380) return plain_ethiopic(letter);
  return letter;
}

std::string_view spelled_out(char32_t letter) {
  switch (letter) {
    case U'æ': return "ae";
    case U'œ': return "oe";
    case U'🔟': return "10";
    default: return {};
  }
}

char32_t plain_punctuation(char32_t code_point) {
  const auto character = static_cast<UChar32>(code_point);
  if (u_charType(character) == U_CONTROL_CHAR || u_isUWhiteSpace(character)) return U' ';
  switch (code_point) {
    case 0x2010:  // hyphen
    case 0x2011:
    case 0x2012:
    case 0x2013:  // en dash
    case 0x2014:
    case 0x2015:
    case 0x2212:  // minus sign
      return U'-';
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x02BC:  // modifier letter apostrophe
      return U'\'';
    case 0x201C:
    case 0x201D:
    case 0x201F: return U'"';
    default: return code_point;
  }
}

}  // namespace forensics::search
