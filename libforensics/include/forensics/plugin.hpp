#pragma once
// The plugin contract for C++ authors: a thin, header-only layer over <forensics/plugin.h>.
//
//   class Notes {
//    public:
//     static constexpr std::string_view kManifest = R"({"id":"org.example.notes", ...})";
//     static int probe(fx::Host& host, std::string_view name);
//     static fx_status parse(fx::Host& host, std::string_view name, std::string_view options);
//   };
//   FX_PLUGIN(Notes)
//
// Threads: everything here belongs to the one thread that runs the plugin.
// Exceptions: what probe() and parse() throw is caught at the C boundary and becomes a status.
// When the host wants the run to end, Host throws fx::Cancelled: let it pass.

#include <forensics/plugin.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <vector>

namespace fx {

// The host asked the run to end; FX_PLUGIN turns it into FX_CANCELLED.
struct Cancelled {};

// The input could not be read; FX_PLUGIN turns it into FX_CORRUPT.
struct ReadError {};

inline fx_text text(std::string_view value) {
  return {value.data(), value.size()};
}
inline std::string_view view(fx_text value) {
  return {value.data == nullptr ? "" : value.data, static_cast<std::size_t>(value.length)};
}
inline fx_span span(std::uint64_t offset, std::uint64_t length, fx_codec codec = FX_CODEC_NONE,
                    std::uint32_t input = 0) {
  return {sizeof(fx_span), input, offset, length, static_cast<std::uint32_t>(codec)};
}
// An instant, in milliseconds since 1970-01-01T00:00:00Z.
inline fx_time instant(std::int64_t milliseconds,
                       fx_precision precision = FX_PRECISION_MILLISECOND) {
  return {sizeof(fx_time), milliseconds, 0, static_cast<std::uint32_t>(precision), FX_TIME_EPOCH};
}

// One record under construction. Keys, rules and text values are not copied: they must live until
// the record has been emitted. start() keeps the memory, so one Record serves a whole run.
class Record {
 public:
  Record& start(fx_kind kind, std::int64_t ref, const fx_span& extent) {
    kind_ = kind;
    ref_ = ref;
    extent_ = extent;
    count_ = 0;
    return *this;
  }
  Record& start(fx_kind kind, std::int64_t ref, std::uint64_t offset, std::uint64_t length) {
    return start(kind, ref, span(offset, length));
  }

  // The value is exactly the bytes under the span (UTF-8).
  Record& verbatim(const char* key, std::string_view value, std::uint64_t offset) {
    fx_field& field = add(key, FX_TYPE_TEXT, FX_BASIS_VERBATIM);
    field.text = text(value);
    field.span = span(offset, value.size(), FX_CODEC_UTF8);
    return *this;
  }
  // The same, of any input: `where` has the codec UTF8 or BYTES.
  Record& verbatim(const char* key, std::string_view value, const fx_span& where) {
    fx_field& field = add(key, FX_TYPE_TEXT, FX_BASIS_VERBATIM);
    field.text = text(value);
    field.span = where;
    return *this;
  }
  // The value is what the codec of `where` makes of its bytes.
  Record& decoded(const char* key, std::string_view value, const fx_span& where) {
    fx_field& field = add(key, FX_TYPE_TEXT, FX_BASIS_DECODED);
    field.text = text(value);
    field.span = where;
    return *this;
  }
  // The value follows from the bytes by a named rule.
  Record& derived(const char* key, std::string_view value, const char* rule, const fx_span& where) {
    fx_field& field = add(key, FX_TYPE_TEXT, FX_BASIS_DERIVED, rule);
    field.text = text(value);
    field.span = where;
    return *this;
  }
  Record& number(const char* key, std::int64_t value, const char* rule, const fx_span& where) {
    fx_field& field = add(key, FX_TYPE_INT, FX_BASIS_DERIVED, rule);
    field.number = value;
    field.span = where;
    return *this;
  }
  Record& time(const char* key, const fx_time& value, const char* rule, const fx_span& where) {
    fx_field& field = add(key, FX_TYPE_TIME, FX_BASIS_DERIVED, rule);
    field.time = value;
    field.span = where;
    return *this;
  }
  // The number, or the instant, that the codec of `where` makes of its bytes: the host checks it.
  Record& decoded(const char* key, std::int64_t value, const fx_span& where) {
    fx_field& field = add(key, FX_TYPE_INT, FX_BASIS_DECODED);
    field.number = value;
    field.span = where;
    return *this;
  }
  Record& decoded(const char* key, const fx_time& value, const fx_span& where) {
    fx_field& field = add(key, FX_TYPE_TIME, FX_BASIS_DECODED);
    field.time = value;
    field.span = where;
    return *this;
  }
  // Where the value of the field added last continues. Not copied: as for text values.
  Record& continued(std::span<const fx_span> more) {
    fields_[count_ - 1].more_spans = more.data();
    fields_[count_ - 1].more_count = more.size();
    return *this;
  }
  Record& ref(const char* key, std::int64_t value, const char* rule, const fx_span& where) {
    fx_field& field = add(key, FX_TYPE_REF, FX_BASIS_DERIVED, rule);
    field.number = value;
    field.span = where;
    return *this;
  }

  std::size_t field_count() const { return count_; }

  // As the contract wants it; points into this object.
  fx_record c_record() const {
    return {sizeof(fx_record),
            static_cast<std::uint32_t>(kind_),
            ref_,
            extent_,
            fields_.data(),
            count_};
  }

 private:
  fx_field& add(const char* key, fx_type type, fx_basis basis, const char* rule = nullptr) {
    if (count_ == fields_.size()) fields_.resize(count_ + kMoreFields);
    fx_field& field = fields_[count_++];
    field = {};
    field.size = sizeof field;
    field.key = key;
    field.type = static_cast<std::uint32_t>(type);
    field.basis = static_cast<std::uint32_t>(basis);
    field.rule = rule;
    field.time.size = sizeof field.time;
    field.span.size = sizeof field.span;
    return field;
  }

  static constexpr std::size_t kMoreFields = 16;

  fx_kind kind_ = FX_KIND_MESSAGE;
  std::int64_t ref_ = 0;
  fx_span extent_ = span(0, 0);
  std::vector<fx_field> fields_;  // the first count_ of them; the rest is memory for later ones
  std::size_t count_ = 0;
};

// The host, with its error codes turned into exceptions and its extensions into values.
class Host {
 public:
  explicit Host(const fx_host* host) : host_(*host) {}

  std::uint64_t length() const { return host_.length(host_.context); }

  // Copies up to `n` bytes; fewer only at the end of the input. Throws ReadError.
  std::size_t read(std::uint64_t offset, char* buffer, std::size_t n) const {
    std::size_t done = 0;
    while (done < n) {
      const std::int64_t got = host_.read(host_.context, offset + done, buffer + done, n - done);
      if (got < 0) throw ReadError{};
      if (got == 0) break;
      done += std::min(static_cast<std::size_t>(got), n - done);
    }
    return done;
  }

  void emit(const Record& record) const {
    const fx_record c = record.c_record();
    if (host_.emit(host_.context, &c) < 0) throw Cancelled{};
  }
  void skip(const fx_span& where, std::string_view code, std::string_view why) const {
    if (host_.skip(host_.context, &where, text(code), text(why)) < 0) throw Cancelled{};
  }
  void note(fx_severity severity, const fx_span& where, std::string_view code,
            std::string_view message) const {
    const auto level = static_cast<std::uint32_t>(severity);
    if (host_.note(host_.context, level, &where, text(code), text(message)) < 0) throw Cancelled{};
  }
  // Call at least every 16 MiB of input.
  void check_cancelled() const {
    if (host_.cancelled(host_.context) != 0) throw Cancelled{};
  }

  // The artifacts beside the input; empty where the host does not tell.
  std::span<const fx_sibling> siblings() const {
    const auto* found = extension<fx_siblings>("fx.siblings/1");
    if (found == nullptr || found->items == nullptr) return {};
    return {found->items, static_cast<std::size_t>(found->count)};
  }

  // The files that the manifest asked for and the exhibit has.
  std::span<const fx_companion> companions() const {
    const auto* found = extension<fx_companions>("fx.companions/1");
    if (found == nullptr || found->items == nullptr) return {};
    return {found->items, static_cast<std::size_t>(found->count)};
  }
  const fx_companion* companion(std::uint32_t input) const {
    for (const fx_companion& each : companions())
      if (each.input == input) return &each;
    return nullptr;
  }
  // As read(), of companion `input`.
  std::size_t read(std::uint32_t input, std::uint64_t offset, char* buffer, std::size_t n) const {
    const auto* found = extension<fx_companions>("fx.companions/1");
    if (found == nullptr || found->read == nullptr) throw ReadError{};
    std::size_t done = 0;
    while (done < n) {
      const std::int64_t got =
          found->read(host_.context, input, offset + done, buffer + done, n - done);
      if (got < 0) throw ReadError{};
      if (got == 0) break;
      done += std::min(static_cast<std::size_t>(got), n - done);
    }
    return done;
  }

  // What the examiner handed over to open protected artifacts with.
  std::span<const fx_text> keys() const {
    const auto* found = extension<fx_keys>("fx.keys/1");
    if (found == nullptr || found->items == nullptr) return {};
    return {found->items, static_cast<std::size_t>(found->count)};
  }

  // One artifact made out of the input. False from can_make_children(): the host takes none.
  bool can_make_children() const { return extension<fx_children>("fx.children/1") != nullptr; }
  void begin_child(std::string_view name, const fx_span& source, std::string_view method) const {
    const auto* found = extension<fx_children>("fx.children/1");
    if (found == nullptr || found->begin(host_.context, text(name), &source, text(method)) < 0)
      throw Cancelled{};
  }
  void write_child(const void* bytes, std::size_t n) const {
    const auto* found = extension<fx_children>("fx.children/1");
    if (found == nullptr || found->write(host_.context, bytes, n) < 0) throw Cancelled{};
  }
  void end_child(bool verified, std::string_view why = {}) const {
    const auto* found = extension<fx_children>("fx.children/1");
    if (found == nullptr || found->end(host_.context, verified ? 1 : 0, text(why)) < 0)
      throw Cancelled{};
  }

 private:
  template <class Extension>
  const Extension* extension(const char* id) const {
    if (host_.extension == nullptr) return nullptr;
    return static_cast<const Extension*>(host_.extension(host_.context, id));
  }

  const fx_host& host_;
};

// A window that slides over the input: a contiguous view of any part, in bounded memory as long as
// the caller moves forward and asks for bounded parts.
class Window {
 public:
  static constexpr std::size_t kChunk = std::size_t{1} << 20;

  // Sees the first `limit` bytes of the input and reads no others.
  explicit Window(const Host& host, std::uint64_t limit = ~std::uint64_t{0})
      : host_(&host), length_(std::min(host.length(), limit)) {}

  std::uint64_t length() const { return length_; }

  // The bytes from `offset`, at least `want` of them unless the input ends before. What stands
  // before `keep` (at most `offset`) is forgotten. Valid until the next call.
  std::string_view at(std::uint64_t offset, std::size_t want, std::uint64_t keep) {
    if (offset >= length_) return {};
    const std::uint64_t end = offset + std::min<std::uint64_t>(want, length_ - offset);
    if (offset >= start_ && end <= start_ + filled_) return view_from(offset);
    slide(std::min(keep, offset));
    if (start_ + filled_ < end) fill(static_cast<std::size_t>(end - start_));
    return offset < start_ + filled_ ? view_from(offset) : std::string_view{};
  }
  std::string_view at(std::uint64_t offset, std::size_t want) { return at(offset, want, offset); }

 private:
  std::string_view view_from(std::uint64_t offset) const {
    const auto skip = static_cast<std::size_t>(offset - start_);
    return {buffer_.get() + skip, filled_ - skip};
  }

  void slide(std::uint64_t keep) {
    if (keep < start_ || keep > start_ + filled_) {
      start_ = keep;
      filled_ = 0;
      return;
    }
    const auto drop = static_cast<std::size_t>(keep - start_);
    if (drop == 0) return;
    std::memmove(buffer_.get(), buffer_.get() + drop, filled_ - drop);
    start_ = keep;
    filled_ -= drop;
  }

  void fill(std::size_t need) {
    host_->check_cancelled();
    const auto target =
        static_cast<std::size_t>(std::min<std::uint64_t>(need + kChunk, length_ - start_));
    if (target > capacity_) {
      auto larger = std::make_unique_for_overwrite<char[]>(target);
      if (filled_ != 0) std::memcpy(larger.get(), buffer_.get(), filled_);
      buffer_ = std::move(larger);
      capacity_ = target;
    }
    filled_ += host_->read(start_ + filled_, buffer_.get() + filled_, target - filled_);
  }

  const Host* host_;
  std::uint64_t length_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
  std::uint64_t start_ = 0;
  std::size_t filled_ = 0;
};

template <class Plugin>
int guarded_probe(const fx_host* host, fx_text name) noexcept {
  try {
    Host wrapped(host);
    return Plugin::probe(wrapped, view(name));
  } catch (...) {
    return 0;
  }
}

template <class Plugin>
fx_status guarded_parse(const fx_host* host, fx_text name, fx_text options) noexcept {
  try {
    Host wrapped(host);
    return Plugin::parse(wrapped, view(name), view(options));
  } catch (const Cancelled&) {
    return FX_CANCELLED;
  } catch (const ReadError&) {
    return FX_CORRUPT;
  } catch (const std::bad_alloc&) {
    return FX_LIMIT;
  } catch (...) {
    return FX_BUG;
  }
}

}  // namespace fx

// Defines the one symbol that a plugin exports. `Plugin` has kManifest, probe and parse as above.
#define FX_PLUGIN(Plugin)                                                                     \
  extern "C" FX_EXPORT const fx_plugin* fx_plugin_entry_v1(void) {                            \
    static const fx_plugin plugin = {sizeof(fx_plugin), FX_ABI_VERSION,                       \
                                     fx::text(Plugin::kManifest), &fx::guarded_probe<Plugin>, \
                                     &fx::guarded_parse<Plugin>};                             \
    return &plugin;                                                                           \
  }
