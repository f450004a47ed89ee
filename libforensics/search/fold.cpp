#include "search/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <array>
#include <memory>

#include "base/bytes.hpp"
#include "search/letters.hpp"

namespace forensics::search {
namespace {

// Which differences a folding removes, one bit each.
using Mask = unsigned;
constexpr Mask kAll = (1U << kDifferences) - 1;

// As docs/search.md has it.
constexpr std::array<Difference, kDifferences> kOrder = {
    Difference::invisible,  Difference::compatible_form, Difference::letter_case,
    Difference::diacritics, Difference::digits,          Difference::letter_variant,
    Difference::punctuation};

constexpr bool removes(Mask mask, Difference difference) {
  return (mask >> static_cast<unsigned>(difference) & 1U) != 0;
}

bool is_invisible(UChar32 c) {
  constexpr UChar32 kTatweel = 0x0640;
  return c == kTatweel || u_charType(c) == U_FORMAT_CHAR ||
         u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

// A mark that can be left out without making another word. In the scripts of India and South-East
// Asia marks are vowels, and the two sound marks of Japanese make another letter: those stay.
bool is_optional_mark(UChar32 c) {
  const auto type = u_charType(c);
  if (type == U_ENCLOSING_MARK) return true;
  if (type != U_NON_SPACING_MARK || c == 0x3099 || c == 0x309A) return false;
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(c, &error)) {
    case USCRIPT_INHERITED:
    case USCRIPT_COMMON:
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
    case USCRIPT_SYRIAC:
    case USCRIPT_ETHIOPIC: return true;
    default: return false;
  }
}

icu::UnicodeString decomposed(const icu::UnicodeString& text, Mask mask) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = removes(mask, Difference::compatible_form)
                                           ? icu::Normalizer2::getNFKDInstance(error)
                                           : icu::Normalizer2::getNFDInstance(error);
  if (U_FAILURE(error)) return text;
  icu::UnicodeString out = normalizer->normalize(text, error);
  return U_FAILURE(error) ? text : out;
}

void append_plain(UChar32 c, Mask mask, std::string& out) {
  if (removes(mask, Difference::invisible) && is_invisible(c)) return;
  if (removes(mask, Difference::diacritics) && is_optional_mark(c)) return;
  if (removes(mask, Difference::digits) && u_charType(c) == U_DECIMAL_DIGIT_NUMBER) {
    out += static_cast<char>('0' + u_charDigitValue(c));
    return;
  }
  auto plain = static_cast<char32_t>(c);
  if (removes(mask, Difference::punctuation)) plain = plain_punctuation(plain);
  if (removes(mask, Difference::letter_variant)) {
    if (const std::string_view letters = spelled_out(plain); !letters.empty()) {
      out += letters;
      return;
    }
    plain = plain_letter(plain);
    if (plain == 0) return;
  }
  append_utf8(out, plain);
}

// The rules themselves, for one code point.
void append_folded(char32_t code_point, Mask mask, std::string& out) {
  const auto c = static_cast<UChar32>(code_point);
  if (removes(mask, Difference::invisible) && is_invisible(c)) return;
  icu::UnicodeString text = decomposed(icu::UnicodeString(c), mask);
  if (removes(mask, Difference::letter_case)) text = decomposed(text.foldCase(), mask);
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1))
    append_plain(text.char32At(at), mask, out);
}

// What append_folded() says for all code points with the same upper 13 bits.
struct Page {
  std::array<std::uint16_t, 257> begin{};
  std::string text;

  explicit Page(char32_t first) {
    for (char32_t low = 0; low < 256; ++low) {
      append_folded(first + low, kAll, text);
      begin[low + 1] = static_cast<std::uint16_t>(text.size());
    }
  }
  std::string_view of(char32_t low) const {
    return std::string_view(text).substr(begin[low], std::size_t{begin[low + 1]} - begin[low]);
  }
};

// Made page by page as texts need them; one a thread, so that no lock is taken for each message.
std::string_view folded(char32_t code_point) {
  thread_local std::array<std::unique_ptr<const Page>, 0x1100> pages;
  std::unique_ptr<const Page>& page = pages[code_point >> 8];
  if (!page) page = std::make_unique<const Page>(code_point & ~char32_t{0xFF});
  return page->of(code_point & 0xFF);
}

constexpr std::array<char, 128> kAscii = [] {
  std::array<char, 128> table{};
  for (std::size_t c = 0; c < table.size(); ++c) {
    table[c] = static_cast<char>(c);
    if (c < 0x20 || c == 0x7F) table[c] = ' ';
    if (c >= 'A' && c <= 'Z') table[c] = static_cast<char>(c + 0x20);
  }
  return table;
}();

bool is_ascii(char byte) {
  return static_cast<unsigned char>(byte) < 0x80;
}

std::string folded_under(std::string_view text, Mask mask) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) append_folded(next_code_point(text, at), mask, out);
  return out;
}

}  // namespace

std::string_view name_of(Difference difference) {
  switch (difference) {
    case Difference::letter_case: return "case";
    case Difference::diacritics: return "diacritics";
    case Difference::digits: return "digits";
    case Difference::letter_variant: return "letter variant";
    case Difference::invisible: return "invisible characters";
    case Difference::compatible_form: return "compatible form";
    case Difference::punctuation: return "punctuation";
  }
  return "";
}

void fold_into(std::string_view text, std::string& out) {
  for (std::size_t at = 0; at < text.size();) {
    if (is_ascii(text[at]))
      out += kAscii[static_cast<unsigned char>(text[at++])];
    else
      out += folded(next_code_point(text, at));
  }
}

Folded fold(std::string_view text) {
  Folded out;
  out.text.reserve(text.size());
  out.origin.reserve(text.size() + 1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (is_ascii(text[at]))
      out.text += kAscii[static_cast<unsigned char>(text[at++])];
    else
      out.text += folded(next_code_point(text, at));
    out.origin.resize(out.text.size(), begin);
  }
  out.origin.push_back(text.size());
  return out;
}

std::vector<Difference> differences(std::string_view a, std::string_view b) {
  std::vector<Difference> out;
  if (a == b) return out;
  for (unsigned number = 0; number < kDifferences; ++number) {
    const Mask without = kAll & ~(1U << number);
    if (folded_under(a, without) != folded_under(b, without))
      out.push_back(static_cast<Difference>(number));
  }
  if (!out.empty()) return out;
  // Two rules can each remove the same difference (a full-width digit is a compatible form and a
  // digit): the first that does is named.
  Mask mask = 0;
  for (const Difference next : kOrder) {
    mask |= 1U << static_cast<unsigned>(next);
    if (folded_under(a, mask) == folded_under(b, mask)) return {next};
  }
  return out;
}

}  // namespace forensics::search
