#pragma once
// What a saved page says, collected over the whole page before anything is told: a post stands in
// pieces at several places, and the name of the page often behind all of them.

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "clock.hpp"
#include "fields.hpp"

namespace facebook {

struct Post {
  Text id, text, author, author_id, url, parent;
  fx_span time = fx::span(0, 0);  // with the codec of its count; length 0 where there is none
  std::int64_t milliseconds = 0;
  std::vector<Text> images;
  fx_span place = fx::span(0, 0);  // the object or element that it was read from
  bool is_comment = false;
};

struct Change {  // of the page: its making, its earlier names
  Text what, name;
  fx_span time = fx::span(0, 0);
  std::int64_t milliseconds = 0;
  fx_span place = fx::span(0, 0);
};

class Posts {
 public:
  static constexpr std::size_t kMost = 50'000;
  static constexpr std::size_t kMostImages = 100;

  // The post of that id, made where it is new; null where there are too many.
  Post* of(const Text& id, fx_span place, bool is_comment);
  // One without an id.
  Post* unnamed(fx_span place);
  std::vector<Post>& all() { return posts_; }

  // Of the page itself. The first one that is found counts.
  Text title, page_id, group_id, address, capture_address, saved;
  std::vector<Change> changes;
  bool full = false;

 private:
  std::vector<Post> posts_;
  std::unordered_map<std::string, std::size_t> by_id_;
};

// Fills `into` where it is empty.
void put(Text& into, const Text& value);

// Reads the objects of a script into `posts`.
class ScriptReader {
 public:
  ScriptReader(const Fields& fields, Posts& posts) : fields_(fields), posts_(posts) {}
  // Values of `tree`, at any depth.
  void read(const json::Value& value) { visit(value, "", kNone, kNone, 0); }

 private:
  static constexpr std::size_t kNone = ~std::size_t{0};
  void visit(const json::Value& value, std::string_view name, std::size_t post, std::size_t comment,
             int depth);
  void take(const json::Value& object, std::string_view name, Post& into);
  void take_page(const json::Value& object, std::string_view name);
  std::size_t index_of(const Post* post);
  Text text_of(const json::Value& value) const { return fields_.text_of(value); }
  Post& at(std::size_t index);

  const Fields& fields_;
  Posts& posts_;
};

}  // namespace facebook
