#pragma once
// The sections of an account's export that are no chats: who the owner is, contacts, devices that
// are signed in, pictures, stories, and whatever else stands there.

#include <string_view>

#include "chat_json.hpp"

namespace telegram {

// Reads the value of a member of the outermost object where it is a section; false where it is not
// (then nothing was read).
bool read_section(Export& out, json::Reader& reader, const json::Source& source,
                  std::string_view name, const json::Token& value);

}  // namespace telegram
