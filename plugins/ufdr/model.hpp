#pragma once
// A model of the report as names and values: <model type="Party"><field
// name="Name"><value>Rosa</value> becomes "Name" -> Rosa, and one inside of another
// "Participants/1/Name".

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "xml/elements.hpp"
#include "xml/leaves.hpp"

namespace ufdr {

class Model {
 public:
  // What is collected from here on belongs to the model whose start tag `event` is.
  void begin(const xml::Event& event, const xml::Elements& elements);
  // What was collected is forgotten; the model goes on.
  void clear();
  // Takes an event inside of it.
  void add(const xml::Event& event, const xml::Elements& elements);
  // Takes the start tag of a model inside of it whose values are somebody else's.
  void descend();

  const std::string& type() const { return type_; }
  std::uint64_t offset() const { return offset_; }
  std::size_t depth() const { return depth_; }
  xml::Leaves& values() { return values_; }

  // The value of a name; null where it has none. It stays what is told as `extra` too.
  const xml::Leaf* find(std::string_view path) const;
  std::string plain(std::string_view path) const;
  // As find(), and no longer `extra`.
  const xml::Leaf* take(std::string_view path) { return values_.take(path); }
  // How many models stand under a name: "Participants", "Attachments", ...
  std::size_t count(std::string_view name) const;

 private:
  struct Level {
    std::string label;
    std::size_t models = 0;  // that stood directly in it so far
  };
  std::string path() const;

  std::string type_;
  std::uint64_t offset_ = 0;
  std::size_t depth_ = 0;  // how many elements are open with the model itself
  std::vector<Level> levels_;
  xml::Leaves values_;
};

// An attribute of a tag, with references read; empty where there is none.
std::string attribute(const xml::Token& token, std::string_view name);

}  // namespace ufdr
