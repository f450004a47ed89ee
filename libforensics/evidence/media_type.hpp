#pragma once
// What a file looks like by its first bytes. A hint for people and for sorting, never a decision
// about evidence: which plugin reads an artifact is decided by the plugins.

#include <string_view>

#include "base/bytes.hpp"

namespace forensics::evidence {

// How many bytes media_type() looks at.
inline constexpr std::size_t kMediaTypeHead = 512;

// A media type (RFC 6838), "application/octet-stream" where nothing fits, "inode/x-empty" for no
// bytes at all. `head` is the beginning of the file.
std::string_view media_type(ByteView head);

// True for pictures, sound, video, documents and contact cards: what chats attach. They are
// evidence in themselves, so that no plugin claiming them is nothing to warn about.
bool is_media(std::string_view type);

}  // namespace forensics::evidence
