#include "writer.hpp"

#include <charconv>

namespace telegram {

fx::Record& Writer::begin(fx_kind kind, std::int64_t ref, std::uint64_t end) {
  if (end < offset_) end = offset_;
  extent_ = fx::span(offset_, end - offset_);
  offset_ = end;
  attached_count_ = 0;
  bytes_ = 0;
  told_full_ = false;
  return main_.start(kind, ref, extent_);
}

fx::Record& Writer::attach(fx_kind kind, std::int64_t ref) {
  if (attached_count_ == attached_.size()) attached_.push_back(std::make_unique<fx::Record>());
  return attached_[attached_count_++]->start(kind, ref, extent_);
}

fx::Record& Writer::apart(fx_kind kind, std::int64_t ref, std::uint64_t offset) {
  return apart_.start(kind, ref, offset, 0);
}

void Writer::emit_apart() {
  host_.emit(apart_);
}

void Writer::emit() {
  host_.emit(main_);
  for (std::size_t i = 0; i < attached_count_; ++i) host_.emit(*attached_[i]);
  attached_count_ = 0;
  kept_.clear();
  kept_spans_.clear();
}

std::string_view Writer::keep(std::string text) {
  return kept_.emplace_back(std::move(text));
}

std::span<const fx_span> Writer::keep(std::vector<fx_span> spans) {
  return kept_spans_.emplace_back(std::move(spans));
}

bool Writer::fits(const fx::Record& record, std::size_t bytes, const fx_span& where) {
  if (bytes <= kMostBytes - std::min(bytes_, kMostBytes) && record.field_count() < kMostFields) {
    bytes_ += bytes;
    return true;
  }
  if (!told_full_)
    host_.note(FX_WARNING, where, "record-full",
               "more than one record can hold: what stands from here on is not in it");
  told_full_ = true;
  return false;
}

bool Writer::put(fx::Record& record, const char* key, const json::Value& value) {
  if (!value.is_text() || value.raw().empty()) return false;
  const fx_span where = value.span();
  if (!fits(record, value.raw().size(), where)) return false;
  if (value.form() == json::Form::plain)
    record.verbatim(key, keep(std::string(value.raw())), where);
  else
    record.decoded(key, keep(value.text()), where);
  value.use();
  return true;
}

bool Writer::put_number(fx::Record& record, const char* key, const json::Value& value) {
  constexpr std::int64_t kMost = (std::int64_t{1} << 53) - 1;
  const std::string_view raw = value.raw();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), number);
  if (!value.is_text() || value.form() != json::Form::plain || raw.empty() ||
      error != std::errc() || end != raw.data() + raw.size() || number > kMost || number < -kMost)
    return false;
  record.decoded(key, number, value.span());
  value.use();
  return true;
}

void Writer::derive(fx::Record& record, const char* key, std::string text, const char* rule,
                    const fx_span& where) {
  if (fits(record, text.size(), where)) record.derived(key, keep(std::move(text)), rule, where);
}

void Writer::extra(fx::Record& record, std::string_view name, const json::Value& value) {
  std::string line(name);
  line += '=';
  fx_span where = value.span();
  where.codec = FX_CODEC_NONE;
  if (value.form() == json::Form::unread) {
    host_.note(FX_WARNING, where, "too-long",
               "a text longer than what is read: it is a place only");
    line.append("(").append(std::to_string(where.length)).append(" bytes, not read)");
  } else if (value.is_object()) {
    line += "{}";
  } else if (value.is_array()) {
    line += "[]";
  } else {
    line += value.text();
  }
  derive(record, "extra", std::move(line), "telegram.extra", where);
}

void Writer::extras(fx::Record& record, const json::Tree& tree, const json::Value& of,
                    std::string_view prefix) {
  std::string name;
  tree.for_each_unused(of, [&](std::string_view path, const json::Value& value) {
    name.assign(prefix);
    if (!prefix.empty() && !path.empty()) name += '/';
    name.append(path);
    extra(record, name, value);
    value.use();
  });
  if (tree.full_at() == tree.end()) return;
  host_.note(
      FX_WARNING, fx::span(tree.full_at(), tree.end() - tree.full_at()), "too-large",
      "more values, or nested deeper, than what is read of one thing: these are a place only");
}

void Writer::skip_to(std::uint64_t end, std::string_view code, std::string_view why) {
  if (end <= offset_) return;
  host_.skip(fx::span(offset_, end - offset_), code, why);
  offset_ = end;
}

JoinedText join_text(const json::Value& value) {
  JoinedText joined;
  std::string raw;
  json::Form form = json::Form::plain;
  const auto take = [&](const json::Value& part) {
    if (!part.is_string() || part.form() == json::Form::unread || joined.spans.size() > 60'000)
      return;
    joined.is_there = true;
    raw.append(part.raw());
    form = std::max(form, part.form());
    joined.spans.push_back(part.span());
    part.use();
  };
  if (value.is_array()) {
    for (json::Value part = value.child(); part; part = part.next())
      take(part.is_object() ? part["text"] : part);
  } else {
    take(value);
  }
  joined.text = json::text_of(raw, form);
  // A part between two others says as much as its bytes do: the codec is one for all.
  for (fx_span& span : joined.spans) span.codec = FX_CODEC_NONE;
  if (!joined.spans.empty()) joined.spans[0].codec = json::codec_of(form);
  return joined;
}

bool put_joined(Writer& writer, fx::Record& record, const char* key, JoinedText joined) {
  if (joined.text.empty() || !writer.fits(record, joined.text.size(), joined.spans[0]))
    return false;
  const std::string_view text = writer.keep(std::move(joined.text));
  if (joined.spans[0].codec == FX_CODEC_UTF8)
    record.verbatim(key, text, joined.spans[0]);
  else
    record.decoded(key, text, joined.spans[0]);
  if (joined.spans.size() > 1) record.continued(writer.keep(std::move(joined.spans)).subspan(1));
  return true;
}

}  // namespace telegram
