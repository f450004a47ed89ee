#include "header.hpp"

#include <algorithm>

#include "protobuf/wire.hpp"

namespace whatsapp_backup {
namespace {

constexpr std::size_t kIv = 16;
constexpr std::size_t kSalt = 32;
constexpr std::size_t kGoogleId = 16;

Part part_of(const protobuf::Field& field, std::uint64_t base) {
  return {std::string(field.bytes), base + field.at};
}

Number number_of(const protobuf::Field& field, std::uint64_t base) {
  return {field.number, field.value, base + field.at, field.bytes.size()};
}

bool is_text(const protobuf::Field& field) {
  return field.bytes.size() <= 64 &&
         std::ranges::all_of(field.bytes, [](char c) { return c >= 0x20 && c < 0x7f; });
}

// Field 2: what the key file is asked for.
bool read_provider_key(const protobuf::Field& from, std::uint64_t base, Header& out) {
  protobuf::Message message(from.bytes);
  base += from.at;
  for (protobuf::Field field; message.next(field);) {
    if (field.wire != protobuf::Wire::bytes) continue;
    if (field.number == 2) out.key_version = part_of(field, base);
    if (field.number == 3) out.server_salt = part_of(field, base);
    if (field.number == 4) out.google_id = part_of(field, base);
    if (field.number == 5) out.iv = part_of(field, base);
  }
  return message.sound();
}

bool read_root_key(const protobuf::Field& from, std::uint64_t base, Header& out) {
  protobuf::Message message(from.bytes);
  base += from.at;
  for (protobuf::Field field; message.next(field);)
    if (field.number == 1 && field.wire == protobuf::Wire::bytes) out.iv = part_of(field, base);
  return message.sound();
}

// Field 4: the application that wrote the backup, and for whom.
bool read_info(const protobuf::Field& from, std::uint64_t base, Header& out) {
  protobuf::Message message(from.bytes);
  base += from.at;
  for (protobuf::Field field; message.next(field);) {
    if (field.wire == protobuf::Wire::varint) out.numbers.push_back(number_of(field, base));
    if (field.wire != protobuf::Wire::bytes || !is_text(field)) continue;
    if (field.number == 1) out.app_version = part_of(field, base);
    if (field.number == 3) out.jid_suffix = part_of(field, base);
  }
  return message.sound();
}

std::optional<Header> read_message(std::string_view bytes, std::uint64_t base) {
  Header out;
  out.length = base + bytes.size();
  bool known = false;
  bool sound = true;
  protobuf::Message message(bytes);
  for (protobuf::Field field; sound && message.next(field);) {
    if (field.wire == protobuf::Wire::varint && (field.number == 1 || field.number == 6))
      out.key_type = number_of(field, base);
    if (field.wire != protobuf::Wire::bytes) continue;
    if (field.number == 2) {
      out.family = Family::provider_key;
      sound = known = read_provider_key(field, base, out);
    } else if (field.number == 3) {
      out.family = Family::root_key;
      sound = known = read_root_key(field, base, out);
    } else if (field.number == 4) {
      sound = read_info(field, base, out);
    } else if (field.number == 5 && !known) {
      out.family = Family::passkey;
      known = true;
    }
  }
  if (!sound || !known || !message.sound()) return std::nullopt;
  if (out.family != Family::passkey && out.iv.bytes.size() != kIv) return std::nullopt;
  return out;
}

// The message is preceded by its length as a varint. From 128 on that is two bytes, the second of
// which is 1 for every length below 256.
std::optional<Header> read_message_header(std::string_view head) {
  const protobuf::Varint length = protobuf::read_varint(head, 0);
  if (length.length == 0 || length.value == 0 || length.value > kLongestHeader ||
      length.value > head.size() - length.length)
    return std::nullopt;
  return read_message(head.substr(length.length, static_cast<std::size_t>(length.value)),
                      length.length);
}

// Cipher version 0001, key version, salt, identity, IV.
std::optional<Header> read_raw_header(std::string_view head) {
  if (head.size() < kRawHeader || head[0] != 0 || head[1] != 1) return std::nullopt;
  const char version = head[2];
  const bool plausible = (version >= 1 && version <= 9) || (version >= '1' && version <= '9');
  // Salts and an IV of one repeated byte are no product of chance.
  const std::string_view chance = head.substr(3, kRawHeader - 3);
  if (!plausible || std::ranges::all_of(chance, [&](char c) { return c == chance[0]; }))
    return std::nullopt;
  Header out;
  out.family = Family::raw;
  out.length = kRawHeader;
  const auto part = [&](std::size_t at, std::size_t length) {
    return Part{std::string(head.substr(at, length)), at};
  };
  out.key_version = part(2, 1);
  out.server_salt = part(3, kSalt);
  out.google_id = part(35, kGoogleId);
  out.iv = part(51, kIv);
  return out;
}

}  // namespace

std::optional<Header> read_header(std::string_view head) {
  if (auto header = read_raw_header(head)) return header;
  return read_message_header(head);
}

}  // namespace whatsapp_backup
