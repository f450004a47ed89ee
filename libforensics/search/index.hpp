#pragma once
// What the full-text table holds: one row a message that has a text, rowid = message id, the text
// folded. The table keeps trigrams only (detail=none, no content): it names candidates, and
// query.hpp reads the message itself to decide.
//
//   std::string folded;                            // reused from message to message
//   search::fold_into(message.text, folded);
//   insert.bind(1, id).bind_text(2, folded).run(); // kInsertText, prepared once

#include "search/fold.hpp"

namespace forensics::search {

inline constexpr std::string_view kInsertText = "INSERT INTO search (rowid, text) VALUES (?1, ?2)";

}  // namespace forensics::search
