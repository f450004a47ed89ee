#include "base/json.hpp"

#include <charconv>

#include "base/bytes.hpp"

namespace forensics {
namespace {

constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;  // exact in every JSON reader
constexpr int kMaxDepth = 64;
constexpr std::string_view kHex = "0123456789abcdef";

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<Json> document() {
    Json value = TRY(this->value(0));
    if (at_ != text_.size()) return error("text after the value");
    return value;
  }

 private:
  tl::unexpected<Error> error(std::string_view what) const {
    return fail(ErrorCode::corrupt, "byte " + std::to_string(at_),
                "not canonical JSON: " + std::string(what));
  }

  bool take(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  Result<Json> value(int depth) {
    if (depth > kMaxDepth) return error("nested too deeply");
    if (at_ >= text_.size()) return error("value expected");
    switch (text_[at_]) {
      case '{': return object(depth);
      case '[': return array(depth);
      case '"': return Json(TRY(string()));
      default: break;
    }
    if (take("null")) return Json();
    if (take("true")) return Json(true);
    if (take("false")) return Json(false);
    return integer();
  }

  Result<Json> integer() {
    std::int64_t number = 0;
    const char* begin = text_.data() + at_;
    const auto [end, status] = std::from_chars(begin, text_.data() + text_.size(), number);
    if (status != std::errc{}) return error("value expected");
    const std::string_view written(begin, static_cast<std::size_t>(end - begin));
    if (written != std::to_string(number)) return error("integer not in shortest form");
    if (number > kMaxInteger || number < -kMaxInteger) return error("integer out of range");
    at_ += written.size();
    return Json(number);
  }

  Result<Json> object(int depth) {
    ++at_;
    Json::Object members;
    if (take("}")) return Json(std::move(members));
    for (;;) {
      if (at_ >= text_.size() || text_[at_] != '"') return error("key expected");
      std::string key = TRY(string());
      if (!members.empty() && !(members.rbegin()->first < key)) return error("keys not in order");
      if (!take(":")) return error("':' expected");
      members.emplace_hint(members.end(), std::move(key), TRY(value(depth + 1)));
      if (take("}")) return Json(std::move(members));
      if (!take(",")) return error("',' or '}' expected");
    }
  }

  Result<Json> array(int depth) {
    ++at_;
    Json::Array items;
    if (take("]")) return Json(std::move(items));
    for (;;) {
      items.push_back(TRY(value(depth + 1)));
      if (take("]")) return Json(std::move(items));
      if (!take(",")) return error("',' or ']' expected");
    }
  }

  Result<std::string> string() {
    ++at_;
    std::string out;
    while (at_ < text_.size()) {
      const auto c = static_cast<unsigned char>(text_[at_]);
      if (c == '"') {
        ++at_;
        return out;
      }
      if (c == '\\') {
        TRY(escape(out));
      } else if (c < 0x20) {
        return error("bare control character in a string");
      } else if (c < 0x80) {
        out += text_[at_++];
      } else {
        const std::size_t before = at_;
        std::size_t after = at_;
        next_code_point(text_, after);
        if (utf8_prefix(text_.substr(before, after - before)) != after - before)
          return error("ill-formed UTF-8");
        out.append(text_.substr(before, after - before));
        at_ = after;
      }
    }
    return error("string without an end");
  }

  Status escape(std::string& out) {
    constexpr std::string_view kShort = "\"\\bfnrt";
    constexpr std::string_view kMeaning = "\"\\\b\f\n\r\t";
    if (at_ + 1 < text_.size()) {
      const std::size_t which = kShort.find(text_[at_ + 1]);
      if (which != std::string_view::npos) {
        out += kMeaning[which];
        at_ += 2;
        return {};
      }
    }
    // The only other escape that the profile writes: a control character without a short form.
    const std::string_view digits = text_.substr(at_, 6);
    if (digits.size() == 6 && digits.starts_with("\\u00")) {
      const std::size_t high = kHex.find(digits[4]);
      const std::size_t low = kHex.find(digits[5]);
      if (high < 2 && low != std::string_view::npos) {
        const char c = static_cast<char>(high * 16 + low);
        if (kMeaning.find(c) == std::string_view::npos) {
          out += c;
          at_ += 6;
          return {};
        }
      }
    }
    return error("escape that the profile does not write");
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t at = 0;
  std::size_t plain = 0;  // start of the run of bytes that need no change
  const auto flush = [&](std::size_t to) { out.append(text.substr(plain, to - plain)); };
  while (at < text.size()) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
      ++at;
      continue;
    }
    if (c >= 0x80) {
      std::size_t after = at;
      const char32_t code_point = next_code_point(text, after);
      const std::string_view sequence = text.substr(at, after - at);
      if (code_point == 0xFFFD && sequence != "\xEF\xBF\xBD") {
        flush(at);
        out += "\xEF\xBF\xBD";
        plain = after;
      }
      at = after;
      continue;
    }
    flush(at);
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        out += "\\u00";
        out += kHex[c >> 4];
        out += kHex[c & 15U];
    }
    plain = ++at;
  }
  flush(text.size());
  out += '"';
}

Json& Json::operator[](std::string_view key) {
  if (is_null()) value_ = Object{};
  auto& members = std::get<Object>(value_);
  const auto found = members.find(key);
  return found != members.end() ? found->second : members[std::string(key)];
}

const Json* Json::find(std::string_view key) const {
  const Object* members = as_object();
  if (members == nullptr) return nullptr;
  const auto found = members->find(key);
  return found == members->end() ? nullptr : &found->second;
}

std::string_view Json::text(std::string_view key, std::string_view otherwise) const {
  const Json* value = find(key);
  const std::string* string = value != nullptr ? value->as_string() : nullptr;
  return string != nullptr ? std::string_view(*string) : otherwise;
}

std::int64_t Json::integer(std::string_view key, std::int64_t otherwise) const {
  const Json* value = find(key);
  const std::int64_t* number = value != nullptr ? value->as_int() : nullptr;
  return number != nullptr ? *number : otherwise;
}

void Json::push_back(Json value) {
  if (is_null()) value_ = Array{};
  std::get<Array>(value_).push_back(std::move(value));
}

void Json::write(std::string& out) const {
  if (is_null()) {
    out += "null";
  } else if (const bool* flag = as_bool()) {
    out += *flag ? "true" : "false";
  } else if (const std::int64_t* number = as_int()) {
    out += std::to_string(*number);
  } else if (const std::string* string = as_string()) {
    append_json_string(out, *string);
  } else if (const Array* items = as_array()) {
    char separator = '[';
    for (const Json& item : *items) {
      out += separator;
      item.write(out);
      separator = ',';
    }
    out += items->empty() ? "[]" : "]";
  } else if (const Object* members = as_object()) {
    char separator = '{';
    for (const auto& [key, member] : *members) {
      out += separator;
      append_json_string(out, key);
      out += ':';
      member.write(out);
      separator = ',';
    }
    out += members->empty() ? "{}" : "}";
  }
}

std::string Json::dump() const {
  std::string out;
  write(out);
  return out;
}

Result<Json> Json::parse_canonical(std::string_view text) { return Reader(text).document(); }

}  // namespace forensics
