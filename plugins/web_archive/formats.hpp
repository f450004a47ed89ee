#pragma once
// The two formats of the family.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include "lines.hpp"
#include "transfer.hpp"

namespace web_archive {

int probe_mhtml(std::string_view head);
fx_status parse_mhtml(const fx::Host& host);
int probe_warc(std::string_view head);
fx_status parse_warc(const fx::Host& host);

// What the archive says about itself or a part: the headers, as a reading of `subject`.
void tell_headers(const fx::Host& host, std::string_view subject, const Headers& headers,
                  const Header* address, fx_span extent);
// Text of headers for a record: what is not ASCII becomes U+FFFD.
std::string repaired(std::string_view text);
// A part as an artifact of its own, or a skip where the host takes none.
void make_child(const fx::Host& host, fx::Window& window, std::uint64_t number,
                std::string_view address, std::string_view ending, fx_span body, Transfer transfer);

}  // namespace web_archive
