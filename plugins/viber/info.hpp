#pragma once
// JSON in a column, as fields: what is taken stands on its own bytes inside the column, what no one
// took is written down as it is.

#include <deque>
#include <string_view>
#include <vector>

#include "json.hpp"
#include "records.hpp"

namespace viber {

// Lives until the records that use it are emitted.
class Info {
 public:
  Info(Records& records, const RowView& row, int column);

  explicit operator bool() const { return root_.kind == json::Kind::object; }
  const json::Value& root() const { return root_; }

  // A member, by its names; marks it as taken. An object is taken as far as its members are.
  json::Value take(std::string_view name);
  json::Value take(const json::Value& of, std::string_view name);
  json::Value take_any(const json::Value& of, std::initializer_list<std::string_view> names);

  // A string or number as the field `key`; false where it is empty or neither.
  bool text(const char* key, const json::Value& value);
  bool number(const char* key, const json::Value& value);
  // The time that a token counts to.
  void token_time(const char* key, const json::Value& token);
  // 1, where there is such a member and it says something.
  void flag(const char* key, const json::Value& value);

  // `extra`: "prefix.name=raw" for all that no one took; the member `but` is left out.
  void rest(std::string_view prefix, std::string_view but = {});
  void rest_of(const json::Value& object, std::string_view prefix) {
    rest(object, std::string(prefix), 0, {});
  }

  fx_span where(const json::Value& value) const;

 private:
  void rest(const json::Value& of, const std::string& prefix, int depth, std::string_view but);
  bool taken(const json::Value& value) const;
  bool taken_inside(const json::Value& value) const;
  const std::vector<fx_span>& places(std::string_view raw, fx_codec codec);

  Records& records_;
  const RowView row_;
  int column_;
  std::string_view bytes_;  // of the column
  bool pointing_ = true;    // its parts have places: the column is UTF-8 as it stands
  std::string transcoded_;
  json::Value root_;
  std::vector<const char*> taken_;
  std::deque<std::vector<fx_span>> places_;
};

// What it says of a message, into the record of the message that is under construction: quote,
// edit, link.
void describe_message(Info& info);

// What it says of a file, into the attachment record under construction.
void describe_file(Info& info, const json::Value& file);

}  // namespace viber
