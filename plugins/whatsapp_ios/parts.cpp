#include "parts.hpp"

#include <algorithm>
#include <string>

#include "sqlite/text.hpp"

namespace whatsapp_ios {
namespace {

constexpr std::uint64_t kMostNumber = (std::uint64_t{1} << 53) - 1;
constexpr std::uint64_t kFirstMilliseconds = 100'000'000'000;   // less are seconds
constexpr std::uint64_t kLastMilliseconds = 4'102'444'800'000;  // 2100
constexpr std::size_t kShown = 256;
constexpr std::size_t kLongest = 4096;  // of an extra

bool printable(std::string_view bytes) {
  return !bytes.empty() && sqlite::well_formed(bytes, sqlite::Encoding::utf8) &&
         std::ranges::all_of(bytes, [](char c) {
           return static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\r' || c == '\t';
         });
}

}  // namespace

std::vector<fx_span>& Parts::places(const Part& part, fx_codec codec) {
  fields_.told(*part.row, part.column);
  std::vector<sqlite::Span> found;
  part.row->row().spans(static_cast<std::size_t>(part.column), found);
  std::vector<fx_span>& out = places_.emplace_back();
  std::uint64_t skip = part.at;
  std::uint64_t left = part.length;
  for (sqlite::Span piece : found) {
    if (skip >= piece.length) {
      skip -= piece.length;
      continue;
    }
    piece.offset += skip;
    piece.length = std::min(piece.length - skip, left);
    skip = 0;
    left -= piece.length;
    if (piece.length != 0) out.push_back(fields_.files().span(piece, codec));
    if (left == 0) break;
  }
  if (left != 0) out.clear();
  return out;
}

bool Parts::text(const char* key, const Part& part) {
  if (!part.there() || !printable(part.bytes) || part.bytes.size() > sqlite::Fields::kMostText)
    return false;
  const std::vector<fx_span>& where = places(part, FX_CODEC_UTF8);
  if (where.empty()) {
    fields_.word(key, part.bytes, "whatsapp.ios.part", *part.row, part.column);
    return true;
  }
  fields_.record().verbatim(key, part.bytes, where.front());
  if (where.size() > 1) fields_.record().continued(std::span(where).subspan(1));
  return true;
}

bool Parts::number(const char* key, std::uint64_t value, const Part& part) {
  if (value > kMostNumber) return false;
  const std::vector<fx_span>& where = places(part, FX_CODEC_VARINT_LE);
  if (where.size() == 1)
    fields_.record().decoded(key, static_cast<std::int64_t>(value), where.front());
  else
    fields_.number(key, static_cast<std::int64_t>(value), "whatsapp.ios.part", *part.row,
                   part.column);
  return true;
}

bool Parts::time(const char* key, std::uint64_t value, const Part& part) {
  const bool seconds = value < kFirstMilliseconds;
  const std::uint64_t ms = seconds ? value * 1000 : value;
  if (value == 0 || ms > kLastMilliseconds) return false;
  const fx_time instant = fx::instant(static_cast<std::int64_t>(ms),
                                      seconds ? FX_PRECISION_SECOND : FX_PRECISION_MILLISECOND);
  const std::vector<fx_span>& where = places(part, FX_CODEC_NONE);
  const fx_span first = where.empty() ? fields_.span(*part.row, part.column) : where.front();
  fields_.record().time(key, instant, "whatsapp.ios.varint-time", first);
  return true;
}

void Parts::word(const char* key, std::string_view word, const char* rule, const Part& part) {
  const std::vector<fx_span>& where = places(part, FX_CODEC_NONE);
  const fx_span first = where.empty() ? fields_.span(*part.row, part.column) : where.front();
  fields_.record().derived(key, word, rule, first);
}

void Parts::extra(std::string_view name, std::string_view word, const Part& part) {
  std::string out(name);
  out += '=';
  out += sqlite::to_utf8(word.substr(0, kLongest), sqlite::Encoding::utf8);
  if (!fields_.count_extra()) return;
  this->word("extra", fields_.keep(std::move(out)), "whatsapp.ios.part", part);
}

std::string_view bytes_of(const sqlite::RowView& row, int column) {
  const sqlite::Value* value = row.value(column);
  if (value == nullptr) return {};
  if (value->type != sqlite::Storage::blob && value->type != sqlite::Storage::text) return {};
  return value->bytes;
}

void unknown_field(Parts& parts, std::string_view name, const protobuf::Field& field,
                   const Part& part) {
  const std::string label = std::string(name) + '.' + std::to_string(field.number);
  if (field.wire != protobuf::Wire::bytes) {
    parts.extra(label, std::to_string(field.value), part);
  } else if (printable(field.bytes) && field.bytes.size() <= kShown) {
    parts.extra(label, field.bytes, part);
  } else {
    parts.extra(label, "(" + std::to_string(field.bytes.size()) + " bytes)", part);
  }
}

}  // namespace whatsapp_ios
