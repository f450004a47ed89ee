#pragma once
// A tolerant streaming reader of JSON: tokens in the order of the file, each with its place.
//
//   json::HostSource source(host);
//   json::Repairs repairs(host);
//   json::Reader reader(source, repairs);
//   for (const json::Token* t = &reader.next(); t->kind != json::Kind::end; t = &reader.next()) ...
//
// Memory: one block, the longest string that is held, and one bit for each level of nesting. Every
// begin has its end and every key its value (Kind::missing where there is none), whatever the file
// is like. Several values at the root are read one after the other (NDJSON). A byte order mark of
// UTF-8 at the start is passed over.

#include <vector>

#include "bytes.hpp"
#include "defects.hpp"
#include "token.hpp"

namespace json {

struct Limits {
  std::size_t longest = std::size_t{4} << 20;  // of a string or bare token whose bytes are held
  std::size_t depth = std::size_t{1} << 20;
};

class Reader {
 public:
  Reader(const Source& source, DefectSink& defects, Limits limits = {});

  // The next token; behind the last one Kind::end, again and again.
  const Token& next();

  // How many containers are open.
  std::size_t depth() const { return is_object_.size(); }
  // Behind the last token.
  std::uint64_t offset() const { return bytes_.offset(); }
  // Passes over what is left of the innermost container that is open, its end included.
  void leave();

 private:
  enum class State : std::uint8_t { before_key, before_colon, before_value, after_value, done };

  bool in_object() const { return !is_object_.empty() && is_object_.back(); }
  void skip_space();
  bool step(int c);  // true where a token is ready
  bool key(int c);
  bool colon(int c);
  bool value(int c);
  bool behind_value(int c);
  bool at_end();

  bool open(Kind kind);
  bool close(int c);
  bool put_end(std::uint64_t length);
  bool put_missing();
  bool string(Kind kind);
  bool word(Kind kind);
  void find_ill_formed();
  void pass(Defect defect);
  void scan_string(bool& saw_high);
  void hold(std::uint64_t begin);

  Bytes bytes_;
  DefectSink& defects_;
  Limits limits_;
  Token token_;
  State state_ = State::before_value;
  bool after_comma_ = false;
  bool told_cut_ = false;
  bool holds_ = true;  // the bytes of the token under construction
  std::vector<bool> is_object_;
  std::size_t objects_ = 0;  // how many of the open containers are objects
};

}  // namespace json
