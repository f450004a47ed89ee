#include "channel_page.hpp"

#include <algorithm>

#include "clock.hpp"
#include "page_fields.hpp"
#include "people.hpp"

namespace telegram {
namespace {

constexpr std::size_t kProbed = std::size_t{256} << 10;
constexpr const char* kRule = "telegram.channel-page";

bool is_digits(std::string_view text) {
  return !text.empty() && text.size() < 20 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

class ChannelPage {
 public:
  explicit ChannelPage(const fx::Host& host)
      : host_(host),
        bytes_(host),
        values_(host),
        blocks_(bytes_, values_),
        writer_(host),
        people_(writer_, numbers_, owner_),
        fields_(writer_, values_) {}

  void read() {
    Block block;
    while (blocks_.next(block)) {
      if (block.kind == Block::header) header(block);
      if (block.kind == Block::message) message(block);
      if (block.kind != Block::header && block.kind != Block::message && block.end > block.begin)
        writer_.skip_to(block.end, "page-of-a-browser", "the frame of the site around messages");
    }
    writer_.skip_to(host_.length(), "page-of-a-browser", "the frame of the site around messages");
    people_.finish();
  }

 private:
  void header(const Block& block) {
    fields_.begin(block);
    conversation_ = ++numbers_.conversation;
    fx::Record& record = writer_.begin(FX_KIND_CONVERSATION, conversation_, block.end);
    record.derived("platform", "telegram", kRule, fx::span(block.begin, 0));
    record.derived("type", "public-channel", kRule, fx::span(block.begin, 0));
    fields_.put(record, "title", block.find(Piece::text, Slot::title));
    fields_.put(record, "account", block.find(Piece::text, Slot::name));
    fields_.rest(record);
    writer_.emit();
    people_.begin(conversation_);
  }

  std::int64_t sender(const Block& block) {
    const Piece* name = block.find(Piece::text, Slot::from_name);
    const std::string said = fields_.text(name);
    if (said.empty()) return 0;
    const html::Range where = fields_.trimmed(*name);
    fields_.tell(name);
    return people_.find_shown(said, {}, where, [&](fx::Record& record) {
      fields_.put(record, "name", where, FX_CODEC_HTML_TEXT);
    });
  }

  void message(const Block& block) {
    fields_.begin(block);
    const std::int64_t from = sender(block);
    fx::Record& record = writer_.begin(FX_KIND_MESSAGE, ++numbers_.message, block.end);
    record.ref("conversation", conversation_, kReference, html::span_of(block.id));
    if (from != 0)
      record.ref("sender", from, kReference,
                 html::span_of(block.find(Piece::text, Slot::from_name)->where));
    put_time(record, block);
    const Piece* text = block.find(Piece::text, Slot::text);
    record.derived("type",
                   block.find(Piece::begin, Slot::media) != nullptr ? "media"
                   : text != nullptr                                ? "text"
                                                                    : "other",
                   kRule, html::span_of(block.id));
    fields_.put_text(record, "text", text);
    // "channel/123": the number is the message's, all of it names it on the site.
    put_last_number(record, "source_id", block.id);
    if (const Piece* answered = block.find(Piece::attribute, Slot::reply, "href"))
      put_last_number(record, "reply_to", answered->where);
    if (const Piece* link = block.find(Piece::attribute, Slot::date, "href"))
      fields_.put(record, "url", link);
    if (const Piece* name = block.find(Piece::text, Slot::forward_name)) {
      record.number("forwarded", 1, kRule, html::span_of(name->where));
      fields_.put(record, "forwarded_from", name);
    }
    fields_.rest(record);
    writer_.emit();
  }

  void put_time(fx::Record& record, const Block& block) {
    const Piece* stamp = nullptr;
    for (const Piece& piece : block.pieces)
      if (piece.kind == Piece::attribute && piece.name == "datetime" &&
          (stamp == nullptr || piece.slot == Slot::date))
        stamp = &piece;
    const auto clock = iso_clock(fields_.text(stamp));
    if (!clock) return;
    fx_time time = wall_time(clock->wall);
    time.basis = FX_TIME_OFFSET;
    time.offset = clock->offset;
    record.time("sent", time, "telegram.datetime", html::span_of(fields_.trimmed(*stamp)));
    fields_.tell(stamp);
  }

  void put_last_number(fx::Record& record, const char* key, html::Range where) {
    const std::string_view raw = fields_.raw(where);
    const std::size_t slash = raw.rfind('/');
    const std::size_t at = slash == std::string_view::npos ? 0 : slash + 1;
    if (is_digits(raw.substr(at)))
      fields_.put_raw(record, key, {where.offset + at, where.length - at});
  }

  const fx::Host& host_;
  html::InputBytes bytes_;
  html::Values values_;
  Blocks blocks_;
  Writer writer_;
  Numbers numbers_;
  Owner owner_;
  People people_;
  PageFields fields_;
  std::int64_t conversation_ = 0;
};

}  // namespace

int probe_channel_page(const fx::Host& host) {
  fx::Window window(host, kProbed);
  const std::string_view head = window.at(0, kProbed);
  const auto holds = [&](std::string_view part) {
    return head.find(part) != std::string_view::npos;
  };
  if (holds("tgme_widget_message") && holds("data-post=")) return 93;
  return holds("tgme_channel_history") ? 88 : 0;
}

fx_status parse_channel_page(const fx::Host& host) {
  ChannelPage(host).read();
  return FX_OK;
}

}  // namespace telegram
