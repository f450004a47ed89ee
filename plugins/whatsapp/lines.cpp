#include "lines.hpp"

#include <algorithm>

#include "unicode.hpp"

namespace whatsapp {
namespace {

constexpr std::string_view kMark8 = "\xEF\xBB\xBF";

char16_t unit_at(std::string_view raw, std::size_t at, Encoding encoding) {
  const auto first = static_cast<unsigned char>(raw[at]);
  const auto second = static_cast<unsigned char>(raw[at + 1]);
  return static_cast<char16_t>(encoding == Encoding::utf16le ? first | (second << 8U)
                                                             : second | (first << 8U));
}

// Where a piece of text ends, and how long the line end behind it is.
struct Cut {
  std::size_t text = 0;
  std::size_t end = 0;  // bytes of the line end
};

// `stop` is where the first LF stands, or the end of `raw`; `carriage` where a CR stands before it.
Cut cut_utf8(std::string_view raw, std::size_t stop, std::size_t carriage, bool at_end) {
  if (carriage < stop) {
    const bool with_feed = carriage + 1 < raw.size() && raw[carriage + 1] == '\n';
    if (carriage + 1 < raw.size() || at_end) return {carriage, with_feed ? 2U : 1U};
    return {carriage, 0};  // the end of the piece hides what follows the CR
  }
  if (stop < raw.size()) return {stop, 1};
  if (at_end) return {stop, 0};
  // Do not cut a code point in two.
  std::size_t safe = stop;
  while (safe > 0 && stop - safe < 3 &&
         (static_cast<unsigned char>(raw[safe - 1]) & 0xC0U) == 0x80U)
    --safe;
  if (safe > 0 && static_cast<unsigned char>(raw[safe - 1]) >= 0xC0U) --safe;
  return {safe == 0 ? stop : safe, 0};
}

Cut cut_utf16(std::string_view raw, Encoding encoding, bool at_end) {
  const std::size_t units = raw.size() / 2;
  for (std::size_t i = 0; i < units; ++i) {
    const char16_t unit = unit_at(raw, i * 2, encoding);
    if (unit == u'\n') return {i * 2, 2};
    if (unit != u'\r') continue;
    if (i + 1 < units) return {i * 2, unit_at(raw, i * 2 + 2, encoding) == u'\n' ? 4U : 2U};
    return {i * 2, at_end ? 2U : 0U};
  }
  if (at_end) return {raw.size(), 0};
  const bool split = units > 1 && (unit_at(raw, units * 2 - 2, encoding) & 0xFC00U) == 0xD800U;
  return {(units - (split ? 1 : 0)) * 2, 0};
}

}  // namespace

Preamble detect_encoding(fx::Window& window) {
  const std::string_view head = window.at(0, 64);
  if (head.starts_with("\xFF\xFE")) return {Encoding::utf16le, 2};
  if (head.starts_with("\xFE\xFF")) return {Encoding::utf16be, 2};
  std::size_t length = 0;
  while (head.substr(length).starts_with(kMark8)) length += kMark8.size();
  return {Encoding::utf8, length};
}

std::uint64_t source_length_utf16(std::string_view prefix) {
  std::uint64_t units = 0;
  for (std::size_t at = 0; at < prefix.size();) {
    const CodePoint c = decode(prefix, at);
    units += c.value >= 0x10000 ? 2 : 1;
    at += c.length;
  }
  return units * 2;
}

std::string_view to_utf8(std::string_view raw, Encoding encoding, std::string& scratch) {
  if (encoding == Encoding::utf8) return raw;
  scratch.clear();
  for (std::size_t at = 0; at + 1 < raw.size(); at += 2) {
    char32_t value = unit_at(raw, at, encoding);
    if ((value & 0xF800U) == 0xD800U) {
      const char32_t next = at + 3 < raw.size() ? unit_at(raw, at + 2, encoding) : 0;
      if ((value & 0xFC00U) == 0xD800U && (next & 0xFC00U) == 0xDC00U) {
        value = 0x10000U + ((value & 0x3FFU) << 10U) + (next & 0x3FFU);
        at += 2;
      } else {
        value = 0xFFFD;
      }
    }
    append_utf8(scratch, value);
  }
  return scratch;
}

// Most files have no CR: it is looked for once a piece, not once a line.
std::size_t LineReader::carriage_in(std::string_view raw, std::size_t stop) {
  if (offset_ + stop <= without_carriage_) return stop;
  const auto from = static_cast<std::size_t>(std::max(without_carriage_, offset_) - offset_);
  const std::size_t found = std::min(raw.find('\r', from), raw.size());
  without_carriage_ = offset_ + found;
  return std::min(found, stop);
}

bool LineReader::next(Line& line, std::uint64_t keep) {
  const std::string_view view = window_->at(offset_, kMaxPiece, std::min(keep, offset_));
  if (view.empty()) return false;
  const std::string_view raw = view.substr(0, kMaxPiece);
  const bool at_end = offset_ + raw.size() >= window_->length();
  Cut cut;
  if (encoding_ == Encoding::utf8) {
    const std::size_t stop = std::min(raw.find('\n'), raw.size());
    cut = cut_utf8(raw, stop, carriage_in(raw, stop), at_end);
  } else {
    cut = cut_utf16(raw, encoding_, at_end);
  }
  if (cut.text + cut.end == 0) cut.text = raw.size();
  line.offset = offset_;
  line.length = cut.text + cut.end;
  line.text = to_utf8(raw.substr(0, cut.text), encoding_, scratch_);
  line.continued = inside_line_;
  inside_line_ = cut.end == 0;
  offset_ += line.length;
  return true;
}

}  // namespace whatsapp
