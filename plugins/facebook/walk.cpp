#include "walk.hpp"

#include "json/text.hpp"

namespace facebook {
namespace {

constexpr std::size_t kDeepest = 32;    // of lists and objects that are no items
constexpr std::size_t kMostKey = 4096;  // of a name

}  // namespace

Walk::Walk(const json::Source& source, json::DefectSink& defects, Shape shape)
    : reader_(source, defects), shape_(std::move(shape)) {}

// The path goes on to the value that comes now.
void Walk::begin_value() {
  path_before_ = path_.size();
  list_before_ = list_.size();
  if (frames_.empty()) return;
  Frame& frame = frames_.back();
  if (!path_.empty()) path_ += '/';
  if (frame.is_array) {
    path_ += std::to_string(frame.index);
    return;
  }
  path_ += key_;
  if (!list_.empty()) list_ += '/';
  list_ += key_;
}

void Walk::end_value() {
  path_.resize(path_before_);
  list_.resize(list_before_);
  if (!frames_.empty() && frames_.back().is_array) ++frames_.back().index;
}

void Walk::pop() {
  if (frames_.empty()) return;
  path_before_ = frames_.back().path;
  list_before_ = frames_.back().list;
  frames_.pop_back();
  end_value();
}

void Walk::tell() {
  place_.path = path_;
  place_.list = list_;
  place_.key = key_;
  place_.key_span = key_span_;
  place_.index = frames_.empty() ? 0 : frames_.back().index;
}

Walk::What Walk::next() {
  for (;;) {
    token_ = reader_.next();
    switch (token_.kind) {
      case json::Kind::end: return What::end;
      case json::Kind::key:
        key_ = json::text_of(token_.raw.substr(0, kMostKey), token_.form);
        key_span_ = fx::span(token_.offset, token_.length, json::codec_of(token_.form));
        continue;
      case json::Kind::end_object:
      case json::Kind::end_array: pop(); continue;
      case json::Kind::begin_object:
      case json::Kind::begin_array: {
        const bool in_list = !frames_.empty() && frames_.back().is_array;
        const bool is_object = token_.kind == json::Kind::begin_object;
        begin_value();
        if (frames_.size() >= kDeepest ||
            (is_object && ((in_list && !shape_.is_shell(list_)) || shape_.is_item(path_)))) {
          tree_.read(reader_, token_);
          tell();
          end_value();
          return What::item;
        }
        frames_.push_back({!is_object, 0, path_before_, list_before_});
        continue;
      }
      default:
        begin_value();
        tell();
        end_value();
        return What::loose;
    }
  }
}

}  // namespace facebook
