// Files, places, cards, calls, polls and reactions of a message of a page.

#include <charconv>

#include "page_message.hpp"

namespace telegram {
namespace {

constexpr const char* kRule = "telegram.page";

fx_span place(const Piece& piece) {
  return html::span_of(piece.where);
}

struct Word {
  std::string_view source, word;
};

// Classes of media, and the word for what is in them.
constexpr Word kFiles[] = {
    {"photo_wrap", "image"},          {"video_file_wrap", "video"},  {"animated_wrap", "animation"},
    {"sticker_wrap", "sticker"},      {"media_photo", "image"},      {"media_video", "video"},
    {"media_voice_message", "voice"}, {"media_audio_file", "audio"}, {"media_file", "file"},
};
constexpr Word kPlaces[] = {
    {"media_location", "place"}, {"media_live_location", "live"}, {"media_venue", "venue"}};

template <std::size_t n>
std::string_view word_of(std::string_view classes, const Word (&words)[n]) {
  for (const Word& each : words)
    if (html::holds_word(classes, each.source)) return each.word;
  return {};
}

// One medium: where it begins, and the pieces that belong to it.
struct Medium {
  const Piece* begin = nullptr;
  const Piece* href = nullptr;
  const Piece* src = nullptr;
  const Piece* title = nullptr;
  const Piece* description = nullptr;
  const Piece* status = nullptr;
};

// The medium that begins at piece `at`, which comes behind it.
Medium medium_at(const Block& block, std::size_t& at) {
  Medium medium;
  medium.begin = &block.pieces[at];
  for (++at; at < block.pieces.size(); ++at) {
    const Piece& piece = block.pieces[at];
    if (piece.kind == Piece::begin && piece.slot == Slot::media) break;
    const auto take = [&](const Piece*& slot) { slot = slot == nullptr ? &piece : slot; };
    if (piece.kind == Piece::attribute && piece.slot == Slot::media) {
      if (piece.name == "href") take(medium.href);
      if (piece.name == "src") take(medium.src);
    } else if (piece.kind == Piece::text) {
      if (piece.slot == Slot::title) take(medium.title);
      if (piece.slot == Slot::description) take(medium.description);
      if (piece.slot == Slot::status) take(medium.status);
    }
  }
  return medium;
}

bool is_remote(std::string_view path) {
  return path.find("://") != std::string_view::npos || path.starts_with("tg:") ||
         path.starts_with('#');
}

fx::Record& attach(Writer& writer, fx_kind kind, const Piece& at, std::int64_t message) {
  fx::Record& record = writer.attach(kind);
  record.ref("message", message, kReference, fx::span(at.where.offset, 0));
  return record;
}

void attach_file(Writer& writer, PageFields& fields, const Medium& medium, std::string_view type,
                 std::int64_t message) {
  fx::Record& record = attach(writer, FX_KIND_ATTACHMENT, *medium.begin, message);
  record.derived("type", type, kRule, place(*medium.begin));
  const bool has_path = medium.href != nullptr && !is_remote(fields.raw(medium.href->where));
  if (has_path) fields.put(record, "path", medium.href);
  record.derived("state", has_path ? "present" : "omitted", kRule, place(*medium.begin));
  if (type == "file" || type == "audio") fields.put(record, "name", medium.title);
  if (!has_path && medium.description != nullptr)
    fields.extra(record, "missing_reason", *medium.description);
  if (medium.title != nullptr && !fields.is_told(*medium.title))
    fields.extra(record, "title", *medium.title);
  if (medium.description != nullptr && !fields.is_told(*medium.description))
    fields.extra(record, "description", *medium.description);
  if (medium.status != nullptr) fields.extra(record, "status", *medium.status);

  if (medium.src == nullptr || is_remote(fields.raw(medium.src->where))) return;
  if (has_path && fields.text(medium.src) == fields.text(medium.href))
    return fields.tell(medium.src);
  fx::Record& small = attach(writer, FX_KIND_ATTACHMENT, *medium.src, message);
  small.derived("type", "thumbnail", kRule, place(*medium.src));
  if (fields.put(small, "path", medium.src))
    small.derived("state", "present", kRule, place(*medium.src));
}

bool is_degrees(std::string_view text) {
  return !text.empty() && text.size() < 32 &&
         text.find_first_not_of("-.0123456789") == std::string_view::npos;
}

// Coordinates stand in the link to a map only: "...?q=37.950000,23.600000&ll=...".
void put_coordinates(PageFields& fields, fx::Record& record, const Piece& href) {
  const html::Range where = fields.trimmed(href);
  const std::string link(fields.raw(where));
  for (const std::string_view mark : {"?q=", "&q=", ";q=", "?ll=", "&ll=", ";ll="}) {
    const std::size_t at = link.find(mark);
    if (at == std::string::npos) continue;
    const std::size_t begin = at + mark.size();
    const std::size_t end = std::min(link.find_first_of("&#", begin), link.size());
    const std::size_t comma = link.find(',', begin);
    if (comma >= end) continue;
    const std::string_view latitude = std::string_view(link).substr(begin, comma - begin);
    const std::string_view longitude = std::string_view(link).substr(comma + 1, end - comma - 1);
    if (!is_degrees(latitude) || !is_degrees(longitude)) continue;
    fields.put_raw(record, "latitude", {where.offset + begin, latitude.size()});
    fields.put_raw(record, "longitude", {where.offset + comma + 1, longitude.size()});
    return;
  }
}

void attach_place(Writer& writer, PageFields& fields, const Medium& medium, std::string_view type,
                  std::int64_t message) {
  fx::Record& record = attach(writer, FX_KIND_LOCATION, *medium.begin, message);
  record.derived("type", type, "telegram.location", place(*medium.begin));
  if (medium.href != nullptr) {
    put_coordinates(fields, record, *medium.href);
    fields.put(record, "url", medium.href);
  }
  if (type == "venue") {
    fields.put(record, "name", medium.title);
    fields.put(record, "address", medium.description);
  } else if (medium.title != nullptr) {
    fields.extra(record, "title", *medium.title);
  }
  if (medium.status != nullptr) fields.extra(record, "status", *medium.status);
}

void attach_card(Writer& writer, PageFields& fields, const Medium& medium, std::int64_t message) {
  fx::Record& record = attach(writer, FX_KIND_CONTACT, *medium.begin, message);
  record.derived("platform", "telegram", "telegram.export", place(*medium.begin));
  fields.put(record, "name", medium.title);
  fields.put(record, "phone", medium.status);
  if (medium.href == nullptr || is_remote(fields.raw(medium.href->where))) return;
  fx::Record& file = attach(writer, FX_KIND_ATTACHMENT, *medium.href, message);
  file.derived("type", "contact-card", kRule, place(*medium.href));
  if (fields.put(file, "path", medium.href))
    file.derived("state", "present", kRule, place(*medium.href));
}

struct CallWord {
  std::string_view source, state, direction;
};

// The first word of a call's status: Telegram's own, always in English.
constexpr CallWord kCalls[] = {{"Outgoing", "ended", "out"},
                               {"Cancelled", "cancelled", "out"},
                               {"Incoming", "ended", "in"},
                               {"Missed", "missed", "in"},
                               {"Declined", "declined", "in"}};

void attach_page_call(Writer& writer, PageFields& fields, const Medium& medium,
                      std::int64_t message) {
  fx::Record& record = attach(writer, FX_KIND_CALL, *medium.begin, message);
  if (medium.title != nullptr) fields.extra(record, "title", *medium.title);
  if (medium.status == nullptr) return;
  const std::string status = fields.text(medium.status);
  const fx_span where = place(*medium.status);
  for (const CallWord& each : kCalls) {
    if (!status.starts_with(each.source)) continue;
    record.derived("state", each.state, "telegram.call-words", where);
    record.derived("direction", each.direction, "telegram.call-words", where);
  }
  // "Outgoing (15 seconds)"
  const std::size_t bracket = status.find('(');
  std::int64_t seconds = 0;
  if (bracket != std::string::npos) {
    const char* const last = status.data() + status.size();
    const auto [end, error] = std::from_chars(status.data() + bracket + 1, last, seconds);
    if (error == std::errc() && std::string_view(end, last).starts_with(" second") &&
        seconds >= 0 && seconds < 1'000'000'000)
      record.number("duration", seconds, "telegram.call-words", where);
  }
  fields.put(record, "code", medium.status);
}

}  // namespace

std::string_view page_type(const Block& block) {
  if (block.find(Piece::text, Slot::question) != nullptr) return "poll";
  const Piece* medium = block.find(Piece::begin, Slot::media);
  if (medium == nullptr) return block.find(Piece::text, Slot::text) != nullptr ? "text" : "other";
  if (!word_of(medium->name, kPlaces).empty()) return "location";
  if (html::holds_word(medium->name, "media_contact")) return "contact";
  if (html::holds_word(medium->name, "media_call")) return "call";
  return word_of(medium->name, kFiles).empty() ? "other" : "media";
}

void attach_page_media(Writer& writer, PageFields& fields, std::int64_t message) {
  const Block& block = fields.block();
  for (std::size_t at = 0; at < block.pieces.size();) {
    const Piece& piece = block.pieces[at];
    if (piece.kind == Piece::attribute && piece.slot == Slot::userpic &&
        (piece.name == "href" || piece.name == "src") && block.kind == Block::service) {
      Medium picture;  // of a chat that got a new one
      picture.begin = picture.href = &piece;
      if (!is_remote(fields.raw(piece.where)))
        attach_file(writer, fields, picture, "image", message);
    }
    if (piece.kind != Piece::begin || piece.slot != Slot::media) {
      ++at;
      continue;
    }
    const Medium medium = medium_at(block, at);
    const std::string_view classes = medium.begin->name;
    if (const auto file = word_of(classes, kFiles); !file.empty())
      attach_file(writer, fields, medium, file, message);
    else if (const auto where = word_of(classes, kPlaces); !where.empty())
      attach_place(writer, fields, medium, where, message);
    else if (html::holds_word(classes, "media_contact"))
      attach_card(writer, fields, medium, message);
    else if (html::holds_word(classes, "media_call"))
      attach_page_call(writer, fields, medium, message);
  }
}

void attach_page_poll(Writer& writer, PageFields& fields, std::int64_t message) {
  const Block& block = fields.block();
  const Piece* question = block.find(Piece::text, Slot::question);
  if (question == nullptr) return;
  fx::Record& record = attach(writer, FX_KIND_POLL, *question, message);
  fields.put(record, "question", question);
  bool has_option = false;
  for (const Piece& piece : block.pieces) {
    if (piece.kind != Piece::text) continue;
    if (piece.slot == Slot::answer) {
      html::Range where = fields.trimmed(piece);
      if (fields.raw(where).starts_with("- ")) where = {where.offset + 2, where.length - 2};
      has_option = fields.put(record, "option", where, FX_CODEC_HTML_TEXT);
      if (has_option) fields.tell(&piece);
    } else if (piece.slot == Slot::votes) {
      // "2 votes, chosen vote"
      const std::string words = fields.text(&piece);
      std::int64_t votes = 0;
      const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), votes);
      if (has_option && error == std::errc() && votes >= 0 && votes < 1'000'000'000)
        record.number("votes", votes, "telegram.votes", place(piece));
      fields.extra(record, "votes", piece);
      has_option = false;
    } else if (piece.slot == Slot::poll_details) {
      fields.extra(record, "details", piece);
    }
  }
}

void attach_page_reactions(Writer& writer, PageFields& fields, People& people,
                           std::int64_t message) {
  const Block& block = fields.block();
  for (std::size_t at = 0; at < block.pieces.size(); ++at) {
    const Piece& begin = block.pieces[at];
    if (begin.kind != Piece::begin || begin.slot != Slot::reaction) continue;
    const Piece* emoji = nullptr;
    const Piece* count = nullptr;
    std::vector<const Piece*> names;
    for (std::size_t i = at + 1; i < block.pieces.size(); ++i) {
      const Piece& piece = block.pieces[i];
      if (piece.kind == Piece::begin && piece.slot == Slot::reaction) break;
      if (piece.kind == Piece::text && piece.slot == Slot::emoji) emoji = &piece;
      if (piece.kind == Piece::text && piece.slot == Slot::count) count = &piece;
      if (piece.kind == Piece::attribute && piece.slot == Slot::reactor && piece.name == "title")
        names.push_back(&piece);
    }
    if (names.empty() || count != nullptr) names.push_back(nullptr);
    for (const Piece* name : names) {
      std::int64_t sender = 0;
      if (name != nullptr) {
        const html::Range where = fields.trimmed(*name);
        const std::string text = fields.text(name);
        sender = text.empty() ? 0 : people.find_shown(text, {}, where, [&](fx::Record& person) {
          fields.put(person, "name", where, FX_CODEC_HTML_ATTRIBUTE);
        });
        fields.tell(name);
      }
      fx::Record& record = attach(writer, FX_KIND_REACTION, begin, message);
      fields.put(record, "emoji", emoji);
      if (sender != 0) record.ref("sender", sender, kReference, place(*name));
      if (html::holds_word(begin.name, "active"))
        writer.derive(record, "extra", "active=1", kRule, place(begin));
      if (html::holds_word(begin.name, "paid")) record.derived("type", "paid", kRule, place(begin));
      if (name == nullptr && count != nullptr) fields.extra(record, "count", *count);
    }
  }
}

}  // namespace telegram
