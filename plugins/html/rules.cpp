#include "html/rules.hpp"

#include <algorithm>
#include <iterator>

namespace html {
namespace {

template <std::size_t N>
bool among(const std::string_view (&names)[N], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_cell(std::string_view name) {
  return name == "td" || name == "th";
}
bool is_row_group(std::string_view name) {
  return name == "tbody" || name == "thead" || name == "tfoot";
}

bool is_block(std::string_view name) {
  static constexpr std::string_view kNames[] = {
      "address", "article", "aside",  "blockquote", "center",     "details", "dialog",
      "dir",     "div",     "dl",     "fieldset",   "figcaption", "figure",  "footer",
      "form",    "h1",      "h2",     "h3",         "h4",         "h5",      "h6",
      "header",  "hgroup",  "hr",     "main",       "menu",       "nav",     "ol",
      "p",       "pre",     "search", "section",    "summary",    "table",   "ul"};
  return among(kNames, name);
}

}  // namespace

bool is_raw(std::string_view name) {
  static constexpr std::string_view kNames[] = {"script", "style",  "title",   "textarea",
                                                "xmp",    "iframe", "noembed", "noframes"};
  return name.size() >= 3 && among(kNames, name);
}

bool is_void(std::string_view name) {
  static constexpr std::string_view kNames[] = {
      "br",  "img",   "input",  "meta",  "link",  "hr",       "area",    "base",  "col",
      "wbr", "embed", "source", "track", "param", "basefont", "bgsound", "frame", "keygen"};
  return among(kNames, name);
}

bool is_formatting(std::string_view name) {
  static constexpr std::string_view kNames[] = {"a",    "b",     "i",      "u",     "s",
                                                "em",   "tt",    "big",    "font",  "nobr",
                                                "code", "small", "strike", "strong"};
  return among(kNames, name);
}

bool is_barrier(std::string_view name) {
  static constexpr std::string_view kNames[] = {"table", "td",     "th",      "caption", "template",
                                                "html",  "object", "marquee", "applet"};
  return among(kNames, name);
}

bool implies_end(std::string_view opening, std::string_view open) {
  if (open == "p") return is_block(opening);
  if (open == "li") return opening == "li";
  if (open == "dt" || open == "dd") return opening == "dt" || opening == "dd";
  if (open == "option") return opening == "option" || opening == "optgroup";
  if (open == "optgroup") return opening == "optgroup";
  if (is_cell(open)) return is_cell(opening) || opening == "tr" || is_row_group(opening);
  if (open == "tr") return opening == "tr" || is_row_group(opening);
  if (is_row_group(open)) return is_row_group(opening);
  return false;
}

bool stops_implied_end(std::string_view opening, std::string_view open) {
  if (opening == "li") return open == "ul" || open == "ol" || is_barrier(open);
  if (opening == "dt" || opening == "dd") return open == "dl" || is_barrier(open);
  if (opening == "option" || opening == "optgroup") return open == "select" || open == "datalist";
  if (is_cell(opening) || opening == "tr" || is_row_group(opening)) return open == "table";
  return is_barrier(open) || open == "button";
}

}  // namespace html
