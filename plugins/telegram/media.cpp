// Files, places, cards and polls of a message.

#include "message.hpp"

namespace telegram {
namespace {

constexpr const char* kRule = "telegram.media";

struct Word {
  std::string_view source, word;
};

// media_type as it is written, and the word for it here.
constexpr Word kMediaTypes[] = {
    {"sticker", "sticker"},     {"video_message", "instant-video"},
    {"voice_message", "voice"}, {"animation", "animation"},
    {"video_file", "video"},    {"audio_file", "audio"},
};

std::string_view word_of(const json::Value& media_type) {
  for (const Word& each : kMediaTypes)
    if (media_type.raw() == each.source) return each.word;
  return "file";
}

bool is_there(const json::Value& value) {
  return value && value.kind() != json::Kind::null && value.kind() != json::Kind::missing;
}

// The path, or why there is none.
void put_path(Writer& writer, fx::Record& record, const json::Value& path) {
  const fx_span where = path.span();
  if (!path.is_text() || path.raw().empty()) {
    record.derived("state", "omitted", kRule, where);
  } else if (is_placeholder(path.raw())) {
    record.derived("state", "omitted", "telegram.placeholder", where);
    writer.extra(record, "missing_reason", path);
    path.use();
  } else {
    writer.put(record, "path", path);
    record.derived("state", "present", kRule, where);
  }
}

void attach_photo(const Context& context, const Message& m, std::int64_t ref) {
  fx::Record& record = context.writer.attach(FX_KIND_ATTACHMENT);
  const json::Value& place = m.photo ? m.photo : m.self_destruct;
  record.ref("message", ref, kReference, fx::span(place.span().offset, 0));
  record.derived("type", "image", kRule, place.span());
  put_path(context.writer, record, m.photo);
  context.writer.put_number(record, "bytes", m.photo_file_size);
}

void attach_file(const Context& context, const Message& m, std::int64_t ref) {
  fx::Record& record = context.writer.attach(FX_KIND_ATTACHMENT);
  const json::Value& place = m.file ? m.file : m.media_type;
  record.ref("message", ref, kReference, fx::span(place.span().offset, 0));
  record.derived("type", word_of(m.media_type), kRule,
                 m.media_type ? m.media_type.span() : place.span());
  context.writer.put(record, "code", m.media_type);
  put_path(context.writer, record, m.file);
  context.writer.put(record, "name", m.file_name);
  context.writer.put(record, "mime", m.mime_type);
  context.writer.put_number(record, "bytes", m.file_size);
  context.writer.put_number(record, "duration", m.duration_seconds);
}

void attach_side_file(const Context& context, std::int64_t ref, const char* type,
                      const json::Value& path, const json::Value& size) {
  if (!is_there(path)) return;
  fx::Record& record = context.writer.attach(FX_KIND_ATTACHMENT);
  record.ref("message", ref, kReference, fx::span(path.span().offset, 0));
  record.derived("type", type, kRule, path.span());
  put_path(context.writer, record, path);
  context.writer.put_number(record, "bytes", size);
}

}  // namespace

void attach_media(const Context& context, const Message& m, std::int64_t ref) {
  const bool has_file = is_there(m.file) || is_there(m.media_type);
  // A photo that destroys itself was not written out, nor is it named.
  if (is_there(m.photo) || (is_there(m.self_destruct) && !has_file)) attach_photo(context, m, ref);
  if (has_file) attach_file(context, m, ref);
  attach_side_file(context, ref, "thumbnail", m.thumbnail, m.thumbnail_file_size);
  attach_side_file(context, ref, "contact-card", m.contact_vcard, {});
}

void attach_place(const Context& context, const Message& m, std::int64_t ref) {
  if (!m.location && !m.live_period && !m.place_name) return;
  const json::Value& place = m.location ? m.location : m.live_period ? m.live_period : m.place_name;
  fx::Record& record = context.writer.attach(FX_KIND_LOCATION);
  record.ref("message", ref, kReference, fx::span(place.span().offset, 0));
  record.derived("type",
                 m.live_period  ? "live"
                 : m.place_name ? "venue"
                                : "place",
                 "telegram.location", place.span());
  context.writer.put(record, "latitude", m.location["latitude"]);
  context.writer.put(record, "longitude", m.location["longitude"]);
  context.writer.put_number(record, "duration", m.live_period);
  context.writer.put(record, "name", m.place_name);
  context.writer.put(record, "address", m.address);
}

void attach_contact(const Context& context, const Message& m, std::int64_t ref) {
  const json::Value& card = m.contact_information;
  if (!card.is_object()) return;
  fx::Record& record = context.writer.attach(FX_KIND_CONTACT);
  record.ref("message", ref, kReference, fx::span(card.span().offset, 0));
  record.derived("platform", "telegram", "telegram.export", card.span());
  put_full_name(context.writer, record, card);
  context.writer.put(record, "phone", card["phone_number"]);
}

void put_full_name(Writer& writer, fx::Record& record, const json::Value& person) {
  const json::Value first = person["first_name"];
  const json::Value last = person["last_name"];
  const bool has_first = first.is_text() && !first.raw().empty();
  const bool has_last = last.is_text() && !last.raw().empty();
  if (has_first != has_last) {
    writer.put(record, "name", has_first ? first : last);
    return;
  }
  if (!has_first) return;
  // Both stay beside it as they are: the space between them is ours.
  writer.derive(record, "name", first.text() + " " + last.text(), "telegram.full-name",
                fx::span(first.span().offset, first.span().length));
}

void attach_poll(const Context& context, const json::Tree& tree, const Message& m,
                 std::int64_t ref) {
  const json::Value& poll = m.poll;
  if (!poll.is_object()) return;
  fx::Record& record = context.writer.attach(FX_KIND_POLL);
  record.ref("message", ref, kReference, fx::span(poll.span().offset, 0));
  // Since 5.16.0 texts of polls may be arrays of parts.
  if (poll["question"].is_array()) context.signs.since("5.16.0", "poll with parts of a text");
  put_joined(context.writer, record, "question", join_text(poll["question"]));
  for (json::Value answer = poll["answers"].child(); answer; answer = answer.next()) {
    if (!put_joined(context.writer, record, "option", join_text(answer["text"]))) continue;
    context.writer.put_number(record, "votes", answer["voters"]);
  }
  context.writer.extras(record, tree, poll);
  poll.use();
}

}  // namespace telegram
