#include "shapes.hpp"

#include <array>

namespace telegram_android {
namespace {

std::optional<std::uint64_t> number(std::string_view blob, std::size_t at, std::size_t length) {
  if (at > blob.size() || length > blob.size() - at) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = length; i-- > 0;)
    value = value << 8 | static_cast<unsigned char>(blob[at + i]);
  return value;
}

std::uint32_t word(std::string_view blob, std::size_t at) {
  return static_cast<std::uint32_t>(number(blob, at, 4).value_or(0));
}

// Well-formed, and without control characters that nobody writes.
bool is_written_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xC2 ? 0
                               : first < 0xE0 ? 2
                               : first < 0xF0 ? 3
                               : first < 0xF5 ? 4
                                              : 0;
    if (length == 0 || length > text.size() - at) return false;
    if (first < 0x20 && first != '\n' && first != '\t' && first != '\r') return false;
    for (std::size_t i = 1; i < length; ++i)
      if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80) return false;
    const auto second = length > 1 ? static_cast<unsigned char>(text[at + 1]) : 0x80;
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
        (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F))
      return false;
    at += length;
  }
  return true;
}

// The string at `at`: a length of one byte, or FE and three, then the text, then zeros up to a
// multiple of four. `end` is behind it.
std::optional<Text> string_at(std::string_view blob, std::size_t at, std::size_t& end) {
  if (at >= blob.size()) return std::nullopt;
  const auto first = static_cast<unsigned char>(blob[at]);
  if (first == 0xFF || (first == 0xFE && !number(blob, at + 1, 3))) return std::nullopt;
  Text text;
  text.length = first == 0xFE ? static_cast<std::size_t>(*number(blob, at + 1, 3)) : first;
  text.at = at + (first == 0xFE ? 4 : 1);
  if (text.at > blob.size() || text.length > blob.size() - text.at) return std::nullopt;
  end = text.at + text.length;
  for (; (end - at) % 4 != 0; ++end)
    if (end >= blob.size() || blob[end] != '\0') return std::nullopt;
  if (!is_written_text(blob.substr(text.at, text.length))) return std::nullopt;
  return text;
}

struct PeerWord {
  std::uint32_t constructor;
  Peer::Kind kind;
  std::size_t length;  // of the id
};
// Of today, and up to layer 132.
constexpr std::array<PeerWord, 6> kPeers = {{{0x59511722, Peer::user, 8},
                                             {0x36c6019a, Peer::chat, 8},
                                             {0xa2a5371e, Peer::channel, 8},
                                             {0x9db1bc6d, Peer::user, 4},
                                             {0xbad0e5bb, Peer::chat, 4},
                                             {0xbddde532, Peer::channel, 4}}};

std::optional<Peer> peer_at(std::string_view blob, std::size_t at) {
  for (const PeerWord& each : kPeers) {
    if (word(blob, at) != each.constructor) continue;
    const auto id = number(blob, at + 4, each.length);
    if (!id) return std::nullopt;
    return Peer{each.kind, static_cast<std::int64_t>(*id), at + 4, each.length};
  }
  return std::nullopt;
}

constexpr std::array<std::uint32_t, 4> kServices = {0x9e19a1f6, 0x286fa604, 0x2b085862, 0xd3d28540};
// Of which it is known that they are messages. Others are read by their shape as well, and counted.
constexpr std::array<std::uint32_t, 12> kMessages = {
    0x452c0e65, 0x58ae39c9, 0xbce383d2, 0x85d6cbe2, 0x38116ee0, 0xa66c7efc,
    0x76bec211, 0x1e4c8a69, 0x2357bf25, 0x94345242, 0x96fdbbe9, 0xeabcdd4d};

template <std::size_t n>
bool holds(const std::array<std::uint32_t, n>& list, std::uint32_t value) {
  for (const std::uint32_t each : list)
    if (each == value) return true;
  return false;
}

}  // namespace

std::optional<MessageShape> message_shape(std::string_view blob, std::int64_t id,
                                          std::int64_t date) {
  MessageShape shape;
  shape.constructor = word(blob, 0);
  shape.flags = word(blob, 4);
  // Behind one word of flags, or two.
  const auto wanted = static_cast<std::uint32_t>(id);
  std::size_t at = 0;
  for (const std::size_t place : {std::size_t{8}, std::size_t{12}})
    if (at == 0 && number(blob, place, 4) == wanted) at = place;
  if (at == 0 || id == 0) return std::nullopt;
  at += 4;
  shape.kind = holds(kServices, shape.constructor)   ? MessageShape::service
               : holds(kMessages, shape.constructor) ? MessageShape::message
                                                     : MessageShape::unlisted;
  if ((shape.flags & 1U << 8) != 0) {
    shape.from = peer_at(blob, at);
    // Up to layer 118 it was the number of a user, before the peer of the thread.
    if (!shape.from && peer_at(blob, at + 4))
      shape.from = Peer{Peer::user, static_cast<std::int64_t>(word(blob, at)), at, 4};
  }
  if (shape.kind == MessageShape::service || date <= 0) return shape;
  for (; at + 8 <= blob.size(); at += 4) {
    if (word(blob, at) != static_cast<std::uint32_t>(date)) continue;
    std::size_t end = 0;
    shape.text = string_at(blob, at + 4, end);
    if (shape.text) break;
  }
  return shape;
}

std::optional<UserShape> user_shape(std::string_view blob, std::int64_t id) {
  UserShape shape;
  shape.constructor = word(blob, 0);
  shape.flags = word(blob, 4);
  const auto wanted = static_cast<std::uint64_t>(id);
  std::size_t at = 0;
  if (number(blob, 8, 8) == wanted)
    at = 16;
  else if (number(blob, 12, 8) == wanted)
    at = 20;
  else if (wanted <= 0xFFFFFFFF && number(blob, 8, 4) == wanted)
    at = 12;
  if (at == 0 || id <= 0) return std::nullopt;
  if ((shape.flags & 1) != 0) at += 8;  // the access hash
  for (const auto& [bit, text] :
       {std::pair{1, &UserShape::first_name}, std::pair{2, &UserShape::last_name},
        std::pair{3, &UserShape::username}, std::pair{4, &UserShape::phone}}) {
    if ((shape.flags >> bit & 1) == 0) continue;
    const auto found = string_at(blob, at, at);
    if (!found) return std::nullopt;
    shape.*text = *found;
  }
  return shape;
}

std::optional<OwnShape> own_shape(std::string_view blob) {
  constexpr std::uint64_t kLargestId = std::uint64_t{1} << 52;
  std::optional<OwnShape> own;
  for (const auto& [at, length] : {std::pair{8, 8}, std::pair{12, 8}, std::pair{8, 4}}) {
    const auto id = number(blob, static_cast<std::size_t>(at), static_cast<std::size_t>(length));
    if (!id || *id == 0 || *id >= kLargestId) continue;
    const auto shape = user_shape(blob, static_cast<std::int64_t>(*id));
    if (!shape || !shape->is_owner()) continue;
    const std::string_view phone = blob.substr(shape->phone.at, shape->phone.length);
    if (phone.size() < 7 || phone.size() > 20 ||
        phone.find_first_not_of("0123456789") != std::string_view::npos)
      continue;
    if (own && own->id != static_cast<std::int64_t>(*id)) return std::nullopt;
    own = OwnShape{static_cast<std::int64_t>(*id), *shape};
  }
  return own;
}

std::optional<Text> chat_title(std::string_view blob, std::int64_t id) {
  const auto wanted = static_cast<std::uint64_t>(id);
  std::size_t end = 0;
  for (const std::size_t place : {std::size_t{8}, std::size_t{12}}) {
    if (number(blob, place, 8) != wanted) continue;
    // A channel has its access hash between.
    const bool has_hash = (word(blob, 4) & 1U << 13) != 0;
    for (const std::size_t at : {place + (has_hash ? 16 : 8), place + (has_hash ? 8 : 16)})
      if (const auto title = string_at(blob, at, end); title && title->length != 0) return title;
  }
  if (wanted <= 0xFFFFFFFF && number(blob, 8, 4) == wanted)
    for (const std::size_t at : {std::size_t{12}, std::size_t{20}})
      if (const auto title = string_at(blob, at, end); title && title->length != 0) return title;
  return std::nullopt;
}

}  // namespace telegram_android
