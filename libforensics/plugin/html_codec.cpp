#include "plugin/html_codec.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace forensics::plugin {
namespace {

struct Reference {
  std::string_view name;
  std::string_view utf8;
};
constexpr Reference kReferences[] = {
#include <forensics/character_references.inc>
};
constexpr std::size_t kLongestName = 32;

// The characters that Windows-1252 has where Unicode has the control characters U+0080 to U+009F.
constexpr char32_t kWindows[] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                 0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                 0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_hexadecimal(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_white(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}
bool same_word(ByteView a, ByteView lower_case) {
  return std::ranges::equal(a, lower_case, [](char x, char y) {
    return x == y || (x >= 'A' && x <= 'Z' && x + ('a' - 'A') == y);
  });
}

class Reader {
 public:
  explicit Reader(ByteView bytes) : in_(bytes) {}

  std::string text() {
    while (!done()) {
      const char next = at(1);
      if (in_[here_] != '<')
        character(false);
      else if (is_letter(next))
        start_tag();
      else if (next == '/' && is_letter(at(2)))
        tag();
      else if (next == '!' || next == '?' || (next == '/' && here_ + 2 < in_.size()))
        comment();
      else
        character(false);
    }
    return std::move(out_);
  }

  std::string attribute() {
    while (!done()) character(true);
    return std::move(out_);
  }

 private:
  bool done() const { return here_ >= in_.size(); }
  char at(std::size_t ahead) const {
    return here_ + ahead < in_.size() ? in_[here_ + ahead] : '\0';
  }
  ByteView rest() const { return in_.substr(here_); }
  bool take(ByteView word) {
    if (!rest().starts_with(word)) return false;
    here_ += word.size();
    return true;
  }
  // Past the next `word`, or to the end.
  void pass(ByteView word) {
    const std::size_t found = in_.find(word, here_);
    here_ = found == ByteView::npos ? in_.size() : found + word.size();
  }

  // One character as it is shown, however many bytes it is written with.
  void character(bool in_attribute) {
    if (in_[here_] == '&' && reference(in_attribute)) return;
    if (in_[here_] == '\r' && at(1) == '\n') {
      ++here_;
      return;
    }
    std::size_t length = 0;
    append_utf8(out_, next_code_point(rest(), length));
    here_ += length;
  }

  bool reference(bool in_attribute) {
    if (at(1) == '#') return numeric();
    std::size_t end = here_ + 1;
    while (end < in_.size() && end - here_ <= kLongestName &&
           (is_letter(in_[end]) || is_digit(in_[end])))
      ++end;
    if (end < in_.size() && in_[end] == ';') ++end;
    for (; end > here_ + 1; --end) {
      const ByteView name = in_.substr(here_ + 1, end - here_ - 1);
      const auto found = std::ranges::lower_bound(kReferences, name, {}, &Reference::name);
      if (found == std::end(kReferences) || found->name != name) continue;
      const char next = end < in_.size() ? in_[end] : '\0';
      if (in_attribute && name.back() != ';' && (next == '=' || is_letter(next) || is_digit(next)))
        return false;
      out_.append(found->utf8);
      here_ = end;
      return true;
    }
    return false;
  }

  bool numeric() {
    const bool hexadecimal = at(2) == 'x' || at(2) == 'X';
    std::size_t end = here_ + (hexadecimal ? 3 : 2);
    const std::size_t first = end;
    char32_t code = 0;
    while (end < in_.size() && (hexadecimal ? is_hexadecimal(in_[end]) : is_digit(in_[end]))) {
      const char c = in_[end++];
      const int digit = is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
      if (code <= 0x10FFFF) code = code * (hexadecimal ? 16 : 10) + static_cast<char32_t>(digit);
    }
    if (end == first) return false;
    if (code >= 0x80 && code <= 0x9F) code = kWindows[code - 0x80];
    append_utf8(out_, code == 0 ? 0xFFFD : code);  // what is no character becomes U+FFFD there
    here_ = end < in_.size() && in_[end] == ';' ? end + 1 : end;
    return true;
  }

  // From "<" past ">", which does not count inside of quotes after a "=".
  ByteView tag() {
    here_ += at(1) == '/' ? 2 : 1;
    const std::size_t begin = here_;
    while (!done() && !is_white(at(0)) && at(0) != '/' && at(0) != '>') ++here_;
    const ByteView name = in_.substr(begin, here_ - begin);
    while (!done()) {
      if (at(0) == '>') {
        ++here_;
        break;
      }
      if (is_white(at(0)) || at(0) == '/')
        ++here_;
      else
        attribute_in_tag();
    }
    return name;
  }

  void attribute_in_tag() {
    ++here_;  // even "="
    while (!done() && !is_white(at(0)) && at(0) != '/' && at(0) != '>' && at(0) != '=') ++here_;
    while (!done() && is_white(at(0))) ++here_;
    if (at(0) != '=' || done()) return;
    ++here_;
    while (!done() && is_white(at(0))) ++here_;
    if (take("\"")) return pass("\"");
    if (take("'")) return pass("'");
    while (!done() && !is_white(at(0)) && at(0) != '>') ++here_;
  }

  void start_tag() {
    const ByteView name = tag();
    if (same_word(name, "br")) out_ += '\n';
    static constexpr std::array<ByteView, 8> kOpaque = {"script", "style",  "title",   "textarea",
                                                        "xmp",    "iframe", "noembed", "noframes"};
    for (const ByteView opaque : kOpaque) {
      if (!same_word(name, opaque)) continue;
      const bool shown = opaque != "script" && opaque != "style";
      while (!done() && !ends_here(opaque)) shown ? character(false) : void(++here_);
    }
  }
  bool ends_here(ByteView name) const {
    if (at(0) != '<' || at(1) != '/' || !same_word(in_.substr(here_ + 2, name.size()), name))
      return false;
    const std::size_t after = here_ + 2 + name.size();
    return after < in_.size() && (is_white(in_[after]) || in_[after] == '/' || in_[after] == '>');
  }

  void comment() {
    if (!take("<!--")) return pass(">");
    if (take(">") || take("->")) return;
    while (!done()) {
      if (take("-->") || take("--!>")) return;
      ++here_;
    }
  }

  ByteView in_;
  std::size_t here_ = 0;
  std::string out_;
};

}  // namespace

std::string from_html_text(ByteView bytes) {
  return Reader(bytes).text();
}
std::string from_html_attribute(ByteView bytes) {
  return Reader(bytes).attribute();
}

}  // namespace forensics::plugin
