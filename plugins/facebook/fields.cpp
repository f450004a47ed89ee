#include "fields.hpp"

#include <algorithm>
#include <charconv>

#include "clock.hpp"
#include "json/text.hpp"

namespace facebook {
namespace {

constexpr std::size_t kMostFields = 4000;
constexpr int kDeepest = 256;  // as json::Tree holds

}  // namespace

Text Fields::text_of(const json::Value& value) const {
  Text out = text_of(value.raw(), value.form(), value.span());
  // Characters that should have stood in quotes: no codec has them.
  if (value.kind() == json::Kind::bare && out.rule == nullptr) out.rule = "facebook.bare-token";
  return out;
}

Text Fields::text_of(std::string_view raw, json::Form form, fx_span span) const {
  Text out;
  out.span = span;
  if (!as_bytes_ || form != json::Form::escaped) {
    out.value = json::text_of(raw, form);
    return out;
  }
  if (auto bytes = json::latin1_text(raw)) {
    out.value = std::move(*bytes);
    out.span.codec = FX_CODEC_JSON_STRING_LATIN1;
    return out;
  }
  // Cut within a character: what is whole is read, the rest stays as the escapes say.
  const std::size_t last = raw.rfind("\\u00");
  for (std::size_t end = last, tries = 0; end != std::string_view::npos && tries < 4; ++tries) {
    if (auto bytes = json::latin1_text(raw.substr(0, end))) {
      out.value = std::move(*bytes) + json::text_of(raw.substr(end), form);
      out.rule = "facebook.cut-character";
      return out;
    }
    end = end < 6 ? std::string_view::npos : raw.rfind("\\u00", end - 1);
  }
  out.value = json::text_of(raw, form);
  return out;
}

void Fields::start(fx_kind kind, std::int64_t ref, fx_span extent) {
  extent.codec = FX_CODEC_NONE;
  kept_.clear();
  record_.start(kind, ref, extent);
}

void Fields::emit() {
  host_.emit(record_);
}

void Fields::text(const char* key, const Text& text) {
  const std::string_view value = keep(text.value);
  if (text.rule != nullptr)
    record_.derived(key, value, text.rule, text.span);
  else
    record_.decoded(key, value, text.span);
}

bool Fields::text(const char* key, const json::Value& value) {
  if (!value.is_text() || value.is_used()) return false;
  const Text found = text_of(value);
  if (found.value.empty()) return false;
  value.use();
  text(key, found);
  return true;
}

bool Fields::time(const char* key, const json::Value& value) {
  if (!value.is_text() || value.is_used()) return false;
  fx_span where = value.span();
  if (const auto instant = instant_of(value.raw())) {
    where.codec = instant->codec;
    const bool whole = instant->codec == FX_CODEC_DECIMAL_SECONDS;
    record_.decoded(
        key,
        fx::instant(instant->milliseconds, whole ? FX_PRECISION_SECOND : FX_PRECISION_MILLISECOND),
        where);
  } else if (const auto iso = value.is_string() ? iso_time(value.raw()) : std::nullopt) {
    record_.time(key, *iso, "facebook.iso-8601", where);
  } else {
    return false;
  }
  value.use();
  return true;
}

void Fields::time(const char* key, const fx_time& time, const char* rule, fx_span where) {
  record_.time(key, time, rule, where);
}

void Fields::time(const char* key, std::int64_t milliseconds, fx_span where) {
  const bool whole = where.codec == FX_CODEC_DECIMAL_SECONDS;
  record_.decoded(key,
                  fx::instant(milliseconds, whole ? FX_PRECISION_SECOND : FX_PRECISION_MILLISECOND),
                  where);
}

bool Fields::number(const char* key, const json::Value& value) {
  if (value.kind() != json::Kind::number || value.is_used()) return false;
  std::int64_t number = 0;
  const std::string_view raw = value.raw();
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), number);
  if (error != std::errc() || end != raw.data() + raw.size() || number < 0 ||
      number >= std::int64_t{1} << 53)
    return false;
  value.use();
  record_.decoded(key, number, value.span());
  return true;
}

void Fields::word(const char* key, std::string_view word, const char* rule, fx_span where) {
  record_.derived(key, keep(std::string(word)), rule, where);
}
void Fields::flag(const char* key, const char* rule, fx_span where) {
  record_.number(key, 1, rule, where);
}
void Fields::ref(const char* key, std::int64_t ref, fx_span where) {
  record_.ref(key, ref, "facebook.numbering", where);
}

void Fields::extra(std::string_view path, const Text& text) {
  if (record_.field_count() >= kMostFields) return;
  record_.derived("extra", keep(std::string(path).append("=").append(text.value)), "facebook.value",
                  text.span);
}

bool Fields::file_name(const char* key, const json::Value& path) {
  const Text found = text_of(path);
  const std::size_t slash = found.value.rfind('/');
  if (slash == std::string::npos || slash + 1 == found.value.size()) return false;
  record_.derived(key, keep(found.value.substr(slash + 1)), "facebook.file-name-of-uri",
                  found.span);
  return true;
}

void Fields::rest(const json::Value& value, const std::vector<json::Value>& others) {
  std::string path;
  for (json::Value member = value.child(); member; member = member.next()) {
    path = value.is_object() ? member.key() : "0";
    rest(member, path, 1, others);
  }
}

void Fields::rest(const json::Value& value, std::string& path, int depth,
                  const std::vector<json::Value>& others) {
  const fx_span where = value.span();
  if (stands_in(others, value)) return;
  if (!value.is_object() && !value.is_array()) {
    if (value.is_used()) return;
    value.use();
    if (record_.field_count() == kMostFields)
      host_.note(FX_WARNING, where, "too-many-values",
                 "the item has more values than a record holds: they stand here");
    if (value.kind() == json::Kind::null) return extra(path, {"null", where, nullptr});
    return extra(path, text_of(value));
  }
  if (depth == kDeepest) return;
  const std::size_t length = path.size();
  std::size_t index = 0;
  for (json::Value member = value.child(); member; member = member.next(), ++index) {
    path += '/';
    path += value.is_object() ? member.key() : std::to_string(index);
    rest(member, path, depth + 1, others);
    path.resize(length);
  }
}

bool stands_in(const std::vector<json::Value>& sorted, const json::Value& value) {
  const auto offset = [](const json::Value& each) { return each.span().offset; };
  return std::ranges::binary_search(sorted, offset(value), {}, offset);
}

json::Value first_of(const json::Value& object, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const json::Value found = object[name]; found.is_text()) return found;
  return {};
}

bool is_true(const json::Value& value) {
  return value.kind() == json::Kind::boolean && value.raw() == "true";
}

std::string_view word_of(const json::Value& value) {
  return value.is_string() ? value.raw() : std::string_view{};
}

}  // namespace facebook
