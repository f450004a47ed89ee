#include "plugin/span_check.hpp"

#include <unistd.h>

#include <algorithm>
#include <bitset>
#include <cerrno>
#include <charconv>

#include "plugin/codec.hpp"
#include "plugin/number_codec.hpp"

namespace forensics::plugin {
namespace {

using model::Basis;
using model::Codec;
using model::Field;
using model::Key;
using model::Kind;
using model::Record;
using model::Span;
using model::Type;

constexpr std::uint64_t kWindow = std::uint64_t{1} << 20;
constexpr std::uint64_t kJump = std::uint64_t{64} << 10;
// A record's fields need not stand in the order in which they are listed.
constexpr std::uint64_t kLookBack = std::uint64_t{16} << 10;
// How much of a value that differs is shown.
constexpr std::size_t kShown = 64;

// One bit a key.
using KeySet = std::bitset<128>;

bool may_repeat(Key key) {
  switch (key) {
    case Key::option:
    case Key::votes:
    case Key::extra:
    case Key::participant:
    case Key::mentions: return true;
    default: return false;
  }
}

// What people said or are called. The other texts are words of the plugin about the evidence, such
// as the type of a message, and may hold for the input as a whole.
bool must_stand_on_bytes(Key key) {
  switch (key) {
    case Key::title:
    case Key::name:
    case Key::phone:
    case Key::text:
    case Key::latitude:
    case Key::longitude:
    case Key::address:
    case Key::url:
    case Key::question:
    case Key::option:
    case Key::before:
    case Key::after:
    case Key::source_id:
    case Key::account:
    case Key::reply_to:
    case Key::quoted:
    case Key::forwarded_from:
    case Key::emoji:
    case Key::path:
    case Key::sha256:
    case Key::username:
    case Key::caption: return true;
    default: return false;
  }
}

Kind kind_referred_to(Key key) {
  switch (key) {
    case Key::conversation: return Kind::conversation;
    case Key::sender:
    case Key::quoted_sender:
    case Key::deleted_by:
    case Key::participant:
    case Key::mentions: return Kind::participant;
    default: return Kind::message;
  }
}

std::string quoted(ByteView bytes) {
  std::string out = "\"";
  for (const char c : bytes.substr(0, kShown)) {
    const auto value = static_cast<unsigned char>(c);
    if (value >= 0x20 && value < 0x7F && c != '"' && c != '\\')
      out += c;
    else
      out += "\\x" + to_hex(ByteView(&c, 1));
  }
  return out + (bytes.size() > kShown ? "\"..." : "\"");
}

std::string place(const Span& span) {
  std::string out =
      "byte " + std::to_string(span.offset) + ", length " + std::to_string(span.length);
  if (span.input != 0) out += " of companion " + std::to_string(span.input);
  return out;
}

std::string about(const Field& field, std::string_view what) {
  return std::string("field \"")
      .append(model::find_key(static_cast<std::uint8_t>(field.key))->name)
      .append("\" at ")
      .append(place(field.span))
      .append(": ")
      .append(what);
}

// What a number looks like in a source: decimal digits with an optional minus.
bool is_written(ByteView text, std::int64_t number) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value == number;
}

}  // namespace

void SpanReader::fill(Window& window, std::uint64_t begin, std::uint64_t length) const {
  window.begin = begin;
  window.bytes.resize(std::min(length, length_ - begin));
  std::size_t have = 0;
  while (have < window.bytes.size()) {
    const ssize_t n = ::pread(descriptor_, window.bytes.data() + have, window.bytes.size() - have,
                              static_cast<off_t>(begin + have));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    have += static_cast<std::size_t>(n);
  }
  window.bytes.resize(have);
}

std::optional<ByteView> SpanReader::read(const Span& span) {
  if (stream_.holds(span.offset, span.length)) return stream_.at(span.offset, span.length);
  if (jump_.holds(span.offset, span.length)) return jump_.at(span.offset, span.length);

  const std::uint64_t end = stream_.begin + stream_.bytes.size();
  const bool goes_on = span.offset >= stream_.begin && span.offset <= end + kWindow;
  Window& window = goes_on ? stream_ : jump_;
  const std::uint64_t begin = span.offset - std::min(span.offset, kLookBack);
  const std::uint64_t wanted = span.offset - begin + span.length;
  fill(window, begin, std::max(wanted, goes_on ? kWindow : kJump));
  if (!window.holds(span.offset, span.length)) return std::nullopt;
  return window.at(span.offset, span.length);
}

RecordCheck::RecordCheck(const Inputs& inputs, std::uint64_t field_bytes,
                         std::optional<std::string> name)
    : field_bytes_(field_bytes), name_(std::move(name)) {
  for (const InputFile& input : inputs) {
    inputs_.emplace_back();
    if (input.present) inputs_.back().emplace(input.descriptor, input.length);
  }
}

bool RecordCheck::holds(const Span& span) const {
  return span.input < inputs_.size() && inputs_[span.input] && inputs_[span.input]->holds(span);
}

std::string RecordCheck::outside(const Span& span) const {
  if (span.input >= inputs_.size() || !inputs_[span.input])
    return "span at " + place(span) + " is of an input that is not there";
  return "span at " + place(span) + " reaches outside the input of " +
         std::to_string(inputs_[span.input]->length()) + " bytes";
}

// The bytes of a value, joined where they are scattered.
std::optional<ByteView> RecordCheck::read(const Field& field) {
  const auto first = inputs_[field.span.input]->read(field.span);
  if (!first || field.more.empty()) return first;
  joined_.assign(*first);
  for (const Span& span : field.more) {
    const auto part = inputs_[span.input]->read(span);
    if (!part) return std::nullopt;
    joined_.append(*part);
  }
  return joined_;
}

bool RecordCheck::is_known(Key key, std::int64_t ref) const {
  const auto kind = static_cast<std::size_t>(kind_referred_to(key));
  return ref > 0 && refs_[kind].contains(static_cast<std::uint64_t>(ref));
}

// The name of the input is evidence too, but has no bytes in it.
bool RecordCheck::is_from_name(const Field& field) const {
  return field.key == Key::title && ByteView(field.rule).ends_with(".file-name") &&
         (!name_ || name_->find(field.text) != std::string::npos);
}

std::optional<std::string> RecordCheck::reject(const Record& record) {
  if (auto reason = reject_shape(record)) return reason;
  for (const Field& field : record.fields)
    if (auto reason = reject_field(field)) return reason;
  if (record.ref > 0) {
    const auto ref = static_cast<std::uint64_t>(record.ref);
    refs_[static_cast<std::size_t>(record.kind)].add(ref, ref + 1);
  }
  return std::nullopt;
}

std::optional<std::string> RecordCheck::reject_shape(const Record& record) const {
  const model::KindInfo& kind = *model::find_kind(static_cast<std::uint8_t>(record.kind));
  if (!holds(record.extent)) return outside(record.extent);
  if (record.ref < 0) return "reference number " + std::to_string(record.ref) + " is negative";

  KeySet seen;
  for (const Field& field : record.fields) {
    if (!model::allows(record.kind, field.key))
      return about(field, std::string("a ").append(kind.name).append(" has no such field"));
    const auto key = static_cast<std::size_t>(field.key);
    if (seen[key] && !may_repeat(field.key)) return about(field, "stated twice");
    seen.set(key);
  }
  for (const Key key : kind.required)
    if (!seen[static_cast<std::size_t>(key)])
      return std::string("a ")
          .append(kind.name)
          .append(" needs the field \"")
          .append(model::find_key(static_cast<std::uint8_t>(key))->name)
          .append("\"");

  const IntervalSet& taken = refs_[static_cast<std::size_t>(record.kind)];
  if (record.ref > 0 && taken.contains(static_cast<std::uint64_t>(record.ref)))
    return "reference number " + std::to_string(record.ref) + " is taken";
  if (record.ref > 0 && taken.saturated())
    return "reference numbers are too scattered to be kept; number records in sequence";
  return std::nullopt;
}

std::optional<std::string> RecordCheck::reject_field(const Field& field) {
  if (!holds(field.span)) return about(field, outside(field.span));
  for (const Span& span : field.more)
    if (!holds(span)) return about(field, outside(span));
  const Type type = field.type();
  if (type == Type::ref && !is_known(field.key, field.number))
    return about(field, "refers to number " + std::to_string(field.number) +
                            ", which no earlier record of that kind has");
  if (type == Type::text) {
    if (field.text.size() > field_bytes_) return about(field, "the value is too long");
    // Equality under a codec that yields UTF-8 says this too; BYTES, BASE64 and the rest do not.
    const bool is_utf8_by_codec = field.basis <= Basis::decoded &&
                                  field.span.codec >= Codec::utf8 &&
                                  field.span.codec <= Codec::percent;
    if (!is_utf8_by_codec && !is_utf8(field.text)) return about(field, "the text is not UTF-8");
  }
  switch (field.basis) {
    case Basis::verbatim:
      if (field.span.codec != Codec::bytes && field.span.codec != Codec::utf8)
        return about(field, "a verbatim value has the codec bytes or utf8");
      return reject_value(field);
    case Basis::decoded:
      if (field.span.codec == Codec::none) return about(field, "a decoded value names its codec");
      return reject_value(field);
    case Basis::derived:
      // A reference is the run's own numbering, so there is no rule to name.
      if (field.rule.empty() && type != Type::ref)
        return about(field, "a derived value names its rule");
      if (field.span.length == 0 && field.more.empty() && must_stand_on_bytes(field.key) &&
          !is_from_name(field))
        return about(field, "the value stands on no bytes of the evidence");
      return std::nullopt;
    case Basis::recognised:
      if (field.span.length == 0 && field.more.empty() && must_stand_on_bytes(field.key))
        return about(field, "the value stands on no bytes of the evidence");
      return std::nullopt;
  }
  return about(field, "the basis is unknown");
}

std::optional<std::string> RecordCheck::reject_value(const Field& field) {
  const Type type = field.type();
  if (type == Type::ref) return about(field, "a reference is derived, never read as it stands");
  if (type == Type::time && !is_number(field.span.codec))
    return about(field, "a time that is not a number is derived, never read as it stands");

  std::uint64_t length = field.span.length;
  for (const Span& span : field.more) length += span.length;
  // The longest number in words has 20 characters.
  const std::uint64_t value_length = type == Type::text ? field.text.size() : 20;
  if (length < field.span.length || length > longest_source(field.span.codec, value_length))
    return about(field, "the span is longer than any source of the value");
  const auto source = read(field);
  if (!source) return about(field, "the bytes cannot be read from the evidence");

  if (type == Type::time) return reject_time(field, *source);
  if (type == Type::text) {
    if (stands_for(field.span.codec, *source, field.text)) return std::nullopt;
    return about(field, "the plugin said " + quoted(field.text) + ", the evidence (" +
                            std::string(model::name_of(field.span.codec)) + ") has " +
                            quoted(*source));
  }
  const auto text = decode(field.span.codec, *source);
  if (text && is_written(*text, field.number)) return std::nullopt;
  return about(field, "the plugin said " + std::to_string(field.number) + ", the evidence has " +
                          quoted(*source));
}

std::optional<std::string> RecordCheck::reject_time(const Field& field, ByteView source) const {
  const model::Time& time = field.time;
  if (time.basis != model::TimeBasis::epoch || time.offset != 0 ||
      time.precision == model::Precision::none)
    return about(field, "a number is a time since an epoch in UTC, of some precision");
  if (is_instant(field.span.codec, source, time.wall)) return std::nullopt;
  return about(field, "the plugin said " + std::to_string(time.wall) + " ms, the evidence (" +
                          std::string(model::name_of(field.span.codec)) + ") has " +
                          quoted(source));
}

}  // namespace forensics::plugin
