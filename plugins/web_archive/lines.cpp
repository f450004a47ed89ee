#include "lines.hpp"

#include <algorithm>

namespace web_archive {
namespace {

constexpr std::size_t kMostHeaders = 500;
constexpr std::size_t kMostValue = std::size_t{256} << 10;
constexpr std::string_view kSpace = " \t\r\n";

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

bool Lines::next(Line& line) {
  const std::string_view there = window_.at(offset_, kMostLine).substr(0, kMostLine);
  if (there.empty()) return false;
  const std::size_t end = there.find('\n');
  line.offset = offset_;
  line.length = end == there.npos ? there.size() : end + 1;
  line.text = there.substr(0, end == there.npos ? there.size() : end);
  if (line.text.ends_with('\r')) line.text.remove_suffix(1);
  offset_ += line.length;
  return true;
}

bool Headers::read(Lines& lines) {
  all_.clear();
  Line line;
  while (lines.next(line) && !line.text.empty()) {
    const bool goes_on = line.text.front() == ' ' || line.text.front() == '\t';
    if (goes_on && !all_.empty()) {
      Header& last = all_.back();
      if (last.value.size() + line.text.size() < kMostValue)
        last.value.append(" ").append(trimmed(line.text));
      last.where.length = line.offset + line.text.size() - last.where.offset;
      continue;
    }
    const std::size_t colon = line.text.find(':');
    if (colon == line.text.npos || all_.size() == kMostHeaders) continue;
    const std::size_t begin =
        std::min(line.text.find_first_not_of(" \t", colon + 1), line.text.size());
    all_.push_back({std::string(trimmed(line.text.substr(0, colon))),
                    std::string(trimmed(line.text.substr(begin))),
                    fx::span(line.offset + begin, line.text.size() - begin)});
  }
  return !all_.empty();
}

const Header* Headers::find(std::string_view name) const {
  for (const Header& each : all_)
    if (same_word(each.name, name)) return &each;
  return nullptr;
}

std::string_view Headers::value(std::string_view name) const {
  const Header* found = find(name);
  return found == nullptr ? std::string_view{} : std::string_view(found->value);
}

std::string parameter(std::string_view header, std::string_view name) {
  for (std::size_t at = header.find(';'); at != header.npos; at = header.find(';', at + 1)) {
    const std::string_view rest = trimmed(header.substr(at + 1));
    const std::size_t equals = rest.find('=');
    if (equals == rest.npos || !same_word(trimmed(rest.substr(0, equals)), name)) continue;
    const std::string_view value = trimmed(rest.substr(equals + 1));
    if (value.starts_with('"')) return std::string(value.substr(1, value.find('"', 1) - 1));
    return std::string(value.substr(0, value.find_first_of("; \t")));
  }
  return {};
}

std::string file_name_of(std::string_view address) {
  address = address.substr(0, address.find_first_of("?#"));
  if (const std::size_t scheme = address.find("://"); scheme != address.npos)
    address = address.substr(scheme + 3);
  while (address.ends_with('/')) address.remove_suffix(1);
  std::string name(address.substr(address.rfind('/') + 1));
  if (name.size() > 100) name.erase(0, name.size() - 100);
  for (char& c : name)
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F || c == ':')
      c = '_';
  return name == "." || name == ".." ? std::string() : name;
}

}  // namespace web_archive
