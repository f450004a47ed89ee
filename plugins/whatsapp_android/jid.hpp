#pragma once
// Addresses of people and threads, as in "491701234567@s.whatsapp.net".

#include <string>
#include <string_view>

namespace whatsapp_android {

std::string_view user_of(std::string_view jid);    // before the last @, without agent and device
std::string_view server_of(std::string_view jid);  // behind the last @; empty: none
// "+491701234567" of a person's JID; empty: it has no number in it.
std::string phone_of(std::string_view jid);
// What kind of thread: "individual", "group", ...; empty: unknown.
std::string_view thread_of(std::string_view jid);
bool is_person(std::string_view jid);

// 64 hexadecimal digits of a digest in base64 as the databases have it; empty: it is none.
std::string sha256_of(std::string_view base64);

}  // namespace whatsapp_android
