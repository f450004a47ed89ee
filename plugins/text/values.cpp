#include "text/values.hpp"

#include <utility>

#include "text/utf8.hpp"

namespace text {

void Values::start(fx_kind kind, std::int64_t ref, std::uint64_t offset, std::uint64_t length) {
  kept_.clear();
  spans_.clear();
  bytes_ = 0;
  extent_ = fx::span(offset, length);
  record_.start(kind, ref, offset, length);
}

void Values::emit() {
  host_.emit(record_);
}

void Values::finish() {
  if (dropped_ != 0)
    host_.note(FX_WARNING, first_dropped_, "field-limit",
               std::to_string(dropped_) +
                   " values were too many or too long for their records; the first such record is "
                   "here, the values stand in its bytes");
}

bool Values::fits(std::size_t bytes) {
  if (record_.field_count() < kMostFields && bytes <= kMostBytes - bytes_) {
    bytes_ += bytes;
    return true;
  }
  if (dropped_++ == 0) first_dropped_ = extent_;
  return false;
}

std::string_view Values::keep(std::string value) {
  return kept_.emplace_back(std::move(value));
}

void Values::text(const char* key, std::string_view raw, std::uint64_t offset) {
  if (raw.empty()) return;
  const bool sound = is_utf8(raw);
  const bool plain = sound && raw.find('\r') == std::string_view::npos;
  std::string value = plain ? std::string(raw) : repaired(raw);
  if (!fits(value.size())) return;
  if (plain) {
    record_.verbatim(key, keep(std::move(value)), offset);
  } else {
    const fx_codec codec = sound ? FX_CODEC_UTF8_LINES : FX_CODEC_UTF8_REPAIR;
    record_.decoded(key, keep(std::move(value)), fx::span(offset, raw.size(), codec));
  }
}

void Values::scattered(const char* key, std::string_view value, fx_codec codec,
                       std::vector<fx_span> parts) {
  if (parts.empty() || !fits(value.size())) return;
  fx_span first = parts.front();
  first.codec = static_cast<std::uint32_t>(codec);
  const std::vector<fx_span>& kept = spans_.emplace_back(std::move(parts));
  const std::string_view text = keep(std::string(value));
  if (codec == FX_CODEC_UTF8 || codec == FX_CODEC_BYTES)
    record_.verbatim(key, text, first);
  else
    record_.decoded(key, text, first);
  if (kept.size() > 1) record_.continued(std::span(kept).subspan(1));
}

void Values::derived(const char* key, std::string value, std::uint64_t offset, std::uint64_t length,
                     const char* rule) {
  if (value.empty() || !fits(value.size())) return;
  record_.derived(key, keep(std::move(value)), rule != nullptr ? rule : rule_,
                  fx::span(offset, length));
}

void Values::word(const char* key, std::string_view word, std::uint64_t offset,
                  std::uint64_t length) {
  if (fits(word.size())) record_.derived(key, word, rule_, fx::span(offset, length));
}

void Values::ref(const char* key, std::int64_t ref, std::uint64_t offset, std::uint64_t length) {
  if (ref != 0 && fits(8)) record_.ref(key, ref, rule_, fx::span(offset, length));
}

void Values::number(const char* key, std::int64_t number, std::uint64_t offset,
                    std::uint64_t length) {
  if (fits(8)) record_.number(key, number, rule_, fx::span(offset, length));
}

void Values::time(const char* key, const fx_time& time, std::uint64_t offset, std::uint64_t length,
                  const char* rule) {
  if (fits(8)) record_.time(key, time, rule != nullptr ? rule : rule_, fx::span(offset, length));
}

void Values::decoded_time(const char* key, const fx_time& time, const fx_span& where) {
  if (fits(8)) record_.decoded(key, time, where);
}

void Values::extra(std::string_view name, std::string_view raw, std::uint64_t offset) {
  extra_derived(name, is_utf8(raw) ? std::string(raw) : repaired(raw), offset, raw.size());
}

void Values::extra_derived(std::string_view name, std::string_view value, std::uint64_t offset,
                           std::uint64_t length, const char* rule) {
  derived("extra", repaired(name) + "=" + std::string(value), offset, length, rule);
}

void Values::number_extra(std::string_view name, std::int64_t number, std::uint64_t offset,
                          std::uint64_t length) {
  extra_derived(name, std::to_string(number), offset, length);
}

void Skips::add(std::uint64_t offset, std::uint64_t length, std::string_view code,
                std::string_view why) {
  if (length == 0 || offset + length <= end_) return;  // told already
  if (offset != end_ || code != code_) {
    flush();
    begin_ = offset;
    code_ = code;
    why_ = why;
  }
  end_ = offset + length;
}

void Skips::flush() {
  if (end_ > begin_) host_.skip(fx::span(begin_, end_ - begin_), code_, why_);
  begin_ = end_;
}

}  // namespace text
