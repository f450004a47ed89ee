// Any bytes as a page: tokens follow each other without a gap, elements close, and what a text says
// is the same to the plugins and to the host.

#include <string>

#include "html/elements.hpp"
#include "html/text.hpp"
#include "plugin/html_codec.hpp"
#include "target.hpp"

using namespace forensics;
using fuzz::promise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string page(reinterpret_cast<const char*>(data), size);
  html::HeldBytes bytes(page);
  html::Tokens tokens(bytes);
  html::Token token;
  std::uint64_t at = 0;
  while (tokens.next(token)) {
    promise(token.where.offset == at && token.where.length != 0, "no gap between tokens");
    at = token.where.end();
  }
  promise(at == page.size(), "tokens reach to the end");

  html::HeldBytes again(page);
  html::Elements elements(again);
  html::Event event;
  while (elements.next(event))
    promise(elements.open().size() <= html::Elements::kDeepest, "what is open is bounded");
  promise(elements.open().empty(), "all elements close");

  promise(html::text_of(page) == plugin::from_html_text(page), "one text on both sides");
  promise(html::attribute_of(page) == plugin::from_html_attribute(page), "one value on both sides");
  return 0;
}
