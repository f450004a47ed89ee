#include "media.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "jid.hpp"

namespace whatsapp_android {
namespace {

using sqlite::Clock;
using sqlite::RowView;

// The path in a serialised Java object: a string constant is 't', two bytes of length, the bytes.
std::string java_path(std::string_view bytes) {
  constexpr std::size_t kMost = std::size_t{64} << 10;
  bytes = bytes.substr(0, kMost);
  for (std::size_t at = 0; at + 3 < bytes.size(); ++at) {
    if (bytes[at] != 't') continue;
    const auto high = static_cast<unsigned char>(bytes[at + 1]);
    const auto low = static_cast<unsigned char>(bytes[at + 2]);
    const std::size_t length = std::size_t{high} << 8 | low;
    if (length < 6 || at + 3 + length > bytes.size()) continue;
    const std::string_view text = bytes.substr(at + 3, length);
    const bool printable = std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
    if (printable && (text.starts_with("/") || text.starts_with("Media/")))
      return std::string(text);
  }
  return {};
}

// The lines of a card, folded ones joined.
std::vector<std::string> card_lines(std::string_view card) {
  std::vector<std::string> out;
  while (!card.empty() && out.size() < 1000) {
    const std::size_t end = std::min(card.find('\n'), card.size());
    std::string_view line = card.substr(0, end);
    card.remove_prefix(std::min(end + 1, card.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!out.empty() && (line.starts_with(' ') || line.starts_with('\t')))
      out.back() += line.substr(1);
    else
      out.emplace_back(line);
  }
  return out;
}

// What a property of a card says, where the line is one of it: "item1.TEL;waid=49...:+49 ...".
std::string_view property(std::string_view line, std::string_view name) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  std::string_view key = line.substr(0, std::min(colon, line.find(';')));
  if (const std::size_t dot = key.rfind('.'); dot != std::string_view::npos)
    key.remove_prefix(dot + 1);
  const bool same = std::ranges::equal(
      key, name, [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 32 : a) == b; });
  return same ? line.substr(colon + 1) : std::string_view();
}

constexpr const char* kCardRule = "whatsapp.vcard";

}  // namespace

Media::Media(sqlite::TableView& view, bool legacy)
    : legacy_(legacy),
      path_(legacy ? -1 : view["file_path"]),
      name_(view["media_name"]),
      mime_(legacy ? view["media_mime_type"] : view["mime_type"]),
      size_(legacy ? view["media_size"] : view["file_size"]),
      length_(legacy ? -1 : view["file_length"]),
      hash_(legacy ? view["media_hash"] : view["file_hash"]),
      duration_(view["media_duration"]),
      pages_(legacy ? -1 : view["page_count"]),
      url_(legacy ? view["media_url"] : view["message_url"]),
      caption_(view["media_caption"]),
      thumb_(legacy ? view["thumb_image"] : -1) {}

bool Media::is_there(const RowView& row) const {
  const auto filled = [&](int column) {
    const sqlite::Value* value = row.value(column);
    return value != nullptr && !value->bytes.empty();
  };
  return filled(mime_) || filled(hash_) || row.integer(size_).value_or(0) > 0;
}

void Media::extras(sqlite::Fields& fields, const RowView& row) const {
  for (const int column : {name_, mime_, hash_, url_, caption_, thumb_}) fields.extra(row, column);
  for (const int column : {size_, duration_})
    if (row.integer(column).value_or(0) > 0) fields.extra(row, column);
}

void Media::emit(sqlite::Fields& fields, std::int64_t message, std::string_view what,
                 const RowView& row) const {
  fields.start(FX_KIND_ATTACHMENT, 0, row);
  fields.ref("message", message, row, -1);
  fields.text("name", row, name_);
  if (!what.empty()) fields.word("type", what, "whatsapp.message-type", row, mime_);
  if (!fields.text("path", row, path_) && row.value(thumb_) != nullptr) {
    const std::string path = java_path(row.value(thumb_)->bytes);
    if (!path.empty())
      fields.word("path", fields.keep(path), "java.serialised-string", row, thumb_);
  }
  fields.text("mime", row, mime_);
  // file_length is of the plain file; file_size can be of what was downloaded.
  const bool length = row.integer(length_).value_or(0) > 0 && fields.number("bytes", row, length_);
  if (row.integer(size_).value_or(0) > 0) {
    if (!length)
      fields.number("bytes", row, size_);
    else if (row.integer(length_) != row.integer(size_))
      fields.extra(row, size_);
  }
  const std::string digest = sha256_of(row.text(hash_, fields.encoding()));
  if (!digest.empty())
    fields.word("sha256", fields.keep(digest), "base64-digest", row, hash_);
  else
    fields.extra(row, hash_);
  fields.text("caption", row, caption_);
  if (row.integer(duration_).value_or(0) > 0) fields.number("duration", row, duration_);
  if (row.is_set(pages_)) fields.number("pages", row, pages_);
  fields.text("url", row, url_);
  fields.extra(row, thumb_);
  if (!legacy_) fields.rest(row);
  fields.emit();
}

Place::Place(sqlite::TableView& view, bool legacy)
    : legacy_(legacy),
      latitude_(view["latitude"]),
      longitude_(view["longitude"]),
      name_(legacy ? view["media_name"] : view["place_name"]),
      address_(legacy ? -1 : view["place_address"]),
      url_(legacy ? view["media_url"] : view["url"]),
      duration_(legacy ? view["media_duration"] : view["live_location_share_duration"]),
      last_latitude_(legacy ? -1 : view["live_location_final_latitude"]),
      last_longitude_(legacy ? -1 : view["live_location_final_longitude"]),
      last_time_(legacy ? -1 : view["live_location_final_timestamp"]) {}

bool Place::is_there(const RowView& row) const {
  return row.real(latitude_).value_or(0) != 0 || row.real(longitude_).value_or(0) != 0;
}

void Place::emit(sqlite::Fields& fields, std::int64_t message, bool live,
                 const RowView& row) const {
  fields.start(FX_KIND_LOCATION, 0, row);
  fields.ref("message", message, row, -1);
  fields.text("latitude", row, latitude_);
  fields.text("longitude", row, longitude_);
  fields.text("name", row, name_);
  fields.text("address", row, address_);
  fields.text("url", row, url_);
  if (live) fields.word("type", "live", "whatsapp.message-type", row, -1);
  if (row.integer(duration_).value_or(0) > 0) fields.number("duration", row, duration_);
  if (!legacy_) fields.rest(row);
  fields.emit();
  if (row.real(last_latitude_).value_or(0) == 0 && row.real(last_longitude_).value_or(0) == 0)
    return;
  fields.start(FX_KIND_LOCATION, 0, row);
  fields.ref("message", message, row, -1);
  fields.text("latitude", row, last_latitude_);
  fields.text("longitude", row, last_longitude_);
  fields.word("type", "live-last", "whatsapp.message-type", row, -1);
  fields.time("sent", row, last_time_, Clock::unix_ms);
  fields.emit();
}

void emit_card(sqlite::Fields& fields, std::int64_t message, const RowView& row, int column) {
  fields.start(FX_KIND_CONTACT, 0, row);
  fields.ref("message", message, row, -1);
  const std::string card = row.text(column, fields.encoding());
  bool named = false;
  bool numbered = false;
  for (const std::string& line : card_lines(card)) {
    const std::string_view name = property(line, "FN");
    const std::string_view phone = property(line, "TEL");
    if (!name.empty() && !named) {
      fields.word("name", fields.keep(std::string(name)), kCardRule, row, column);
      named = true;
    } else if (!phone.empty() && !numbered) {
      fields.word("phone", fields.keep(std::string(phone)), kCardRule, row, column);
      if (line.find("waid=") != std::string::npos)
        fields.extra_word("vcard", line, kCardRule, row, column);
      numbered = true;
    } else if (!line.empty() && !line.starts_with("BEGIN:") && !line.starts_with("END:") &&
               !line.starts_with("VERSION:")) {
      fields.extra_word("vcard", line, kCardRule, row, column);
    }
  }
  fields.rest(row);
  fields.emit();
}

}  // namespace whatsapp_android
