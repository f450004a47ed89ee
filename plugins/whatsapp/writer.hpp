#pragma once
// The second pass's output: messages as records, in the order of the file.

#include <forensics/plugin.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "body.hpp"
#include "survey.hpp"

namespace whatsapp {

// One message as it stands in the input: a head, an author, a body of one or more lines.
struct Message {
  Header header;
  const Shape* shape = nullptr;
  std::uint64_t start = 0;       // of its first line
  std::uint64_t end = 0;         // behind its last line end
  std::uint32_t first_line = 0;  // length of the first line as UTF-8, without line end
  bool one_line = false;         // the first line is all of it
  bool oversized = false;        // a further part of a message that is too long for one record
};

class Writer {
 public:
  Writer(const fx::Host& host, const Survey& survey, const Siblings& siblings);

  void readings();
  void conversation(std::string_view file_name);
  // `raw` are the bytes of the input from message.start to message.end.
  void message(const Message& message, std::string_view raw);
  void note(fx_severity severity, std::uint64_t offset, std::uint64_t length, std::string_view code,
            std::string_view text);
  // Says how many notes were held back.
  void finish();

 private:
  // A text field decoded from a part of the current message.
  struct Decoded {
    std::string_view value;
    fx_span where;
  };

  void reading(const Shape& shape, std::string_view subject, std::string_view value,
               Verdict verdict, std::string_view reason, Place place);
  void readings_of(const Shape& shape);

  fx_span span_of(Range range) const;
  Decoded decode_part(Range range, std::string& scratch);
  void add_text(const char* key, Range range, std::string& scratch);
  std::int64_t participant(Range name, std::uint64_t hash);
  Split split_author(const Message& message) const;
  void add_times(const Message& message);
  void attachments(const BodyFacts& facts, std::int64_t ref, std::size_t base);
  void more(const BodyFacts& facts, std::int64_t ref, std::size_t base);

  const fx::Host& host_;
  const Survey& survey_;
  const Siblings& siblings_;
  fx::Record record_;
  fx::Record side_;
  BodyFacts facts_;
  std::map<std::string, std::int64_t, std::less<>> participants_;
  std::int64_t last_participant_ = 0;
  std::int64_t last_message_ = 0;
  std::int64_t sender_ = 0;  // of the message, for its further parts
  // Recent authors by a few bits of their names' hash, so that the map is rarely asked.
  struct Known {
    std::string name;
    std::int64_t ref = 0;  // 0: free
  };
  std::array<Known, 256> recent_;
  std::int64_t previous_wall_ = 0;
  std::uint64_t start_ = 0;  // of the current message
  std::string_view text_;    // of the current message, as UTF-8
  bool valid_ = true;        // text_ is well-formed
  bool carriage_ = false;    // there is a CR in text_
  bool repaired_ = false;    // a field had to be repaired
  std::string transcoded_;
  std::array<std::string, 4> scratch_;
  std::map<std::string_view, std::uint64_t> notes_;
};

}  // namespace whatsapp
