#include "page.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "fields.hpp"
#include "local_time.hpp"
#include "page_blocks.hpp"
#include "people.hpp"

namespace facebook {
namespace {

bool holds(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

// A message page by its name; the pages before 2018 are numbered and say what they are inside.
bool is_thread_page(std::string_view name, std::string_view head) {
  return (name.starts_with("message_") && name.ends_with(".html")) ||
         holds(head, "\"message_header\"") || name == "messages.htm";
}

// Where an emoji at the start of a text ends; 0 where none stands there.
std::size_t emoji_at(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 1;
    if (length == 1 || at + length > text.size()) break;
    const auto second = static_cast<unsigned char>(text[at + 1]);
    // Above U+FFFF; U+2000 to U+2BFF with the joiner; the variation selectors.
    const bool part = length == 4 || (lead == 0xE2 && second >= 0x80 && second <= 0xAF) ||
                      (lead == 0xEF && second == 0xB8);
    if (!part) break;
    at += length;
  }
  return at;
}

class Page {
 public:
  Page(const fx::Host& host, bool is_thread, bool is_of_instagram)
      : host_(host),
        bytes_(host),
        blocks_(bytes_),
        values_(host),
        fields_(host, false),
        people_(fields_),
        is_thread_(is_thread),
        is_of_instagram_(is_of_instagram) {}

  void read() {
    Block block;
    std::uint64_t covered = 0;
    while (blocks_.next(block)) {
      drop_blank(block);
      if (block.empty()) continue;  // its bytes become part of what follows
      const fx_span extent = fx::span(covered, block.end - std::min(covered, block.end));
      covered = std::max(covered, block.end);
      if (block.heading.length == 0 && block.time.length == 0 &&
          (block.begins_thread || conversation_ == 0)) {
        begin(block, extent);
        continue;
      }
      if (conversation_ == 0) begin({}, fx::span(extent.offset, 0));
      message(block, extent);
    }
    if (covered < host_.length())
      host_.skip(fx::span(covered, host_.length() - covered), "page-structure",
                 "markup of the page without content");
    finish();
  }

 private:
  Text text_of(html::Range where, fx_codec codec = FX_CODEC_HTML_TEXT) {
    Text text;
    if (where.length > html::Values::kMostBytes) {
      where.length = html::Values::kMostBytes;
      text.rule = "facebook.first-4-mib";
    }
    text.value = codec == FX_CODEC_HTML_TEXT ? values_.text(where) : values_.attribute(where);
    text.span = html::span_of(where, codec);
    return text;
  }

  void drop_blank(Block& block) {
    const auto trim = [&](html::Range& where) {
      if (where.length != 0) where = values_.trimmed(where);
    };
    trim(block.heading);
    trim(block.time);
    for (html::Range& each : block.pieces) trim(each);
    for (html::Range& each : block.items) trim(each);
    std::erase_if(block.pieces,
                  [&](const html::Range& each) { return text_of(each).value.empty(); });
    std::erase_if(block.items,
                  [&](const html::Range& each) { return text_of(each).value.empty(); });
  }

  void begin(const Block& block, fx_span extent) {
    fields_.start(FX_KIND_CONVERSATION, ++conversation_, extent);
    const html::Range title = blocks_.title();
    const bool listed = block.begins_thread && !block.pieces.empty();
    fields_.word("platform",
                 is_of_instagram_ ? "instagram"
                 : is_thread_     ? "messenger"
                                  : "facebook",
                 "facebook.family", extent);
    fields_.word("type", is_thread_ ? "thread" : "section", "facebook.page", extent);
    if (listed)
      fields_.text("title", text_of(block.pieces.front()));
    else if (title.length != 0)
      fields_.text("title", text_of(values_.trimmed(title), FX_CODEC_HTML_ATTRIBUTE));
    for (std::size_t i = listed ? 1 : 0; i < block.pieces.size(); ++i)
      fields_.extra("text", text_of(block.pieces[i]));
    for (const html::Range& item : block.items) fields_.extra("entry", text_of(item));
    for (const Link& link : block.links)
      fields_.extra(link.is_link ? "link" : link.name,
                    text_of(link.where, FX_CODEC_HTML_ATTRIBUTE));
    fields_.emit();
  }

  void message(const Block& block, fx_span extent) {
    std::int64_t sender = 0;
    Text heading;
    if (block.heading.length != 0) heading = text_of(block.heading);
    const bool sent_by = is_thread_ && !heading.value.empty();
    if (sent_by) sender = people_.of(conversation_, heading, fx::span(heading.span.offset, 0));
    if (!is_thread_) sender = people_.owner(conversation_, extent);

    fields_.start(FX_KIND_MESSAGE, ++messages_, extent);
    fields_.ref("conversation", conversation_, extent);
    if (sender != 0) fields_.ref("sender", sender, sent_by ? heading.span : extent);
    if (block.time.length != 0) time(block.time);
    const bool has_file = std::ranges::any_of(block.links, &Link::is_file);
    const bool said = !block.pieces.empty();
    const bool headed = !said && !is_thread_ && !heading.value.empty();
    if (said) fields_.text("text", text_of(block.pieces.front()));
    if (headed) fields_.text("text", heading);
    fields_.word("type",
                 has_file ? "media"
                 : said   ? "text"
                 : headed ? "system"
                          : "other",
                 "facebook.page", extent);
    if (!heading.value.empty() && !headed && sender == 0) fields_.extra("heading", heading);
    if (!is_thread_ && !heading.value.empty() && !headed && sender != 0)
      fields_.extra("heading", heading);
    for (std::size_t i = 1; i < block.pieces.size(); ++i)
      fields_.extra("text", text_of(block.pieces[i]));
    std::vector<Text> files;
    links(block, files);
    std::vector<html::Range> reactions;
    for (const html::Range& item : block.items) {
      if (emoji_at(values_.bytes(item)) != 0)
        reactions.push_back(item);
      else
        fields_.extra("entry", text_of(item));
    }
    fields_.emit();
    for (const Text& file : files) attachment(file);
    for (const html::Range& item : reactions) reaction(item);
  }

  // The first link of a message is its own; the others are told as they stand.
  void links(const Block& block, std::vector<Text>& files) {
    std::unordered_set<std::string> seen;
    bool has_url = false;
    for (const Link& link : block.links) {
      Text text = text_of(link.where, FX_CODEC_HTML_ATTRIBUTE);
      if (!link.is_link) {
        fields_.extra(link.name, text);
        continue;
      }
      const bool is_new = seen.insert(text.value).second;
      if (link.is_file && is_new && files.size() < Blocks::kMostPieces) {
        files.push_back(std::move(text));
      } else if (!link.is_file && !has_url) {
        fields_.text("url", text);
        has_url = true;
      } else {
        fields_.extra("link", text);
      }
    }
  }

  void time(html::Range where) {
    const Text text = text_of(where);
    const auto found = local_time(text.value);
    const fx_span span = html::span_of(where);
    if (!found) {
      ++unread_times_;
      fields_.time("sent", {sizeof(fx_time), 0, 0, FX_PRECISION_NONE, FX_TIME_UNKNOWN},
                   "facebook.local-time", span);
    } else {
      fields_.time("sent", found->time, "facebook.local-time", span);
      if (found->other) fields_.time("sent_other", *found->other, "facebook.local-time", span);
    }
    fields_.extra("time", text);
  }

  void attachment(const Text& file) {
    fields_.start(FX_KIND_ATTACHMENT, 0, fx::span(file.span.offset, 0));
    fields_.ref("message", messages_, file.span);
    const std::size_t slash = file.value.rfind('/');
    if (slash != std::string::npos && slash + 1 < file.value.size())
      fields_.text("name",
                   Text{file.value.substr(slash + 1), file.span, "facebook.file-name-of-uri"});
    fields_.text("path", file);
    fields_.emit();
  }

  void reaction(html::Range item) {
    const std::size_t emoji = emoji_at(values_.bytes(item));
    const html::Range name = values_.trimmed({item.offset + emoji, item.length - emoji});
    std::int64_t sender = 0;
    if (name.length != 0)
      sender = people_.of(conversation_, text_of(name), fx::span(name.offset, 0));
    fields_.start(FX_KIND_REACTION, 0, html::span_of(item));
    fields_.ref("message", messages_, html::span_of(item));
    if (sender != 0) fields_.ref("sender", sender, html::span_of(name));
    fields_.text("emoji", text_of({item.offset, emoji}));
    fields_.emit();
  }

  void finish() {
    if (unread_times_ != 0)
      host_.note(FX_WARNING, fx::span(0, 0), "unread-times",
                 "times in words that are not known here: " + std::to_string(unread_times_));
    if (blocks_.too_deep() != 0)
      host_.note(FX_WARNING, fx::span(0, 0), "too-deep",
                 "elements nested deeper than any page of this sort: " +
                     std::to_string(blocks_.too_deep()));
  }

  const fx::Host& host_;
  html::InputBytes bytes_;
  Blocks blocks_;
  html::Values values_;
  Fields fields_;
  People people_;
  bool is_thread_;
  bool is_of_instagram_;
  std::int64_t conversation_ = 0;
  std::int64_t messages_ = 0;
  std::uint64_t unread_times_ = 0;
};

}  // namespace

int probe_page(std::string_view name, std::string_view head) {
  if (!holds(head, "<")) return 0;
  for (const std::string_view sign : {"_a6-g", "_a706", "_a6-p", "_2lej", "_2lek"})
    if (holds(head, sign) && (holds(head, "_a6-") || holds(head, "_3-9") || holds(head, "_2le")))
      return 95;
  if (holds(head, "\"message_header\"") && holds(head, "\"user\"")) return 92;
  if (holds(head, "Generated by Facebook") || holds(head, "Downloaded by")) return 60;
  return is_thread_page(name, head) && holds(head, "<html") ? 50 : 0;
}

fx_status parse_page(const fx::Host& host, std::string_view name, std::string_view head) {
  // Links of a page begin with the folder that the export has its files in.
  const bool of_instagram =
      holds(head, "\"your_instagram_activity/") || holds(name, "your_instagram_activity");
  Page(host, is_thread_page(name, head), of_instagram).read();
  return FX_OK;
}

}  // namespace facebook
