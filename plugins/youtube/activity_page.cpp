// Takeout: "My Activity" as a page (MyActivity.html, watch-history.html).

#include <algorithm>
#include <string>
#include <vector>

#include "family.hpp"
#include "html/elements.hpp"
#include "html/text.hpp"
#include "page_time.hpp"
#include "people.hpp"
#include "text/utf8.hpp"
#include "text/values.hpp"

namespace youtube {
namespace {

constexpr const char* kRule = "takeout.activity-page";
constexpr std::size_t kMostPieces = 1000;  // of one entry

enum Mark { kNothing, kEntry, kCell };

struct Piece {
  html::Range where;
  std::string text;
  int cell = 0;       // 0: before the first one
  bool link = false;  // the value of an href
  bool in_link = false;
};

class Reader {
 public:
  Reader(const fx::Host& host, std::string_view file_name)
      : host_(host),
        file_name_(file_name),
        bytes_(host),
        elements_(bytes_),
        text_(host),
        values_(host, kRule),
        skips_(host),
        people_(values_) {}

  fx_status run() {
    html::Event event;
    while (elements_.next(event)) take(event);
    skip_to(host_.length());
    skips_.flush();
    values_.finish();
    if (zones_ != 0)
      host_.note(FX_INFO, first_zone_, "zone-of-the-export",
                 "the letters of a zone behind the times are those of the moment of the export, on "
                 "winter and summer entries alike: no offset is taken from them");
    if (exchanged_ != 0)
      host_.note(FX_WARNING, first_exchanged_, "dates-with-two-readings",
                 std::to_string(exchanged_) +
                     " entries whose day and month can be taken for each other, or whose month is "
                     "another one in another language: the other reading is beside the first");
    if (unread_ != 0)
      host_.note(
          FX_WARNING, fx::span(0, 0), "time-not-read",
          std::to_string(unread_) + " entries whose time is written in a way that is not known");
    return messages_ > 0 ? FX_OK : FX_NOT_MINE;
  }

 private:
  void take(html::Event& event) {
    if (event.what == html::Event::opened) {
      const std::string_view classes = event.token.value("class");
      if (html::holds_word(classes, "outer-cell") && !inside_) {
        inside_ = true;
        pieces_.clear();
        dropped_ = 0;
        cell_ = 0;
        elements_.open().back().mark = kEntry;
      } else if (inside_ && html::holds_word(classes, "content-cell")) {
        ++cell_;
      }
      if (inside_ && event.token.has("href")) {
        const html::Attribute link = event.token.attribute("href");
        add({link.where, text_.attribute(link.where), cell_, true, true});
      }
    } else if (event.what == html::Event::text && inside_) {
      const html::Range where = text_.trimmed(event.where);
      bool in_link = false;
      for (const html::Element& each : elements_.open()) in_link = in_link || each.name == "a";
      if (where.length > 0) add({where, text_.text(where), cell_, false, in_link});
    } else if (event.what == html::Event::closed && event.element.mark == kEntry) {
      inside_ = false;
      entry(event.element.tag.offset, std::max(event.element.end, event.where.end()));
    }
  }

  void add(Piece piece) {
    if (text::trimmed(piece.text).empty()) return;
    if (pieces_.size() < kMostPieces)
      pieces_.push_back(std::move(piece));
    else
      ++dropped_;
  }

  void entry(std::uint64_t begin, std::uint64_t end) {
    if (messages_ == 0) conversation();
    skip_to(begin);
    skips_.flush();
    told_ = end;
    const std::int64_t owner = people_.owner();
    values_.start(FX_KIND_MESSAGE, ++messages_, begin, end - begin);
    values_.ref("conversation", kConversation, begin);
    values_.ref("sender", owner, begin);
    values_.word("type", "other", begin);
    values_.word("direction", "out", begin);
    const std::size_t time = sent();
    std::string said;
    html::Range where{begin, 0};
    bool linked = false;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const Piece& piece = pieces_[i];
      if (i == time) continue;
      if (piece.cell == 1 && !piece.link) {
        if (said.empty()) where = piece.where;
        if (!said.empty()) said += ' ';
        said += piece.text;
        where.length = piece.where.end() - where.offset;
      } else if (piece.cell == 1 && !linked) {
        linked = true;
        values_.derived("url", piece.text, piece.where.offset, piece.where.length,
                        "html-attribute");
      } else {
        const char* name = piece.link ? "link" : piece.cell == 0 ? "header" : "details";
        values_.extra_derived(name, piece.text, piece.where.offset, piece.where.length,
                              "html-text");
      }
    }
    values_.derived("text", said, where.offset, where.length, "html-text");
    if (dropped_ != 0)
      values_.extra_derived("pieces-not-kept", std::to_string(dropped_), begin, end - begin);
    values_.emit();
  }

  // The last text of the first cell; which piece it is.
  std::size_t sent() {
    std::size_t last = pieces_.size();
    std::size_t texts = 0;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].cell != 1 || pieces_[i].link) continue;
      last = i;
      ++texts;
    }
    if (last == pieces_.size()) {
      ++unread_;
      return last;
    }
    const Piece& piece = pieces_[last];
    const html::Range& where = piece.where;
    const auto time = page_time(piece.text);
    if (!time) {
      ++unread_;
      // A time in an unknown language is told as it stands, and not as what was said.
      if (texts < 2 || piece.in_link || !can_be_time(piece.text)) return pieces_.size();
      values_.extra_derived("time-as-written", piece.text, where.offset, where.length, "html-text");
      return last;
    }
    values_.time("sent", time->time, where.offset, where.length, "takeout.page-time");
    if (time->other) {
      values_.time("sent_other", *time->other, where.offset, where.length, "takeout.page-time");
      if (exchanged_++ == 0) first_exchanged_ = html::span_of(where);
    }
    if (!time->zone.empty()) {
      if (zones_++ == 0) first_zone_ = html::span_of(where);
      values_.extra_derived("zone-of-the-export", time->zone, where.offset, where.length);
    }
    if (!is_ascii(piece.text))
      values_.extra_derived("time-as-written", piece.text, where.offset, where.length, "html-text");
    return last;
  }

  static bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  }

  // Short, and with a number in it; of other scripts' digits nothing is asked.
  static bool can_be_time(std::string_view text) {
    return text.size() <= 160 &&
           (!is_ascii(text) ||
            std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
  }

  void conversation() {
    begin_conversation(values_, "youtube", "activity");
    title_from_file(values_, file_name_);
    values_.emit();
  }

  void skip_to(std::uint64_t offset) {
    if (offset > told_)
      skips_.add(told_, offset - told_, "page-structure",
                 "markup, styles and scripts between entries");
    told_ = std::max(told_, offset);
  }

  const fx::Host& host_;
  std::string_view file_name_;
  html::InputBytes bytes_;
  html::Elements elements_;
  html::Values text_;
  text::Values values_;
  text::Skips skips_;
  People people_;

  bool inside_ = false;
  int cell_ = 0;
  std::vector<Piece> pieces_;
  std::uint64_t dropped_ = 0;

  std::uint64_t told_ = 0;
  std::int64_t messages_ = 0;
  std::uint64_t zones_ = 0, unread_ = 0;
  std::uint64_t exchanged_ = 0;
  fx_span first_zone_ = fx::span(0, 0), first_exchanged_ = fx::span(0, 0);
};

}  // namespace

fx_status read_activity_page(const fx::Host& host, std::string_view file_name) {
  return Reader(host, file_name).run();
}

}  // namespace youtube
