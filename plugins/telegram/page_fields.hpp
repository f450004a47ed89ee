#pragma once
// Pieces of a page as fields of records: read, trimmed, and marked as told.

#include <string>
#include <string_view>
#include <vector>

#include "page_pieces.hpp"
#include "writer.hpp"

namespace telegram {

class PageFields {
 public:
  PageFields(Writer& writer, html::Values& values) : writer_(writer), values_(values) {}

  // Takes up a block: nothing of it is told yet.
  void begin(const Block& block);
  const Block& block() const { return *block_; }

  // What a piece says; empty where there is none, or where it is too long to be read.
  std::string text(const Piece* piece);
  // The bytes as they stand; valid until the next call of anything here.
  std::string_view raw(html::Range where) { return values_.bytes(where); }
  html::Range trimmed(const Piece& piece) { return values_.trimmed(piece.where); }

  // As a field; false where the piece says nothing. Marks it as told.
  bool put(fx::Record& record, const char* key, const Piece* piece);
  // A part of a page through a codec of HTML.
  bool put(fx::Record& record, const char* key, html::Range where, fx_codec codec);
  // Digits and the like, as they stand.
  void put_raw(fx::Record& record, const char* key, html::Range where);
  // A text of a message, without what the writer got wrong in it.
  bool put_text(fx::Record& record, const char* key, const Piece* piece);
  // "name=value".
  void extra(fx::Record& record, std::string_view name, const Piece& piece);

  void tell(const Piece* piece);
  bool is_told(const Piece& piece) const;
  // Every piece that was not told, each under the name of its place.
  void rest(fx::Record& record);

 private:
  static fx_codec codec_of(const Piece& piece) {
    return piece.kind == Piece::attribute ? FX_CODEC_HTML_ATTRIBUTE : FX_CODEC_HTML_TEXT;
  }
  bool is_readable(html::Range where);

  Writer& writer_;
  html::Values& values_;
  const Block* block_ = nullptr;
  std::vector<bool> told_;
};

}  // namespace telegram
