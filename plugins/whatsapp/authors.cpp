#include "authors.hpp"

#include <array>
#include <cstring>

#include "unicode.hpp"

namespace whatsapp {
namespace {

constexpr std::size_t kSlots = std::size_t{1} << 15;
constexpr std::size_t kMaxUsed = kSlots / 2;
constexpr std::size_t kMaxSteps = 64;  // so that chosen names cannot make the search long
constexpr std::size_t kMaxName = 256;  // bytes
constexpr std::size_t kMaxSplits = 4;
constexpr std::uint32_t kRepeated = 3;  // lines that make a longer name believable
constexpr std::string_view kMark = "\xE2\x80\x8E";

// A colon that may end a name.
struct Colon {
  std::string_view name;  // as displayed, without marks and spaces around it
  std::size_t body = 0;   // where the text behind it begins
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
    const std::string_view name = trim_display(rest.substr(0, at));
    if (name.empty()) continue;
    // A longer name holds nothing that WhatsApp marks, and something follows it.
    if (colons.count != 0 && (next.length == 0 || name.find('<') != std::string_view::npos ||
                              name.find(kMark) != std::string_view::npos))
      break;
    colons.items[colons.count++] = {name, at + 1 + (space ? next.length : 0)};
    // What WhatsApp itself writes begins with a mark; no name ends behind it.
    if (begins_with_mark(rest.substr(colons.items[colons.count - 1].body))) break;
  }
  return colons;
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
  for (std::size_t step = 0; step < kMaxSteps; ++step) {
    Entry& entry = slots_[(hash + step) % kSlots];
    if (entry.hash == hash) return &entry;
    if (entry.hash != 0) continue;
    if (used_ == kMaxUsed) return nullptr;
    ++used_;
    entry.hash = hash;
    return &entry;
  }
  return nullptr;
}

const AuthorTable::Entry* AuthorTable::find(std::uint64_t hash) const {
  for (std::size_t step = 0; step < kMaxSteps; ++step) {
    const Entry& entry = slots_[(hash + step) % kSlots];
    if (entry.hash == hash) return &entry;
    if (entry.hash == 0) break;
  }
  return nullptr;
}

bool AuthorTable::learn(std::string_view rest) {
  const Colons colons = find_colons(rest);
  Entry* shorter = nullptr;
  for (std::size_t i = 0; i < colons.count; ++i) {
    const Colon colon = colons.items[i];
    Entry* entry = upsert(hash_bytes(colon.name));
    if (entry == nullptr) break;
    ++entry->seen;
    if (shorter != nullptr && entry->seen == 1) ++shorter->rare;
    if (shorter != nullptr && entry->seen == kRepeated) --shorter->rare;
    shorter = entry;
    if (i + 1 == colons.count) ++entry->final;
    const std::string_view body = rest.substr(colon.body);
    if (i > 0 && !entry->varied) {
      const auto text = static_cast<std::uint32_t>(hash_bytes(body.substr(0, body.find(kMark))));
      if (entry->seen == 1) entry->first_text = text;
      entry->varied = text != entry->first_text;
    }
    if (!body.empty() && !begins_with_mark(body)) ++entry->spoken;
  }
  return colons.count != 0;
}

Split AuthorTable::split(std::string_view rest) const {
  const auto split_at = [&](const Colon& colon, const Entry*& entry) {
    const auto begin = static_cast<std::size_t>(colon.name.data() - rest.data());
    const std::uint64_t hash = hash_bytes(colon.name);
    entry = find(hash);
    return Split{.found = true,
                 .name_begin = begin,
                 .name_end = begin + colon.name.size(),
                 .body = colon.body,
                 .name_hash = hash,
                 .seen = entry != nullptr ? entry->seen : 0,
                 .spoken = entry != nullptr ? entry->spoken : 0};
  };
  const Entry* entry = nullptr;
  const Colons colons = find_colons(rest);
  Split shortest;
  for (std::size_t i = 0; i < colons.count; ++i) {
    const Split candidate = split_at(colons.items[i], entry);
    if (i == 0) shortest = candidate;
    if (entry == nullptr || (i > 0 && (entry->seen < kRepeated || !entry->varied))) break;
    if (entry->final != 0) return candidate;
    // A name is followed by the same longer name again and again; a text varies.
    if (entry->rare != 0) break;
  }
  if (colons.count != 0) return shortest;
  // "Name:text": only for a name that the file has shown elsewhere.
  const std::string_view head = rest.substr(0, kMaxName);
  for (std::size_t at = head.find(':'); at != std::string_view::npos; at = head.find(':', at + 1)) {
    const Split candidate = split_at({trim_display(rest.substr(0, at)), at + 1}, entry);
    if (candidate.name_end > candidate.name_begin && candidate.seen != 0) return candidate;
  }
  return {};
}

}  // namespace whatsapp
