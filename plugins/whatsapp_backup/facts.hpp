#pragma once
// The records: what a backup and a key file say without being opened.

#include <forensics/plugin.hpp>

#include <string_view>

#include "checksum.hpp"
#include "header.hpp"

namespace whatsapp_backup {

// "crypt14", "crypt7 to crypt12", ...
std::string_view format_of(const Header& header);

void emit_header(const fx::Host& host, const Header& header, std::string_view name);
// The last digits of the number behind a crypt12 backup, and what is known of its integrity.
void emit_trailer(const fx::Host& host, const Header& header, const Trailer& trailer);

// A file that is nothing but a key. Its secret stays out of every record.
void emit_key_file(const fx::Host& host, std::string_view bytes);

}  // namespace whatsapp_backup
