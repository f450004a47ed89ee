#include "report/sources.hpp"

#include <algorithm>

#include "evidence/media_type.hpp"
#include "plugin/number_codec.hpp"

namespace forensics::report {
namespace {

constexpr std::uint64_t kPiece = std::uint64_t{1} << 20;

// What browsers show by themselves.
constexpr MediaType kShown[] = {
    {"image/jpeg", MediaKind::image, "jpg", "JPEG image"},
    {"image/png", MediaKind::image, "png", "PNG image"},
    {"image/gif", MediaKind::image, "gif", "GIF image"},
    {"image/webp", MediaKind::image, "webp", "WebP image"},
    {"audio/ogg", MediaKind::audio, "ogg", "Ogg audio"},
    {"audio/mpeg", MediaKind::audio, "mp3", "MPEG audio"},
    {"audio/mp4", MediaKind::audio, "m4a", "MPEG-4 audio"},
    {"audio/wav", MediaKind::audio, "wav", "WAV audio"},
    {"video/mp4", MediaKind::video, "mp4", "MPEG-4 video"},
    {"video/3gpp", MediaKind::video, "3gp", "3GPP video"},
    {"video/webm", MediaKind::video, "webm", "WebM video"},
};

const MediaType* shown_type(ByteView head) {
  const std::string_view type = evidence::media_type(head);
  for (const MediaType& shown : kShown)
    if (shown.type == type) return &shown;
  return nullptr;
}

std::string utf16_to_utf8(ByteView bytes, bool big_endian) {
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  std::string out;
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t c = unit(at);
    const bool pair = c >= 0xD800 && c < 0xDC00 && at + 3 < bytes.size() &&
                      unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000;
    if (pair) {
      c = 0x10000 + ((c - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
      at += 2;
    }
    append_utf8(out, c);
  }
  return out;
}

}  // namespace

const Descriptor* Sources::open(const Digest& object) {
  if (open_ && open_digest_ == object) return &open_;
  auto file = open_read(casefile::object_path(paths_, object));
  if (!file) return nullptr;
  open_ = std::move(*file);
  open_digest_ = object;
  return &open_;
}

std::optional<std::string> Sources::quote(const Digest& object, const model::Span& span,
                                          std::size_t limit) {
  const Descriptor* file = open(object);
  const std::uint64_t length = std::min<std::uint64_t>(span.length, limit);
  auto bytes = file != nullptr ? read_at(*file, span.offset, length)
                               : fail(ErrorCode::not_found, "object", "missing");
  if (!bytes || bytes->size() < length) {
    ++unreadable_;
    return std::nullopt;
  }
  if (plugin::is_number(span.codec)) return plugin::written_number(span.codec, *bytes);
  if (span.codec == model::Codec::utf16le) return utf16_to_utf8(*bytes, false);
  if (span.codec == model::Codec::utf16be) return utf16_to_utf8(*bytes, true);
  return std::move(*bytes);
}

Result<Media> Sources::copy_media(const Digest& object) {
  Media media;
  const auto damaged = [&] {
    media.state = Media::State::damaged;
    return media;
  };
  auto file = open_read(casefile::object_path(paths_, object));
  auto head = file ? read_at(*file, 0, evidence::kMediaTypeHead)
                   : Result<std::string>(tl::unexpect, file.error());
  if (!head) {
    ++unreadable_;
    return damaged();
  }
  media.type = shown_type(*head);
  if (media.type == nullptr) return media;
  media.address = Address::file(object, media.type->extension);
  media.state = Media::State::copied;
  if (folder_.has(media.address->text())) return media;

  Folder::Stream copy = TRY(folder_.begin(media.address->text()));
  for (std::uint64_t at = 0;;) {
    const auto piece = read_at(*file, at, kPiece);
    if (!piece) {
      ++unreadable_;
      folder_.discard(copy);
      return damaged();
    }
    if (piece->empty()) break;
    TRY(folder_.append(copy, *piece));
    at += piece->size();
  }
  if (TRY(folder_.end(copy, object))) return media;
  ++altered_;
  return damaged();
}

}  // namespace forensics::report
