#include "catalogue.hpp"

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <vector>

#include "authors.hpp"
#include "unicode.hpp"

namespace whatsapp {
namespace {

struct Phrase {
  Meaning meaning;
  std::string_view language;
  std::string_view text;
};
constexpr Phrase kPhrases[] = {
#include "phrases.inc"
};

struct ActionRule {
  std::string_view action;
  std::string_view part;
  std::string_view other;
};
constexpr ActionRule kActions[] = {
#include "actions.inc"
};

struct Slot {
  std::uint64_t hash;
  const Phrase* phrase;
};

constexpr std::size_t kLongest = 160;  // bytes of the longest phrase, with room for marks

const std::vector<Slot>& index() {
  static const std::vector<Slot> kIndex = [] {
    std::vector<Slot> slots;
    for (const Phrase& phrase : kPhrases) slots.push_back({hash_bytes(phrase.text), &phrase});
    std::ranges::sort(slots, {}, &Slot::hash);
    return slots;
  }();
  return kIndex;
}

bool stands_alone(Meaning meaning) {
  switch (meaning) {
    case Meaning::media_omitted:
    case Meaning::contact_omitted:
    case Meaning::view_once:
    case Meaning::deleted:
    case Meaning::live_location:
    case Meaning::missed_voice:
    case Meaning::missed_video: return true;
    default: return false;
  }
}

constexpr std::string_view kAdminDeletions[] = {
    "this message was deleted by admin ", "ce message a été supprimé par l'admin ",
    "ce message a été supprimé par l’admin ", "esta mensagem foi apagada pelo admin "};

bool is_dropped(char32_t c) {
  const bool vowel_sign = c >= 0x64B && c <= 0x652;
  const bool joiner = c == 0x200C || c == 0x200D;
  return (is_invisible(c) && !joiner) || vowel_sign;
}

// Which beginnings phrases have: most texts have none of them, and are told apart by three
// characters, nearly all others by seven. May take a text for a phrase, never a phrase for a text.
class Beginnings {
 public:
  template <class Accept>
  explicit Beginnings(Accept accept) {
    for (const Phrase& phrase : kPhrases)
      if (accept(phrase.meaning)) add(phrase.text);
  }

  void add(std::string_view text) {
    const Slot few = slot_of(text, kFew);
    const Slot many = slot_of(text, kMany);
    few_[few.at] = true;
    // What may follow a short phrase (a full stop) is not among its characters.
    (many.taken < kMany ? short_[few.at] : many_[many.at]) = true;
  }

  bool may_begin(std::string_view text) const {
    const std::size_t few = slot_of(text, kFew).at;
    return few_[few] && (short_[few] || many_[slot_of(text, kMany).at]);
  }

 private:
  static constexpr std::size_t kSlots = 4096;
  static constexpr int kFew = 3;
  static constexpr int kMany = 7;

  struct Slot {
    std::size_t at = 0;
    int taken = 0;
  };

  static Slot slot_of(std::string_view text, int characters) {
    Slot slot;
    std::size_t at = 0;
    while (slot.taken < characters && at < text.size()) {
      const CodePoint c = decode(text, at);
      at += c.length;
      if (is_dropped(c.value) || (slot.taken == 0 && is_space(c.value))) continue;
      slot.at = slot.at * 31 + (is_space(c.value) ? U' ' : to_lower(c.value));
      ++slot.taken;
    }
    slot.at %= kSlots;
    return slot;
  }

  std::bitset<kSlots> few_, many_, short_;
};

bool may_be_phrase(std::string_view text) {
  static const Beginnings kAny([](Meaning) { return true; });
  return kAny.may_begin(text);
}

// The phrase that is `folded`, if its meaning is accepted.
template <class Accept>
const Phrase* find_phrase(std::string_view folded, Accept accept) {
  const auto range = std::ranges::equal_range(index(), hash_bytes(folded), {}, &Slot::hash);
  for (const Slot& slot : range)
    if (slot.phrase->text == folded && accept(slot.phrase->meaning)) return slot.phrase;
  return nullptr;
}

}  // namespace

void fold_phrase(std::string_view text, std::string& out) {
  out.clear();
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte > ' ' && byte < 0x80) {
      out.push_back(static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte));
      ++at;
      continue;
    }
    const CodePoint c = decode(text, at);
    at += c.length;
    if (is_dropped(c.value)) continue;
    if (is_space(c.value) || c.value == '\n' || c.value == '\r') {
      if (!out.empty() && out.back() != ' ') out.push_back(' ');
      continue;
    }
    append_utf8(out, to_lower(c.value));
  }
  constexpr std::string_view kFullStop = "。";
  while (!out.empty()) {
    if (out.back() == ' ' || out.back() == '.') {
      out.pop_back();
    } else if (std::string_view(out).ends_with(kFullStop)) {
      out.resize(out.size() - kFullStop.size());
    } else {
      break;
    }
  }
}

bool may_be_notice(std::string_view text) {
  static const Beginnings kNotices = [] {
    Beginnings beginnings([](Meaning meaning) {
      return stands_alone(meaning) || meaning == Meaning::voice_call ||
             meaning == Meaning::video_call;
    });
    for (const std::string_view deletion : kAdminDeletions) beginnings.add(deletion);
    return beginnings;
  }();
  return kNotices.may_begin(text);
}

bool is_phrase(std::string_view text, Meaning meaning) {
  if (text.empty() || text.size() > kLongest || !may_be_phrase(text)) return false;
  std::string folded;
  fold_phrase(text, folded);
  return find_phrase(folded, [&](Meaning found) { return found == meaning; }) != nullptr;
}

std::optional<Meaning> whole_body(std::string_view text) {
  if (text.empty() || text.size() > kLongest || !may_be_notice(text)) return std::nullopt;
  std::string folded;
  fold_phrase(text, folded);
  if (const Phrase* phrase = find_phrase(folded, stands_alone)) return phrase->meaning;
  const auto begins = [&](std::string_view deletion) { return folded.starts_with(deletion); };
  if (std::ranges::any_of(kAdminDeletions, begins)) return Meaning::deleted;
  return std::nullopt;
}

void for_each_phrase(const std::function<void(std::string_view)>& visit) {
  for (const Phrase& phrase : kPhrases) visit(phrase.text);
}

std::string_view action_of(std::string_view text) {
  constexpr std::size_t kRead = 1024;
  std::string folded;
  fold_phrase(text.substr(0, kRead), folded);
  for (const ActionRule& rule : kActions)
    if (folded.find(rule.part) != std::string::npos && folded.find(rule.other) != std::string::npos)
      return rule.action;
  return {};
}

}  // namespace whatsapp
