#include "xml/leaves.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace xml {
namespace {

constexpr const char* kReferences = "xml.references";

bool has_references(const Leaf& leaf) {
  return !leaf.cdata && leaf.raw.find('&') != std::string::npos;
}

std::string_view without_blanks(const Leaf& leaf, std::uint64_t& offset) {
  const std::string_view raw = leaf.raw;
  offset = leaf.offset;
  if (leaf.cdata) return raw;
  const std::string_view inner = text::trimmed(raw);
  if (!inner.empty()) offset += static_cast<std::uint64_t>(inner.data() - raw.data());
  return inner;
}

}  // namespace

void Leaves::clear() {
  leaves_.clear();
  bytes_ = 0;
  dropped_ = 0;
}

void Leaves::add(const Event& event, const Elements& elements, std::size_t depth) {
  if (event.what != Event::text && event.what != Event::opened) return;
  std::string path;
  for (std::size_t i = depth; i < elements.open().size(); ++i) {
    if (!path.empty()) path += '/';
    path += elements.open()[i].name;
  }
  if (event.what == Event::opened) return add_attributes(event.token, path);
  const bool cdata = event.token.kind == Token::cdata;
  if (text::trimmed(event.token.raw).empty()) return;
  add(std::move(path), event.token.raw, event.token.raw_offset, cdata);
}

void Leaves::add_attributes(const Token& token, std::string_view path) {
  for (const Attribute& attribute : token.attributes)
    if (!attribute.raw.empty())
      add(std::string(path) + "@" + std::string(attribute.name), attribute.raw, attribute.offset,
          false);
}

void Leaves::add(std::string path, std::string_view raw, std::uint64_t offset, bool cdata) {
  const std::size_t size = raw.size() + path.size();
  if (leaves_.size() >= kMost || size > kMostBytes - bytes_) {
    ++dropped_;
    return;
  }
  bytes_ += size;
  leaves_.push_back({std::move(path), std::string(raw), offset, cdata, false});
}

const Leaf* Leaves::take(std::string_view path) {
  const auto found = std::ranges::find_if(
      leaves_, [&](const Leaf& leaf) { return !leaf.taken && leaf.path == path; });
  if (found == leaves_.end()) return nullptr;
  found->taken = true;
  return &*found;
}

void Leaves::rest(text::Values& values) const {
  for (const Leaf& leaf : leaves_)
    if (!leaf.taken) put_extra(values, leaf.path.empty() ? "text" : leaf.path, leaf);
  if (dropped_ != 0)
    values.extra_derived("values-not-kept", std::to_string(dropped_), 0, 0, "xml.limit");
}

std::string plain(const Leaf& leaf) {
  std::uint64_t offset = 0;
  const std::string_view raw = without_blanks(leaf, offset);
  return leaf.cdata ? std::string(text::trimmed(raw)) : unreferenced(raw);
}

void put(text::Values& values, const char* key, const Leaf* leaf) {
  if (leaf == nullptr) return;
  std::uint64_t offset = 0;
  const std::string_view raw = without_blanks(*leaf, offset);
  if (has_references(*leaf))
    values.derived(key, text::repaired(unreferenced(raw)), offset, raw.size(), kReferences);
  else
    values.text(key, raw, offset);
}

void put_extra(text::Values& values, std::string_view name, const Leaf& leaf) {
  std::uint64_t offset = 0;
  const std::string_view raw = without_blanks(leaf, offset);
  if (has_references(leaf))
    values.extra_derived(name, text::repaired(unreferenced(raw)), offset, raw.size(), kReferences);
  else
    values.extra(name, raw, offset);
}

}  // namespace xml
