#include "shown.hpp"

#include <array>
#include <charconv>

namespace sqlite {
namespace {

constexpr std::size_t kShownName = 128;

std::string hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

}  // namespace

std::string with_line_ends(std::string text) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    text[kept++] = text[i];
  }
  text.resize(kept);
  return text;
}

std::string_view cut_text(std::string_view bytes, std::size_t most, Encoding encoding) {
  if (bytes.size() <= most) return bytes;
  std::size_t end = most;
  if (encoding == Encoding::utf8) {
    while (end > most - 4 && (static_cast<unsigned char>(bytes[end]) & 0xc0) == 0x80) --end;
  } else {
    end -= end % 2;
    const std::size_t high = encoding == Encoding::utf16le ? end - 1 : end - 2;
    if ((static_cast<unsigned char>(bytes[high]) & 0xfc) == 0xd8) end -= 2;
    // A CR LF that is cut in two would read as a lone CR: both codecs agree on that.
  }
  return bytes.substr(0, end);
}

std::string digits_of(double value) {
  std::array<char, 1200> out{};
  const auto [end, error] =
      std::to_chars(out.data(), out.data() + out.size(), value, std::chars_format::fixed);
  return error == std::errc() ? std::string(out.data(), end) : std::string();
}

std::string shown_name(std::string_view name) {
  return to_utf8(cut_text(name, kShownName, Encoding::utf8), Encoding::utf8);
}

bool says_nothing(const Value& value, const Column& column) {
  if (value.type == Storage::null) return true;
  if (value.type == Storage::integer && (value.integer == 0 || value.integer == -1)) return true;
  if (value.type == Storage::real && value.real == 0) return true;
  if ((value.type == Storage::text || value.type == Storage::blob) && value.bytes.empty())
    return value.complete;
  if (!value.in_record && !value.is_rowid) return true;
  const auto& fallback = column.fallback;
  return fallback && value.complete && fallback->type == value.type &&
         (value.type == Storage::integer ? fallback->integer == value.integer
          : value.type == Storage::real  ? fallback->real == value.real
                                         : fallback->bytes == value.bytes);
}

std::string shown(const Value& value, Encoding encoding, std::size_t most) {
  switch (value.type) {
    case Storage::null: return {};
    case Storage::integer: return std::to_string(value.integer);
    case Storage::real: return digits_of(value.real);
    case Storage::text: {
      const Encoding its = value.in_record ? encoding : Encoding::utf8;
      const std::string_view part = cut_text(value.bytes, most, its);
      std::string out = to_utf8(part, its);
      if (part.size() < value.bytes.size())
        out += "... (" + std::to_string(value.bytes.size()) + " bytes)";
      return out;
    }
    case Storage::blob:
      if (value.bytes.size() <= kShownBlob) return "x'" + hex(value.bytes) + "'";
      return "(" + std::to_string(value.bytes.size()) + " bytes)";
  }
  return {};
}

}  // namespace sqlite
