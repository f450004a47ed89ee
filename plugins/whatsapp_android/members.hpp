#pragma once
// Who is and was in which group, and which JIDs are one person.

#include "chats.hpp"
#include "people.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_android {

// group_participant_user, group_past_participant_user, and the older group_participants with its
// history.
void emit_members(sqlite::Fields& fields, Chats& chats, People& people);

// jid_map and lid_display_name: statements that link a LID to a number or a name; then each JID
// that no other record names.
void emit_identities(sqlite::Fields& fields, Jids& jids);

}  // namespace whatsapp_android
