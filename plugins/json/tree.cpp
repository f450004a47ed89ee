#include "tree.hpp"

namespace json {

Kind Value::kind() const {
  return tree_ == nullptr ? Kind::missing : tree_->nodes_[index_].kind;
}

bool Value::is_text() const {
  switch (kind()) {
    case Kind::string:
    case Kind::number:
    case Kind::boolean:
    case Kind::bare: return form() != Form::unread;
    default: return false;
  }
}

Form Value::form() const {
  return tree_ == nullptr ? Form::plain : tree_->nodes_[index_].form;
}

std::string_view Value::raw() const {
  if (tree_ == nullptr) return {};
  const Tree::Node& node = tree_->nodes_[index_];
  return std::string_view(tree_->bytes_).substr(node.raw_at, node.raw_length);
}

fx_span Value::span() const {
  if (tree_ == nullptr) return fx::span(0, 0);
  const Tree::Node& node = tree_->nodes_[index_];
  return fx::span(node.offset, node.length,
                  is_scalar(node.kind) ? codec_of(node.form) : FX_CODEC_NONE);
}

Value Value::operator[](std::string_view name) const {
  if (!is_object()) return {};
  for (Value member = child(); member; member = member.next()) {
    const Form form = tree_->nodes_[member.index_].key_form;
    if (form == Form::plain ? member.raw_key() == name : member.key() == name) return member;
  }
  return {};
}

Value Value::child() const {
  if (tree_ == nullptr || index_ + 1 >= tree_->nodes_[index_].after) return {};
  return {tree_, index_ + 1};
}

Value Value::next() const {
  if (tree_ == nullptr || index_ == 0) return {};
  const Tree::Node& node = tree_->nodes_[index_];
  if (node.after >= tree_->nodes_[node.parent].after) return {};
  return {tree_, node.after};
}

std::string Value::key() const {
  if (tree_ == nullptr) return {};
  return text_of(raw_key(), tree_->nodes_[index_].key_form);
}

std::string_view Value::raw_key() const {
  if (tree_ == nullptr) return {};
  const Tree::Node& node = tree_->nodes_[index_];
  return std::string_view(tree_->bytes_).substr(node.key_at, node.key_length);
}

fx_span Value::key_span() const {
  if (tree_ == nullptr) return fx::span(0, 0);
  const Tree::Node& node = tree_->nodes_[index_];
  return fx::span(node.key_offset, node.key_length, codec_of(node.key_form));
}

void Value::use() const {
  if (tree_ != nullptr) tree_->nodes_[index_].used = true;
}

bool Value::is_used() const {
  return tree_ != nullptr && tree_->nodes_[index_].used;
}

bool Tree::is_full(const Token& token) const {
  return nodes_.size() == kMostNodes || token.raw.size() > kMostBytes - bytes_.size() ||
         (open_.size() == kDeepest && !is_scalar(token.kind) && token.kind != Kind::key &&
          token.kind != Kind::end_object && token.kind != Kind::end_array);
}

std::uint32_t Tree::keep(std::string_view bytes) {
  const auto at = static_cast<std::uint32_t>(bytes_.size());
  bytes_.append(bytes);
  return at;
}

void Tree::add(const Token& token, const Key& key) {
  Node& node = nodes_.emplace_back();
  node.offset = token.offset;
  node.length = token.length;
  node.raw_at = keep(token.raw);
  node.raw_length = static_cast<std::uint32_t>(token.raw.size());
  node.key_offset = key.offset;
  node.key_at = key.at;
  node.key_length = key.length;
  node.key_form = key.form;
  node.parent = open_.empty() ? 0 : open_.back();
  node.after = static_cast<std::uint32_t>(nodes_.size());
  node.kind = token.kind;
  node.form = token.form;
}

void Tree::read(Reader& reader, const Token& first) {
  nodes_.clear();
  bytes_.clear();
  open_.clear();
  add(first, {});
  end_ = full_at_ = first.end;
  if (is_scalar(first.kind)) return;

  open_.push_back(0);
  const std::size_t outside = reader.depth() - 1;
  Key key;
  while (!open_.empty()) {
    const Token& token = reader.next();
    if (token.kind == Kind::end) break;
    if (is_full(token)) {
      full_at_ = token.offset;
      while (reader.depth() > outside && reader.next().kind != Kind::end) {
      }
      break;
    }
    if (token.kind == Kind::key) {
      const auto at = keep(token.raw);
      key = {token.offset, at, static_cast<std::uint32_t>(token.raw.size()), token.form};
    } else if (token.kind == Kind::end_object || token.kind == Kind::end_array) {
      close(token.end);
    } else {
      add(token, key);
      key = {};
      if (!is_scalar(token.kind)) open_.push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
    }
  }
  end_ = reader.offset();
  if (open_.empty()) full_at_ = end_;
  while (!open_.empty()) close(full_at_);
}

// The innermost container ends at `offset`.
void Tree::close(std::uint64_t offset) {
  Node& node = nodes_[open_.back()];
  node.after = static_cast<std::uint32_t>(nodes_.size());
  node.length = offset - node.offset;
  open_.pop_back();
}

void Tree::for_each_unused(const Value& in, const Visit& visit) const {
  if (!in) return;
  std::string path;
  visit_unused(in.index_, path, visit);
}

void Tree::visit_unused(std::uint32_t index, std::string& path, const Visit& visit) const {
  const Value value(this, index);
  Value child = value.child();
  if (!child) {
    if (!value.is_used()) visit(path, value);
    return;
  }
  const std::size_t length = path.size();
  for (std::size_t i = 0; child; child = child.next(), ++i) {
    if (length != 0) path += '/';
    if (value.is_object())
      append_text(path, child.raw_key(), nodes_[child.index_].key_form);
    else
      path += std::to_string(i);
    visit_unused(child.index_, path, visit);
    path.resize(length);
  }
}

}  // namespace json
