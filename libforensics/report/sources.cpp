#include "report/sources.hpp"

#include <algorithm>

namespace forensics::report {
namespace {

constexpr std::size_t kHead = 64;
constexpr std::uint64_t kPiece = std::uint64_t{1} << 20;

constexpr MediaType kJpeg{MediaKind::image, "jpg", "JPEG image"};
constexpr MediaType kPng{MediaKind::image, "png", "PNG image"};
constexpr MediaType kGif{MediaKind::image, "gif", "GIF image"};
constexpr MediaType kWebp{MediaKind::image, "webp", "WebP image"};
constexpr MediaType kOgg{MediaKind::audio, "ogg", "Ogg audio"};
constexpr MediaType kMp3{MediaKind::audio, "mp3", "MP3 audio"};
constexpr MediaType kM4a{MediaKind::audio, "m4a", "MPEG-4 audio"};
constexpr MediaType kWav{MediaKind::audio, "wav", "WAV audio"};
constexpr MediaType kMp4{MediaKind::video, "mp4", "MPEG-4 video"};
constexpr MediaType kWebm{MediaKind::video, "webm", "WebM video"};

bool has(ByteView head, std::size_t at, ByteView what) {
  return head.size() >= at && head.substr(at).starts_with(what);
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

const MediaType* media_type(ByteView head) {
  using namespace std::string_view_literals;
  if (has(head, 0, "\xFF\xD8\xFF"sv)) return &kJpeg;
  if (has(head, 0, "\x89PNG\r\n\x1A\n"sv)) return &kPng;
  if (has(head, 0, "GIF87a"sv) || has(head, 0, "GIF89a"sv)) return &kGif;
  if (has(head, 0, "RIFF"sv) && has(head, 8, "WEBP"sv)) return &kWebp;
  if (has(head, 0, "RIFF"sv) && has(head, 8, "WAVE"sv)) return &kWav;
  if (has(head, 0, "OggS\0"sv)) return &kOgg;
  if (has(head, 0, "ID3"sv) || has(head, 0, "\xFF\xFB"sv)) return &kMp3;
  if (has(head, 4, "ftypM4A "sv)) return &kM4a;
  for (const ByteView brand : {"ftypisom"sv, "ftypiso2"sv, "ftypiso5"sv, "ftypmp41"sv, "ftypmp42"sv,
                               "ftypavc1"sv, "ftypM4V "sv, "ftyp3gp"sv})
    if (has(head, 4, brand)) return &kMp4;
  if (has(head, 0, "\x1A\x45\xDF\xA3"sv) && head.find("webm"sv) != ByteView::npos) return &kWebm;
  return nullptr;
}

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
  auto head = file ? read_at(*file, 0, kHead) : Result<std::string>(tl::unexpect, file.error());
  if (!head) {
    ++unreadable_;
    return damaged();
  }
  media.type = media_type(*head);
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
