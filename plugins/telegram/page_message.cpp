#include "page_message.hpp"

#include <charconv>

namespace telegram {
namespace {

constexpr const char* kPageRule = "telegram.page";

fx_span place(html::Range where) {
  return html::span_of(where);
}

// Zones of these standard times have not put their clocks forward, nor changed them, since there is
// Telegram: India, Nepal, Afghanistan, Myanmar, Eucla, the Marquesas.
bool has_no_summer_time(std::int32_t offset) {
  for (const int minutes : {330, 345, 270, 390, 525, -570})
    if (offset == minutes * 60) return true;
  return false;
}

std::optional<std::int64_t> number_of(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// Where " via @bot" begins at the end of a name; npos: nowhere.
std::size_t via_bot(std::string_view name) {
  const std::size_t at = name.rfind(" via @");
  if (at == std::string_view::npos) return at;
  const std::string_view bot = name.substr(at + 6);
  for (const char c : bot)
    if (c != '_' && (c < '0' || c > '9') && ((c | 32) < 'a' || (c | 32) > 'z'))
      return std::string_view::npos;
  return bot.empty() ? std::string_view::npos : at;
}

}  // namespace

void PageMessages::day(const Block& block) {
  fields_.begin(block);
  const Piece* text = block.find(Piece::text, Slot::service);
  day_ = day_wall(fields_.text(text));
  if (text != nullptr) day_at_ = fields_.trimmed(*text);
  if (!day_)
    return writer_.host().note(FX_INFO, place({block.begin, block.end - block.begin}), "unread-day",
                               "a separator of days without a date");
  writer_.skip_to(block.end, "day-separator", "the day of what follows");
}

// Of one name there may be several people: the colour and the initials beside it tell some apart.
// "Deleted Account" is the name of nobody.
std::int64_t PageMessages::person(const Piece& piece, html::Range where) {
  const Block& block = fields_.block();
  const Piece* picture = nullptr;
  for (const Piece& each : block.pieces)
    if (each.kind == Piece::begin && each.slot == Slot::userpic &&
        each.in_forward == piece.in_forward)
      picture = &each;
  const Piece* initials = nullptr;
  for (const Piece& each : block.pieces)
    if (each.kind == Piece::text && each.slot == Slot::initials &&
        each.in_forward == piece.in_forward)
      initials = &each;
  const std::string name(html::text_of(fields_.raw(where)));
  const std::string looks = (picture == nullptr ? std::string() : picture->name) + "\n" +
                            (initials == nullptr ? std::string() : fields_.text(initials));
  fields_.tell(initials);
  return people_.find_shown(name, looks, where, [&](fx::Record& record) {
    const bool is_deleted = name == "Deleted Account";
    if (is_deleted)
      writer_.derive(record, "extra", "name=" + name, "telegram.deleted-account", place(where));
    else
      record.decoded("name", writer_.keep(name), html::span_of(where, FX_CODEC_HTML_TEXT));
    if (picture != nullptr)
      writer_.derive(record, "extra", "userpic=" + html::attribute_of(picture->name),
                     "telegram.extra", place(picture->where));
    if (initials != nullptr) fields_.extra(record, "initials", *initials);
  });
}

void PageMessages::put_sender(const Block& block) {
  sender_ = 0;
  via_bot_ = {};
  const Piece* name = nullptr;
  for (const Piece& each : block.pieces)
    if (each.kind == Piece::text && each.slot == Slot::from_name && !each.in_forward &&
        name == nullptr)
      name = &each;
  if (name == nullptr) {
    // Of the same sender as the message before, on this page.
    if (block.is_joined) {
      sender_ = last_.sender;
      sender_at_ = last_.name;
    }
    return;
  }
  html::Range where = fields_.trimmed(*name);
  if (where.length == 0 || where.length > html::Values::kMostBytes) return;
  const std::string_view raw = fields_.raw(where);
  const std::size_t via = via_bot(raw);
  if (via != std::string_view::npos && via != 0) {
    via_bot_ = {where.offset + via + 5, where.length - via - 5};
    where.length = via;
  }
  sender_ = person(*name, where);
  sender_at_ = where;
  fields_.tell(name);
}

void PageMessages::put_time(fx::Record& record) {
  const Piece* title = fields_.block().find(Piece::attribute, Slot::date, "title");
  const Piece* shown = fields_.block().find(Piece::text, Slot::date);
  if (title == nullptr) return;
  const std::string text = fields_.text(title);
  const auto clock = title_clock(text);
  if (!clock) return;
  fx_time time = wall_time(clock->wall);
  const char* rule = "telegram.local-time";
  if (clock->has_offset) {
    const bool is_exact = has_no_summer_time(clock->offset);
    time.offset = clock->offset;
    time.basis = is_exact ? FX_TIME_OFFSET : FX_TIME_STANDARD_OFFSET;
    rule = is_exact ? "telegram.offset-without-summer-time" : "telegram.standard-offset";
    signs_.since("3.7.6", "times with an offset");
    if (offsets_.size() < 64 || offsets_.contains(clock->offset)) ++offsets_[clock->offset];
  } else {
    signs_.before("3.7.6", "times without an offset");
    ++without_offset_;
  }
  record.time("sent", time, rule, place(fields_.trimmed(*title)));
  fields_.tell(title);
  if (shown != nullptr && fields_.text(shown) == text.substr(11, 5)) fields_.tell(shown);
}

// A service message has no time: the separator above says the day.
void PageMessages::put_day(fx::Record& record) {
  if (day_)
    record.time("sent", wall_time(*day_, FX_PRECISION_DAY), "telegram.day-separator",
                place(day_at_));
}

void PageMessages::put_reply(Thread& thread, fx::Record& record) {
  const Piece* link = fields_.block().find(Piece::attribute, Slot::reply, "href");
  if (link == nullptr) return;
  const html::Range where = fields_.trimmed(*link);
  const std::string_view raw = fields_.raw(where);
  constexpr std::string_view kMark = "#go_to_message";
  const std::size_t at = raw.find(kMark);
  if (at == std::string_view::npos) return;
  const auto id = number_of(raw.substr(at + kMark.size()));
  if (!id) return;
  const html::Range digits = {where.offset + at + kMark.size(), where.length - at - kMark.size()};
  const bool is_here = at == 0;
  fields_.put_raw(record, "reply_to", digits);
  if (is_here) {
    fields_.tell(link);
    thread.reply(writer_.host(), *id, place(digits));
  } else {
    fields_.extra(record, "reply_to/href", *link);  // names the page
  }
  // Told around the link and in it.
  std::string words;
  for (const Piece& each : fields_.block().pieces)
    if (each.kind == Piece::text && each.slot == Slot::reply) words += fields_.text(&each);
  if (words == "In reply to this message")
    for (const Piece& each : fields_.block().pieces)
      if (each.kind == Piece::text && each.slot == Slot::reply) fields_.tell(&each);
}

void PageMessages::put_forward(fx::Record& record, const Block& block) {
  const Piece* begin = block.find(Piece::begin, Slot::forward);
  if (begin == nullptr) return;
  record.number("forwarded", 1, kPageRule, place(begin->where));
  for (const Piece& each : block.pieces) {
    if (each.kind != Piece::text || each.slot != Slot::from_name || !each.in_forward) continue;
    html::Range where = fields_.trimmed(each);
    const std::size_t via = via_bot(fields_.raw(where));
    if (via != std::string_view::npos && via != 0) where.length = via;
    if (fields_.put(record, "forwarded_from", where, FX_CODEC_HTML_TEXT)) {
      forward_ = where;
      if (where.length == fields_.trimmed(each).length) fields_.tell(&each);
    }
    break;
  }
  // Joined to the forward before, and from the same.
  const Piece* name = nullptr;
  for (const Piece& each : block.pieces)
    if (each.kind == Piece::text && each.slot == Slot::from_name && each.in_forward) name = &each;
  if (name == nullptr && block.is_joined && forward_.length != 0)
    writer_.derive(record, "forwarded_from", html::text_of(fields_.raw(forward_)),
                   "telegram.joined", place(forward_));
  // Whose picture stands beside it.
  for (const Piece& each : block.pieces)
    if (each.in_forward && each.kind == Piece::attribute && each.slot == Slot::forward_date)
      fields_.extra(record, "forwarded_date", each);
}

void PageMessages::read_message(Thread& thread, fx::Record& record) {
  const Block& block = fields_.block();
  const bool is_service = block.kind == Block::service;
  if (is_service)
    put_day(record);
  else
    put_time(record);
  record.derived("type", is_service ? "system" : page_type(block), kPageRule,
                 place({block.id.offset, 0}));
  const Piece* text = block.find(Piece::text, is_service ? Slot::service : Slot::text);
  fields_.put_text(record, "text", text);
  for (const Piece& each : block.pieces) {
    if (each.kind != Piece::attribute || each.slot != Slot::text || each.name != "href") continue;
    if (!fields_.raw(each.where).starts_with("http")) continue;
    fields_.put(record, "url", &each);
    break;
  }
  put_reply(thread, record);
  put_forward(record, block);
  if (via_bot_.length != 0)
    writer_.derive(record, "extra", "via_bot=" + std::string(fields_.raw(via_bot_)),
                   "telegram.via-bot", place(via_bot_));
}

void PageMessages::read(Thread& thread, const Block& block) {
  fields_.begin(block);
  if (block.kind == Block::message) put_sender(block);
  const bool has_sender = block.kind == Block::message && sender_ != 0;
  const std::int64_t ref = ++numbers_.message;
  ++thread.messages;
  fx::Record& record = writer_.begin(FX_KIND_MESSAGE, ref, block.end);
  record.ref("conversation", thread.ref, kReference, place({block.id.offset, 0}));
  if (has_sender)
    record.ref("sender", sender_, block.is_joined ? "telegram.joined" : kReference,
               place(sender_at_));
  if (block.kind == Block::service) via_bot_ = {};
  read_message(thread, record);
  fields_.put(record, "source_id", block.id, FX_CODEC_HTML_ATTRIBUTE);
  attach_page_media(writer_, fields_, ref);
  attach_page_poll(writer_, fields_, ref);
  attach_page_reactions(writer_, fields_, people_, ref);
  fields_.rest(record);
  writer_.emit();
  if (block.kind == Block::message) last_ = {sender_at_, sender_};
  if (block.find(Piece::begin, Slot::forward) == nullptr) forward_ = {};
  if (const auto id = number_of(fields_.raw(block.id))) thread.seen.add(*id);
}

void PageMessages::finish() const {
  for (const auto& [offset, count] : offsets_)
    tell_reading(writer_.host(), "exporter-zone", offset_words(offset) + " in winter",
                 offsets_.size() == 1 ? "chosen" : "undecided",
                 std::to_string(count) +
                     " times state it: it is the zone's standard time, also where summer time was "
                     "in force",
                 "telegram.standard-offset");
  if (without_offset_ != 0)
    tell_reading(writer_.host(), "exporter-zone", "unknown", "undecided",
                 std::to_string(without_offset_) + " times without any offset",
                 "telegram.local-time");
}

}  // namespace telegram
