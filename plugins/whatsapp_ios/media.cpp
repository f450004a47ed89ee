#include "media.hpp"

#include <string>

#include "words.hpp"

namespace whatsapp_ios {
namespace {

constexpr char kRule[] = "whatsapp.ios.media";
constexpr std::string_view kCardSeparator = "_$!<VCard-Separator>!$_";
constexpr std::size_t kMostCards = 256;

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

// The 64 digits of a SHA-256 that is written as 44 characters of Base64; else empty.
std::string digest_of(std::string_view base64) {
  static constexpr char kDigits[] = "0123456789abcdef";
  if (base64.size() != 44 || base64.back() != '=') return {};
  std::string out;
  unsigned bits = 0;
  int held = 0;
  for (const char c : base64.substr(0, 43)) {
    const int value = base64_digit(c);
    if (value < 0) return {};
    bits = (bits << 6 | static_cast<unsigned>(value)) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    const unsigned byte = bits >> held & 0xff;
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out.size() == 64 ? out : std::string();
}

bool is_media_type(std::string_view text) {
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && slash > 0 && slash + 1 < text.size() &&
         text.size() < 128 && text.find('\n') == std::string_view::npos;
}

}  // namespace

Media::Media(sqlite::Fields& fields, Parts& parts)
    : fields_(fields),
      parts_(parts),
      view_(fields.db().table("ZWAMEDIAITEM")),
      rowid_(view_["Z_PK"]),
      path_(view_["ZMEDIALOCALPATH"]),
      thumb_(view_["ZXMPPTHUMBPATH"]),
      other_thumb_(view_["ZTHUMBNAILLOCALPATH"]),
      title_(view_["ZTITLE"]),
      card_(view_["ZVCARDSTRING"]),
      card_name_(view_["ZVCARDNAME"]),
      url_(view_["ZMEDIAURL"]),
      url_date_(view_["ZMEDIAURLDATE"]),
      duration_(view_["ZMOVIEDURATION"]),
      bytes_(view_["ZFILESIZE"]),
      latitude_(view_["ZLATITUDE"]),
      longitude_(view_["ZLONGITUDE"]),
      accuracy_(view_["ZHACCURACY"]),
      key_(view_["ZMEDIAKEY"]),
      metadata_(view_["ZMETADATA"]),
      message_(view_["ZMESSAGE"]),
      author_(view_["ZAUTHORNAME"]),
      previews_(fields.db().table("ZWAMESSAGEDATAITEM")),
      preview_rowid_(previews_["Z_PK"]),
      preview_message_(previews_["ZMESSAGE"]),
      content_(previews_["ZCONTENT1"]),
      content2_(previews_["ZCONTENT2"]),
      matched_(previews_["ZMATCHEDTEXT"]),
      summary_(previews_["ZSUMMARY"]),
      preview_title_(previews_["ZTITLE"]),
      preview_date_(previews_["ZDATE"]) {
  view_.ignore({"Z_ENT", "Z_OPT"});
  previews_.ignore({"Z_ENT", "Z_OPT"});
  if (view_.there()) rows_ = sqlite::Seeker(fields.db(), &view_.table());
  if (previews_.there() && preview_message_ >= 0)
    preview_rows_ = sqlite::Lookup(fields.db(), previews_, preview_message_);
}

const sqlite::Row* Media::find(std::int64_t rowid) {
  return view_.there() ? rows_.find(rowid) : nullptr;
}

std::string Media::local_path(const sqlite::RowView& row) const {
  return row.text(path_, fields_.encoding());
}

void Media::emit(const sqlite::RowView& row, std::int64_t message, std::int64_t type,
                 const sqlite::Recovered* found) {
  const TypeWords* words = words_of_type(type);
  const bool says_file =
      row.value(path_) != nullptr || row.value(url_) != nullptr || row.value(card_name_) != nullptr;
  if (type == 5 || (words == nullptr && !says_file && row.real(latitude_).value_or(0) != 0)) {
    location(row, message, found);
  } else if (type == 4) {
    cards(row, message, found);
  } else if (says_file || row.value(title_) != nullptr ||
             (words != nullptr && !words->attachment.empty())) {
    attachment(row, message, words, type, found);
  } else if (found == nullptr) {
    fields_.start(FX_KIND_ATTACHMENT, 0, row);
    fields_.ref("message", message, row, message_);
    fields_.word("type", "no-file", "whatsapp.ios.table", row, -1);
    fields_.rest(row);
    if (fields_.extras() == 0) return fields_.joined(row);
    fields_.emit();
  }
}

// What no key holds. A file's "latitude" and "longitude" are the size of its picture.
void Media::other_columns(const sqlite::RowView& row, bool pixels) {
  if (pixels && row.real(latitude_).value_or(0) != 0) fields_.extra("width", row, latitude_);
  if (pixels && row.real(longitude_).value_or(0) != 0) fields_.extra("height", row, longitude_);
  if (row.real(accuracy_).value_or(0) != 0) fields_.extra("accuracy", row, accuracy_);
  fields_.extra("thumbnail", row, thumb_);
  fields_.extra("thumbnail_path", row, other_thumb_);
  fields_.extra("author", row, author_);
  if (row.real(url_date_).value_or(0) != 0) fields_.extra("url_date", row, url_date_);
  if (row.value(key_) != nullptr) fields_.extra("media_key", row, key_);
  fields_.rest(row);
}

void Media::attachment(const sqlite::RowView& row, std::int64_t message, const TypeWords* words,
                       std::int64_t type, const sqlite::Recovered* found) {
  fields_.start(FX_KIND_ATTACHMENT, 0, row);
  fields_.ref("message", message, row, message_);
  if (words != nullptr && !words->attachment.empty())
    fields_.word("type", words->attachment, "whatsapp.ios.type", row, -1);
  fields_.text("source_id", row, rowid_);
  fields_.text("path", row, path_);
  if (!fields_.text("url", row, url_)) fields_.extra("url", row, url_);
  fields_.number("bytes", row, bytes_);
  if (row.is_set(duration_)) fields_.number("duration", row, duration_);
  const bool named = words != nullptr && words->attachment == "document";
  fields_.text(named ? "name" : "caption", row, title_);
  const sqlite::Encoding encoding = fields_.encoding();
  const std::string card = row.text(card_, encoding);
  if (is_media_type(card))
    fields_.text("mime", row, card_);
  else
    fields_.extra("vcard", row, card_);
  const std::string digest = digest_of(row.text(card_name_, encoding));
  if (!digest.empty())
    fields_.word("sha256", fields_.keep(digest), "whatsapp.ios.base64-digest", row, card_name_);
  else
    fields_.extra("vcard_name", row, card_name_);
  if (type >= 0)
    fields_.word("code", fields_.keep("message_type=" + std::to_string(type)), "whatsapp.ios.code",
                 row, -1);
  other_columns(row, true);
  if (found != nullptr) fields_.recovered(*found);
  fields_.emit();
}

void Media::location(const sqlite::RowView& row, std::int64_t message,
                     const sqlite::Recovered* found) {
  fields_.start(FX_KIND_LOCATION, 0, row);
  fields_.ref("message", message, row, message_);
  fields_.text("latitude", row, latitude_);
  fields_.text("longitude", row, longitude_);
  fields_.text("name", row, title_);
  fields_.text("url", row, url_);
  if (row.is_set(duration_)) fields_.number("duration", row, duration_);
  fields_.extra("vcard_name", row, card_name_);
  fields_.extra("vcard", row, card_);
  fields_.extra("local_path", row, path_);
  if (row.is_set(bytes_)) fields_.extra("file_size", row, bytes_);
  other_columns(row, false);
  if (found != nullptr) fields_.recovered(*found);
  fields_.emit();
}

void Media::cards(const sqlite::RowView& row, std::int64_t message,
                  const sqlite::Recovered* found) {
  const std::string_view all = bytes_of(row, card_);
  // In UTF-16 the lines of a card are not parts that could be pointed at.
  const bool utf8 = fields_.encoding() == sqlite::Encoding::utf8;
  std::size_t at = 0;
  for (std::size_t i = 0; i < kMostCards; ++i) {
    std::size_t end = utf8 ? all.find(kCardSeparator, at) : all.npos;
    if (end == all.npos || i + 1 == kMostCards) end = all.size();
    card({&row, card_, at, end - at, all.substr(at, end - at)}, row, message, i == 0, found);
    if (end == all.size()) break;
    at = end + kCardSeparator.size();
  }
}

void Media::card(const Part& part, const sqlite::RowView& row, std::int64_t message, bool first,
                 const sqlite::Recovered* found) {
  fields_.start(FX_KIND_CONTACT, 0, row);
  fields_.ref("message", message, row, message_);
  fields_.word("platform", "whatsapp", "whatsapp.ios.database", row, -1);
  fields_.word("type", "card", kRule, row, -1);
  if (fields_.encoding() != sqlite::Encoding::utf8) {
    fields_.text("name", row, card_name_);
    fields_.text("caption", row, card_);
  } else {
    if (!parts_.text("caption", part) && !part.bytes.empty()) fields_.extra("vcard", row, card_);
    bool named = false;
    bool numbered = false;
    std::size_t at = 0;
    while (at < part.bytes.size()) {
      std::size_t end = part.bytes.find('\n', at);
      if (end == part.bytes.npos) end = part.bytes.size();
      std::string_view line = part.bytes.substr(at, end - at);
      if (line.ends_with('\r')) line.remove_suffix(1);
      const std::size_t colon = line.find(':');
      const std::string_view key = line.substr(0, colon == line.npos ? 0 : colon);
      if (!key.empty() && colon + 1 < line.size()) {
        const std::string_view value = line.substr(colon + 1);
        const Part field{&row, card_, part.at + at + colon + 1, value.size(), value};
        if (key == "FN" || key.starts_with("FN;")) {
          if (named || !(named = parts_.text("name", field))) parts_.extra("FN", value, field);
        } else if (key.starts_with("TEL") || key.find(".TEL") != key.npos) {
          if (numbered || !(numbered = parts_.text("phone", field)))
            parts_.extra("TEL", value, field);
        }
      }
      at = end + 1;
    }
    if (!named)
      fields_.text("name", row, card_name_);
    else if (first)
      fields_.extra("vcard_name", row, card_name_);
  }
  if (first) {
    fields_.extra("title", row, title_);
    fields_.extra("path", row, path_);
    fields_.extra("url", row, url_);
    other_columns(row, false);
  }
  if (found != nullptr) fields_.recovered(*found);
  fields_.emit();
  parts_.clear();
}

void Media::previews(std::int64_t rowid, std::int64_t message) {
  if (preview_rows_.empty()) return;
  preview_rows_.each(rowid, [&](const sqlite::RowView& row) { preview(row, message); });
}

void Media::preview(const sqlite::RowView& row, std::int64_t message) {
  fields_.start(FX_KIND_ATTACHMENT, 0, row);
  fields_.ref("message", message, row, preview_message_);
  fields_.word("type", "link", "whatsapp.ios.table", row, -1);
  fields_.text("source_id", row, preview_rowid_);
  fields_.text("url", row, content_);
  fields_.text("name", row, preview_title_);
  fields_.text("caption", row, summary_);
  fields_.extra("content2", row, content2_);
  fields_.extra("matched_text", row, matched_);
  if (row.real(preview_date_).value_or(0) != 0) fields_.extra("date", row, preview_date_);
  fields_.rest(row);
  fields_.emit();
}

void Media::leftover_previews(const sqlite::Table* messages, const StandIn& stand_in) {
  if (!previews_.there()) return;
  sqlite::Seeker seeker(fields_.db(), messages);
  fields_.db().for_each_row(previews_.table(), [&](const sqlite::Row& row) {
    const sqlite::RowView view(previews_, row);
    const auto number = view.integer(preview_message_);
    if (!number || messages == nullptr || seeker.find(*number) == nullptr)
      preview(view, stand_in(view, preview_message_));
    return true;
  });
}

}  // namespace whatsapp_ios
