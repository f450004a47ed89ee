#include "support/collecting_host.hpp"

#include <algorithm>
#include <cstring>

#include "base/bytes.hpp"
#include "support/codecs.hpp"

namespace forensics::test {
namespace {

std::string copy(fx_text text) {
  return text.length == 0 ? std::string() : std::string(text.data, text.length);
}

fx_text borrow(std::string_view text) {
  return {text.data(), text.size()};
}

// The kind of record that a reference under `key` points to.
model::Kind target(model::Key key) {
  switch (key) {
    case model::Key::conversation: return model::Kind::conversation;
    case model::Key::sender: return model::Kind::participant;
    default: return model::Kind::message;
  }
}

}  // namespace

CollectingHost::CollectingHost(std::string input) : input_(std::move(input)) {
  host_.size = sizeof host_;
  host_.abi = FX_ABI_VERSION;
  host_.context = this;
  host_.length = [](void* context) -> std::uint64_t { return self(context).input_.size(); };
  host_.read = [](void* context, std::uint64_t offset, void* buffer, std::uint64_t n) {
    return self(context).read(offset, buffer, n);
  };
  host_.emit = [](void* context, const fx_record* record) { return self(context).emit(*record); };
  host_.skip = [](void* context, const fx_span* span, fx_text code, fx_text why) {
    self(context).skip(*span, copy(code), copy(why));
    return 0;
  };
  host_.note = [](void* context, std::uint32_t severity, const fx_span* span, fx_text code,
                  fx_text message) {
    self(context).note(severity, *span, copy(code), copy(message));
    return 0;
  };
  host_.cancelled = [](void*) { return 0; };
  host_.extension = [](void* context, const char* id) { return self(context).extension(id); };
}

void CollectingHost::set_siblings(std::vector<Sibling> siblings) {
  siblings_ = std::move(siblings);
  std::ranges::sort(siblings_, {}, &Sibling::name);
  sibling_items_.clear();
  for (const Sibling& sibling : siblings_)
    sibling_items_.push_back({sizeof(fx_sibling), borrow(sibling.name), sibling.length,
                              sibling.modified, sibling.has_modified});
  sibling_list_ = {sizeof(fx_siblings), sibling_items_.size(), sibling_items_.data()};
}

int CollectingHost::probe(const fx_plugin& plugin, std::string_view name) {
  return plugin.probe(&host_, borrow(name));
}

fx_status CollectingHost::parse(const fx_plugin& plugin, std::string_view name,
                                std::string_view options) {
  records_.clear();
  skips_.clear();
  notes_.clear();
  breaches_.clear();
  covered_.clear();
  for (auto& refs : refs_) refs.clear();
  return plugin.parse(&host_, borrow(name), borrow(options));
}

std::vector<Range> CollectingHost::unexplained() const {
  std::vector<Range> covered = covered_;
  std::ranges::sort(covered, {}, &Range::begin);
  std::vector<Range> gaps;
  std::uint64_t at = 0;
  for (const Range& range : covered) {
    if (range.begin > at) gaps.push_back({at, range.begin});
    at = std::max(at, range.end);
  }
  if (at < input_.size()) gaps.push_back({at, input_.size()});
  return gaps;
}

std::int64_t CollectingHost::read(std::uint64_t offset, void* buffer, std::uint64_t n) const {
  if (offset >= input_.size()) return 0;
  std::uint64_t count = std::min<std::uint64_t>(n, input_.size() - offset);
  if (read_limit_ != 0) count = std::min(count, read_limit_);
  std::memcpy(buffer, input_.data() + offset, count);
  return static_cast<std::int64_t>(count);
}

int CollectingHost::emit(const fx_record& record) {
  if (cancel_after_ != 0 && records_.size() >= cancel_after_) return -1;
  records_.push_back(read_record(record));
  return 0;
}

void CollectingHost::skip(const fx_span& span, std::string code, std::string why) {
  const Range range = range_of(span, "skip");
  if (code.empty() || why.empty()) breach("skip without a reason");
  covered_.push_back(range);
  skips_.push_back({range, std::move(code), std::move(why)});
}

void CollectingHost::note(std::uint32_t severity, const fx_span& span, std::string code,
                          std::string message) {
  if (severity < FX_INFO || severity > FX_ERROR) breach("note of unknown severity");
  if (code.empty() || message.empty()) breach("note without words");
  notes_.push_back({static_cast<fx_severity>(severity), range_of(span, "note"), std::move(code),
                    std::move(message)});
}

const void* CollectingHost::extension(std::string_view id) const {
  return id == "fx.siblings/1" && !siblings_.empty() ? &sibling_list_ : nullptr;
}

model::Record CollectingHost::read_record(const fx_record& record) {
  model::Record out;
  if (record.size != sizeof(fx_record)) breach("record of a wrong size");
  if (record.kind > 255 || model::find_kind(static_cast<std::uint8_t>(record.kind)) == nullptr) {
    breach("record of unknown kind " + std::to_string(record.kind));
    return out;
  }
  out.kind = static_cast<model::Kind>(record.kind);
  out.ref = record.ref;
  const Range extent = range_of(record.extent, "extent");
  if (record.extent.codec != FX_CODEC_NONE) breach("extent with a codec");
  out.extent = {extent.begin, extent.end - extent.begin, model::Codec::none};
  covered_.push_back(extent);
  for (std::uint64_t i = 0; i < record.field_count; ++i) read_field(record.fields[i], out);
  check_whole(out);
  return out;
}

void CollectingHost::read_field(const fx_field& field, model::Record& out) {
  const model::KeyInfo* info = model::find_key(field.key);
  if (field.size != sizeof(fx_field)) return breach("field of a wrong size");
  if (info == nullptr) return breach(std::string("unknown key ") + field.key);
  if (!model::allows(out.kind, info->key)) return breach(std::string("key not here: ") + field.key);
  if (field.type != static_cast<std::uint32_t>(info->type))
    return breach(std::string("wrong type of ") + field.key);
  if (field.basis < FX_BASIS_VERBATIM || field.basis > FX_BASIS_RECOGNISED)
    return breach(std::string("unknown basis of ") + field.key);
  if (field.span.codec > FX_CODEC_BASE64) return breach(std::string("unknown codec: ") + field.key);

  model::Field value;
  value.key = info->key;
  value.basis = static_cast<model::Basis>(field.basis);
  const Range range = range_of(field.span, info->name);
  value.span = {range.begin, range.end - range.begin, static_cast<model::Codec>(field.span.codec)};
  value.rule = field.rule == nullptr ? "" : field.rule;
  value.confidence = static_cast<std::uint16_t>(field.confidence);
  switch (info->type) {
    case model::Type::text: value.text = copy(field.text); break;
    case model::Type::integer:
    case model::Type::ref: value.number = field.number; break;
    case model::Type::time:
      if (field.time.precision > FX_PRECISION_MILLISECOND ||
          field.time.basis > FX_TIME_RECOGNISED || field.time.size != sizeof(fx_time))
        return breach(std::string("malformed time: ") + field.key);
      value.time = {field.time.wall, field.time.offset,
                    static_cast<model::Precision>(field.time.precision),
                    static_cast<model::TimeBasis>(field.time.basis)};
      break;
  }
  check_value(out, value);
  check_reference(out, value);
  out.fields.push_back(std::move(value));
}

void CollectingHost::check_value(const model::Record& record, const model::Field& field) {
  const std::string where =
      std::string(model::find_key(static_cast<std::uint8_t>(field.key))->name) +
      " of a record at " + std::to_string(record.extent.offset);
  if (field.type() == model::Type::text && !is_utf8(field.text)) breach("not UTF-8: " + where);
  if ((field.basis == model::Basis::derived) == field.rule.empty())
    breach("a rule belongs to derived values, and to no others: " + where);
  if (field.basis != model::Basis::verbatim && field.basis != model::Basis::decoded) return;
  if (field.type() != model::Type::text) return breach("only text can be compared: " + where);
  if (field.basis == model::Basis::verbatim && field.span.codec != model::Codec::bytes &&
      field.span.codec != model::Codec::utf8)
    return breach("verbatim through a codec that changes bytes: " + where);
  const auto bytes = std::string_view(input_).substr(field.span.offset, field.span.length);
  const auto decoded = decode(bytes, field.span.codec);
  if (!decoded) return breach("bytes that the codec does not allow: " + where);
  if (*decoded != field.text)
    breach("the span holds '" + *decoded + "', the record says '" + field.text + "': " + where);
}

void CollectingHost::check_reference(const model::Record& record, const model::Field& field) {
  if (field.type() != model::Type::ref) return;
  if (!refs_[static_cast<std::size_t>(target(field.key))].contains(field.number))
    breach("reference to nothing in a record at " + std::to_string(record.extent.offset));
}

void CollectingHost::check_whole(const model::Record& record) {
  const model::KindInfo& info = *model::find_kind(static_cast<std::uint8_t>(record.kind));
  for (const model::Key key : info.required)
    if (record.find(key) == nullptr)
      breach(std::string(info.name) + " without " +
             std::string(model::find_key(static_cast<std::uint8_t>(key))->name));
  if (record.ref != 0 && !refs_[static_cast<std::size_t>(record.kind)].insert(record.ref).second)
    breach("two records " + std::string(info.name) + " " + std::to_string(record.ref));
}

Range CollectingHost::range_of(const fx_span& span, std::string_view of_what) {
  if (span.size == sizeof(fx_span) && span.input == 0 && span.offset <= input_.size() &&
      span.length <= input_.size() - span.offset)
    return {span.offset, span.offset + span.length};
  breach("malformed or outside the input: span of " + std::string(of_what));
  return {};
}

void CollectingHost::breach(const std::string& what) {
  breaches_.push_back(what);
}

}  // namespace forensics::test
