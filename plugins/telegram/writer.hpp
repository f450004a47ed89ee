#pragma once
// Records under construction. A message is built together with what belongs to it, because what
// nobody took of the source goes into the message and the message has to come first.
//
// Every byte of the input stands in the extent of the record that comes behind it, or was skipped.

#include <forensics/plugin.hpp>

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/tree.hpp"

namespace telegram {

// Of fields that refer to other records: the run's own numbering.
inline constexpr const char* kReference = "telegram.reference";

class Writer {
 public:
  explicit Writer(const fx::Host& host) : host_(host) {}

  const fx::Host& host() const { return host_; }

  // The record of a thing that ends at `end`: its extent begins where the last one ended.
  fx::Record& begin(fx_kind kind, std::int64_t ref, std::uint64_t end);
  // What belongs to it: comes behind it, of the same extent.
  fx::Record& attach(fx_kind kind, std::int64_t ref = 0);
  // What it refers to: emitted at once by emit_apart().
  fx::Record& apart(fx_kind kind, std::int64_t ref, std::uint64_t offset);
  void emit_apart();
  // The record and what belongs to it.
  void emit();

  // A text that lives until emit().
  std::string_view keep(std::string text);
  // Places that live until emit().
  std::span<const fx_span> keep(std::vector<fx_span> spans);
  bool fits(const fx::Record& record, std::size_t bytes, const fx_span& where);

  // A text as it stands, proved by its codec. A value that is no text is left unused.
  bool put(fx::Record& record, const char* key, const json::Value& value);
  // An integer as it stands.
  bool put_number(fx::Record& record, const char* key, const json::Value& value);
  void derive(fx::Record& record, const char* key, std::string text, const char* rule,
              const fx_span& where);
  // "name=value", of what has no key.
  void extra(fx::Record& record, std::string_view name, const json::Value& value);
  // Everything in the tree (or below `of`) that was not used.
  void extras(fx::Record& record, const json::Tree& tree, const json::Value& of,
              std::string_view prefix = {});

  // Bytes from where the last extent ended up to `end` are no record.
  void skip_to(std::uint64_t end, std::string_view code, std::string_view why);
  std::uint64_t offset() const { return offset_; }

 private:
  // Of the texts of one record; the contract's limit is 16 MiB.
  static constexpr std::size_t kMostBytes = std::size_t{12} << 20;
  static constexpr std::size_t kMostFields = 4000;

  const fx::Host& host_;
  std::uint64_t offset_ = 0;
  fx_span extent_ = fx::span(0, 0);
  fx::Record main_;
  fx::Record apart_;
  std::vector<std::unique_ptr<fx::Record>> attached_;
  std::size_t attached_count_ = 0;
  std::deque<std::string> kept_;
  std::deque<std::vector<fx_span>> kept_spans_;
  std::size_t bytes_ = 0;
  bool told_full_ = false;
};

// The text of a part of a message: a string, or strings and objects with a string `text`, joined
// without anything between them. Marks what it takes as used.
struct JoinedText {
  std::string text;
  std::vector<fx_span> spans;  // with the codec of the whole in the first
  bool is_there = false;
};
JoinedText join_text(const json::Value& value);
// As the field of a record. Nothing where there is no text or an empty one.
bool put_joined(Writer& writer, fx::Record& record, const char* key, JoinedText joined);

}  // namespace telegram
