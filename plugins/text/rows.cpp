#include "text/rows.hpp"

#include "text/charset.hpp"
#include "text/utf8.hpp"

namespace text {

int Rows::unit_at(std::string_view there, std::size_t at) const {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(there[i]); };
  if (dialect_.unit() == 1) return byte(at);
  return dialect_.encoding == Encoding::utf16le ? byte(at) | byte(at + 1) << 8
                                                : byte(at) << 8 | byte(at + 1);
}

bool Rows::next(Row& row) {
  for (std::size_t want = std::size_t{64} << 10;; want *= 4) {
    const std::string_view there = window_.at(offset_, want);
    if (there.empty()) return false;
    const bool last = there.size() < want || there.size() >= kMostRow;
    if (!read(there.substr(0, kMostRow), last, row)) continue;
    offset_ += row.length;
    return true;
  }
}

// False where the row does not end in `there` and there is more to come.
bool Rows::read(std::string_view there, bool last, Row& row) const {
  const std::size_t unit = dialect_.unit();
  row.offset = offset_;
  row.cells.clear();
  row.cut = false;
  row.dropped = 0;
  std::size_t at = 0;
  const auto left = [&] { return at + unit <= there.size(); };
  while (true) {
    Cell cell;
    std::size_t begin = at;
    std::size_t end = at;
    if (left() && unit_at(there, at) == '"') {
      at += unit;
      begin = at;
      bool closed = false;
      while (left()) {
        if (unit_at(there, at) != '"') {
          at += unit;
          continue;
        }
        const bool more = at + 2 * unit <= there.size();
        if (!more && !last) return false;
        if (more && unit_at(there, at + unit) == '"') {
          cell.doubled = true;
          at += 2 * unit;
          continue;
        }
        closed = true;
        break;
      }
      if (!closed && !last) return false;
      row.cut = row.cut || !closed;
      end = at;
      if (closed) at += unit;
      // What stands between the closing quote and the delimiter is damage; it goes with the cell.
      const std::size_t behind = at;
      while (left() && unit_at(there, at) != dialect_.delimiter && unit_at(there, at) != '\n')
        at += unit;
      std::size_t tail = at;
      if (tail >= behind + unit && left() && unit_at(there, at) == '\n' &&
          unit_at(there, tail - unit) == '\r')
        tail -= unit;
      if (tail > behind && closed) {
        begin -= unit;
        end = tail;
        cell.doubled = false;
      }
    } else {
      while (left() && unit_at(there, at) != dialect_.delimiter && unit_at(there, at) != '\n')
        at += unit;
      end = at;
      if (left() && unit_at(there, at) == '\n' && end >= begin + unit &&
          unit_at(there, end - unit) == '\r')
        end -= unit;
    }
    cell.offset = offset_ + begin;
    cell.raw = there.substr(begin, end - begin);
    if (row.cells.size() < kMostCells)
      row.cells.push_back(cell);
    else
      ++row.dropped;
    if (!left()) {
      if (!last) return false;
      if (there.size() >= kMostRow) row.cut = true;
      row.length = there.size();
      return true;
    }
    const bool line_end = unit_at(there, at) == '\n';
    at += unit;
    if (line_end) {
      row.length = at;
      return true;
    }
  }
}

Value value_of(const Cell& cell, Encoding encoding) {
  Value out;
  std::string bytes(cell.raw);
  if (encoding == Encoding::utf16le || encoding == Encoding::utf16be) {
    const bool little = encoding == Encoding::utf16le;
    out.text = Charset(little ? "utf-16le" : "utf-16be").to_utf8(bytes);
    const bool plain = out.text.find('\r') == std::string::npos;
    out.codec = plain ? little ? FX_CODEC_UTF16LE : FX_CODEC_UTF16BE : FX_CODEC_NONE;
  } else if (is_utf8(bytes)) {
    out.text = bytes;
    out.codec = bytes.find('\r') == std::string::npos ? FX_CODEC_UTF8 : FX_CODEC_UTF8_LINES;
    if (out.codec == FX_CODEC_UTF8_LINES) out.text = repaired(bytes);
  } else {
    out.text = repaired(bytes);
    out.codec = FX_CODEC_UTF8_REPAIR;
  }
  if (!cell.doubled) return out;
  out.codec = FX_CODEC_NONE;
  std::string single;
  for (std::size_t i = 0; i < out.text.size(); ++i) {
    single.push_back(out.text[i]);
    if (out.text[i] == '"' && i + 1 < out.text.size() && out.text[i + 1] == '"') ++i;
  }
  out.text = std::move(single);
  return out;
}

}  // namespace text
