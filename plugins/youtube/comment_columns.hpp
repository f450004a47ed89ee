#pragma once
// Which column of a table of comments is what: by its name in several languages, else by what
// stands in the first row of values.

#include <string>
#include <vector>

namespace youtube {

enum class Column { other, id, author, created, parent, text };

// One for each name; `values` may be shorter than `names`.
std::vector<Column> columns_of(const std::vector<std::string>& names,
                               const std::vector<std::string>& values);

// Whether these are the columns of comments: who, when and what.
bool are_comments(const std::vector<Column>& columns);

}  // namespace youtube
