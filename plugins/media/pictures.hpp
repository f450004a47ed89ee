#pragma once
// The files that metadata stands in. Each reads what it knows into `facts`; what is not there is
// no fact.

#include "bytes.hpp"
#include "facts.hpp"

namespace media {

void read_jpeg(Bytes& bytes, Facts& facts);
void read_tiff(Bytes& bytes, Facts& facts);
void read_png(Bytes& bytes, Facts& facts);
void read_webp(Bytes& bytes, Facts& facts);
// ISO 14496-12 and QuickTime: films, and pictures of the family HEIF.
void read_boxes(Bytes& bytes, Facts& facts);

// XMP: what stands in the attributes and elements of its descriptions.
void read_xmp(Bytes& bytes, const Range& where, Facts& facts);
// Bytes that may be text, under a name.
void read_words(Bytes& bytes, std::string name, const Range& where, Facts& facts);

}  // namespace media
