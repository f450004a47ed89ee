#include "report/html.hpp"

#include <algorithm>
#include <array>

namespace forensics::report {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::string_view kReplacementBytes = "\xEF\xBF\xBD";

constexpr bool in(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

// Bytes that stand for themselves in element content and in quoted attribute values.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x7F; ++c) plain[c] = true;
  for (const char c : {'&', '<', '>', '"', '\''}) plain[static_cast<unsigned char>(c)] = false;
  return plain;
}();

// Scripts whose spelling uses ZWNJ and ZWJ: Arabic, Syriac, N'Ko, Indic, Mongolian.
bool uses_joiners(char32_t c) {
  return in(c, 0x0600, 0x0DFF) || in(c, 0x1800, 0x18AF) || in(c, 0xFB50, 0xFDFF) ||
         in(c, 0xFE70, 0xFEFC);
}

bool is_emoji_part(char32_t c) {
  return c >= 0x1F000 || in(c, 0x2190, 0x2BFF) || c == 0xFE0F;
}

bool is_tag(char32_t c) {
  return in(c, 0xE0020, 0xE007F);
}

// True where a reader would not see `c`, or would see other characters elsewhere because of it.
bool is_hidden(char32_t c, char32_t before) {
  if (c == '\n' || c == '\t') return false;
  if (c < 0x20 || in(c, 0x7F, 0x9F)) return true;
  if (c < 0xAD) return false;
  if (c == 0x200C) return !uses_joiners(before);
  if (c == 0x200D) return !uses_joiners(before) && !is_emoji_part(before);
  if (is_tag(c)) return before != 0x1F3F4 && !is_tag(before);
  switch (c) {
    case 0x00AD:  // soft hyphen
    case 0x034F:  // combining grapheme joiner
    case 0x061C:  // Arabic letter mark
    case 0x115F:
    case 0x1160:
    case 0x3164:
    case 0xFFA0:  // Hangul fillers
    case 0x17B4:
    case 0x17B5:
    case 0x180E:
    case 0x2800:  // Braille blank
    case 0xFEFF: return true;
    default: break;
  }
  return in(c, 0x200B, 0x200F) || in(c, 0x2028, 0x202E) || in(c, 0x2060, 0x206F) ||
         in(c, 0xFFF0, 0xFFFB) || in(c, 0xE0000, 0xE0FFF) || in(c, 0xE000, 0xF8FF) ||
         (c & 0xFFFE) == 0xFFFE;
}

enum class Place { content, attribute };

void draw(std::string& out, Place place, std::string_view what) {
  out += place == Place::content ? "<span class=ctl>" : "[";
  out += what;
  out += place == Place::content ? "</span>" : "]";
}

std::string_view entity(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return "&#39;";
  }
}

// Writes the characters of `text` from `at` on until `out` has `limit` bytes; returns where it
// stopped.
std::size_t escape(std::string& out, std::string_view text, Place place, std::size_t limit) {
  std::size_t at = 0;
  char32_t before = 0;
  while (at < text.size() && out.size() < limit) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (kPlain[byte]) {
      out += text[at++];
      before = byte;
      continue;
    }
    const std::size_t start = at;
    const char32_t c = next_code_point(text, at);
    const std::string_view bytes = text.substr(start, at - start);
    const bool ill_formed = c == kReplacement && bytes != kReplacementBytes;
    const bool line = c == '\n' || c == '\t';
    if (ill_formed) {
      for (const char b : bytes)
        draw(out, place, fmt::format("byte {:02X}", static_cast<unsigned char>(b)));
    } else if (is_hidden(c, before) || (line && place == Place::attribute)) {
      draw(out, place, fmt::format("U+{:04X}", static_cast<std::uint32_t>(c)));
    } else if (byte < 0x80 && !line) {
      out += entity(text[start]);
    } else {
      out += bytes;
    }
    before = c;
  }
  return at;
}

constexpr std::size_t kNoLimit = std::string::npos;

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

}  // namespace

std::string_view clipped(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  // At most three continuation bytes belong to one character.
  for (int back = 0; back < 3 && limit > 0 && (text[limit] & 0xC0) == 0x80; ++back) --limit;
  return text.substr(0, limit);
}

Address Address::file(const Digest& digest, Markup extension) {
  Address address;
  address.text_ = "files/" + to_hex(forensics::view(digest)) + "." + std::string(extension.view());
  return address;
}

Address Address::page(std::size_t number) const {
  Address address;
  address.text_ = text_ + (number == 1 ? ".html" : fmt::format("-{:04}.html", number));
  return address;
}

Address Address::joined(const Address& suffix) const {
  Address address;
  address.text_ = text_ + suffix.text_;
  return address;
}

Address Address::at(const Address& anchor) const {
  Address address;
  address.text_ = text_ + "#" + anchor.text_;
  return address;
}

Html& Html::operator<<(Markup markup) {
  bytes_ += markup.view();
  return *this;
}

Html& Html::operator<<(Text text) {
  escape(bytes_, text.view(), Place::content, kNoLimit);
  return *this;
}

Html& Html::operator<<(Clip clip) {
  const std::string_view shown = clipped(clip.text, clip.limit);
  *this << Text(shown);
  if (shown.size() == clip.text.size()) return *this;
  return *this << "<span class=more>… "
               << Grouped{static_cast<std::int64_t>(clip.text.size() - shown.size())}
               << " bytes more</span>";
}

Html& Html::operator<<(Plain plain) {
  escape(bytes_, plain.text, Place::attribute, kNoLimit);
  return *this;
}

Html& Html::operator<<(const Attribute& attribute) {
  return *this << " " << attribute.name << "=\"" << Plain{attribute.value} << "\"";
}

Html& Html::operator<<(Grouped value) {
  bytes_ += grouped(value.number);
  return *this;
}

Html& Html::operator<<(const Address& address) {
  bytes_ += '"';
  bytes_ += address.text();
  bytes_ += '"';
  return *this;
}

Html& Html::operator<<(const Html& other) {
  bytes_ += other.bytes_;
  return *this;
}

Html& Html::append_number(std::int64_t number) {
  bytes_ += std::to_string(number);
  return *this;
}

std::size_t Html::append_within(Text text, std::size_t budget) {
  return escape(bytes_, text.view(), Place::content,
                bytes_.size() + std::max<std::size_t>(budget, 1));
}

Html Html::rendered(std::string bytes) {
  Html html;
  html.bytes_ = std::move(bytes);
  return html;
}

}  // namespace forensics::report
