#pragma once
// Values of the file as fields of records. What a record takes is marked as used in the tree, so
// that the rest can be put into `extra`: nothing of an item is lost unseen.

#include <forensics/plugin.hpp>

#include <deque>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "json/tree.hpp"

namespace facebook {

// A text and where it comes from.
struct Text {
  std::string value;
  fx_span span = fx::span(0, 0);
  const char* rule = nullptr;  // where no codec makes the value of the span
};

class Fields {
 public:
  Fields(const fx::Host& host, bool each_escape_is_a_byte)
      : host_(host), as_bytes_(each_escape_is_a_byte) {}

  const fx::Host& host() const { return host_; }

  Text text_of(const json::Value& value) const;
  Text text_of(std::string_view raw, json::Form form, fx_span span) const;

  // A record under construction; emit() hands it over.
  void start(fx_kind kind, std::int64_t ref, fx_span extent);
  void emit();

  // Each returns false, and adds nothing, where the value is none of that sort.
  bool text(const char* key, const json::Value& value);
  void text(const char* key, const Text& text);
  bool time(const char* key, const json::Value& value);
  void time(const char* key, const fx_time& time, const char* rule, fx_span where);
  // `where` has the codec of the count.
  void time(const char* key, std::int64_t milliseconds, fx_span where);
  bool number(const char* key, const json::Value& value);
  // What the plugin says about the evidence.
  void word(const char* key, std::string_view word, const char* rule, fx_span where);
  void flag(const char* key, const char* rule, fx_span where);
  void ref(const char* key, std::int64_t ref, fx_span where);
  void extra(std::string_view path, const Text& text);
  // What the last component of a path says: the name of the file.
  bool file_name(const char* key, const json::Value& path);

  // Everything in `value` that nothing has used, except what is within one of `others`, which stand
  // in the order of the file.
  void rest(const json::Value& value, const std::vector<json::Value>& others = {});

 private:
  void rest(const json::Value& value, std::string& path, int depth,
            const std::vector<json::Value>& others);
  std::string_view keep(std::string value) { return kept_.emplace_back(std::move(value)); }

  const fx::Host& host_;
  bool as_bytes_;
  fx::Record record_;
  std::deque<std::string> kept_;
};

// Whether `value` is one of them, which stand in the order of the file.
bool stands_in(const std::vector<json::Value>& sorted, const json::Value& value);
// The first of the members that is there.
json::Value first_of(const json::Value& object, std::initializer_list<std::string_view> names);
bool is_true(const json::Value& value);
std::string_view word_of(const json::Value& value);

}  // namespace facebook
