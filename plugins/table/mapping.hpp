#pragma once
// The examiner's own statement of what a table says: `<table file>.mapping.json` beside it.
// docs/formats/table.md has the form. A mapping is taken whole or not at all.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialect.hpp"
#include "text/charset.hpp"
#include "time_format.hpp"

namespace table {

// The mapping's number among the companions of the manifest.
constexpr std::uint32_t kMappingInput = 1;

enum class Kind : std::uint8_t { message, call, contact };
enum class Type : std::uint8_t { text, number, time, person, thread };

// A key that a mapping may name. Which record of a row holds it depends on the kind.
struct Key {
  const char* name;
  Type type;
  bool message, call, contact;  // which kinds of record have it
};

struct Assignment {
  const Key* key = nullptr;
  std::vector<std::size_t> columns;  // from 0; several only of a time
  const char* as = nullptr;          // of a person or thread: the key that the cell stands for
  std::optional<TimeFormat> time;
  std::vector<std::pair<std::string, std::string>> words;  // cell to value; empty: as it stands
  fx_span where;                                           // in the mapping
  std::string said;                                        // the assignment in one line
};

struct Constant {
  const Key* key = nullptr;
  std::string text;
  std::int64_t number = 0;
  fx_span where;  // in the mapping, with the codec of the value
};

struct Mapping {
  Kind kind = Kind::message;
  Dialect dialect;
  bool states_delimiter = false, states_encoding = false;
  std::optional<text::Charset> charset;  // of a single-byte encoding that is stated
  std::string encoding;
  std::uint64_t header_rows = 0;
  std::vector<Assignment> assignments;
  std::vector<Constant> constants;
  std::uint64_t length = 0;  // of the file

  const Constant* constant(std::string_view key) const;
};

struct Misfit {
  fx_span where = fx::span(0, 0, FX_CODEC_NONE, kMappingInput);
  std::string why;
};

// Reads the mapping and holds it against the table's beginning; false with the first `misfit`.
bool read_mapping(const fx::Host& host, const Found& found, Mapping& out, Misfit& misfit);

}  // namespace table
