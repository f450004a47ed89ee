#include "survey.hpp"

#include "catalogue.hpp"
#include "title.hpp"
#include "unicode.hpp"

namespace whatsapp {
namespace {

// Names of a conversation stand in its first lines.
constexpr std::uint64_t kTitleHeads = 64;

}  // namespace

void Survey::run(fx::Window& window) {
  preamble = detect_encoding(window);
  LineReader lines(window, preamble);
  Line line;
  Header header;
  HeaderReader reader;
  while (lines.next(line)) {
    if (line.continued) continue;
    if (reader.read(line.text, header)) {
      learn(header, line);
    } else if (heads == 0 && !trim_display(line.text).empty()) {
      ++stray_lines;
    }
  }
  shapes.choose_main();
  if (shapes.needs_order()) {
    LineReader again(window, preamble);
    while (again.next(line))
      if (!line.continued && reader.read(line.text, header)) shapes.check_order(header);
  }
  shapes.accept_others();
}

bool Survey::is_export() const {
  return shapes.main() != nullptr && stray_lines < heads;
}

void Survey::learn(const Header& header, const Line& line) {
  ++heads;
  const std::string_view rest = line.text.substr(header.rest);
  shapes.add(header, line);
  if (authors.learn(rest)) ++authored;
  if (heads <= kTitleHeads && (title.empty() || !notice)) look_for_title(rest, line);
}

void Survey::look_for_title(std::string_view rest, const Line& line) {
  const std::size_t colon = rest.find(": ");
  const bool marked = colon != std::string_view::npos && begins_with_mark(rest.substr(colon + 2));
  if (colon != std::string_view::npos && !marked) return;
  const std::string_view action = action_of(marked ? rest.substr(colon + 2) : rest);
  notice |= !action.empty();
  if (!title.empty()) return;
  std::string_view found;
  // iOS writes the name of the chat before its own lines, as if it were the author.
  if (marked && action == "encryption-notice") found = trim_display(rest.substr(0, colon));
  if (action == "group-created") found = quoted(rest);
  if (found.empty() || !is_valid_utf8(found)) return;
  title = found;
  const auto before = static_cast<std::size_t>(found.data() - line.text.data());
  title_place = {line.offset + source_length(line.text.substr(0, before), preamble.encoding),
                 source_length(found, preamble.encoding)};
}

}  // namespace whatsapp
