// Codecs: the fast comparison agrees with decoding, and no source is longer than it is said to be.
// First byte: the codec. Second byte: where the value begins. Then source and value.

#include "plugin/codec.hpp"
#include "target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace forensics;
  using fuzz::promise;
  fuzz::Script script(data, size);
  const auto codec =
      static_cast<model::Codec>(script.place(static_cast<std::size_t>(model::kLastCodec) + 1));
  const auto cut = script.number<std::uint8_t>();
  const ByteView rest = script.all();
  const ByteView source = rest.substr(0, rest.empty() ? 0 : cut % rest.size());
  const ByteView value = rest.substr(source.size());

  const auto decoded = plugin::decode(codec, source);
  promise(plugin::stands_for(codec, source, value) == (decoded && *decoded == value),
          "comparing agrees with decoding");
  if (!decoded) return 0;
  promise(plugin::stands_for(codec, source, *decoded), "bytes stand for what they decode to");
  promise(source.size() <= plugin::longest_source(codec, decoded->size()),
          "no source is longer than it is said to be");
  const bool yields_text =
      (codec >= model::Codec::utf8 && codec <= model::Codec::percent) ||
      codec == model::Codec::json_string_repaired || codec == model::Codec::json_string_latin1 ||
      codec == model::Codec::html_text || codec == model::Codec::html_attribute;
  promise(!yields_text || is_utf8(*decoded), "a codec of text yields UTF-8");
  return 0;
}
