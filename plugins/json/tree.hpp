#pragma once
// One value of a stream with all that is in it, held in memory of bounded size, to be looked up by
// name. Every place stays known, and what nobody used can be listed: nothing is lost unseen.
//
//   json::Tree tree;
//   if (token.kind == json::Kind::begin_object) tree.read(reader);
//   const json::Value text = tree.root()["text"];
//   record.decoded("text", text.text(), text.span());
//   text.use();
//   tree.for_each_unused([](std::string_view path, const json::Value& value) { ... });

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "reader.hpp"
#include "text.hpp"

namespace json {

class Tree;

// A value of a tree; none where the tree has no such value. Lives as long as the tree is not read
// into again.
class Value {
 public:
  Value() = default;

  explicit operator bool() const { return tree_ != nullptr; }
  Kind kind() const;
  bool is_object() const { return kind() == Kind::begin_object; }
  bool is_array() const { return kind() == Kind::begin_array; }
  bool is_string() const { return kind() == Kind::string; }
  // A string, number, word or bare token that says something: not null, not missing.
  bool is_text() const;
  Form form() const;
  // As it stands; of a string the inside. Empty for containers.
  std::string_view raw() const;
  std::string text() const { return text_of(raw(), form()); }
  // Where it stands, with the codec that makes text() of it; containers with FX_CODEC_NONE.
  fx_span span() const;

  // The first member of that name; the first element or member; what follows in the same container.
  Value operator[](std::string_view name) const;
  Value child() const;
  Value next() const;
  // Of a member.
  std::string key() const;
  std::string_view raw_key() const;
  fx_span key_span() const;

  // It stands in a record (of a container: it says nothing beyond what is in it).
  void use() const;
  bool is_used() const;

 private:
  friend class Tree;
  Value(const Tree* tree, std::uint32_t index) : tree_(tree), index_(index) {}

  const Tree* tree_ = nullptr;
  std::uint32_t index_ = 0;
};

class Tree {
 public:
  static constexpr std::size_t kMostNodes = std::size_t{1} << 18;
  static constexpr std::size_t kMostBytes = std::size_t{16} << 20;
  static constexpr std::size_t kDeepest = 256;

  // Reads the value that the reader's last token, `first`, begins.
  void read(Reader& reader, const Token& first);

  Value root() const { return nodes_.empty() ? Value() : Value(this, 0); }
  // Where the whole value ends.
  std::uint64_t end() const { return end_; }
  // Where the tree was full: what stands from there on to end() is not in it. Equal to end()
  // where everything is.
  std::uint64_t full_at() const { return full_at_; }

  // Every scalar and every empty container that was not used, in the order of the file, with the
  // names on the way to it ("reactions/0/count").
  using Visit = std::function<void(std::string_view path, const Value& value)>;
  void for_each_unused(const Visit& visit) const { for_each_unused(root(), visit); }
  void for_each_unused(const Value& in, const Visit& visit) const;

 private:
  friend class Value;
  struct Node {
    std::uint64_t offset = 0, length = 0;
    std::uint64_t key_offset = 0;
    std::uint32_t raw_at = 0, raw_length = 0;
    std::uint32_t key_at = 0, key_length = 0;
    std::uint32_t parent = 0;
    std::uint32_t after = 0;  // the node behind all that is in this one
    Kind kind = Kind::missing;
    Form form = Form::plain, key_form = Form::plain;
    mutable bool used = false;
  };
  struct Key {
    std::uint64_t offset = 0;
    std::uint32_t at = 0, length = 0;
    Form form = Form::plain;
  };

  bool is_full(const Token& token) const;
  std::uint32_t keep(std::string_view bytes);
  void add(const Token& token, const Key& key);
  void close(std::uint64_t offset);
  // As deep as a tree is: kDeepest.
  void visit_unused(std::uint32_t index, std::string& path, const Visit& visit) const;

  std::vector<Node> nodes_;
  std::string bytes_;
  std::vector<std::uint32_t> open_;
  std::uint64_t end_ = 0;
  std::uint64_t full_at_ = 0;
};

}  // namespace json
