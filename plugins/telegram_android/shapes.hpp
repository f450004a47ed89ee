#pragma once
// What stands where in a blob of Telegram's type language (TL), as far as it is the same in all
// layers. The layout of messages and users changes every month; what is relied on here does not:
// the id behind the flags, which the row states a second time; the text right behind the date,
// which the row states, too; the order of id, access hash, names, user name and phone of a user,
// and the bits that say which of them are there. What does not fit is no shape, and nothing is
// taken from it.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace telegram_android {

// A text within a blob.
struct Text {
  std::size_t at = 0;
  std::size_t length = 0;
};

struct Peer {
  enum Kind : std::uint8_t { user, chat, channel };
  Kind kind = user;
  std::int64_t id = 0;
  std::size_t at = 0;  // of the id
  std::size_t length = 0;
};

struct MessageShape {
  enum Kind : std::uint8_t { message, service, unlisted };
  std::uint32_t constructor = 0;
  Kind kind = unlisted;
  std::uint32_t flags = 0;
  std::optional<Peer> from;
  std::optional<Text> text;  // not of a service message

  bool is_out() const { return (flags & 1U << 1) != 0; }
  bool is_forwarded() const { return (flags & 1U << 2) != 0; }
  bool has_media() const { return (flags & 1U << 9) != 0; }
  bool is_edited() const { return (flags & 1U << 15) != 0; }
};
// Of the message `id` of the time `date`; nullopt where the blob does not state that id.
std::optional<MessageShape> message_shape(std::string_view blob, std::int64_t id,
                                          std::int64_t date);

struct UserShape {
  std::uint32_t constructor = 0;
  std::uint32_t flags = 0;
  Text first_name, last_name, username, phone;  // length 0: not there

  bool is_owner() const { return (flags & 1U << 10) != 0; }
  bool is_contact() const { return (flags & 1U << 11) != 0; }
  bool is_deleted() const { return (flags & 1U << 13) != 0; }
  bool is_bot() const { return (flags & 1U << 14) != 0; }
};
std::optional<UserShape> user_shape(std::string_view blob, std::int64_t id);

// A user whose id nothing else states: it must be marked as the owner, have a number that is one,
// and fit one layout only.
struct OwnShape {
  std::int64_t id = 0;
  UserShape shape;
};
std::optional<OwnShape> own_shape(std::string_view blob);

// The title of a group or channel.
std::optional<Text> chat_title(std::string_view blob, std::int64_t id);

}  // namespace telegram_android
