#include "places.hpp"

#include <string>

#include "text/date.hpp"
#include "text/utf8.hpp"

namespace location {

std::int64_t Places::begin_conversation(std::string_view type, std::uint64_t offset,
                                        std::uint64_t length) {
  values_.start(FX_KIND_CONVERSATION, ++conversations_, offset, length);
  values_.word("platform", platform_, offset);
  values_.word("type", type, offset);
  return conversations_;
}

void Places::title(const xml::Leaf* name, std::string_view file_name) {
  if (name != nullptr) return xml::put(values_, "title", name);
  if (!file_name.empty() && text::is_utf8(file_name))
    values_.derived("title", std::string(file_name), 0, 0, "location.file-name");
}

std::int64_t Places::begin_message(std::int64_t conversation, std::string_view type,
                                   std::uint64_t offset, std::uint64_t length) {
  values_.start(FX_KIND_MESSAGE, ++messages_, offset, length);
  values_.ref("conversation", conversation, offset);
  values_.word("type", type, offset);
  return messages_;
}

void Places::sent(const char* key, const xml::Leaf* leaf, std::string_view name) {
  if (leaf == nullptr) return;
  if (const auto time = text::iso_time(xml::plain(*leaf)))
    values_.time(key, *time, leaf->offset, leaf->raw.size(), "iso-8601");
  else
    xml::put_extra(values_, name, *leaf);
}

void Places::begin_location(std::int64_t message, const Written& latitude, const Written& longitude,
                            std::uint64_t offset, std::uint64_t length) {
  values_.start(FX_KIND_LOCATION, 0, offset, length);
  values_.ref("message", message, offset);
  if (text::is_degrees(latitude.raw, 90) && text::is_degrees(longitude.raw, 180)) {
    values_.text("latitude", latitude.raw, latitude.offset);
    values_.text("longitude", longitude.raw, longitude.offset);
    return;
  }
  values_.extra("not-degrees.latitude", latitude.raw, latitude.offset);
  values_.extra("not-degrees.longitude", longitude.raw, longitude.offset);
}

}  // namespace location
