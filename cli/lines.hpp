#pragma once
// What `--json` writes: one function a line. The names are a promise (docs/cli.md): none is ever
// renamed or given another meaning, new ones may be added.

#include "base/json.hpp"
#include "reading.hpp"

namespace forensics::cli {

// `reading`: which of two readings of an open date to show as `sent`.
Result<Json> message_line(Reading& reading, const casefile::Message& message, int which);
Json artifact_line(const casefile::Artifact& artifact, const std::string& exhibit);
Result<Json> conversation_line(Reading& reading, const casefile::Conversation& conversation);

Json text_or_null(const std::optional<std::string>& text);
// A wall clock to the second, null where there is none.
Json wall_or_null(const std::optional<std::int64_t>& wall);
// Evidence names are bytes: `path`, and `path_b64` beside it where they are not UTF-8.
void set_path(Json& line, std::string_view key, const std::string& path);

// The text from which the time of a message was read; nullopt where it states none.
Result<std::optional<std::string>> sent_text(Reading& reading, const casefile::Message& message,
                                             const model::Record& record);

// The same moment for people: known instants in UTC or the zone asked for, others as written.
std::string when_text(const Reading& reading, const timeline::Moment& moment);
// What was said, or what stands in its place: "[photo.jpg]", "[media]".
Result<std::string> said(const Reading& reading, const casefile::Message& message);
std::string sender_text(const casefile::Message& message);
std::string person_text(const casefile::Participant& person);

}  // namespace forensics::cli
