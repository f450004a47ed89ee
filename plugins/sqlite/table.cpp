#include "table.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "sql.hpp"

namespace sqlite {
namespace {

std::string in_capitals(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// Words that end the type of a column.
bool begins_constraint(const Token& token) {
  static constexpr std::array<std::string_view, 14> kWords = {
      "CONSTRAINT", "PRIMARY", "NOT",        "NULL",      "UNIQUE", "CHECK",      "DEFAULT",
      "COLLATE",    "AS",      "REFERENCES", "GENERATED", "ON",     "DEFERRABLE", "INITIALLY"};
  return std::ranges::any_of(kWords, [&](std::string_view word) { return token.is(word); });
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string blob_bytes(std::string_view raw) {
  std::string out;
  for (std::size_t i = 2; i + 2 < raw.size(); i += 2) {
    const int high = hex_value(raw[i]);
    const int low = hex_value(raw[i + 1]);
    if (high < 0 || low < 0) break;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

std::optional<Literal> number_literal(std::string_view raw, bool negative) {
  Literal out;
  if (raw.size() > 2 && raw[0] == '0' && (raw[1] == 'x' || raw[1] == 'X')) {
    std::uint64_t bits = 0;
    const auto [end, error] = std::from_chars(raw.data() + 2, raw.data() + raw.size(), bits, 16);
    if (error != std::errc{} || end != raw.data() + raw.size()) return std::nullopt;
    out.type = Storage::integer;
    out.integer = static_cast<std::int64_t>(negative ? 0 - bits : bits);
    return out;
  }
  const std::string text = (negative ? "-" : "") + std::string(raw);
  const auto whole = std::from_chars(text.data(), text.data() + text.size(), out.integer);
  if (whole.ec == std::errc{} && whole.ptr == text.data() + text.size()) {
    out.type = Storage::integer;
    return out;
  }
  const auto real = std::from_chars(text.data(), text.data() + text.size(), out.real);
  if (real.ec != std::errc{} || real.ptr != text.data() + text.size()) return std::nullopt;
  out.type = Storage::real;
  return out;
}

// What a column of this affinity makes of a constant.
Literal with_affinity(Literal value, Affinity affinity) {
  if (value.type == Storage::text && affinity != Affinity::text && affinity != Affinity::blob) {
    const std::string_view digits = value.bytes;
    const bool negative = digits.starts_with('-');
    if (const auto number = number_literal(digits.substr(negative ? 1 : 0), negative))
      if (!digits.substr(negative ? 1 : 0).starts_with("0x")) value = *number;
  }
  if (value.type == Storage::integer && affinity == Affinity::real) {
    value.type = Storage::real;
    value.real = static_cast<double>(value.integer);
  } else if (value.type == Storage::real &&
             (affinity == Affinity::integer || affinity == Affinity::numeric) &&
             value.real >= -9.0e18 && value.real <= 9.0e18 &&
             static_cast<double>(static_cast<std::int64_t>(value.real)) == value.real) {
    value.type = Storage::integer;
    value.integer = static_cast<std::int64_t>(value.real);
  } else if (value.type == Storage::integer && affinity == Affinity::text) {
    value.type = Storage::text;
    value.bytes = std::to_string(value.integer);
  }
  return value;
}

class Parser {
 public:
  explicit Parser(std::string_view sql) : tokens_(sql) {}

  std::optional<Table> parse() {
    if (!tokens_.take_if("CREATE")) return std::nullopt;
    if (!tokens_.take_if("TEMP")) tokens_.take_if("TEMPORARY");
    if (!tokens_.take_if("TABLE")) return std::nullopt;
    if (tokens_.take_if("IF")) {
      tokens_.take_if("NOT");
      tokens_.take_if("EXISTS");
    }
    if (!tokens_.peek().is_name()) return std::nullopt;
    table_.name = tokens_.take().text();
    if (tokens_.take_sign('.')) table_.name = tokens_.take().text();
    if (!tokens_.take_sign('(')) return std::nullopt;
    while (!tokens_.peek().is_sign(')') && tokens_.peek().kind != TokenKind::end) {
      if (begins_table_constraint())
        table_constraint();
      else if (!column())
        return std::nullopt;
      if (!tokens_.take_sign(',')) break;
    }
    if (!tokens_.take_sign(')')) return std::nullopt;
    options();
    if (table_.columns.empty()) return std::nullopt;
    finish();
    return std::move(table_);
  }

 private:
  bool begins_table_constraint() const {
    const Token& token = tokens_.peek();
    return token.is("CONSTRAINT") || token.is("PRIMARY") || token.is("UNIQUE") ||
           token.is("CHECK") || token.is("FOREIGN");
  }

  bool column() {
    if (!tokens_.peek().is_name() || table_.columns.size() >= kMaxColumns) return false;
    Column column;
    column.name = tokens_.take().text();
    while (tokens_.peek().is_name() && !begins_constraint(tokens_.peek())) {
      if (!column.type.empty()) column.type += ' ';
      column.type += tokens_.take().text();
    }
    if (!column.type.empty() && tokens_.take_sign('(')) {
      column.type += "(...)";
      tokens_.skip_parenthesis();
    }
    column.affinity = affinity_of(column.type);
    table_.columns.push_back(std::move(column));
    while (!tokens_.peek().is_sign(',') && !tokens_.peek().is_sign(')') &&
           tokens_.peek().kind != TokenKind::end)
      column_constraint(table_.columns.back());
    return true;
  }

  void column_constraint(Column& column) {
    if (tokens_.take_if("NOT")) {
      if (tokens_.take_if("NULL")) column.not_null = true;
    } else if (tokens_.take_if("PRIMARY")) {
      tokens_.take_if("KEY");
      const bool descending = tokens_.take_if("DESC");
      key_ = {column.name};
      // For the sake of old files, only this form is not another name of the row id.
      descending_column_key_ = descending;
    } else if (tokens_.take_if("DEFAULT")) {
      column.fallback = default_value();
    } else if (tokens_.take_if("AS")) {
      column.generated = Generated::computed;
      if (tokens_.take_sign('(')) tokens_.skip_parenthesis();
      if (tokens_.take_if("STORED")) column.generated = Generated::stored;
    } else if (tokens_.take_if("SET") || tokens_.take_if("CONSTRAINT")) {
      tokens_.take();  // SET DEFAULT is no default; a constraint may have any name
    } else if (tokens_.take_sign('(')) {
      tokens_.skip_parenthesis();
    } else {
      tokens_.take();
    }
  }

  std::optional<Literal> default_value() {
    bool negative = false;
    std::size_t depth = 0;
    while (tokens_.take_sign('(')) ++depth;
    while (tokens_.peek().is_sign('-') || tokens_.peek().is_sign('+'))
      negative ^= tokens_.take().is_sign('-');
    const Token token = tokens_.take();
    std::optional<Literal> out;
    switch (token.kind) {
      case TokenKind::number: out = number_literal(token.raw, negative); break;
      case TokenKind::text:
      case TokenKind::quoted: out = Literal{Storage::text, 0, 0, token.text()}; break;
      case TokenKind::blob: out = Literal{Storage::blob, 0, 0, blob_bytes(token.raw)}; break;
      case TokenKind::word:
        if (token.is("TRUE")) out = Literal{Storage::integer, 1, 0, {}};
        if (token.is("FALSE")) out = Literal{Storage::integer, 0, 0, {}};
        break;
      default: break;
    }
    for (; depth > 0; --depth) {
      if (tokens_.take_sign(')')) continue;
      // An expression is no constant; SQLite adds no column with one to a table that has rows.
      out.reset();
      tokens_.skip_parenthesis();
    }
    return out;
  }

  void table_constraint() {
    if (tokens_.take_if("CONSTRAINT")) tokens_.take();
    if (tokens_.take_if("PRIMARY")) {
      tokens_.take_if("KEY");
      if (tokens_.take_sign('(')) key_list();
    }
    while (!tokens_.peek().is_sign(',') && !tokens_.peek().is_sign(')') &&
           tokens_.peek().kind != TokenKind::end)
      if (tokens_.take().is_sign('(')) tokens_.skip_parenthesis();
  }

  void key_list() {
    key_.clear();
    descending_column_key_ = false;
    while (tokens_.peek().is_name() && key_.size() < kMaxColumns) {
      key_.push_back(tokens_.take().text());
      while (!tokens_.peek().is_sign(',') && !tokens_.peek().is_sign(')') &&
             tokens_.peek().kind != TokenKind::end)
        tokens_.take();
      if (!tokens_.take_sign(',')) break;
    }
    tokens_.take_sign(')');
  }

  void options() {
    while (tokens_.peek().kind != TokenKind::end) {
      if (tokens_.take().is("WITHOUT") && tokens_.take_if("ROWID")) table_.without_rowid = true;
    }
  }

  int column_named(std::string_view name) const {
    const auto found = std::ranges::find_if(
        table_.columns, [&](const Column& column) { return equal_names(column.name, name); });
    return found == table_.columns.end() ? -1 : static_cast<int>(found - table_.columns.begin());
  }

  void finish() {
    for (Column& column : table_.columns)
      if (column.fallback) column.fallback = with_affinity(*column.fallback, column.affinity);
    if (!table_.without_rowid && key_.size() == 1 && !descending_column_key_) {
      const int at = column_named(key_[0]);
      if (at >= 0 && in_capitals(table_.columns[static_cast<std::size_t>(at)].type) == "INTEGER")
        table_.rowid_alias = at;
    }
    std::vector<bool> placed(table_.columns.size());
    if (table_.without_rowid) {
      for (const std::string& name : key_) {
        const int at = column_named(name);
        if (at < 0 || placed[static_cast<std::size_t>(at)]) continue;
        const auto index = static_cast<std::size_t>(at);
        placed[index] = true;
        table_.columns[index].not_null = true;
        table_.stored.push_back(static_cast<std::uint32_t>(index));
      }
      table_.key_columns = table_.stored.size();
    }
    for (std::size_t i = 0; i < table_.columns.size(); ++i)
      if (!placed[i] && table_.columns[i].generated != Generated::computed)
        table_.stored.push_back(static_cast<std::uint32_t>(i));
  }

  Tokens tokens_;
  Table table_;
  std::vector<std::string> key_;
  bool descending_column_key_ = false;
};

}  // namespace

Affinity affinity_of(std::string_view declared_type) {
  const std::string type = in_capitals(declared_type);
  const auto has = [&](std::string_view word) { return type.find(word) != std::string::npos; };
  if (has("INT")) return Affinity::integer;
  if (has("CHAR") || has("CLOB") || has("TEXT")) return Affinity::text;
  if (type.empty() || has("BLOB")) return Affinity::blob;
  if (has("REAL") || has("FLOA") || has("DOUB")) return Affinity::real;
  return Affinity::numeric;
}

std::optional<Table> parse_create_table(std::string_view sql) {
  return Parser(sql).parse();
}

bool is_virtual_table(std::string_view sql) {
  Tokens tokens(sql);
  return tokens.take_if("CREATE") && tokens.take_if("VIRTUAL");
}

}  // namespace sqlite
