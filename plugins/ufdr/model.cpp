#include "model.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace ufdr {
namespace {

bool is_named(std::string_view element) {
  return element == "field" || element == "multiField" || element == "modelField" ||
         element == "multiModelField" || element == "nodeField" || element == "dataField";
}

// Attributes that say how the report is built, and nothing of what it says.
bool is_structure(std::string_view element, std::string_view name) {
  return name == "type" || (name == "name" && is_named(element)) || name == "xmlns";
}

}  // namespace

std::string attribute(const xml::Token& token, std::string_view name) {
  for (const xml::Attribute& each : token.attributes)
    if (each.name == name) return text::repaired(xml::unreferenced(each.raw.substr(0, 4096)));
  return {};
}

void Model::begin(const xml::Event& event, const xml::Elements& elements) {
  type_ = attribute(event.token, "type");
  offset_ = event.token.offset;
  depth_ = elements.open().size();
  levels_.assign(1, {});
  values_.clear();
  for (const xml::Attribute& each : event.token.attributes)
    if (each.name != "type" && !each.raw.empty())
      values_.add("@" + text::repaired(each.name), each.raw, each.offset, false);
}

void Model::clear() {
  values_.clear();
}

void Model::descend() {
  levels_.push_back({std::to_string(++levels_.back().models), 0});
}

std::string Model::path() const {
  std::string out;
  for (const Level& level : levels_) {
    if (level.label.empty()) continue;
    if (!out.empty()) out += '/';
    out += level.label;
  }
  return out;
}

void Model::add(const xml::Event& event, const xml::Elements& elements) {
  if (event.what == xml::Event::opened) {
    const std::string& element = elements.open().back().name;
    std::string label;
    if (is_named(element)) {
      label = attribute(event.token, "name");
    } else if (element == "model") {
      label = std::to_string(++levels_.back().models);
    } else if (element != "value" && element != "empty") {
      label = element;
    }
    levels_.push_back({text::repaired(label), 0});
    const std::string here = path();
    if (element == "model") {
      const std::string kind = attribute(event.token, "type");
      for (const xml::Attribute& each : event.token.attributes)
        if (each.name == "type") values_.add(here + "@type", each.raw, each.offset, false);
    }
    for (const xml::Attribute& each : event.token.attributes)
      if (!is_structure(element, each.name) && !each.raw.empty())
        values_.add(here + "@" + text::repaired(each.name), each.raw, each.offset, false);
  } else if (event.what == xml::Event::closed) {
    if (levels_.size() > 1) levels_.pop_back();
  } else if (event.what == xml::Event::text) {
    const bool cdata = event.token.kind == xml::Token::cdata;
    if (!text::trimmed(event.token.raw).empty())
      values_.add(path(), event.token.raw, event.token.raw_offset, cdata);
  }
}

const xml::Leaf* Model::find(std::string_view path) const {
  const auto found = std::ranges::find(values_.all(), path, &xml::Leaf::path);
  return found == values_.all().end() ? nullptr : &*found;
}

std::string Model::plain(std::string_view path) const {
  const xml::Leaf* leaf = find(path);
  return leaf == nullptr ? std::string() : xml::plain(*leaf);
}

std::size_t Model::count(std::string_view name) const {
  std::size_t most = 0;
  const std::string prefix = std::string(name) + "/";
  for (const xml::Leaf& leaf : values_.all()) {
    if (!leaf.path.starts_with(prefix)) continue;
    const std::string_view rest = std::string_view(leaf.path).substr(prefix.size());
    if (const auto number = text::decimal(rest.substr(0, rest.find_first_of("/@"))))
      most = std::max(most, static_cast<std::size_t>(std::max<std::int64_t>(*number, 0)));
  }
  return std::min<std::size_t>(most, 4000);
}

}  // namespace ufdr
