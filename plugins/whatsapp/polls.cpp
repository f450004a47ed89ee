#include "polls.hpp"

#include "catalogue.hpp"
#include "unicode.hpp"

namespace whatsapp {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t kMaxOptions = 64;

// Takes the line that begins at `at` and moves behind it.
Range take_line(std::string_view body, std::size_t& at) {
  const std::size_t begin = at;
  std::size_t end = body.find('\n', at);
  at = end == npos ? body.size() : end + 1;
  if (end == npos) end = body.size();
  if (end > begin && body[end - 1] == '\r') --end;
  return {begin, end};
}

// "OPTION: text (2 votes)": a short label, the text, a number with a word in brackets.
bool read_option(std::string_view body, Range line, Option& option) {
  const std::string_view text = line.of(body);
  const std::size_t colon = text.find(": ");
  if (colon == npos || colon == 0 || colon > 48 || !text.ends_with(')')) return false;
  const std::size_t open = text.rfind('(');
  if (open == npos || open < colon + 2) return false;
  std::int64_t votes = -1;
  for (std::size_t at = open + 1; at < text.size();) {
    const CodePoint c = decode(text, at);
    const Digit digit = digit_of(c.value);
    at += c.length;
    if (digit.value < 0) {
      if (votes >= 0) break;
      continue;
    }
    votes = (votes < 0 ? 0 : votes) * 10 + digit.value;
    if (votes > 100'000) return false;
  }
  if (votes < 0) return false;
  std::size_t end = open;
  while (end > colon + 2 && text[end - 1] == ' ') --end;
  option = {{line.begin + colon + 2, line.begin + end}, votes};
  return true;
}

}  // namespace

bool read_poll(std::string_view body, std::size_t marks, bool marked, Range& question,
               std::vector<Option>& options) {
  std::size_t at = marks;
  if (body.find('\n', at) == npos) return false;
  const Range label = take_line(body, at);
  std::string_view name = trim_display(label.of(body));
  if (!name.ends_with(':')) return false;
  name.remove_suffix(1);
  if (name.empty() || name.size() > 64) return false;
  if (!marked && !is_phrase(name, Meaning::poll_label)) return false;

  // The question may run over lines: it ends where the first option begins.
  Range asked{at, at};
  std::vector<Option> found;
  while (at < body.size()) {
    Range line = take_line(body, at);
    line.begin += leading_marks(line.of(body));
    Option option;
    if (found.size() < kMaxOptions && read_option(body, line, option)) {
      found.push_back(option);
    } else if (found.empty()) {
      asked.end = line.end;
    }
  }
  if (found.empty()) return false;
  question = asked;
  options.insert(options.end(), found.begin(), found.end());
  return true;
}

}  // namespace whatsapp
