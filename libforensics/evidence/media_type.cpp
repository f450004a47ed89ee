#include "evidence/media_type.hpp"

namespace forensics::evidence {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::size_t offset;
  std::string_view bytes;
  std::string_view type;
};

constexpr Signature kSignatures[] = {
    {0, "\xFF\xD8\xFF"sv, "image/jpeg"},
    {0, "\x89PNG\r\n\x1A\n"sv, "image/png"},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {8, "WEBP"sv, "image/webp"},
    {8, "WAVE"sv, "audio/wav"},
    {0, "BM"sv, "image/bmp"},
    {0, "II*\0"sv, "image/tiff"},
    {0, "MM\0*"sv, "image/tiff"},
    {4, "ftypheic"sv, "image/heic"},
    {4, "ftypmif1"sv, "image/heic"},
    {4, "ftypM4A"sv, "audio/mp4"},
    {4, "ftypqt"sv, "video/quicktime"},
    {4, "ftyp3g"sv, "video/3gpp"},
    {4, "ftyp"sv, "video/mp4"},
    {0, "\x1A\x45\xDF\xA3"sv, "video/webm"},
    {0, "OggS"sv, "audio/ogg"},
    {0, "ID3"sv, "audio/mpeg"},
    {0, "\xFF\xFB"sv, "audio/mpeg"},
    {0, "\xFF\xF3"sv, "audio/mpeg"},
    {0, "\xFF\xF1"sv, "audio/aac"},
    {0, "#!AMR"sv, "audio/amr"},
    {0, "%PDF-"sv, "application/pdf"},
    {0, "BEGIN:VCARD"sv, "text/vcard"},
    {0, "SQLite format 3\0"sv, "application/vnd.sqlite3"},
    {0, "PK\3\4"sv, "application/zip"},
    {0, "PK\5\6"sv, "application/zip"},
    {0, "7z\xBC\xAF\x27\x1C"sv, "application/x-7z-compressed"},
    {0, "\x1F\x8B"sv, "application/gzip"},
    {0,
     "\xFD"
     "7zXZ\0"sv,
     "application/x-xz"},
    {0, "\x28\xB5\x2F\xFD"sv, "application/zstd"},
    {0, "BZh"sv, "application/x-bzip2"},
    {0, "Rar!\x1A\x07"sv, "application/vnd.rar"},
    {257, "ustar"sv, "application/x-tar"},
    {0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "application/x-ole-storage"},
};

bool looks_like_text(ByteView head) {
  // A sequence cut off at the end of the head is no sign of binary content.
  std::size_t end = utf8_prefix(head);
  if (head.size() - end > 3) return false;
  for (const char c : head.substr(0, end))
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f')
      return false;
  return true;
}

}  // namespace

std::string_view media_type(ByteView head) {
  if (head.empty()) return "inode/x-empty";
  for (const Signature& signature : kSignatures)
    if (head.size() > signature.offset &&
        head.substr(signature.offset).starts_with(signature.bytes))
      return signature.type;
  if (head.starts_with("\xFF\xFE"sv) || head.starts_with("\xFE\xFF"sv)) return "text/plain";
  if (!looks_like_text(head)) return "application/octet-stream";
  const std::size_t start = head.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  const ByteView body = start == ByteView::npos ? ByteView() : head.substr(start);
  if (body.starts_with('{') || body.starts_with('[')) {
    // A WhatsApp line also begins with a bracket, but a digit follows it.
    if (body.size() > 1 && (body[0] == '{' || body.find_first_of("{\"") < 8))
      return "application/json";
  }
  if (body.starts_with("<!DOCTYPE html"sv) || body.starts_with("<html"sv)) return "text/html";
  return "text/plain";
}

bool is_media(std::string_view type) {
  return type.starts_with("image/") || type.starts_with("audio/") || type.starts_with("video/") ||
         type == "application/pdf" || type == "text/vcard";
}

}  // namespace forensics::evidence
