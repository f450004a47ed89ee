#include "addresses.hpp"

#include "text/utf8.hpp"

namespace mail {
namespace {

struct Piece {
  std::size_t begin = 0, end = 0;
};

Piece trimmed(std::string_view value, Piece piece) {
  const auto blank = [&](std::size_t i) { return value[i] == ' ' || value[i] == '\t'; };
  while (piece.begin < piece.end && blank(piece.begin)) ++piece.begin;
  while (piece.end > piece.begin && blank(piece.end - 1)) --piece.end;
  return piece;
}

// One address: "Name <a@b>", "a@b (Name)", "a@b".
Address one(std::string_view value, Piece piece) {
  Address out;
  const std::string_view text = value.substr(piece.begin, piece.end - piece.begin);
  Piece name = piece;
  Piece address = piece;
  bool quoted = false;
  std::size_t open = std::string_view::npos;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (text[i] == '<' && !quoted)
      open = i;
  }
  const std::size_t close = open == std::string_view::npos ? open : text.find('>', open);
  if (open != std::string_view::npos) {
    name.end = piece.begin + open;
    address = {piece.begin + open + 1,
               close == std::string_view::npos ? piece.end : piece.begin + close};
  } else if (const std::size_t comment = text.find('('); comment != std::string_view::npos) {
    address.end = piece.begin + comment;
    name = {piece.begin + comment + 1, piece.end};
    if (text.ends_with(')')) --name.end;
  } else if (text.find('@') != std::string_view::npos) {
    name.end = name.begin;
  } else {
    address.end = address.begin;
  }
  address = trimmed(value, address);
  name = trimmed(value, name);
  if (name.end - name.begin >= 2 && value[name.begin] == '"' && value[name.end - 1] == '"') {
    ++name.begin;
    --name.end;
  }
  out.name = name.begin;
  out.name_length = name.end - name.begin;
  out.address = address.begin;
  out.address_length = address.end - address.begin;
  out.escaped = value.substr(out.name, out.name_length).find('\\') != std::string_view::npos;
  return out;
}

}  // namespace

std::vector<Address> addresses_of(std::string_view value, std::size_t most) {
  std::vector<Address> out;
  bool quoted = false;
  int comments = 0;
  bool angle = false;
  std::size_t begin = 0;
  const auto take = [&](std::size_t end) {
    const Piece piece = trimmed(value, {begin, end});
    begin = end + 1;
    if (piece.begin < piece.end && out.size() < most) out.push_back(one(value, piece));
  };
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '\\')
      ++i;
    else if (c == '"' && comments == 0)
      quoted = !quoted;
    else if (quoted)
      continue;
    else if (c == '(')
      ++comments;
    else if (c == ')' && comments > 0)
      --comments;
    else if (comments > 0)
      continue;
    else if (c == '<')
      angle = true;
    else if (c == '>')
      angle = false;
    else if (!angle && (c == ',' || c == ';'))
      take(i);
    else if (!angle && c == ':')
      begin = i + 1;  // the name of a group
  }
  if (begin < value.size()) take(value.size());
  return out;
}

}  // namespace mail
