#pragma once
// A file of an export as a sequence of items: the objects that its lists are made of, wherever the
// lists stand, and the loose values around them.
//
//   {"participants": [{"name": "Ann"}], "messages": [{...}, {...}], "title": "Ann"}
//
// has the items participants/0, messages/0, messages/1 and the loose value title. An item is held
// in memory of bounded size; a list may be of any length.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "json/reader.hpp"
#include "json/tree.hpp"

namespace facebook {

// Where an item or a loose value stands.
struct Place {
  std::string path;         // "messages/0", "title"
  std::string list;         // of an item: the names on the way, no numbers: "messages"
  std::string key;          // the last name
  fx_span key_span{};       // where that name stands; length 0 where there is none
  std::uint64_t index = 0;  // in its list
};

class Walk {
 public:
  enum class What { end, item, loose };

  // `is_item` says of a path whether the object there is an item although no list holds it, and
  // `is_shell` whether the objects of a list are no items but hold lists of their own.
  struct Shape {
    std::function<bool(const std::string& path)> is_item;
    std::function<bool(const std::string& list)> is_shell;
  };

  Walk(const json::Source& source, json::DefectSink& defects, Shape shape);

  What next();
  const Place& place() const { return place_; }
  const json::Tree& item() const { return tree_; }
  const json::Token& loose() const { return token_; }
  // Passes over the list that the item stood in.
  void leave() { reader_.leave(), pop(); }
  std::uint64_t offset() const { return reader_.offset(); }

 private:
  struct Frame {
    bool is_array = false;
    std::uint64_t index = 0;
    std::size_t path = 0;  // how long path_ and list_ are outside of it
    std::size_t list = 0;
  };

  void begin_value();
  void end_value();
  void pop();
  void tell();

  json::Reader reader_;
  Shape shape_;
  json::Tree tree_;
  json::Token token_;
  std::vector<Frame> frames_;
  std::string path_;
  std::string list_;
  std::size_t path_before_ = 0;  // of the value that was begun last
  std::size_t list_before_ = 0;
  std::string key_;
  fx_span key_span_ = fx::span(0, 0);
  Place place_;
};

}  // namespace facebook
