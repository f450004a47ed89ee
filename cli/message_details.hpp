#pragma once
// What a message carries beside its text: what it answers, where it was forwarded from, what became
// of it, and the records that belong to it.

#include "reading.hpp"

namespace forensics::cli {

// Members for a message's line: each only where the source states it. Null where there are none.
Result<Json> message_details(Reading& reading, const casefile::Message& message,
                             const model::Record& record);

}  // namespace forensics::cli
