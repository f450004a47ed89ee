// XMP (ISO 16684-1): RDF in XML. Simple values are read; of lists and structures each value with
// its path.

#include "pictures.hpp"
#include "text/date.hpp"
#include "text/utf8.hpp"
#include "xml/leaves.hpp"

namespace media {
namespace {

// Without what every packet has around its values.
std::string name_of(std::string_view path) {
  constexpr std::string_view kDescription = "Description";
  const std::size_t at = path.find(kDescription);
  std::string_view rest =
      at == std::string_view::npos ? path : path.substr(at + kDescription.size());
  if (rest.starts_with('/') || rest.starts_with('@')) rest.remove_prefix(1);
  return "xmp." + std::string(rest);
}

}  // namespace

void read_xmp(Bytes& bytes, const Range& where, Facts& facts) {
  // A packet is small and may end with kilobytes of blanks for later changes.
  constexpr std::uint64_t kMost = std::uint64_t{4} << 20;
  if (where.length > kMost) return facts.opaque("xmp", {}, where);
  fx::Window window(bytes.host(), where.end());
  xml::Elements elements(window, where.offset);
  xml::Leaves leaves;
  xml::Event event;
  while (elements.next(event)) leaves.add(event, elements, 1);
  for (const xml::Leaf& leaf : leaves.all()) {
    const std::string name = name_of(leaf.path);
    const std::size_t colon = name.find("xmlns");
    if (colon != std::string::npos || name == "xmp.about" || name == "xmp.rdf:about") continue;
    const std::string said = text::repaired(xml::plain(leaf));
    const Range here{leaf.offset, leaf.raw.size()};
    if (name.ends_with("DateTimeOriginal") || name.ends_with("photoshop:DateCreated") ||
        name == "xmp.DateCreated")
      if (const auto time = text::iso_time(said))
        facts.time(Rank::digitised, *time, here, "xmp.date");
    facts.value(name, said, here);
  }
  if (elements.damaged() != 0) facts.damaged("XMP that is cut or malformed", where);
}

}  // namespace media
