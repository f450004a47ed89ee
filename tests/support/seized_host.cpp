#include "support/seized_host.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "base/bytes.hpp"
#include "model/vocabulary.hpp"
#include "support/codecs.hpp"

namespace forensics::test {
namespace {

std::string copy(fx_text text) {
  return text.length == 0 ? std::string() : std::string(text.data, text.length);
}

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

std::optional<std::int64_t> integer_of(std::string_view bytes, std::uint32_t codec) {
  switch (codec) {
    case FX_CODEC_INT_BE:
    case FX_CODEC_INT_BE_SECONDS:
    case FX_CODEC_INT_BE_COCOA: {
      if (bytes.empty() || bytes.size() > 8) return std::nullopt;
      const auto shift = 64 - 8 * bytes.size();
      return static_cast<std::int64_t>(big_endian(bytes) << shift) >> shift;
    }
    case FX_CODEC_VARINT_BE: {
      if (bytes.empty() || bytes.size() > 9) return std::nullopt;
      std::uint64_t value = 0;
      for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        value = i == 8 ? value << 8 | byte : value << 7 | (byte & 0x7f);
        if (i < 8 && ((byte & 0x80) == 0) != (i + 1 == bytes.size())) return std::nullopt;
      }
      return static_cast<std::int64_t>(value);
    }
    case FX_CODEC_VARINT_LE: {
      if (bytes.empty() || bytes.size() > 9) return std::nullopt;
      std::uint64_t value = 0;
      for (std::size_t i = bytes.size(); i-- > 0;) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (((byte & 0x80) == 0) != (i + 1 == bytes.size())) return std::nullopt;
        value = value << 7 | (byte & 0x7f);
      }
      return static_cast<std::int64_t>(value);
    }
    case FX_CODEC_SQLITE_SERIAL:
      if (bytes == "\x08") return 0;
      if (bytes == "\x09") return 1;
      return std::nullopt;
    default: return std::nullopt;
  }
}

bool is_double(std::uint32_t codec) {
  return codec == FX_CODEC_DOUBLE_BE || codec == FX_CODEC_DOUBLE_BE_COCOA;
}

std::optional<std::string> text_of(std::string_view bytes, std::uint32_t codec) {
  const bool is_text = codec <= FX_CODEC_BASE64 || codec == FX_CODEC_JSON_STRING_REPAIRED ||
                       codec == FX_CODEC_JSON_STRING_LATIN1 || codec == FX_CODEC_HTML_TEXT ||
                       codec == FX_CODEC_HTML_ATTRIBUTE;
  if (is_text) return decode(bytes, static_cast<model::Codec>(codec));
  if (const auto whole = integer_of(bytes, codec)) return std::to_string(*whole);
  if (codec != FX_CODEC_DOUBLE_BE || bytes.size() != 8) return std::nullopt;
  char digits[1200];
  const auto [end, error] =
      std::to_chars(digits, digits + sizeof digits, std::bit_cast<double>(big_endian(bytes)),
                    std::chars_format::fixed);
  return error == std::errc() ? std::optional(std::string(digits, end)) : std::nullopt;
}

// Milliseconds since 1970, and how far a value may be from it.
std::optional<long double> instant_of(std::string_view bytes, std::uint32_t codec) {
  constexpr long double kCocoa = 978307200.0L;
  if (is_double(codec)) {
    if (bytes.size() != 8) return std::nullopt;
    const long double seconds = std::bit_cast<double>(big_endian(bytes));
    return (seconds + (codec == FX_CODEC_DOUBLE_BE_COCOA ? kCocoa : 0)) * 1000;
  }
  if (codec >= FX_CODEC_DECIMAL_SECONDS && codec <= FX_CODEC_DECIMAL_MICROSECONDS) {
    char* end = nullptr;
    const std::string digits(bytes);
    const long double count = std::strtold(digits.c_str(), &end);
    if (digits.empty() || *end != 0) return std::nullopt;
    return std::floor(codec == FX_CODEC_DECIMAL_SECONDS        ? count * 1000
                      : codec == FX_CODEC_DECIMAL_MILLISECONDS ? count
                                                               : count / 1000);
  }
  const auto whole = integer_of(bytes, codec);
  if (!whole) return std::nullopt;
  if (codec == FX_CODEC_INT_BE_SECONDS) return static_cast<long double>(*whole) * 1000;
  if (codec == FX_CODEC_INT_BE_COCOA) return (static_cast<long double>(*whole) + kCocoa) * 1000;
  return static_cast<long double>(*whole);
}

std::string target_of(std::string_view key) {
  if (key == "conversation" || key == "message") return std::string(key);
  return "participant";
}

}  // namespace

const SeizedField* SeizedRecord::find(std::string_view key) const {
  const auto found = std::ranges::find(fields, key, &SeizedField::key);
  return found == fields.end() ? nullptr : &*found;
}

std::string SeizedRecord::text(std::string_view key) const {
  const SeizedField* found = find(key);
  return found == nullptr ? std::string() : found->text;
}

std::optional<std::int64_t> SeizedRecord::number(std::string_view key) const {
  const SeizedField* found = find(key);
  return found == nullptr ? std::nullopt : std::optional(found->number);
}

bool SeizedRecord::has_extra(std::string_view name_and_value) const {
  return std::ranges::any_of(fields, [&](const SeizedField& each) {
    return each.key == "extra" && each.text == name_and_value;
  });
}

std::string SeizedRecord::line() const {
  std::string out = kind + ' ' + std::to_string(ref);
  for (const SeizedField& each : fields)
    out += ' ' + each.key + '=' +
           (each.type == FX_TYPE_TEXT ? each.text : std::to_string(each.number));
  return out;
}

SeizedHost::SeizedHost(std::string input) {
  inputs_[0] = {"", std::move(input), true};
  host_.size = sizeof host_;
  host_.abi = FX_ABI_VERSION;
  host_.context = this;
  host_.length = [](void* context) -> std::uint64_t {
    return self(context).inputs_[0].bytes.size();
  };
  host_.read = [](void* context, std::uint64_t offset, void* buffer, std::uint64_t n) {
    return self(context).read(0, offset, buffer, n);
  };
  host_.emit = [](void* context, const fx_record* record) {
    self(context).emit(*record);
    return 0;
  };
  host_.skip = [](void* context, const fx_span* span, fx_text code, fx_text why) {
    if (code.length == 0 || why.length == 0) self(context).breach("a skip without a reason");
    self(context).cover(*span);
    self(context).skipped_[copy(code)] += span->length;
    self(context).skips_.push_back({{span->input, span->offset, span->length}, copy(code)});
    return 0;
  };
  host_.note = [](void* context, std::uint32_t, const fx_span* span, fx_text code,
                  fx_text message) {
    if (!self(context).holds(*span)) self(context).breach("a note outside of the input");
    self(context).notes_.push_back(copy(code) + ": " + copy(message));
    return 0;
  };
  host_.cancelled = [](void*) { return 0; };
  host_.extension = [](void* context, const char* id) -> const void* {
    return self(context).extension(id);
  };
  children_.size = sizeof children_;
  children_.begin = [](void* context, fx_text name, const fx_span* source, fx_text method) {
    if (!self(context).holds(*source)) self(context).breach("a child of nothing");
    if (name.length == 0 || method.length == 0) self(context).breach("a child without a name");
    if (copy(name).find('/') != std::string::npos)
      self(context).breach("a slash in a child's name");
    self(context).made_.push_back({copy(name), copy(method), {}, {}, false, false});
    return 0;
  };
  children_.write = [](void* context, const void* bytes, std::uint64_t n) {
    self(context).made_.back().bytes.append(static_cast<const char*>(bytes), n);
    return 0;
  };
  children_.end = [](void* context, std::int32_t verified, fx_text why) {
    SeizedChild& child = self(context).made_.back();
    child.verified = verified != 0;
    child.why = copy(why);
    child.ended = true;
    return 0;
  };
}

const void* SeizedHost::extension(std::string_view id) const {
  if (id == "fx.companions/1") return &companions_;
  if (id == "fx.siblings/1") return &siblings_;
  if (id == "fx.children/1") return &children_;
  return nullptr;
}

void SeizedHost::set_siblings(std::vector<std::string> names) {
  sibling_names_ = std::move(names);
  sibling_items_.clear();
  for (const std::string& name : sibling_names_)
    sibling_items_.push_back({sizeof(fx_sibling), {name.data(), name.size()}, 0, 0, 0});
  siblings_ = {sizeof siblings_, sibling_items_.size(), sibling_items_.data()};
}

void SeizedHost::add_companion(std::uint32_t input, std::string name, std::string bytes) {
  inputs_.at(input) = {std::move(name), std::move(bytes), true};
  items_.clear();
  for (std::uint32_t i = 1; i < inputs_.size(); ++i)
    if (inputs_[i].there)
      items_.push_back({sizeof(fx_companion),
                        i,
                        {inputs_[i].name.data(), inputs_[i].name.size()},
                        inputs_[i].bytes.size()});
  companions_ = {sizeof companions_, items_.size(), items_.data(),
                 [](void* context, std::uint32_t from, std::uint64_t offset, void* buffer,
                    std::uint64_t n) { return self(context).read(from, offset, buffer, n); }};
}

int SeizedHost::probe(const fx_plugin& plugin, std::string_view name) {
  return plugin.probe(&host_, {name.data(), name.size()});
}

fx_status SeizedHost::parse(const fx_plugin& plugin, std::string_view name) {
  records_.clear();
  notes_.clear();
  skipped_.clear();
  skips_.clear();
  breaches_.clear();
  refs_.clear();
  made_.clear();
  for (auto& each : covered_) each.clear();
  return plugin.parse(&host_, {name.data(), name.size()}, {"{}", 2});
}

std::vector<const SeizedRecord*> SeizedHost::of(std::string_view kind) const {
  std::vector<const SeizedRecord*> out;
  for (const SeizedRecord& record : records_)
    if (record.kind == kind) out.push_back(&record);
  return out;
}

const SeizedRecord* SeizedHost::referred(std::string_view kind,
                                         std::optional<std::int64_t> ref) const {
  for (const SeizedRecord& record : records_)
    if (ref && record.kind == kind && record.ref == *ref) return &record;
  return nullptr;
}

std::vector<std::string> SeizedHost::lines() const {
  std::vector<std::string> out;
  for (const SeizedRecord& record : records_) out.push_back(record.line());
  return out;
}

std::uint64_t SeizedHost::unexplained(std::uint32_t input) const {
  auto covered = covered_.at(input);
  std::ranges::sort(covered);
  std::uint64_t at = 0;
  std::uint64_t missing = 0;
  for (const auto& [begin, end] : covered) {
    if (begin > at) missing += begin - at;
    at = std::max(at, end);
  }
  return missing +
         (inputs_[input].bytes.size() - std::min<std::uint64_t>(at, inputs_[input].bytes.size()));
}

std::int64_t SeizedHost::read(std::uint32_t input, std::uint64_t offset, void* buffer,
                              std::uint64_t n) const {
  if (input >= inputs_.size() || !inputs_[input].there) return -1;
  const std::string& bytes = inputs_[input].bytes;
  if (offset >= bytes.size()) return 0;
  const std::uint64_t count = std::min<std::uint64_t>(n, bytes.size() - offset);
  std::memcpy(buffer, bytes.data() + offset, count);
  return static_cast<std::int64_t>(count);
}

bool SeizedHost::holds(const fx_span& span) const {
  if (span.size != sizeof(fx_span) || span.input >= inputs_.size() || !inputs_[span.input].there)
    return false;
  const std::uint64_t length = inputs_[span.input].bytes.size();
  return span.offset <= length && span.length <= length - span.offset;
}

void SeizedHost::cover(const fx_span& span) {
  if (!holds(span)) return breach("an extent or skip outside of the input");
  if (span.length != 0) covered_[span.input].emplace_back(span.offset, span.offset + span.length);
}

void SeizedHost::emit(const fx_record& record) {
  const model::KindInfo* info = model::find_kind(static_cast<std::uint8_t>(record.kind));
  if (info == nullptr) return breach("a record of unknown kind");
  SeizedRecord out;
  out.kind = info->name;
  out.ref = record.ref;
  out.input = record.extent.input;
  out.offset = record.extent.offset;
  out.length = record.extent.length;
  cover(record.extent);
  if (record.field_count > 4096) breach("a record of too many fields");
  for (std::uint64_t i = 0; i < record.field_count; ++i) field(record, record.fields[i], out);
  for (const model::Key key : info->required) {
    const model::KeyInfo& wanted = *model::find_key(static_cast<std::uint8_t>(key));
    if (out.find(wanted.name) == nullptr) breach(out.kind + " without " + std::string(wanted.name));
  }
  if (record.ref < 0 || (record.ref != 0 && !refs_[out.kind].insert(record.ref).second))
    breach("two records " + out.kind + ' ' + std::to_string(record.ref));
  records_.push_back(std::move(out));
}

void SeizedHost::field(const fx_record& record, const fx_field& field, SeizedRecord& out) {
  const std::string where = out.kind + '.' + field.key + " at " + std::to_string(out.offset);
  const model::KeyInfo* key = model::find_key(field.key);
  if (key == nullptr || !model::allows(static_cast<model::Kind>(record.kind), key->key))
    return breach("no such key here: " + where);
  if (field.type != static_cast<std::uint32_t>(key->type)) return breach("wrong type: " + where);
  static const std::set<std::string_view> kRepeated = {"option", "votes", "extra", "participant",
                                                       "mentions"};
  if (out.find(field.key) != nullptr && !kRepeated.contains(field.key)) breach("twice: " + where);
  if (!holds(field.span)) return breach("a span outside of the input: " + where);
  for (std::uint64_t i = 0; i < field.more_count; ++i)
    if (!holds(field.more_spans[i])) return breach("a span outside of the input: " + where);
  SeizedField copied = {field.key,         field.type,
                        field.basis,       {},
                        field.number,      field.rule == nullptr ? "" : field.rule,
                        field.span.offset, field.span.length,
                        {},                field.time,
                        {}};
  copied.places.push_back({field.span.input, field.span.offset, field.span.length});
  for (std::uint64_t i = 0; i < field.more_count; ++i) {
    copied.more.emplace_back(field.more_spans[i].offset, field.more_spans[i].length);
    copied.places.push_back(
        {field.more_spans[i].input, field.more_spans[i].offset, field.more_spans[i].length});
  }
  constexpr std::int64_t kMost = (std::int64_t{1} << 53) - 1;
  if (field.type == FX_TYPE_TEXT) copied.text = copy(field.text);
  if (field.type == FX_TYPE_TIME) copied.number = field.time.wall;
  if (copied.number > kMost || copied.number < -kMost) breach("a number out of range: " + where);
  if (!is_utf8(copied.text)) breach("not UTF-8: " + where);
  if (field.type == FX_TYPE_REF && !refs_[target_of(field.key)].contains(field.number))
    breach("a reference to nothing: " + where);
  if (field.basis == FX_BASIS_DERIVED) {
    if (copied.rule.empty()) breach("derived without a rule: " + where);
    static const std::set<std::string_view> kSeen = {
        "title",     "name",    "phone",    "text",   "latitude",       "longitude",
        "address",   "url",     "question", "option", "before",         "after",
        "source_id", "account", "reply_to", "quoted", "forwarded_from", "emoji",
        "path",      "sha256",  "username", "caption"};
    const bool is_file_name = copied.key == "title" && copied.rule.ends_with(".file-name");
    if (kSeen.contains(field.key) && field.span.length == 0 && !is_file_name)
      breach("derived from no bytes: " + where);
  } else {
    compare(field, where);
  }
  out.fields.push_back(std::move(copied));
}

void SeizedHost::compare(const fx_field& field, const std::string& where) {
  std::string bytes;
  const auto add = [&](const fx_span& span) {
    bytes.append(inputs_[span.input].bytes, span.offset, span.length);
  };
  add(field.span);
  for (std::uint64_t i = 0; i < field.more_count; ++i) add(field.more_spans[i]);
  const std::uint32_t codec = field.span.codec;
  if (field.basis == FX_BASIS_VERBATIM && codec != FX_CODEC_BYTES && codec != FX_CODEC_UTF8)
    return breach("verbatim through a codec that changes bytes: " + where);
  if (field.type == FX_TYPE_TIME) {
    const auto instant = instant_of(bytes, codec);
    const long double wall = static_cast<long double>(field.time.wall);
    const bool right =
        instant && (is_double(codec) ? std::fabs(*instant - wall) <= 1.0L : *instant == wall);
    if (!right || field.time.basis != FX_TIME_EPOCH || field.time.offset != 0)
      breach("not the time that stands there: " + where);
    return;
  }
  const auto text = text_of(bytes, codec);
  const std::string said =
      field.type == FX_TYPE_TEXT ? copy(field.text) : std::to_string(field.number);
  if (!text || *text != said) breach("the bytes say otherwise than '" + said + "': " + where);
}

void SeizedHost::breach(const std::string& what) {
  if (breaches_.size() < 100) breaches_.push_back(what);
}

}  // namespace forensics::test
