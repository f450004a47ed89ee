#include "headers.hpp"

#include <algorithm>

#include "text/charset.hpp"
#include "text/utf8.hpp"

namespace mail {
namespace {

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string from_percent(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(hex(text[i + 1]) << 4 | hex(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

// A token or quoted text from the front of `rest`.
std::string take_value(std::string_view& rest) {
  std::string out;
  rest = rest.substr(std::min(rest.find_first_not_of(" \t"), rest.size()));
  if (!rest.starts_with('"')) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    out = text::trimmed(rest.substr(0, end));
    rest.remove_prefix(end);
    return out;
  }
  std::size_t i = 1;
  for (; i < rest.size() && rest[i] != '"'; ++i) {
    if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
    out.push_back(rest[i]);
  }
  rest.remove_prefix(std::min(i + 1, rest.size()));
  return out;
}

}  // namespace

std::size_t header_name(std::string_view line) {
  std::size_t n = 0;
  while (n < line.size() && line[n] > ' ' && line[n] < 0x7f && line[n] != ':') ++n;
  std::size_t colon = n;
  while (colon < line.size() && (line[colon] == ' ' || line[colon] == '\t')) ++colon;
  return n > 0 && n <= 128 && colon < line.size() && line[colon] == ':' ? n : 0;
}

std::vector<fx_span> Header::where(std::size_t begin, std::size_t length) const {
  std::vector<fx_span> out;
  std::uint64_t skip = begin;
  std::uint64_t left = length;
  for (const fx_span& part : parts) {
    const std::uint64_t from = std::min(skip, part.length);
    skip -= from;
    const std::uint64_t take = std::min(left, part.length - from);
    left -= take;
    if (take != 0) out.push_back(fx::span(part.offset + from, take));
  }
  return out;
}

void Headers::clear() {
  fields_.clear();
  bytes_ = 0;
  dropped_ = 0;
  dropping_ = false;
}

bool Headers::add(const text::Line& line) {
  const bool folded = line.continued || line.text.starts_with(' ') || line.text.starts_with('\t');
  if (folded) {
    if (dropping_) return true;
    if (fields_.empty() || (text::trimmed(line.text).empty() && !line.continued)) return false;
    Header& header = fields_.back();
    header.end = line.end();
    bytes_ += line.text.size();
    if (bytes_ > kMostBytes || header.parts.size() > 10'000) {
      header.cut = true;
      return true;
    }
    header.value += line.text;
    if (!line.text.empty()) header.parts.push_back(fx::span(line.offset, line.text.size()));
    return true;
  }
  const std::size_t name = header_name(line.text);
  if (name == 0) return false;
  bytes_ += line.text.size();
  dropping_ = fields_.size() >= kMost || bytes_ > kMostBytes;
  if (dropping_) {
    ++dropped_;
    return true;
  }
  std::size_t begin = line.text.find(':', name) + 1;
  while (begin < line.text.size() && (line.text[begin] == ' ' || line.text[begin] == '\t')) ++begin;
  Header header;
  header.name = line.text.substr(0, name);
  header.value = line.text.substr(begin);
  header.offset = line.offset;
  header.end = line.end();
  if (!header.value.empty())
    header.parts.push_back(fx::span(line.offset + begin, header.value.size()));
  fields_.push_back(std::move(header));
  return true;
}

const Header* Headers::find(std::string_view name) const {
  const auto found = std::ranges::find_if(
      fields_, [&](const Header& each) { return text::same_word(each.name, name); });
  return found == fields_.end() ? nullptr : &*found;
}

Parameters::Parameters(std::string_view value) {
  const std::size_t semicolon = std::min(value.find(';'), value.size());
  word_ = text::lower(text::trimmed(value.substr(0, semicolon)));
  std::string_view rest = value.substr(semicolon);
  while (!rest.empty() && all_.size() < 64) {
    rest.remove_prefix(1);
    const std::size_t equals = std::min(rest.find_first_of("=;"), rest.size());
    std::string name = text::lower(text::trimmed(rest.substr(0, equals)));
    const bool has_value = equals < rest.size() && rest[equals] == '=';
    rest.remove_prefix(std::min(equals + (has_value ? 1 : 0), rest.size()));
    std::string text = has_value ? take_value(rest) : std::string();
    rest.remove_prefix(std::min(rest.find(';'), rest.size()));
    if (name.empty()) continue;
    // "name*0*", "name*1", "name*": continuations in order, percent-encoded with a character set.
    const std::size_t star = name.find('*');
    const bool encoded = star != std::string::npos && name.ends_with('*');
    const bool goes_on = star != std::string::npos && star + 1 < name.size() &&
                         name[star + 1] >= '0' && name[star + 1] <= '9';
    if (star != std::string::npos) name.resize(star);
    if (encoded) {
      const std::size_t first = text.find('\'');
      const std::size_t second = first == std::string::npos ? first : text.find('\'', first + 1);
      if (second != std::string::npos) {
        const text::Charset charset(std::string_view(text).substr(0, first));
        const std::string bytes = from_percent(std::string_view(text).substr(second + 1));
        text = charset ? charset.to_utf8(bytes) : text::repaired(bytes);
      } else {
        text = text::repaired(from_percent(text));
      }
    }
    const auto known = std::ranges::find(all_, name, &One::name);
    if (goes_on && known != all_.end())
      known->value += text;
    else if (known == all_.end())
      all_.push_back({std::move(name), std::move(text)});
  }
}

std::string_view Parameters::operator[](std::string_view name) const {
  const auto found = std::ranges::find(all_, name, &One::name);
  return found == all_.end() ? std::string_view{} : std::string_view(found->value);
}

}  // namespace mail
