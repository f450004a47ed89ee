#include "history.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string>

#include "text.hpp"

namespace viber {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kMaxPiece = std::size_t{256} << 10;      // of one line
constexpr std::uint64_t kMaxMessage = std::uint64_t{1} << 20;  // longer ones continue in a record
constexpr std::uint64_t kProbed = std::uint64_t{64} << 10;
constexpr std::size_t kMaxParticipants = 65'536;
constexpr std::int64_t kConversation = 1;
constexpr const char* kRule = "viber.history";

struct Line {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;  // with the line end
  std::string_view text;     // without it; valid until the next line
  bool continued = false;    // a further piece of an oversized line
};

class Lines {
 public:
  explicit Lines(fx::Window& window) : window_(window) {
    if (window.at(0, kByteOrderMark.size()).starts_with(kByteOrderMark))
      offset_ = preamble_ = kByteOrderMark.size();
  }

  std::uint64_t preamble() const { return preamble_; }
  std::uint64_t offset() const { return offset_; }

  // The window keeps what stands from `keep` on.
  bool next(Line& line, std::uint64_t keep) {
    std::string_view there = window_.at(offset_, 4096, keep);
    std::size_t end = there.find('\n');
    if (end == std::string_view::npos || end > kMaxPiece) {
      there = window_.at(offset_, kMaxPiece, keep);
      end = there.substr(0, kMaxPiece).find('\n');
    }
    if (there.empty()) return false;
    line.offset = offset_;
    line.continued = inside_;
    inside_ = end == std::string_view::npos && there.size() > kMaxPiece;
    line.length = end != std::string_view::npos ? end + 1 : std::min(there.size(), kMaxPiece);
    line.text = there.substr(0, end != std::string_view::npos ? end : line.length);
    if (line.text.ends_with('\r')) line.text.remove_suffix(1);
    offset_ += line.length;
    return true;
  }
  bool next(Line& line) { return next(line, offset_); }

 private:
  fx::Window& window_;
  std::uint64_t preamble_ = 0;
  std::uint64_t offset_ = 0;
  bool inside_ = false;
};

int days_of(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

// Days since 1970-01-01 in the proleptic Gregorian calendar, counted from the March before.
std::int64_t days_since_1970(int year, int month, int day) {
  const std::int64_t y = month > 2 ? year : year - 1;
  const std::int64_t m = month > 2 ? month - 3 : month + 9;
  return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 - 719'468;
}

// Milliseconds of the wall clock; nullopt where the calendar has no such day.
std::optional<std::int64_t> wall_of(const HistoryClock& clock, bool month_first) {
  const int day = month_first ? clock.second : clock.first;
  const int month = month_first ? clock.first : clock.second;
  if (month < 1 || month > 12 || day < 1 || day > days_of(clock.year, month)) return std::nullopt;
  const std::int64_t seconds = clock.hour * 3600 + clock.minute * 60 + clock.seconds;
  return (days_since_1970(clock.year, month, day) * 86'400 + seconds) * 1000;
}

// What the whole file says of the order of day and month, and whether it is such a file at all.
struct Survey {
  std::uint64_t lines = 0;
  std::uint64_t heads = 0;
  std::uint64_t before = 0;  // lines before the first head
  std::uint64_t not_day_first = 0;
  std::uint64_t not_month_first = 0;
  fx_span refuting = fx::span(0, 0);  // the first date that is none with the day first

  void run(fx::Window& window) {
    Lines lines_of(window);
    Line line;
    while (lines_of.next(line)) {
      ++lines;
      const auto head = line.continued ? std::nullopt : read_history_head(line.text);
      if (!head) {
        if (heads == 0) ++before;
        continue;
      }
      ++heads;
      if (!wall_of(head->clock, false)) {
        if (not_day_first++ == 0) refuting = fx::span(line.offset, head->clock.length);
      }
      if (!wall_of(head->clock, true)) ++not_month_first;
    }
  }
  // The documented order holds unless the file refutes it and only it.
  bool month_first() const { return not_day_first > 0 && not_month_first == 0; }
};

class Reader {
 public:
  Reader(const fx::Host& host, fx::Window& window, const Survey& survey)
      : host_(host), window_(window), survey_(survey), lines_(window) {}

  void run(std::string_view file_name) {
    if (lines_.preamble() != 0)
      host_.skip(fx::span(0, lines_.preamble()), "byte-order-mark",
                 "signature of the encoding at the start of the file");
    reading();
    conversation(file_name);
    Line line;
    while (lines_.next(line, open_ ? start_ : lines_.offset())) {
      const auto head = line.continued ? std::nullopt : read_history_head(line.text);
      if (head) {
        flush();
        head_ = *head;
        begin(line.offset, line.offset + head->text, false);
      } else if (open_ && line.offset + line.length - start_ > kMaxMessage) {
        flush();
        begin(line.offset, line.offset, true);
      }
      // What stands before the first message belongs to none: it stays unexplained, for people.
      if (!open_) continue;
      end_ = line.offset + line.length;
      text_end_ = line.offset + line.text.size();
    }
    flush();
    finish();
  }

 private:
  void reading() {
    const bool month_first = survey_.month_first();
    const auto emit = [&](std::string_view value, bool chosen, std::string_view why) {
      record_.start(FX_KIND_READING, 0, 0, 0)
          .derived("subject", "date-order", kRule, survey_.refuting)
          .derived("value", value, kRule, survey_.refuting)
          .derived("verdict", chosen ? "chosen" : "refuted", kRule, survey_.refuting)
          .derived("reason", why, kRule, survey_.refuting);
      host_.emit(record_);
    };
    emit("day-month-year", !month_first,
         month_first ? "a date of the file is no day of the calendar in this order"
                     : "the order that this export is known to have");
    if (month_first) emit("month-day-year", true, "the only order that explains every date");
  }

  void conversation(std::string_view file_name) {
    std::string_view title = file_name;
    if (title.size() > 4 && same_word(title.substr(title.size() - 4), ".csv"))
      title.remove_suffix(4);
    record_.start(FX_KIND_CONVERSATION, kConversation, 0, 0)
        .derived("platform", "viber", kRule, fx::span(0, 0));
    if (!title.empty() && is_utf8(title))
      record_.derived("title", title, "viber.file-name", fx::span(0, 0));
    host_.emit(record_);
  }

  void begin(std::uint64_t start, std::uint64_t text, bool oversized) {
    start_ = start;
    text_ = text;
    oversized_ = oversized;
    open_ = true;
  }

  std::string_view bytes(std::uint64_t offset, std::uint64_t length) {
    return window_.at(offset, static_cast<std::size_t>(length), start_)
        .substr(0, static_cast<std::size_t>(length));
  }

  // The bytes as a value: as they are, with line ends joined, or repaired.
  void add(fx::Record& to, const char* key, std::uint64_t offset, std::uint64_t length,
           std::string& scratch) {
    const std::string_view raw = bytes(offset, length);
    const bool sound = is_utf8(raw);
    if (sound && raw.find('\r') == std::string_view::npos) {
      to.verbatim(key, raw, offset);
      return;
    }
    scratch = repaired(raw);
    to.decoded(key, scratch,
               fx::span(offset, length, sound ? FX_CODEC_UTF8_LINES : FX_CODEC_UTF8_REPAIR));
    if (!sound) ++ill_formed_;
  }

  std::int64_t participant() {
    const std::string_view who =
        bytes(start_ + head_.name, head_.name_length + 1 + head_.phone_length);
    if (head_.name_length == 0 && head_.phone_length == 0) return 0;
    const auto known = participants_.find(who);
    if (known != participants_.end()) return known->second;
    if (participants_.size() >= kMaxParticipants) {
      ++unnamed_;
      return 0;
    }
    const auto ref = static_cast<std::int64_t>(participants_.size()) + 1;
    participants_.emplace(who, ref);
    record_
        .start(FX_KIND_PARTICIPANT, ref, start_ + head_.name,
               head_.name_length + 1 + head_.phone_length)
        .ref("conversation", kConversation, kRule, fx::span(start_, 0));
    if (head_.name_length != 0) add(record_, "name", start_ + head_.name, head_.name_length, name_);
    if (head_.phone_length != 0)
      add(record_, "phone", start_ + head_.phone, head_.phone_length, phone_);
    if (is_owner())
      record_.number("owner", 1, "viber.history.me", fx::span(start_ + head_.name, 2));
    host_.emit(record_);
    return ref;
  }

  bool is_owner() { return bytes(start_ + head_.name, head_.name_length) == "Me"; }

  void flush() {
    if (!open_) return;
    open_ = false;
    if (!oversized_) {
      first_ = start_;
      sender_ = participant();
      owner_ = is_owner();
    }
    record_.start(FX_KIND_MESSAGE, ++messages_, start_, end_ - start_)
        .ref("conversation", kConversation, kRule, fx::span(start_, 0));
    const fx_span name = fx::span(first_ + head_.name, head_.name_length);
    if (sender_ != 0) record_.ref("sender", sender_, kRule, name);
    record_.time("sent", sent(), kRule, fx::span(first_, head_.clock.length))
        .derived("type", "text", kRule, fx::span(start_, 0));
    if (head_.name_length != 0)
      record_.derived("direction", owner_ ? "out" : "in", "viber.history.me", name);
    if (text_end_ > text_) add(record_, "text", text_, text_end_ - text_, body_);
    if (oversized_) record_.derived("extra", "continued=1", kRule, fx::span(start_, 0));
    host_.emit(record_);
    if (head_.ambiguous && !oversized_ && ambiguous_++ == 0)
      first_ambiguous_ = fx::span(start_, text_ - start_);
  }

  fx_time sent() {
    const auto wall = wall_of(head_.clock, survey_.month_first());
    if (!wall && impossible_++ == 0) first_impossible_ = fx::span(first_, head_.clock.length);
    return {sizeof(fx_time), wall.value_or(0), 0,
            static_cast<std::uint32_t>(wall ? FX_PRECISION_SECOND : FX_PRECISION_NONE),
            FX_TIME_UNKNOWN};
  }

  void count(std::uint64_t n, const fx_span& where, std::string_view code, std::string_view what) {
    if (n != 0) host_.note(FX_WARNING, where, code, std::to_string(n) + " " + std::string(what));
  }
  void finish() {
    count(ambiguous_, first_ambiguous_, "name-with-commas",
          "lines whose name has commas or whose phone field is no number: where the name ends is "
          "a reading, the first such line is here");
    count(impossible_, first_impossible_, "impossible-date",
          "dates that are no day of the calendar: kept without a time, the first is here");
    count(ill_formed_, fx::span(0, 0), "ill-formed-utf8",
          "values with bytes that are no UTF-8: U+FFFD stands in their place");
    count(unnamed_, fx::span(0, 0), "participant-limit",
          "messages whose author is one too many to be kept: the author stands in their lines");
  }

  const fx::Host& host_;
  fx::Window& window_;
  const Survey& survey_;
  Lines lines_;
  fx::Record record_;
  std::map<std::string, std::int64_t, std::less<>> participants_;
  std::string name_, phone_, body_;  // repaired values of the record under construction

  // The message under construction.
  bool open_ = false;
  bool oversized_ = false;
  HistoryHead head_;
  std::uint64_t start_ = 0;
  std::uint64_t text_ = 0;
  std::uint64_t end_ = 0;
  std::uint64_t text_end_ = 0;
  std::uint64_t first_ = 0;  // where its head stands
  std::int64_t sender_ = 0;
  bool owner_ = false;

  std::int64_t messages_ = 0;
  std::uint64_t ambiguous_ = 0, impossible_ = 0, ill_formed_ = 0, unnamed_ = 0;
  fx_span first_ambiguous_ = fx::span(0, 0);
  fx_span first_impossible_ = fx::span(0, 0);
};

}  // namespace

int probe_history(const fx::Host& host, std::string_view file_name) {
  fx::Window window(host, kProbed);
  Survey survey;
  survey.run(window);
  // The first line is a head: the export has no header row.
  if (survey.heads == 0 || survey.before != 0) return 0;
  const bool marked = window.at(0, kByteOrderMark.size()).starts_with(kByteOrderMark);
  const bool named =
      file_name.size() > 4 && same_word(file_name.substr(file_name.size() - 4), ".csv");
  int score = 45;
  if (marked) score += 25;
  if (named) score += 15;
  if (survey.heads * 2 >= survey.lines) score += 5;
  return score;
}

fx_status parse_history(const fx::Host& host, std::string_view file_name) {
  fx::Window window(host);
  Survey survey;
  survey.run(window);
  if (survey.heads == 0) return FX_NOT_MINE;
  Reader(host, window, survey).run(file_name);
  return FX_OK;
}

}  // namespace viber
