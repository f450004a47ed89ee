#include "worker/session.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <new>

#include "plugin/codec.hpp"

namespace forensics::worker {
namespace {

constexpr std::size_t kWindow = std::size_t{64} << 10;
constexpr std::uint64_t kLongestCode = 256;
constexpr std::uint64_t kLongestReason = 900;
constexpr std::uint64_t kLongestMessage = std::uint64_t{32} << 10;
constexpr std::size_t kLongestRule = 256;
constexpr std::uint8_t kError = 3;

fx_text text_of(const std::string& text) {
  return {text.data(), text.size()};
}

// Words for people: cut to a length and repaired, because a plugin may quote evidence in them.
std::string words(fx_text text, std::uint64_t most) {
  if (text.data == nullptr) return {};
  const ByteView bytes(text.data, std::min(text.length, most));
  return plugin::decode(model::Codec::utf8_repair, bytes).value_or(std::string());
}

bool is_span(const fx_span& span) {
  return span.size >= sizeof(fx_span) && span.input < model::kMostInputs &&
         span.codec <= static_cast<std::uint32_t>(model::kLastCodec);
}

model::Span place_of(const fx_span& span) {
  return {span.offset, span.length, static_cast<model::Codec>(span.codec),
          static_cast<std::uint8_t>(span.input)};
}

// A span as a place only: codec none.
model::Span place_of(const fx_span* span) {
  if (span == nullptr || !is_span(*span)) return {};
  return {span->offset, span->length, model::Codec::none, static_cast<std::uint8_t>(span->input)};
}

bool is_name(const char* address, std::string_view name) {
  return std::strncmp(address, name.data(), name.size()) == 0 && address[name.size()] == '\0';
}

plugin::Ending ending_of(fx_status status) {
  using plugin::Ending;
  switch (status) {
    case FX_OK: return Ending::complete;
    case FX_NOT_MINE: return Ending::not_mine;
    case FX_TRUNCATED: return Ending::truncated;
    case FX_CORRUPT: return Ending::corrupt;
    case FX_LIMIT: return Ending::limit;
    case FX_CANCELLED: return Ending::cancelled;
    case FX_BUG: return Ending::bug;
    case FX_ENCRYPTED: return Ending::encrypted;
  }
  return Ending::bug;
}

const char* words_for(plugin::Ending ending) {
  using plugin::Ending;
  switch (ending) {
    case Ending::not_mine: return "the plugin found that the input is not of its format";
    case Ending::truncated: return "the input ends too early";
    case Ending::corrupt: return "the input contradicts its format";
    case Ending::encrypted: return "the input needs a key";
    case Ending::limit: return "the plugin reached a limit of its own";
    case Ending::cancelled: return "stopped on request";
    case Ending::bug: return "the plugin reports a contradiction of its own";
    default: return "";
  }
}

}  // namespace

Session::Session(const plugin::Inputs& inputs, const plugin::TaskMessage& task, Output& output,
                 std::function<bool()> asked_to_stop)
    : task_(task), output_(output), asked_to_stop_(std::move(asked_to_stop)) {
  for (std::size_t i = 0; i < inputs.size(); ++i) sources_[i].file = inputs[i];
  offer_extensions();

  host_.size = sizeof host_;
  host_.abi = FX_ABI_VERSION;
  host_.context = this;
  host_.length = [](void* c) { return self(c).task_.length; };
  host_.read = [](void* c, std::uint64_t offset, void* buffer, std::uint64_t n) {
    return self(c).read(0, offset, static_cast<char*>(buffer), n);
  };
  host_.emit = [](void* c, const fx_record* record) { return self(c).emit(record); };
  host_.skip = [](void* c, const fx_span* span, fx_text code, fx_text why) {
    return self(c).skip(span, code, why);
  };
  host_.note = [](void* c, std::uint32_t severity, const fx_span* span, fx_text code,
                  fx_text message) { return self(c).note(severity, span, code, message); };
  host_.cancelled = [](void* c) {
    Session& session = self(c);
    return session.output_.broken() || session.stopped_by_ != nullptr ||
                   (session.asked_to_stop_ && session.asked_to_stop_())
               ? 1
               : 0;
  };
  host_.extension = [](void* c, const char* id) { return self(c).extension(id); };
}

void Session::offer_extensions() {
  for (const plugin::Sibling& sibling : task_.siblings)
    sibling_items_.push_back({sizeof(fx_sibling), text_of(sibling.name), sibling.length,
                              sibling.modified, sibling.has_modified});
  siblings_ = {sizeof(fx_siblings), sibling_items_.size(), sibling_items_.data()};

  for (const plugin::CompanionMessage& each : task_.companions)
    if (sources_[each.input].file.present)
      companion_items_.push_back(
          {sizeof(fx_companion), each.input, text_of(each.name), each.length});
  companions_ = {sizeof(fx_companions), companion_items_.size(), companion_items_.data(),
                 [](void* c, std::uint32_t input, std::uint64_t offset, void* buffer,
                    std::uint64_t n) -> std::int64_t {
                   return input == 0 ? -1
                                     : self(c).read(input, offset, static_cast<char*>(buffer), n);
                 }};

  for (const std::string& key : task_.keys) key_items_.push_back(text_of(key));
  keys_ = {sizeof(fx_keys), key_items_.size(), key_items_.data()};

  children_.size = sizeof children_;
  children_.begin = [](void* c, fx_text name, const fx_span* source, fx_text method) {
    return self(c).begin_child(name, source, method);
  };
  children_.write = [](void* c, const void* bytes, std::uint64_t n) {
    return self(c).write_child(bytes, n);
  };
  children_.end = [](void* c, std::int32_t verified, fx_text why) {
    return self(c).end_child(verified, why);
  };
}

bool Session::probe(const fx_plugin& plugin, std::int32_t& score) {
  try {
    score = plugin.probe(&host_, text_of(task_.name));
    return true;
  } catch (...) {
    return false;
  }
}

plugin::DoneMessage Session::parse(const fx_plugin& plugin) {
  parsing_ = true;
  plugin::DoneMessage done;
  try {
    const fx_status status = plugin.parse(&host_, text_of(task_.name), text_of(task_.options));
    done.ending = ending_of(status);
    done.detail = words_for(done.ending);
    if (!done.detail.empty() && !reason_.empty()) done.detail += " (" + reason_ + ")";
  } catch (const std::bad_alloc&) {
    stopped_by_ = "the plugin used up its memory";
  } catch (...) {
    done = {plugin::Ending::bug, "the plugin threw an exception across the C boundary"};
  }
  parsing_ = false;
  if (stopped_by_ != nullptr) done = {plugin::Ending::limit, stopped_by_};
  done.asked_for_keys = asked_for_keys_;
  return done;
}

std::int64_t Session::read(std::uint32_t input, std::uint64_t offset, char* buffer,
                           std::uint64_t n) {
  if (input >= sources_.size() || !sources_[input].file.present) return -1;
  Source& source = sources_[input];
  if (offset >= source.file.length || n == 0) return 0;
  n = std::min({n, source.file.length - offset, std::uint64_t{1} << 30});
  const auto load = [&](char* to, std::uint64_t most) -> std::int64_t {
    ssize_t got = 0;
    do {
      got = ::pread(source.file.descriptor, to, most, static_cast<off_t>(offset));
    } while (got < 0 && errno == EINTR);
    return got;
  };
  if (n >= kWindow) return load(buffer, n);

  std::string& window = source.window;
  if (offset < source.window_begin || offset >= source.window_begin + window.size()) {
    window.resize(kWindow);
    const std::int64_t got = load(window.data(), kWindow);
    window.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    source.window_begin = offset;
    if (got <= 0) return got;
  }
  const std::size_t from = static_cast<std::size_t>(offset - source.window_begin);
  const std::size_t have = std::min<std::size_t>(n, window.size() - from);
  std::memcpy(buffer, window.data() + from, have);
  return static_cast<std::int64_t>(have);
}

int Session::refuse(const model::Span& place, const char* reason) {
  return output_.send(plugin::FrameType::refused, plugin::Note{kError, place, "rejected", reason})
             ? 0
             : -1;
}

const model::KeyInfo* Session::find_key(const char* name) {
  // Plugins name their keys by literals, so the address finds the key; the bytes are compared all
  // the same, because a buffer may be used again with another word in it.
  const auto slot = (reinterpret_cast<std::uintptr_t>(name) >> 1) % known_keys_.size();
  KnownKey& known = known_keys_[slot];
  if (known.address == name && is_name(name, known.key->name)) return known.key;
  const model::KeyInfo* key = model::find_key(std::string_view(name));
  if (key != nullptr) known = {name, key};
  return key;
}

// What the contract added to the end of fx_field after its first release.
constexpr std::size_t kFirstFieldSize = offsetof(fx_field, more_spans);

const char* Session::take_more(const fx_field& field, model::Field& out) {
  out.more.clear();
  if (field.size < sizeof(fx_field) || field.more_count == 0) return nullptr;
  if (field.more_spans == nullptr) return "the further spans of a field are a null pointer";
  if (field.more_count > model::kMostMore) return "a field has more than 65536 further spans";
  for (std::uint64_t i = 0; i < field.more_count; ++i) {
    if (!is_span(field.more_spans[i])) return "a field's span is malformed";
    out.more.push_back(place_of(&field.more_spans[i]));
  }
  return nullptr;
}

const char* Session::take_field(const fx_field& field, model::Field& out) {
  if (field.key == nullptr) return "a field has no key";
  const model::KeyInfo* key = find_key(field.key);
  if (key == nullptr) return "a field has a key that is not in the vocabulary";
  if (field.type != static_cast<std::uint32_t>(key->type))
    return "a field is not of its key's type";
  if (field.basis < FX_BASIS_VERBATIM || field.basis > FX_BASIS_RECOGNISED)
    return "a field has no basis";
  if (!is_span(field.span)) return "a field's span is malformed";
  out.key = key->key;
  out.basis = static_cast<model::Basis>(field.basis);
  out.span = place_of(field.span);
  if (const char* reason = take_more(field, out)) return reason;
  switch (key->type) {
    case model::Type::text:
      if (field.text.data == nullptr && field.text.length != 0) return "a text is a null pointer";
      if (field.text.length > bytes_left_)
        return stopped_by_ = "a record is longer than one may be";
      bytes_left_ -= field.text.length;
      out.text.assign(field.text.data == nullptr ? "" : field.text.data, field.text.length);
      break;
    case model::Type::integer:
    case model::Type::ref: out.number = field.number; break;
    case model::Type::time:
      if (field.time.size < sizeof(fx_time) || field.time.basis > FX_TIME_STANDARD_OFFSET ||
          field.time.precision > FX_PRECISION_MILLISECOND)
        return "a time is malformed";
      out.time = {field.time.wall, field.time.offset,
                  static_cast<model::Precision>(field.time.precision),
                  static_cast<model::TimeBasis>(field.time.basis)};
      break;
  }
  out.rule.clear();
  if (out.basis == model::Basis::derived && field.rule != nullptr)
    out.rule.assign(field.rule, ::strnlen(field.rule, kLongestRule));
  if (field.confidence > 1000) return "a confidence is above 1000";
  out.confidence = static_cast<std::uint16_t>(field.confidence);
  return nullptr;
}

const char* Session::take(const fx_record& record) {
  if (model::find_kind(static_cast<std::uint8_t>(record.kind)) == nullptr || record.kind > 255)
    return "the record is of no known kind";
  if (!is_span(record.extent)) return "the record's extent is malformed";
  if (record.field_count > model::kMostFields) return "the record has more than 4096 fields";
  if (record.fields == nullptr && record.field_count != 0) return "the fields are a null pointer";
  record_.kind = static_cast<model::Kind>(record.kind);
  record_.ref = record.ref;
  record_.extent = place_of(&record.extent);
  record_.fields.resize(record.field_count);
  bytes_left_ = task_.limits.field_bytes;
  // A newer plugin may hand over larger structs: the first one's size is the distance.
  const char* at = reinterpret_cast<const char*>(record.fields);
  for (model::Field& out : record_.fields) {
    const auto& field = *reinterpret_cast<const fx_field*>(at);
    if (field.size < kFirstFieldSize || field.size % alignof(fx_field) != 0)
      return "a field does not state its size";
    if (const char* reason = take_field(field, out)) return reason;
    at += record.fields->size;
  }
  return nullptr;
}

int Session::emit(const fx_record* record) {
  if (!parsing_ || output_.broken() || stopped_by_ != nullptr) return -1;
  if (record == nullptr || record->size < sizeof(fx_record))
    return refuse({}, "a record does not state its size");
  try {
    const char* reason = take(*record);
    if (stopped_by_ != nullptr) return -1;
    if (reason != nullptr) return refuse(place_of(&record->extent), reason);
    std::string& buffer = output_.buffer();
    const std::size_t start = plugin::begin_frame(buffer);
    model::encode(record_, buffer);
    plugin::end_frame(buffer, start, plugin::FrameType::record);
    return output_.sent() ? 0 : -1;
  } catch (const std::bad_alloc&) {
    stopped_by_ = "no memory is left for a record";
    return -1;
  }
}

int Session::skip(const fx_span* span, fx_text code, fx_text why) {
  if (!parsing_ || output_.broken()) return -1;
  if (span == nullptr || !is_span(*span)) return refuse({}, "a skipped span is malformed");
  return output_.send(plugin::FrameType::skip,
                      plugin::Skip{place_of(span), words(code, kLongestCode / 3),
                                   words(why, kLongestMessage / 3)})
             ? 0
             : -1;
}

int Session::note(std::uint32_t severity, const fx_span* span, fx_text code, fx_text message) {
  if (!parsing_ || output_.broken()) return -1;
  const auto clamped = static_cast<std::uint8_t>(std::clamp<std::uint32_t>(severity, 1, 3));
  if (clamped > FX_INFO && clamped > reason_severity_) {
    reason_severity_ = clamped;
    reason_ = words(code, kLongestCode / 3) + ": " + words(message, kLongestReason / 3);
  }
  return output_.send(plugin::FrameType::note,
                      plugin::Note{clamped, place_of(span), words(code, kLongestCode / 3),
                                   words(message, kLongestMessage / 3)})
             ? 0
             : -1;
}

int Session::begin_child(fx_text name, const fx_span* source, fx_text method) {
  if (!parsing_ || in_child_ || output_.broken() || stopped_by_ != nullptr) return -1;
  if (name.data == nullptr || source == nullptr || !is_span(*source)) return -1;
  in_child_ = true;
  plugin::Child child;
  child.name.assign(name.data, std::min(name.length, kLongestMessage));
  child.source = place_of(source);
  child.method = words(method, kLongestCode / 3);
  return output_.send(plugin::FrameType::child, child) ? 0 : -1;
}

int Session::write_child(const void* bytes, std::uint64_t n) {
  if (!in_child_ || output_.broken() || (bytes == nullptr && n != 0)) return -1;
  ByteView rest(static_cast<const char*>(bytes), n);
  // In pieces that the host takes one by one: a child may be larger than any message.
  while (!rest.empty()) {
    const ByteView piece = rest.substr(0, plugin::kMaxPayload);
    rest.remove_prefix(piece.size());
    plugin::append_message(output_.buffer(), plugin::FrameType::data, piece);
    if (!output_.sent()) return -1;
  }
  return 0;
}

int Session::end_child(std::int32_t verified, fx_text why) {
  if (!in_child_ || output_.broken()) return -1;
  in_child_ = false;
  return output_.send(plugin::FrameType::child_end,
                      plugin::ChildEndMessage{verified == 1, words(why, kLongestMessage / 3)})
             ? 0
             : -1;
}

const void* Session::extension(const char* id) {
  if (id == nullptr) return nullptr;
  if (is_name(id, "fx.siblings/1")) return &siblings_;
  if (is_name(id, "fx.companions/1")) return &companions_;
  if (is_name(id, "fx.children/1")) return task_.takes_children ? &children_ : nullptr;
  if (!is_name(id, "fx.keys/1")) return nullptr;
  asked_for_keys_ = true;
  return &keys_;
}

}  // namespace forensics::worker
