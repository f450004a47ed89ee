#include "authors.hpp"

#include <array>
#include <cstring>

#include "unicode.hpp"

namespace whatsapp {
namespace {

constexpr std::size_t kSlots = std::size_t{1} << 15;
constexpr std::size_t kMaxUsed = kSlots / 2;
constexpr std::size_t kMaxName = 256;  // bytes
constexpr std::size_t kMaxSplits = 4;

struct Colon {
  std::size_t at = 0;
  std::size_t body = 0;
};
struct Colons {
  std::array<Colon, kMaxSplits> items;
  std::size_t count = 0;
};

// The colons that may end a name: a space, a mark or the end of the line follows.
Colons find_colons(std::string_view rest) {
  Colons colons;
  const std::string_view head = rest.substr(0, kMaxName);
  for (std::size_t at = head.find(':'); at != std::string_view::npos && colons.count < kMaxSplits;
       at = head.find(':', at + 1)) {
    const CodePoint next = decode(rest, at + 1);
    const bool space = next.length != 0 && is_space(next.value);
    if (next.length != 0 && !space && !is_invisible(next.value)) continue;
    if (trim_display(rest.substr(0, at)).empty()) continue;
    colons.items[colons.count++] = {at, at + 1 + (space ? next.length : 0)};
    // What WhatsApp itself writes begins with a mark; no name ends behind it.
    if (begins_with_mark(rest.substr(colons.items[colons.count - 1].body))) break;
  }
  return colons;
}

Split split_at(std::string_view rest, Colon colon) {
  const std::string_view name = trim_display(rest.substr(0, colon.at));
  const auto begin = static_cast<std::size_t>(name.data() - rest.data());
  return {true, begin, begin + name.size(), colon.body};
}

}  // namespace

std::uint64_t hash_bytes(std::string_view bytes) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15U;
  std::uint64_t hash = bytes.size() * kFactor + 1;
  std::size_t at = 0;
  while (at < bytes.size()) {
    std::uint64_t block = 0;
    const std::size_t n = bytes.size() - at < 8 ? bytes.size() - at : 8;
    std::memcpy(&block, bytes.data() + at, n);
    hash = (hash ^ block) * kFactor;
    hash ^= hash >> 29U;
    at += n;
  }
  return hash == 0 ? 1 : hash;
}

AuthorTable::AuthorTable() : slots_(kSlots) {}

AuthorTable::Entry* AuthorTable::upsert(std::uint64_t hash) {
  for (std::size_t i = hash % kSlots;; i = (i + 1) % kSlots) {
    Entry& entry = slots_[i];
    if (entry.hash == hash) return &entry;
    if (entry.hash != 0) continue;
    if (used_ == kMaxUsed) return nullptr;
    ++used_;
    entry.hash = hash;
    return &entry;
  }
}

const AuthorTable::Entry* AuthorTable::find(std::string_view name) const {
  const std::uint64_t hash = hash_bytes(name);
  for (std::size_t i = hash % kSlots; slots_[i].hash != 0; i = (i + 1) % kSlots)
    if (slots_[i].hash == hash) return &slots_[i];
  return nullptr;
}

bool AuthorTable::learn(std::string_view rest) {
  const Colons colons = find_colons(rest);
  for (std::size_t i = 0; i < colons.count; ++i) {
    const Colon colon = colons.items[i];
    Entry* entry = upsert(hash_bytes(trim_display(rest.substr(0, colon.at))));
    if (entry == nullptr) break;
    ++entry->seen;
    if (i + 1 == colons.count) ++entry->final;
    const std::string_view body = rest.substr(colon.body);
    if (!body.empty() && !begins_with_mark(body)) ++entry->spoken;
  }
  return colons.count != 0;
}

Split AuthorTable::split(std::string_view rest) const {
  const Colons colons = find_colons(rest);
  for (std::size_t i = 0; i < colons.count; ++i) {
    const Split candidate = split_at(rest, colons.items[i]);
    const Entry* entry =
        find(rest.substr(candidate.name_begin, candidate.name_end - candidate.name_begin));
    if (entry != nullptr && entry->final != 0 && (i == 0 || entry->seen > 1)) return candidate;
  }
  if (colons.count != 0) return split_at(rest, colons.items[0]);
  // "Name:text": only for a name that the file has shown elsewhere.
  const std::string_view head = rest.substr(0, kMaxName);
  for (std::size_t at = head.find(':'); at != std::string_view::npos; at = head.find(':', at + 1)) {
    const Split candidate = split_at(rest, {at, at + 1});
    if (candidate.name_end > candidate.name_begin &&
        seen(rest.substr(candidate.name_begin, candidate.name_end - candidate.name_begin)) != 0)
      return candidate;
  }
  return {};
}

std::uint32_t AuthorTable::seen(std::string_view name) const {
  const Entry* entry = find(name);
  return entry == nullptr ? 0 : entry->seen;
}

std::uint32_t AuthorTable::spoken(std::string_view name) const {
  const Entry* entry = find(name);
  return entry == nullptr ? 0 : entry->spoken;
}

}  // namespace whatsapp
