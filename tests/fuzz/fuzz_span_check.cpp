// The span check: any records at all about a small input. Those that pass are judged again by the
// plainest reading of the rules: spans inside the input, values equal to what their bytes say,
// references to records that passed before.
//
// First byte: the length of the input, which follows. Then records: two bytes of length, encoding.

#include <sys/mman.h>

#include <charconv>
#include <set>

#include "base/files.hpp"
#include "plugin/codec.hpp"
#include "plugin/number_codec.hpp"
#include "plugin/span_check.hpp"
#include "target.hpp"

using namespace forensics;
using fuzz::promise;
using model::Kind;

namespace {

Descriptor in_memory(ByteView bytes) {
  Descriptor file(::memfd_create("input", MFD_CLOEXEC));
  promise(file && Files::system().write(file, bytes, "input"), "an input fits into memory");
  return file;
}

class Judge {
 public:
  explicit Judge(ByteView input) : input_(input) {}

  void passed(const model::Record& record) {
    promise(inside(record.extent), "an extent that passed lies inside the input");
    for (const model::Field& field : record.fields) passed(field);
    if (record.ref == 0) return;
    promise(record.ref > 0, "a reference number that passed is positive");
    promise(known_.emplace(record.kind, record.ref).second, "no number names two records");
  }

 private:
  bool inside(const model::Span& span) const {
    return span.input == 0 && span.offset <= input_.size() &&
           span.length <= input_.size() - span.offset;
  }

  void passed(const model::Field& field) const {
    promise(inside(field.span), "a span that passed lies inside the input");
    for (const model::Span& span : field.more)
      promise(inside(span), "a further span that passed lies inside the input");
    if (field.type() == model::Type::ref) {
      const Kind kind = field.key == model::Key::conversation ? Kind::conversation
                        : field.key == model::Key::message    ? Kind::message
                                                              : Kind::participant;
      promise(known_.contains({kind, field.number}), "a reference leads to an earlier record");
    }
    if (field.type() == model::Type::text)
      promise(is_utf8(field.text), "a text that passed is UTF-8");
    if (field.basis == model::Basis::verbatim || field.basis == model::Basis::decoded)
      stands_on_its_bytes(field);
  }

  void stands_on_its_bytes(const model::Field& field) const {
    std::string source(input_.substr(field.span.offset, field.span.length));
    for (const model::Span& span : field.more) source += input_.substr(span.offset, span.length);
    if (field.type() == model::Type::time) {
      promise(plugin::is_instant(field.span.codec, source, field.time.wall),
              "a time that passed is what the bytes say");
      return;
    }
    const auto value = plugin::decode(field.span.codec, source);
    promise(value.has_value(), "the bytes under a span that passed are of the codec's form");
    if (field.type() == model::Type::text)
      promise(*value == field.text, "a text that passed is what the bytes say");
    else
      promise(field.type() == model::Type::integer && number_in(*value) == field.number,
              "a number that passed is what the bytes say");
    if (field.basis == model::Basis::verbatim)
      promise(*value == source, "a verbatim value is the bytes themselves");
  }

  static std::int64_t number_in(const std::string& text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    promise(read.ec == std::errc() && read.ptr == text.data() + text.size(), "it is a number");
    return number;
  }

  ByteView input_;
  std::set<std::pair<Kind, std::int64_t>> known_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Script script(data, size);
  const ByteView input = script.short_text();
  const Descriptor file = in_memory(input);
  plugin::RecordCheck check(plugin::only_input(file.get(), input.size()), 1000, "_chat.txt");
  Judge judge(input);
  model::Record record;
  while (!script.done())
    if (model::decode(script.text(script.number<std::uint16_t>()), record) && !check.reject(record))
      judge.passed(record);
  return 0;
}
