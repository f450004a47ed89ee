#include "page_fields.hpp"

namespace telegram {
namespace {

std::string_view name_of(Slot slot) {
  switch (slot) {
    case Slot::none:
    case Slot::block:
    case Slot::body: return {};
    case Slot::forward: return "forwarded";
    case Slot::date: return "date";
    case Slot::from_name: return "from_name";
    case Slot::forward_date: return "forwarded_date";
    case Slot::reply: return "reply_to";
    case Slot::text: return "text";
    case Slot::service: return "service";
    case Slot::media: return "media";
    case Slot::title: return "title";
    case Slot::description: return "description";
    case Slot::status: return "status";
    case Slot::poll: return "poll";
    case Slot::question: return "question";
    case Slot::answer: return "answer";
    case Slot::votes: return "votes";
    case Slot::poll_details: return "poll_details";
    case Slot::signature: return "author";
    case Slot::forward_name: return "forwarded_from";
    case Slot::views: return "views";
    case Slot::reactions: return "reactions";
    case Slot::reaction: return "reaction";
    case Slot::emoji: return "emoji";
    case Slot::count: return "count";
    case Slot::reactor: return "reactor";
    case Slot::buttons:
    case Slot::button: return "button";
    case Slot::userpic: return "userpic";
    case Slot::initials: return "initials";
    case Slot::header: return "header";
    case Slot::name: return "name";
    case Slot::label: return "label";
    case Slot::value: return "value";
  }
  return {};
}

std::string name_of(const Piece& piece) {
  std::string name(name_of(piece.slot));
  if (piece.kind == Piece::attribute) {
    if (!name.empty()) name += '/';
    name += html::attribute_of(piece.name);  // well-formed, whatever it is
  }
  return name.empty() ? "text" : name;
}

}  // namespace

void PageFields::begin(const Block& block) {
  block_ = &block;
  told_.assign(block.pieces.size(), false);
}

void PageFields::tell(const Piece* piece) {
  if (piece != nullptr) told_[static_cast<std::size_t>(piece - block_->pieces.data())] = true;
}

bool PageFields::is_told(const Piece& piece) const {
  return told_[static_cast<std::size_t>(&piece - block_->pieces.data())];
}

bool PageFields::is_readable(html::Range where) {
  if (where.length <= html::Values::kMostBytes) return true;
  writer_.host().note(FX_WARNING, html::span_of(where), "too-long",
                      "a text longer than what is read: it is a place only");
  return false;
}

std::string PageFields::text(const Piece* piece) {
  if (piece == nullptr || piece->where.length > html::Values::kMostBytes) return {};
  const html::Range where = trimmed(*piece);
  std::string text =
      piece->kind == Piece::attribute ? values_.attribute(where) : values_.text(where);
  text.erase(text.find_last_not_of(" \t\r\n") + 1);  // between a tag and the end
  text.erase(0, text.find_first_not_of(" \t\r\n"));
  return text;
}

bool PageFields::put(fx::Record& record, const char* key, const Piece* piece) {
  if (piece == nullptr || !is_readable(piece->where) ||
      !put(record, key, trimmed(*piece), codec_of(*piece)))
    return false;
  tell(piece);
  return true;
}

bool PageFields::put(fx::Record& record, const char* key, html::Range where, fx_codec codec) {
  if (where.length == 0 || !is_readable(where)) return false;
  std::string text =
      codec == FX_CODEC_HTML_ATTRIBUTE ? values_.attribute(where) : values_.text(where);
  const fx_span span = html::span_of(where, codec);
  if (text.empty() || !writer_.fits(record, text.size(), span)) return false;
  record.decoded(key, writer_.keep(std::move(text)), span);
  return true;
}

void PageFields::put_raw(fx::Record& record, const char* key, html::Range where) {
  const fx_span span = html::span_of(where, FX_CODEC_UTF8);
  if (writer_.fits(record, where.length, span))
    record.verbatim(key, writer_.keep(std::string(values_.bytes(where))), span);
}

// Telegram writes U+2028 as a line break and leaves the last two of its three bytes behind it.
bool PageFields::put_text(fx::Record& record, const char* key, const Piece* piece) {
  if (piece == nullptr || !is_readable(piece->where)) return false;
  const html::Range where = trimmed(*piece);
  const std::string_view bytes = values_.bytes(where);
  std::vector<fx_span> spans;
  std::string kept;
  std::size_t from = 0;
  const auto take = [&](std::size_t to) {
    if (to == from) return;
    kept.append(bytes.substr(from, to - from));
    spans.push_back(fx::span(where.offset + from, to - from));
  };
  for (std::size_t at = bytes.find("<br>\x80"); at != bytes.npos && spans.size() < 60'000;
       at = bytes.find("<br>\x80", at + 1)) {
    const char last = at + 5 < bytes.size() ? bytes[at + 5] : '\0';
    if (last != '\xA8' && last != '\xA9') continue;
    take(at + 4);
    from = at + 6;
  }
  if (from == 0) return put(record, key, piece);
  take(bytes.size());
  writer_.host().note(FX_INFO, spans[0], "stray-bytes",
                      "the rest of a line separator stands behind a line break: left out");
  spans[0].codec = FX_CODEC_HTML_TEXT;
  std::string text = html::text_of(kept);
  if (text.empty() || !writer_.fits(record, text.size(), spans[0])) return false;
  record.decoded(key, writer_.keep(std::move(text)), spans[0]);
  if (spans.size() > 1) record.continued(writer_.keep(std::move(spans)).subspan(1));
  tell(piece);
  return true;
}

void PageFields::extra(fx::Record& record, std::string_view name, const Piece& piece) {
  tell(&piece);
  std::string line = std::string(name) + "=";
  if (!is_readable(piece.where)) {
    line += "(" + std::to_string(piece.where.length) + " bytes, not read)";
    writer_.derive(record, "extra", std::move(line), "telegram.extra", html::span_of(piece.where));
    return;
  }
  const html::Range where = trimmed(piece);
  if (where.length == 0) return;
  line += text(&piece);
  writer_.derive(record, "extra", std::move(line), "telegram.extra", html::span_of(where));
}

void PageFields::rest(fx::Record& record) {
  for (const Piece& piece : block_->pieces)
    if (piece.kind != Piece::begin && !is_told(piece)) extra(record, name_of(piece), piece);
  if (block_->full_at != 0)
    writer_.host().note(FX_WARNING, fx::span(block_->full_at, block_->end - block_->full_at),
                        "too-large", "more in one message than what is read of it");
}

}  // namespace telegram
