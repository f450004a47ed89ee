// Codecs: the fast comparison agrees with decoding, and no source is longer than it is said to be.
// First byte: the codec. Second byte: where the value begins. Then source and value.

#include <cstdlib>

#include "plugin/codec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace forensics;
  if (size < 2) return 0;
  const auto codec = static_cast<model::Codec>(data[0] % 10);
  const ByteView rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::size_t cut = rest.empty() ? 0 : data[1] % rest.size();
  const ByteView source = rest.substr(0, cut);
  const ByteView value = rest.substr(cut);

  const auto decoded = plugin::decode(codec, source);
  if (plugin::stands_for(codec, source, value) != (decoded && *decoded == value)) std::abort();
  if (!decoded) return 0;
  if (!plugin::stands_for(codec, source, *decoded)) std::abort();
  if (source.size() > plugin::longest_source(codec, decoded->size())) std::abort();
  const bool yields_text = codec >= model::Codec::utf8 && codec <= model::Codec::percent;
  if (yields_text && !is_utf8(*decoded)) std::abort();
  return 0;
}
