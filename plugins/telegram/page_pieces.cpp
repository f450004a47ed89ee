#include "page_pieces.hpp"

#include <array>

namespace telegram {
namespace {

// What is kept of an element in html::Element::mark: its slot, which its content inherits, and
constexpr int kIsIn = 0x100;  // the slot begins with this very element
constexpr int kTold = 0x200;  // its text is a piece already
constexpr int kInForward = 0x400;
constexpr int kSlots = 0xFF;

Slot slot_of(int mark) {
  return static_cast<Slot>(mark & kSlots);
}

// Slots whose content is one text.
bool is_leaf(Slot slot) {
  switch (slot) {
    case Slot::date:
    case Slot::from_name:
    case Slot::forward_date:
    case Slot::reply:
    case Slot::text:
    case Slot::service:
    case Slot::title:
    case Slot::description:
    case Slot::status:
    case Slot::question:
    case Slot::answer:
    case Slot::votes:
    case Slot::poll_details:
    case Slot::signature:
    case Slot::forward_name:
    case Slot::views:
    case Slot::emoji:
    case Slot::count:
    case Slot::reactor:
    case Slot::button:
    case Slot::initials:
    case Slot::name:
    case Slot::label:
    case Slot::value: return true;
    default: return false;
  }
}

struct Rule {
  Slot inside;  // none: anywhere
  std::string_view word;
  Slot slot;
};

// The first that fits. What stands in a text is its own affair: nothing in there is looked at.
constexpr std::array kRules = {
    Rule{Slot::from_name, "details", Slot::forward_date},
    Rule{Slot::header, "text", Slot::title},
    Rule{Slot::media, "title", Slot::title},
    Rule{Slot::media, "description", Slot::description},
    Rule{Slot::media, "status", Slot::status},
    Rule{Slot::media, "video_duration", Slot::status},
    Rule{Slot::poll, "question", Slot::question},
    Rule{Slot::poll, "answer", Slot::answer},
    Rule{Slot::answer, "details", Slot::votes},
    Rule{Slot::poll, "details", Slot::poll_details},
    Rule{Slot::reactions, "reaction", Slot::reaction},
    Rule{Slot::reaction, "emoji", Slot::emoji},
    Rule{Slot::reaction, "count", Slot::count},
    Rule{Slot::reaction, "userpic", Slot::reactor},
    Rule{Slot::buttons, "bot_button", Slot::button},
    Rule{Slot::userpic, "initials", Slot::initials},
    Rule{Slot::body, "name", Slot::name},  // of an entry of a list
    Rule{Slot::body, "details_entry", Slot::description},
    Rule{Slot::body, "info", Slot::status},
    Rule{Slot::none, "page_header", Slot::header},
    Rule{Slot::none, "date", Slot::date},
    Rule{Slot::none, "from_name", Slot::from_name},
    Rule{Slot::none, "reply_to", Slot::reply},
    Rule{Slot::none, "signature", Slot::signature},
    Rule{Slot::none, "media_poll", Slot::poll},
    Rule{Slot::none, "photo_wrap", Slot::media},
    Rule{Slot::none, "video_file_wrap", Slot::media},
    Rule{Slot::none, "animated_wrap", Slot::media},
    Rule{Slot::none, "sticker_wrap", Slot::media},
    Rule{Slot::none, "media", Slot::media},
    Rule{Slot::none, "media_giveaway", Slot::media},
    Rule{Slot::none, "reactions", Slot::reactions},
    Rule{Slot::none, "bot_buttons_table", Slot::buttons},
    Rule{Slot::none, "userpic", Slot::userpic},
    Rule{Slot::none, "label", Slot::label},
    Rule{Slot::none, "value", Slot::value},
    Rule{Slot::body, "text", Slot::text},
    Rule{Slot::forward, "text", Slot::text},
    Rule{Slot::block, "text", Slot::text},
    // Pages of public channels.
    Rule{Slot::none, "tgme_channel_info_header_title", Slot::title},
    Rule{Slot::none, "tgme_channel_info_header_username", Slot::name},
    Rule{Slot::none, "tgme_channel_info_description", Slot::description},
    Rule{Slot::none, "tgme_widget_message_owner_name", Slot::from_name},
    Rule{Slot::none, "tgme_widget_message_author_name", Slot::from_name},
    Rule{Slot::none, "tgme_widget_message_from_author", Slot::signature},
    Rule{Slot::none, "tgme_widget_message_forwarded_from_name", Slot::forward_name},
    Rule{Slot::none, "tgme_widget_message_reply", Slot::reply},
    Rule{Slot::none, "tgme_widget_message_text", Slot::text},
    Rule{Slot::none, "tgme_widget_message_views", Slot::views},
    Rule{Slot::none, "tgme_widget_message_date", Slot::date},
    Rule{Slot::none, "tgme_widget_message_poll", Slot::poll},
    Rule{Slot::none, "tgme_widget_message_photo_wrap", Slot::media},
    Rule{Slot::none, "tgme_widget_message_video_player", Slot::media},
    Rule{Slot::none, "tgme_widget_message_document_wrap", Slot::media},
    Rule{Slot::none, "tgme_widget_message_voice_player", Slot::media},
    Rule{Slot::none, "tgme_widget_message_location_wrap", Slot::media},
};

Slot slot_in(Slot parent, std::string_view classes, Block::Kind kind) {
  if (classes.empty() || parent == Slot::text || parent == Slot::service || parent == Slot::reply)
    return parent;
  for (const Rule& rule : kRules)
    if ((rule.inside == Slot::none || rule.inside == parent) &&
        html::holds_word(classes, rule.word))
      return rule.slot;
  if (!html::holds_word(classes, "body")) return parent;
  const bool says = kind == Block::service || kind == Block::separator;
  if (parent == Slot::block) return says ? Slot::service : Slot::body;
  // Whatever else the class says: it was not always spelled "forwarded".
  return parent == Slot::body ? Slot::forward : parent;
}

bool is_list_item(std::string_view classes) {
  for (const std::string_view each : {"entry", "section", "personal_info"})
    if (html::holds_word(classes, each)) return true;
  return false;
}

bool begins_block(const html::Token& token, Block::Kind& kind) {
  const std::string_view classes = token.value("class");
  const std::string_view id = token.value("id");
  if (html::holds_word(classes, "message") && id.starts_with("message")) {
    kind = !html::holds_word(classes, "service") ? Block::message
           : id.substr(7).starts_with('-')       ? Block::separator
                                                 : Block::service;
    return true;
  }
  if (html::holds_word(classes, "tgme_widget_message") && token.has("data-post")) {
    kind = Block::message;
    return true;
  }
  kind = html::holds_word(classes, "pagination") ? Block::link : Block::entry;
  return kind == Block::link || is_list_item(classes);
}

// What Telegram's own scripts do with parts of a text that say the same.
bool is_boilerplate(std::string_view name, std::string_view value) {
  for (const std::string_view each : {"class", "id", "aria-hidden"})
    if (name == each) return true;
  if (name == "style") return value.find("url(") == std::string_view::npos;
  if (name != "onclick") return false;
  if (value.starts_with("return ")) value.remove_prefix(7);
  for (const std::string_view each :
       {"GoToMessage(", "ShowHashtag(", "ShowBotCommand(", "ShowMentionName(", "ShowCashtag(",
        "ShowSpoiler(", "ShowNotLoadedEmoji(", "ShowNotAvailableEmoji("})
    if (value.starts_with(each)) return true;
  return false;
}

}  // namespace

const Piece* Block::find(Piece::Kind what, Slot slot, std::string_view name) const {
  for (const Piece& piece : pieces)
    if (piece.kind == what && piece.slot == slot && (name.empty() || piece.name == name))
      return &piece;
  return nullptr;
}

bool Blocks::next(Block& block) {
  if (is_done_) return false;
  block.kind = has_header_ ? Block::rest : Block::header;
  has_header_ = true;
  block.is_joined = false;
  block.id = {};
  block.begin = block.end = offset_;
  block.full_at = 0;
  block.pieces.clear();
  while (has_event_ || elements_.next(event_)) {
    Block::Kind kind{};
    if (event_.what == html::Event::opened && begins_block(event_.token, kind)) {
      const bool is_begun = block.kind != Block::rest || !block.pieces.empty();
      if (is_begun && !has_event_) {
        offset_ = block.end = event_.where.offset;
        tell_open(block, offset_);
        has_event_ = true;
        return true;
      }
      has_event_ = false;
      block.kind = kind;
      enter(block);
      continue;
    }
    if (event_.what == html::Event::opened) {
      opened(block);
    } else if (event_.what == html::Event::closed) {
      closed(block, event_.element);
      const bool is_end = slot_of(event_.element.mark) == Slot::block &&
                          (event_.element.mark & kIsIn) != 0 &&
                          event_.element.tag.offset >= block.begin;
      if (!is_end) continue;
      offset_ = block.end = event_.where.end();
      return true;
    } else {
      loose(block);
    }
  }
  is_done_ = true;
  return true;
}

void Blocks::enter(Block& block) {
  const html::Token& token = event_.token;
  block.is_joined = token.has_class("joined");
  const html::Range id = token.attribute("id").where;
  block.id = token.attribute("data-post").where;
  if (id.length > 7) block.id = {id.offset + 7, id.length - 7};
  if (!elements_.open().empty())
    elements_.open().back().mark = static_cast<int>(Slot::block) | kIsIn;
  attributes(block, Slot::block, false);
}

void Blocks::opened(Block& block) {
  const auto open = elements_.open();
  const html::Token& token = event_.token;
  const bool is_void = open.empty() || open.back().tag.offset != token.where.offset;
  const std::size_t above = open.size() - (is_void ? 0 : 1);
  const int outer = above == 0 ? 0 : open[above - 1].mark;
  const Slot parent = slot_of(outer);
  const Slot slot = is_void ? parent : slot_in(parent, token.value("class"), block.kind);
  bool in_forward = (outer & kInForward) != 0;
  if (slot != parent) {
    in_forward = in_forward || slot == Slot::forward;
    // What stands before a text within a text is the outer one's own.
    for (std::size_t i = above; i-- > 0;)
      if ((open[i].mark & kIsIn) != 0) {
        tell_leaf(block, open[i], token.where.offset);
        break;
      }
    if (slot == Slot::media || slot == Slot::reaction || slot == Slot::userpic ||
        slot == Slot::forward || slot == Slot::answer)
      add(block, {Piece::begin, slot, token.where, std::string(token.value("class")), in_forward});
  }
  if (!is_void)
    open.back().mark =
        static_cast<int>(slot) | (slot != parent ? kIsIn : 0) | (in_forward ? kInForward : 0);
  attributes(block, slot, in_forward);
}

void Blocks::attributes(Block& block, Slot slot, bool in_forward) {
  const html::Token& token = event_.token;
  if (block.kind == Block::header && slot == Slot::none) return;  // the frame of every page
  for (std::size_t i = 0; i < token.attribute_count(); ++i) {
    const html::Attribute attribute = token.attribute(i);
    if (attribute.where.length == 0 || is_boilerplate(attribute.name, attribute.value)) continue;
    add(block, {Piece::attribute, slot, attribute.where, std::string(attribute.name), in_forward});
  }
}

void Blocks::closed(Block& block, const html::Element& element) {
  html::Element leaf = element;
  tell_leaf(block, leaf, element.end);
}

// The text of a leaf up to `end`, once.
void Blocks::tell_leaf(Block& block, html::Element& leaf, std::uint64_t end) {
  const Slot slot = slot_of(leaf.mark);
  const std::uint64_t begin = leaf.tag.end();
  if (!is_leaf(slot) || (leaf.mark & (kIsIn | kTold)) != kIsIn || leaf.tag.offset < block.begin)
    return;
  leaf.mark |= kTold;
  if (end <= begin) return;
  Piece piece{Piece::text, slot, {begin, end - begin}, {}, (leaf.mark & kInForward) != 0};
  add(block, std::move(piece));
}

// Elements that were never closed have ended where the next message begins.
void Blocks::tell_open(Block& block, std::uint64_t end) {
  for (html::Element& element : elements_.open())
    if (element.tag.offset < end) tell_leaf(block, element, end);
}

// Text that is in no leaf, or behind another text within one; scripts and comments.
void Blocks::loose(Block& block) {
  const auto open = elements_.open();
  int around = 0;
  for (std::size_t i = open.size(); i-- > 0;)
    if ((open[i].mark & kIsIn) != 0) {
      around = open[i].mark;
      break;
    }
  const bool is_text = event_.what == html::Event::text;
  if (is_text && values_.trimmed(event_.where).length == 0) return;
  if (is_text && is_leaf(slot_of(around)) && (around & kTold) == 0) return;
  if (block.kind == Block::header && around == 0) return;  // the frame of every page
  if (event_.what == html::Event::other && event_.token.kind != html::Kind::comment) return;
  Piece piece{is_text ? Piece::text : Piece::attribute,
              Slot::none,
              event_.where,
              {},
              (around & kInForward) != 0};
  if (event_.what == html::Event::raw) piece.name = event_.token.name();
  if (event_.what == html::Event::other) piece.name = "comment";
  add(block, std::move(piece));
}

void Blocks::add(Block& block, Piece piece) {
  if (block.pieces.size() < kMostPieces)
    block.pieces.push_back(std::move(piece));
  else if (block.full_at == 0)
    block.full_at = piece.where.offset;
}

}  // namespace telegram
