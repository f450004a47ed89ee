#pragma once
// The check that makes "verbatim" a fact: reads the bytes under a span again, from the evidence and
// not from what the worker sent, decodes them with the named codec and compares.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "model/record.hpp"
#include "plugin/host.hpp"
#include "plugin/inputs.hpp"
#include "plugin/interval_set.hpp"

namespace forensics::plugin {

// Reads spans of one input. Records come mostly in the order of their bytes, so a window slides over
// the input and a million small spans cost a few hundred reads.
class SpanReader {
 public:
  // `descriptor` is borrowed; only bytes below `length` are read.
  SpanReader(int descriptor, std::uint64_t length) : descriptor_(descriptor), length_(length) {}

  std::uint64_t length() const { return length_; }
  bool holds(const model::Span& span) const {
    return span.offset <= length_ && span.length <= length_ - span.offset;
  }

  // The bytes under `span`; valid until the next call. nullopt where they cannot be read.
  // Precondition: holds(span).
  std::optional<ByteView> read(const model::Span& span);

 private:
  struct Window {
    std::uint64_t begin = 0;
    std::string bytes;
    bool holds(std::uint64_t offset, std::uint64_t length) const {
      return offset >= begin && offset - begin <= bytes.size() &&
             length <= bytes.size() - (offset - begin);
    }
    ByteView at(std::uint64_t offset, std::uint64_t length) const {
      return ByteView(bytes).substr(offset - begin, length);
    }
  };
  void fill(Window& window, std::uint64_t begin, std::uint64_t length) const;

  int descriptor_;
  std::uint64_t length_;
  Window stream_;  // slides forward
  Window jump_;    // whatever stands elsewhere
};

// Judges records one after the other, in the order of one run: vocabulary, references, spans.
class RecordCheck {
 public:
  // `name` is the file name of the artifact; nullopt: it is not known here.
  RecordCheck(const Inputs& inputs, std::uint64_t field_bytes,
              std::optional<std::string> name = std::nullopt);

  // nullopt: the record stands, and later ones may refer to it. Otherwise what is wrong, in words;
  // a rejected record cannot be referred to.
  std::optional<std::string> reject(const model::Record& record);

  // Whether the span lies inside an input that is there.
  bool holds(const model::Span& span) const;

 private:
  std::optional<std::string> reject_shape(const model::Record& record) const;
  std::optional<std::string> reject_field(const model::Field& field);
  std::optional<std::string> reject_value(const model::Field& field);
  std::optional<std::string> reject_time(const model::Field& field, ByteView source) const;
  std::optional<ByteView> read(const model::Field& field);
  std::string outside(const model::Span& span) const;
  bool is_known(model::Key key, std::int64_t ref) const;
  bool is_from_name(const model::Field& field) const;

  std::vector<std::optional<SpanReader>> inputs_;
  std::string joined_;  // a value that is scattered
  std::uint64_t field_bytes_;
  std::optional<std::string> name_;
  std::vector<IntervalSet> refs_{model::kinds().size() + 1};  // by kind
};

}  // namespace forensics::plugin
