#include "info.hpp"

#include <algorithm>

#include "text.hpp"

namespace viber {
namespace {

constexpr const char* kRule = "viber.json";
constexpr int kRestDepth = 3;

}  // namespace

Info::Info(Records& records, const RowView& row, int column)
    : records_(records), row_(row), column_(column) {
  const sqlite::Value* value = row.value(column);
  if (value == nullptr || value->type == sqlite::Storage::integer ||
      value->type == sqlite::Storage::real)
    return;
  bytes_ = value->bytes;
  const sqlite::Encoding encoding = records.fields.encoding();
  if (value->type == sqlite::Storage::text && encoding != sqlite::Encoding::utf8) {
    transcoded_ = row.text(column, encoding);
    bytes_ = transcoded_;
    pointing_ = false;
  }
  if (!value->in_record) pointing_ = false;
  root_ = json::Value(bytes_);
}

json::Value Info::take(std::string_view name) {
  return take(root_, name);
}

json::Value Info::take(const json::Value& of, std::string_view name) {
  const json::Value value = of[name];
  if (value.kind != json::Kind::none) taken_.push_back(value.raw.data());
  return value;
}

json::Value Info::take_any(const json::Value& of, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const json::Value value = of[name]; !value.empty()) return take(of, name);
  return {};
}

const std::vector<fx_span>& Info::places(std::string_view raw, fx_codec codec) {
  std::vector<fx_span>& out = places_.emplace_back();
  if (!pointing_) return out;
  std::vector<sqlite::Span> parts;
  row_.row().spans(static_cast<std::size_t>(column_), parts);
  auto skip = static_cast<std::uint64_t>(raw.data() - bytes_.data());
  std::uint64_t left = raw.size();
  for (const sqlite::Span& part : parts) {
    const std::uint64_t from = std::min(skip, part.length);
    skip -= from;
    const std::uint64_t length = std::min(left, part.length - from);
    left -= length;
    if (length != 0)
      out.push_back(records_.fields.files().span({part.input, part.offset + from, length}, codec));
  }
  if (left != 0) out.clear();
  return out;
}

fx_span Info::where(const json::Value& value) const {
  fx_span whole = records_.fields.span(row_, column_);
  if (!pointing_ || value.raw.empty()) return whole;
  const auto skip = static_cast<std::uint64_t>(value.raw.data() - bytes_.data());
  if (skip >= whole.length || value.raw.size() > whole.length - skip) return whole;
  whole.offset += skip;
  whole.length = value.raw.size();
  return whole;
}

bool Info::text(const char* key, const json::Value& value) {
  if (value.kind != json::Kind::string && value.kind != json::Kind::number) return false;
  if (value.raw.empty()) return false;
  const bool plain = value.raw.find('\\') == std::string_view::npos && is_utf8(value.raw);
  auto inside = plain ? std::optional(std::string(value.raw)) : json::unescape(value.raw);
  if (!inside) inside = repaired(value.raw);
  const std::string_view text = records_.fields.keep(std::move(*inside));
  const bool proved = plain || json::unescape(value.raw).has_value();
  const std::vector<fx_span>& at = places(value.raw, plain ? FX_CODEC_UTF8 : FX_CODEC_JSON_STRING);
  fx::Record& record = records_.fields.record();
  if (at.empty() || !proved) {
    record.derived(key, text, kRule, records_.fields.span(row_, column_));
    return true;
  }
  if (plain)
    record.verbatim(key, text, at.front());
  else
    record.decoded(key, text, at.front());
  if (at.size() > 1) record.continued(std::span(at).subspan(1));
  return true;
}

bool Info::number(const char* key, const json::Value& value) {
  const auto number = json::integer(value);
  constexpr std::int64_t kMost = (std::int64_t{1} << 53) - 1;
  if (!number || *number > kMost || *number < -kMost) return false;
  records_.fields.record().number(key, *number, kRule, where(value));
  return true;
}

void Info::token_time(const char* key, const json::Value& token) {
  const auto number = json::integer(token);
  if (const auto time = number ? viber::token_time(*number) : std::nullopt)
    records_.fields.record().time(key, fx::instant(*time), "viber.token", where(token));
}

void Info::flag(const char* key, const json::Value& value) {
  if (!value.empty()) records_.fields.record().number(key, 1, kRule, where(value));
}

bool Info::taken(const json::Value& value) const {
  return std::ranges::find(taken_, value.raw.data()) != taken_.end();
}

bool Info::taken_inside(const json::Value& value) const {
  const char* begin = value.raw.data();
  return std::ranges::any_of(
      taken_, [&](const char* at) { return at > begin && at < begin + value.raw.size(); });
}

void Info::rest(std::string_view prefix, std::string_view but) {
  if (root_.kind == json::Kind::none) {
    if (!bytes_.empty()) records_.fields.extra(row_, column_);
    return;
  }
  if (root_.kind != json::Kind::object) {
    if (!root_.empty()) records_.fields.extra(row_, column_);
    return;
  }
  // A document that breaks off is told as it stands: what it would have said is not known.
  if (!json::for_each(root_, [](std::string_view, const json::Value&) { return true; }))
    records_.fields.extra(row_, column_);
  rest(root_, std::string(prefix), 0, but);
}

void Info::rest(const json::Value& of, const std::string& prefix, int depth, std::string_view but) {
  constexpr std::size_t kMostShown = sqlite::Fields::kMostExtra;
  json::for_each(of, [&](std::string_view name, const json::Value& value) {
    if (!but.empty() && same_word(name, but)) return true;
    const std::string path = prefix + "." + repaired(name.substr(0, 128));
    const bool object = value.kind == json::Kind::object;
    if (object && depth < kRestDepth && taken_inside(value)) {
      rest(value, path, depth + 1, {});
    } else if (!value.empty() && (object || !taken(value))) {
      std::string shown = repaired(value.raw.substr(0, kMostShown));
      if (value.raw.size() > kMostShown)
        shown += "... (" + std::to_string(value.raw.size()) + " bytes)";
      records_.fields.extra_word(path, shown, kRule, row_, column_);
    }
    return true;
  });
}

void describe_message(Info& info) {
  if (!info) return;
  const json::Value quote = info.root()["quote"];
  info.text("reply_to", info.take(quote, "token"));
  info.text("quoted", info.take_any(quote, {"text", "body"}));
  // Which message its token counts, this one or the one before the edit, is not known: it stays
  // among what has no word of its own.
  if (!info.root()["desktop_info"]["edit_token"]) info.flag("edited", info.root()["edit"]);
  info.text("url", info.take_any(info.root(), {"URL", "Url"}));
}

void describe_file(Info& info, const json::Value& file) {
  info.text("name", info.take(file, "FileName"));
  const json::Value type = file["ContentType"];
  if (type.raw.find('/') != std::string_view::npos)
    info.text("mime", info.take(file, "ContentType"));
  info.number("bytes", info.take(file, "FileSize"));
  const json::Value hash = file["FileHash"];
  const bool digest = hash.raw.size() == 64 && std::ranges::all_of(hash.raw, [](char c) {
                        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                      });
  if (digest) info.text("sha256", info.take(file, "FileHash"));
}

}  // namespace viber
