// WhatsApp text exports. docs/formats/whatsapp-text.md says what is read and how it is decided.

#include <forensics/plugin.hpp>

#include <algorithm>
#include <string_view>

#include "lines.hpp"
#include "survey.hpp"
#include "unicode.hpp"
#include "writer.hpp"

namespace whatsapp {
namespace {

// A message longer than this continues in further records.
constexpr std::uint64_t kMaxMessage = std::uint64_t{1} << 20;
constexpr std::uint64_t kProbed = std::uint64_t{64} << 10;

// The second pass: gathers the lines of each message and hands it to the writer.
class Emission {
 public:
  Emission(const fx::Host& host, fx::Window& window, const Survey& survey, Writer& writer)
      : host_(host), window_(window), survey_(survey), writer_(writer) {}

  void run() {
    if (survey_.preamble.length != 0)
      host_.skip(fx::span(0, survey_.preamble.length), "byte-order-mark",
                 "signature of the encoding at the start of the file");
    LineReader lines(window_, survey_.preamble);
    Line line;
    Header header;
    HeaderReader reader;
    while (lines.next(line, open_ ? message_.start : lines.offset())) {
      const bool head = !line.continued && reader.read(line.text, header);
      const Shape* shape = head ? survey_.shapes.accepted(header) : nullptr;
      if (shape != nullptr && !is_possible(*shape, header)) {
        writer_.note(FX_WARNING, line.offset, line.length, "impossible-date",
                     "a line like a head whose date exists in no reading: kept in the body above");
        shape = nullptr;
      }
      if (shape != nullptr) {
        begin(header, *shape, line);
      } else if (open_) {
        extend(line);
      } else if (trim_display(line.text).empty()) {
        host_.skip(fx::span(line.offset, line.length), "blank-line",
                   "an empty line before the first message");
      }
    }
    flush();
  }

 private:
  // Whether any reading of the shape has such a day. A day has many messages: asked once for it.
  bool is_possible(const Shape& shape, const Header& header) {
    if (possible_shape_ == &shape && possible_date_.same_values(header.date)) return true;
    const bool possible = exists(shape, header);
    possible_shape_ = possible ? &shape : nullptr;
    possible_date_ = header.date;
    return possible;
  }
  static bool exists(const Shape& shape, const Header& header) {
    const auto& all = shape.decision.candidates;
    return all.empty() || std::ranges::any_of(all, [&](const Candidate& candidate) {
             return day_of(header.date, candidate.reading).has_value();
           });
  }

  void begin(const Header& header, const Shape& shape, const Line& line) {
    flush();
    message_.header = header;
    message_.shape = &shape;
    message_.start = line.offset;
    message_.end = line.offset + line.length;
    message_.first_line = static_cast<std::uint32_t>(line.text.size());
    message_.one_line = true;
    message_.oversized = false;
    open_ = true;
  }

  void extend(const Line& line) {
    if (message_.end + line.length - message_.start > kMaxMessage) {
      flush();
      message_.start = line.offset;
      message_.oversized = true;
      open_ = true;
    }
    message_.end = line.offset + line.length;
    message_.one_line = false;
  }

  void flush() {
    if (!open_) return;
    const auto length = static_cast<std::size_t>(message_.end - message_.start);
    const std::string_view raw = window_.at(message_.start, length, message_.start);
    writer_.message(message_, raw.substr(0, length));
    open_ = false;
  }

  const fx::Host& host_;
  fx::Window& window_;
  const Survey& survey_;
  Writer& writer_;
  Message message_;
  bool open_ = false;
  const Shape* possible_shape_ = nullptr;
  DateFields possible_date_;
};

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.whatsapp-text",
  "version": "1.0.0",
  "name": "WhatsApp text export",
  "formats": ["whatsapp-text"],
  "kinds": ["conversation", "participant", "message", "attachment", "location", "call", "contact",
            "poll", "identity", "reading"],
  "options": [],
  "tested_with": ["Android and iOS exports, 2012 to 2025"],
  "references": ["docs/formats/whatsapp-text.md"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) {
    fx::Window window(host, kProbed);
    const Siblings none{{}};
    Survey survey(none);
    survey.run(window);
    if (!survey.is_export()) return 0;
    const std::uint64_t heads = survey.shapes.main()->count;
    // Without authors or a notice of the application this is some other log.
    if (survey.authored == 0 && !survey.notice) return 5;
    int score = 50;
    if (survey.authored * 2 >= survey.heads) score += 15;
    if (heads >= 3) score += 10;
    if (survey.notice) score += 15;
    if (name.find("WhatsApp") != std::string_view::npos || name.ends_with("_chat.txt")) score += 9;
    if (survey.shapes.main()->family == Family::colon) score -= 20;
    return std::clamp(score, 0, 99);
  }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    const Siblings siblings(host.siblings());
    Survey survey(siblings);
    fx::Window window(host);
    survey.run(window);
    if (!survey.is_export()) return FX_NOT_MINE;
    Writer writer(host, survey, siblings);
    writer.readings();
    writer.conversation(name);
    Emission(host, window, survey, writer).run();
    writer.finish();
    return FX_OK;
  }
};

}  // namespace
}  // namespace whatsapp

FX_PLUGIN(whatsapp::Plugin)
