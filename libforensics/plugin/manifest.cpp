#include "plugin/manifest.hpp"

#include <algorithm>
#include <bitset>
#include <charconv>

#include "plugin/codec.hpp"

namespace forensics::plugin {
namespace {

constexpr int kMaxDepth = 16;
constexpr std::size_t kMaxManifest = std::size_t{256} << 10;
constexpr std::size_t kMaxId = 128;

tl::unexpected<Error> manifest_error(std::string message) {
  return fail(ErrorCode::plugin, "plugin manifest", std::move(message));
}

// Json reads its canonical form only; a manifest is written by hand.
class ManifestReader {
 public:
  explicit ManifestReader(ByteView text) : text_(text) {}

  Result<Json> document() {
    Json value = TRY(this->value(0));
    if (peek() != '\0' || at_ != text_.size()) return error("text after the object");
    return value;
  }

 private:
  tl::unexpected<Error> error(const std::string& what) const {
    return manifest_error("byte " + std::to_string(at_) + ": " + what);
  }

  // The next character that is no space; NUL at the end.
  char peek() {
    while (at_ < text_.size() && ByteView(" \t\r\n").find(text_[at_]) != ByteView::npos) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool take_word(ByteView word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  Result<Json> value(int depth) {
    if (depth > kMaxDepth) return error("nested too deeply");
    switch (peek()) {
      case '{': return object(depth);
      case '[': return array(depth);
      case '"': return Json(TRY(string()));
      default: break;
    }
    if (take_word("true")) return Json(true);
    if (take_word("false")) return Json(false);
    if (take_word("null")) return Json();
    std::int64_t number = 0;
    const char* begin = text_.data() + at_;
    const auto [end, status] = std::from_chars(begin, text_.data() + text_.size(), number);
    if (status != std::errc()) return error("a value is expected");
    at_ += static_cast<std::size_t>(end - begin);
    return Json(number);
  }

  Result<Json> object(int depth) {
    take('{');
    Json out = Json::object();
    if (take('}')) return out;
    do {
      if (peek() != '"') return error("a key is expected");
      const std::string key = TRY(string());
      if (out.find(key) != nullptr) return error("the key \"" + key + "\" stands twice");
      if (!take(':')) return error("':' is expected");
      out[key] = TRY(value(depth + 1));
    } while (take(','));
    if (!take('}')) return error("',' or '}' is expected");
    return out;
  }

  Result<Json> array(int depth) {
    take('[');
    Json out = Json::array();
    if (take(']')) return out;
    do {
      out.push_back(TRY(value(depth + 1)));
    } while (take(','));
    if (!take(']')) return error("',' or ']' is expected");
    return out;
  }

  Result<std::string> string() {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    if (at_ >= text_.size()) return error("a string has no end");
    const auto value = decode(model::Codec::json_string, text_.substr(begin, at_ - begin));
    if (!value) return error("a string before this place is malformed");
    ++at_;
    return *value;
  }

  ByteView text_;
  std::size_t at_ = 0;
};

bool is_reverse_domain(std::string_view id) {
  const bool has_only_plain = std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  return has_only_plain && id.size() <= kMaxId && id.find('.') != id.npos && id.front() != '.' &&
         id.back() != '.' && id.find("..") == id.npos;
}

// [{"input":1,"suffix":"-wal"},{"input":3,"name":"key"}]
Status check_companions(const Json& manifest) {
  const Json* list = manifest.find("companions");
  if (list == nullptr) return {};
  if (list->as_array() == nullptr) return manifest_error("\"companions\" is a list");
  std::bitset<model::kMostInputs> seen;
  for (const Json& each : *list->as_array()) {
    const std::int64_t input = each.integer("input", 0);
    if (input < 1 || input >= model::kMostInputs || seen[static_cast<std::size_t>(input)])
      return manifest_error("each companion has an \"input\" of its own, 1 to 7");
    seen.set(static_cast<std::size_t>(input));
    if (each.text("suffix").empty() == each.text("name").empty())
      return manifest_error("a companion has either a \"suffix\" or a \"name\"");
    if ((std::string(each.text("suffix")) + std::string(each.text("name"))).find('/') !=
        std::string::npos)
      return manifest_error("a companion's name is that of a file, without folders");
  }
  return {};
}

}  // namespace

Result<Json> read_manifest(ByteView text) {
  if (text.size() > kMaxManifest) return manifest_error("longer than 256 KiB");
  Json manifest = TRY(ManifestReader(text).document());
  if (manifest.as_object() == nullptr) return manifest_error("not a JSON object");
  for (const char* key : {"id", "version", "name", "licence"})
    if (manifest.text(key).empty())
      return manifest_error(std::string("needs the text member \"") + key + "\"");
  if (!is_reverse_domain(manifest.text("id")))
    return manifest_error("\"id\" is a reverse domain in lower case, like org.example.format");
  const Json* formats = manifest.find("formats");
  if (formats == nullptr || formats->as_array() == nullptr || formats->as_array()->empty())
    return manifest_error("needs the list \"formats\"");
  TRY(check_companions(manifest));
  return manifest;
}

std::vector<CompanionWish> companion_wishes(const Json& manifest) {
  std::vector<CompanionWish> wishes;
  const Json* list = manifest.find("companions");
  if (list == nullptr || list->as_array() == nullptr) return wishes;
  for (const Json& each : *list->as_array())
    wishes.push_back({static_cast<std::uint8_t>(each.integer("input")),
                      std::string(each.text("suffix")), std::string(each.text("name"))});
  std::ranges::sort(wishes, {}, &CompanionWish::input);
  return wishes;
}

}  // namespace forensics::plugin
