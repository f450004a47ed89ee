#include "body.hpp"

#include <algorithm>
#include <array>

#include "catalogue.hpp"
#include "places.hpp"
#include "polls.hpp"
#include "unicode.hpp"

namespace whatsapp {
namespace {

constexpr std::size_t npos = std::string_view::npos;

// The first comma, or Arabic comma (two bytes).
std::size_t find_comma(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at)
    if (text[at] == ',' || (text[at] == '\x8C' && at > 0 && text[at - 1] == '\xD8'))
      return text[at] == ',' ? at : at - 1;
  return npos;
}

class BodyReader {
 public:
  BodyReader(std::string_view body, const BodyContext& context, const Siblings& siblings,
             BodyFacts& facts)
      : body_(body), context_(context), siblings_(siblings), facts_(facts) {}

  void read() {
    marks_ = leading_marks(body_);
    marked_ = begins_with_mark(body_);
    facts_.text = {0, body_.size()};
    if (body_.empty()) return;
    take_edited();
    first_line_ = body_;
    if (!context_.one_line) {
      first_line_ = body_.substr(0, body_.find('\n'));
      first_line_ = first_line_.substr(0, first_line_.find('\r'));
    }
    if (!context_.has_author) {
      read_authorless();
      return;
    }
    if (take_attachment() || take_place() || take_poll() || take_notice() || take_marked()) return;
    facts_.null_text = body_ == "null";
  }

 private:
  bool has_further_lines() const { return first_line_.size() != body_.size(); }
  // The whole text without the marks before it.
  Range unmarked() const { return {std::min(marks_, facts_.text.end), facts_.text.end}; }

  void take_edited();
  bool take_attachment();
  bool take_labelled(std::string_view line);
  bool take_bracketed(std::string_view line);
  void attach(Range file, Range reference);
  void take_pages(std::string_view title);
  bool take_place();
  bool take_poll();
  bool take_notice() { return (marked_ || may_be_notice(body_)) && (take_call() || take_phrase()); }
  bool take_call();
  bool take_phrase();
  bool take_marked();
  bool take_omitted_file(std::string_view line);
  void read_authorless();
  void take_system(std::string_view action);

  std::string_view body_;
  std::string_view first_line_;  // of body_, without line end
  const BodyContext& context_;
  const Siblings& siblings_;
  BodyFacts& facts_;
  std::size_t marks_ = 0;
  bool marked_ = false;
};

// "text <This message was edited>": the mark stands last, behind a direction mark or as the phrase.
void BodyReader::take_edited() {
  if (body_.back() != '>') return;
  const std::size_t open = body_.rfind('<');
  if (open == npos || open == 0 || body_.size() - open > 120) return;
  const std::string_view mark = body_.substr(open);
  if (mark.find('\n') != npos) return;
  std::size_t end = open;
  bool behind_mark = false;
  while (end >= 3 && is_direction_mark(decode(body_, end - 3).value) &&
         decode(body_, end - 3).length == 3) {
    behind_mark = true;
    end -= 3;
  }
  const std::string_view inner = mark.substr(1, mark.size() - 2);
  const bool names_file = inner.find(": ") != npos || siblings_.suffix_of(inner) != "";
  if (!is_phrase(mark, Meaning::edited) && !(behind_mark && !names_file && end != 0)) return;
  while (end > 0 && (body_[end - 1] == ' ' || body_[end - 1] == '\n' || body_[end - 1] == '\r'))
    --end;
  facts_.edited = true;
  facts_.text.end = end;
  body_ = body_.substr(0, end);
}

void BodyReader::attach(Range file, Range reference) {
  facts_.attachment = true;
  facts_.file = file;
  const std::string_view name = file.of(body_);
  const bool card = name.size() > 4 && (name.ends_with(".vcf") || name.ends_with(".VCF"));
  facts_.type = card ? Type::contact : Type::media;
  // What stands beside the reference is the caption: behind it, or before it, where alone.
  const auto drops = [](char32_t c) {
    return is_space(c) || is_direction_mark(c) || c == '\n' || c == '\r';
  };
  std::size_t after = reference.end;
  while (after < body_.size() && drops(decode(body_, after).value))
    after += decode(body_, after).length;
  std::size_t before = reference.begin;
  while (before > 0) {
    std::size_t last = before - 1;
    while (last > 0 && (static_cast<unsigned char>(body_[last]) & 0xC0U) == 0x80U) --last;
    if (!drops(decode(body_, last).value)) break;
    before = last;
  }
  const Range lead{std::min(marks_, before), before};
  const Range tail{after, body_.size()};
  if (card && lead.empty() && tail.empty()) {
    facts_.text = unmarked();
  } else if (lead.empty()) {
    facts_.text = tail;
  } else if (tail.empty()) {
    facts_.text = lead;
  }
  take_pages(lead.of(body_));
}

// "A PDF.pdf • 1 page": the number behind the bullet.
void BodyReader::take_pages(std::string_view title) {
  constexpr std::string_view kBullet = "•";
  const std::size_t bullet = title.rfind(kBullet);
  if (bullet == npos) return;
  std::int64_t value = -1;
  for (std::size_t at = bullet + kBullet.size(); at < title.size();) {
    const CodePoint c = decode(title, at);
    const Digit digit = digit_of(c.value);
    at += c.length;
    if (digit.value >= 0 && value < 1'000'000) {
      value = std::max<std::int64_t>(value, 0) * 10 + digit.value;
    } else if (value >= 0) {
      break;
    }
  }
  facts_.pages = value;
}

// iOS: "<attached: name>" on the first line, behind a mark or with a known label.
bool BodyReader::take_labelled(std::string_view line) {
  if (line.empty() || line.back() != '>') return false;
  const std::size_t open = line.rfind('<');
  if (open == npos) return false;
  const std::string_view inner = line.substr(open + 1, line.size() - open - 2);
  std::size_t colon = inner.find(':');
  std::size_t width = 1;
  if (const std::size_t wide = inner.find("："); wide < colon) {
    colon = wide;
    width = 3;
  }
  if (colon == npos || colon == 0 || colon > 64) return false;
  const std::string_view name = trim_display(inner.substr(colon + width));
  if (!looks_like_file(name)) return false;
  const bool behind_mark = open >= 3 && is_direction_mark(decode(line, open - 3).value);
  if (!behind_mark && !is_phrase(inner.substr(0, colon), Meaning::attached_label)) return false;
  const auto begin = static_cast<std::size_t>(name.data() - body_.data());
  attach({begin, begin + name.size()}, {open, line.size()});
  return true;
}

// Android: "name (file attached)", or a name that stands beside the export and words around it.
bool BodyReader::take_bracketed(std::string_view line) {
  std::size_t close = line.size();
  if (line.ends_with(')')) {
    --close;
  } else if (line.ends_with("）")) {
    close -= 3;
  } else {
    return false;
  }
  std::size_t open = line.rfind('(', close);
  std::size_t width = 1;
  if (const std::size_t wide = line.rfind("（", close);
      wide != npos && (open == npos || wide > open)) {
    open = wide;
    width = 3;
  }
  if (open == npos || open < 3) return false;
  const std::string_view words = line.substr(open + width, close - open - width);
  const std::string_view name = trim_display(line.substr(marks_, open - std::min(marks_, open)));
  if (!looks_like_file(name)) return false;
  if (!is_phrase(words, Meaning::attached) && !marked_ && !siblings_.contains(name)) return false;
  const auto begin = static_cast<std::size_t>(name.data() - body_.data());
  attach({begin, begin + name.size()}, {0, line.size()});
  return true;
}

bool BodyReader::take_attachment() {
  const std::string_view line = first_line_;
  if (line.empty()) return false;
  if (take_labelled(line) || take_bracketed(line)) return true;
  // Languages that write the phrase without brackets or before the name.
  if (siblings_.empty() || line.size() > 400) return false;
  const std::string_view rest = line.substr(marks_);
  std::string_view name = siblings_.prefix_of(rest);
  std::string_view words = rest.substr(name.size());
  if (name.empty()) {
    name = siblings_.suffix_of(rest);
    words = rest.substr(0, rest.size() - name.size());
  }
  if (name.empty()) return false;
  while (!words.empty() && (words.front() == ':' || words.front() == ' ')) words.remove_prefix(1);
  while (!words.empty() && (words.back() == ':' || words.back() == ' ')) words.remove_suffix(1);
  if (!marked_ && !is_phrase(words, Meaning::attached)) return false;
  const auto begin = static_cast<std::size_t>(name.data() - body_.data());
  attach({begin, begin + name.size()}, {0, line.size()});
  return true;
}

bool BodyReader::take_place() {
  const std::optional<MapPlace> place = read_place(body_, marks_, marked_);
  if (!place) return false;
  facts_.type = Type::location;
  facts_.text = unmarked();
  facts_.latitude = place->latitude;
  facts_.longitude = place->longitude;
  facts_.url = place->url;
  facts_.address = place->address;
  return true;
}

bool BodyReader::take_poll() {
  if (!has_further_lines() || !read_poll(body_, marks_, marked_, facts_.question, facts_.options))
    return false;
  facts_.type = Type::poll;
  facts_.text = unmarked();
  return true;
}

// "Video call, 5 min": a known label, a comma, a duration.
bool BodyReader::take_call() {
  if (body_.size() > 160 || has_further_lines()) return false;
  const std::string_view line = body_.substr(marks_);
  // Every known call has a label of few bytes and a duration behind it.
  const std::size_t comma = find_comma(line.substr(0, 64));
  if (comma == npos || comma == 0) return false;
  const std::string_view label = line.substr(0, comma);
  // A duration is told from other words at its first character; a label is looked up.
  const std::string_view duration = trim_display(line.substr(comma + (line[comma] == ',' ? 1 : 2)));
  if (!marked_ && digit_of(decode(duration, 0).value).value < 0) return false;
  const std::int64_t seconds = read_duration(duration);
  if (!marked_ && seconds < 0) return false;
  const bool voice = is_phrase(label, Meaning::voice_call);
  const bool video = !voice && is_phrase(label, Meaning::video_call);
  const bool missed_voice = is_phrase(label, Meaning::missed_voice);
  const bool missed_video = !missed_voice && is_phrase(label, Meaning::missed_video);
  if (!voice && !video && !missed_voice && !missed_video) return false;
  if (!marked_ && (missed_voice || missed_video)) return false;
  facts_.type = Type::call;
  facts_.text = unmarked();
  facts_.call_type = video || missed_video ? "video" : "voice";
  facts_.call_state = missed_voice || missed_video ? "missed" : seconds >= 0 ? "ended" : "";
  facts_.seconds = seconds;
  return true;
}

bool BodyReader::take_phrase() {
  const std::string_view line = first_line_;
  const std::optional<Meaning> meaning = whole_body(line);
  if (!meaning) return false;
  // Only an omitted file has lines behind it: its caption.
  if (has_further_lines() && *meaning != Meaning::media_omitted) return false;
  facts_.text = unmarked();
  switch (*meaning) {
    case Meaning::media_omitted:
      facts_.type = Type::media;
      facts_.attachment = facts_.omitted = true;
      return true;
    case Meaning::contact_omitted:
      facts_.type = Type::contact;
      facts_.attachment = facts_.omitted = true;
      return true;
    case Meaning::view_once:
      facts_.type = Type::view_once;
      facts_.attachment = facts_.omitted = true;
      return true;
    case Meaning::deleted: facts_.type = Type::deleted; return true;
    case Meaning::live_location:
      facts_.type = Type::location;
      facts_.live = true;
      return true;
    case Meaning::missed_voice:
    case Meaning::missed_video:
      facts_.type = Type::call;
      facts_.call_type = *meaning == Meaning::missed_video ? "video" : "voice";
      facts_.call_state = "missed";
      return true;
    default: return false;
  }
}

// "Some file.txt <mark>document omitted": a name, a mark, words of the application.
bool BodyReader::take_omitted_file(std::string_view line) {
  std::size_t mark = npos;
  for (std::size_t at = marks_; at + 3 < line.size(); ++at)
    if (line[at] == '\xE2' && is_direction_mark(decode(line, at).value)) mark = at;
  if (mark == npos || mark <= marks_) return false;
  const bool known = whole_body(line.substr(mark)).has_value();
  if (!known && !context_.head_marked) return false;
  std::string_view title = line.substr(marks_, mark - marks_);
  if (const std::size_t bullet = title.rfind("•"); bullet != npos) {
    take_pages(title);
    title = title.substr(0, bullet);
  }
  const std::string_view name = trim_display(title);
  if (!looks_like_file(name)) return false;
  const auto begin = static_cast<std::size_t>(name.data() - body_.data());
  facts_.type = Type::media;
  facts_.attachment = facts_.omitted = true;
  facts_.file = {begin, begin + name.size()};
  facts_.text = unmarked();
  return true;
}

// Text behind a mark that no catalogue knows: what it is follows from its place.
bool BodyReader::take_marked() {
  if (!marked_ && body_.find('\xE2') == npos) return false;
  const std::string_view line = first_line_;
  const bool mark_inside =
      line.find("\xE2\x80\x8E", marks_) != npos || line.find("\xE2\x80\x8F", marks_) != npos;
  if (mark_inside && !has_further_lines() && take_omitted_file(line)) return true;
  if (!marked_) return false;
  const std::string_view action = action_of(body_);
  const bool notice = !action.empty() || body_.find("WhatsApp") != npos;
  // A mark cannot be typed: a known notice behind one is the application's, wherever it stands.
  const bool by_place =
      !context_.head_marked &&
      (notice || mark_inside || !context_.author_speaks || context_.first_message);
  if (context_.bracket && (!action.empty() || by_place)) {
    take_system(action);
    facts_.by_place = action.empty();
    return true;
  }
  if (context_.head_marked && !has_further_lines()) {
    facts_.type = Type::media;
    facts_.attachment = facts_.omitted = facts_.by_place = true;
    facts_.text = unmarked();
    return true;
  }
  return false;
}

void BodyReader::take_system(std::string_view action) {
  facts_.type = Type::system;
  facts_.text = unmarked();
  facts_.action = action;
  if (action == "number-changed") read_number_change(body_, marks_, facts_.before, facts_.after);
}

void BodyReader::read_authorless() {
  if (body_.size() <= 160) {
    const std::optional<Meaning> meaning = whole_body(body_);
    if (meaning == Meaning::missed_voice || meaning == Meaning::missed_video) {
      take_phrase();
      facts_.action = meaning == Meaning::missed_voice ? "missed-voice-call" : "missed-video-call";
      return;
    }
    if (meaning == Meaning::deleted) {
      take_phrase();
      facts_.action = "deleted";
      return;
    }
  }
  take_system(action_of(body_));
}

}  // namespace

std::string_view name_of(Type type) {
  constexpr std::array<std::string_view, 9> kNames = {
      "text", "media", "location", "poll", "call", "contact", "deleted", "view_once", "system"};
  return kNames[static_cast<std::size_t>(type)];
}

void read_body(std::string_view body, const BodyContext& context, const Siblings& siblings,
               BodyFacts& facts) {
  std::vector<Option> options = std::move(facts.options);
  options.clear();
  facts = {};
  facts.options = std::move(options);
  BodyReader(body, context, siblings, facts).read();
}

}  // namespace whatsapp
