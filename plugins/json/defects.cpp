#include "defects.hpp"

#include <array>

namespace json {
namespace {

struct Words {
  std::string_view code, words;
};

constexpr std::array<Words, kDefects> kWords = {{
    {"json-hex-escape", "\\xHH is no escape of JSON: read as the character U+00HH"},
    {"json-stray-bytes",
     "the last two bytes of a character stand behind its escape once more: left out"},
    {"json-odd-escape", "a backslash that begins no escape of JSON: read as it stands"},
    {"json-control-character", "a control character that JSON wants escaped: read as it stands"},
    {"json-ill-formed-utf8", "bytes that are no UTF-8: read as U+FFFD"},
    {"json-bare-token", "a value without quotes that is no word of JSON: read as it stands"},
    {"json-missing-comma", "no comma between two values: read as two values"},
    {"json-extra-comma", "a comma without a value: read as nothing"},
    {"json-missing-colon", "no colon behind a key: read as a key without a value"},
    {"json-missing-value", "a key without a value"},
    {"json-unclosed", "an object or array is not closed before what holds it ends: it ends here"},
    {"json-stray-character", "a bracket, comma or colon where none can stand: passed over"},
    {"json-cut-string", "the file ends within a string: it ends here"},
    {"json-cut", "the file ends within an object or array: it ends here"},
    {"json-too-deep", "nested deeper than is read: reading ends here"},
}};

}  // namespace

std::string_view code_of(Defect defect) {
  return kWords[static_cast<std::size_t>(defect)].code;
}
std::string_view words_of(Defect defect) {
  return kWords[static_cast<std::size_t>(defect)].words;
}

void Repairs::found(Defect defect, std::uint64_t offset, std::uint64_t length) {
  if (counts_[static_cast<std::size_t>(defect)]++ >= kListed) return;
  host_.note(FX_WARNING, fx::span(offset, length), code_of(defect), words_of(defect));
}

std::uint64_t Repairs::total() const {
  std::uint64_t sum = 0;
  for (const std::uint64_t count : counts_) sum += count;
  return sum;
}

void Repairs::finish() const {
  if (total() == 0) return;
  std::string sums = "not JSON as RFC 8259 has it:";
  for (std::size_t i = 0; i < kDefects; ++i)
    if (counts_[i] != 0)
      sums.append(" ").append(kWords[i].code).append(" ").append(std::to_string(counts_[i]));
  host_.note(FX_WARNING, fx::span(0, 0), "json-repairs", sums);
}

}  // namespace json
