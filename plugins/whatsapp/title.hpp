#pragma once
// What the conversation is called: by the name of the file, or by a line that says so.

#include <string_view>

namespace whatsapp {

// "WhatsApp Chat with X.txt", in any language of the catalogue; empty where the name does not tell.
std::string_view title_in_file_name(std::string_view name);

// The group's name in a notice that it was created: what stands between quotation marks.
std::string_view quoted(std::string_view text);

}  // namespace whatsapp
