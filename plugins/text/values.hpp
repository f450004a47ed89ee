#pragma once
// Values of one record, each with the bytes it stands on. fx::Record copies nothing, so what is
// made here is kept until the next record.
//
//   values.start(FX_KIND_CONTACT, 1, offset, length);
//   values.text("name", raw, offset);           // verbatim, or repaired and said so by the codec
//   values.extra("NOTE", raw, offset);          // what has no key of its own
//   values.emit();

#include <forensics/plugin.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace text {

class Values {
 public:
  // Of one record; what goes beyond is counted and told by finish().
  static constexpr std::size_t kMostFields = 4000;
  static constexpr std::size_t kMostBytes = std::size_t{12} << 20;

  // `rule` names the derivation of whatever is not verbatim; it lives as long as this.
  Values(const fx::Host& host, const char* rule) : host_(host), rule_(rule) {}

  void start(fx_kind kind, std::int64_t ref, std::uint64_t offset, std::uint64_t length);
  void emit();
  // Tells what did not fit.
  void finish();

  fx::Record& record() { return record_; }
  const fx::Host& host() const { return host_; }
  const char* rule() const { return rule_; }
  std::string_view keep(std::string value);

  // The bytes as they are; CR LF is LF and what is no UTF-8 is U+FFFD. Nothing for no bytes.
  void text(const char* key, std::string_view raw, std::uint64_t offset);
  // A value whose bytes are scattered over `parts` (at least one).
  void scattered(const char* key, std::string_view value, fx_codec codec,
                 std::vector<fx_span> parts);
  // A value that follows from `raw` by a rule; well-formed UTF-8.
  void derived(const char* key, std::string value, std::uint64_t offset, std::uint64_t length,
               const char* rule = nullptr);
  // A fixed word of the reader, e.g. the platform.
  void word(const char* key, std::string_view word, std::uint64_t offset = 0,
            std::uint64_t length = 0);
  void ref(const char* key, std::int64_t ref, std::uint64_t offset = 0, std::uint64_t length = 0);
  void number(const char* key, std::int64_t number, std::uint64_t offset, std::uint64_t length);
  void time(const char* key, const fx_time& time, std::uint64_t offset, std::uint64_t length,
            const char* rule = nullptr);
  // A time that the codec of `where` makes of its bytes.
  void decoded_time(const char* key, const fx_time& time, const fx_span& where);
  // extra: "name=value".
  void extra(std::string_view name, std::string_view raw, std::uint64_t offset);
  void extra_derived(std::string_view name, std::string_view value, std::uint64_t offset,
                     std::uint64_t length, const char* rule = nullptr);
  void number_extra(std::string_view name, std::int64_t number, std::uint64_t offset,
                    std::uint64_t length);

 private:
  bool fits(std::size_t bytes);

  const fx::Host& host_;
  const char* rule_;
  fx::Record record_;
  std::deque<std::string> kept_;
  std::deque<std::vector<fx_span>> spans_;
  std::size_t bytes_ = 0;
  std::uint64_t dropped_ = 0;
  fx_span first_dropped_ = fx::span(0, 0);
  fx_span extent_ = fx::span(0, 0);
};

// Accounts for the bytes between records: neighbours that are skipped for one reason are one run.
class Skips {
 public:
  explicit Skips(const fx::Host& host) : host_(host) {}
  // `code` and `why` live as long as this.
  void add(std::uint64_t offset, std::uint64_t length, std::string_view code, std::string_view why);
  void flush();

 private:
  const fx::Host& host_;
  std::uint64_t begin_ = 0;
  std::uint64_t end_ = 0;
  std::string_view code_, why_;
};

}  // namespace text
