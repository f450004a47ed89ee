// KML 2.x: placemarks with points, lines and areas, and gx:Track with a time for each place.

#include <algorithm>
#include <string>
#include <vector>

#include "formats.hpp"
#include "places.hpp"
#include "text/date.hpp"
#include "text/utf8.hpp"
#include "xml/elements.hpp"
#include "xml/leaves.hpp"

namespace location {
namespace {

constexpr const char* kRule = "kml.element";
constexpr std::string_view kBetween = "structure";
constexpr std::string_view kWhy =
    "markup between placemarks; values that stand in it are `extra` of the document";
constexpr std::size_t kMostTuple = 256;          // letters of one coordinate
constexpr std::size_t kMostFixes = 1'000'000;    // of one track
constexpr std::size_t kMostGeometries = 65'536;  // of one placemark

struct Range {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

class Reader {
 public:
  Reader(const fx::Host& host, std::string_view file_name)
      : host_(host),
        file_name_(file_name),
        window_(host),
        elements_(window_),
        again_(host),
        places_(host, "kml", kRule),
        skips_(host) {}

  fx_status run() {
    xml::Event event;
    while (elements_.next(event)) take(event);
    flush();
    skips_.flush();
    places_.values().finish();
    if (!seen_root_) return FX_NOT_MINE;
    if (dropped_ != 0)
      host_.note(FX_WARNING, fx::span(0, 0), "place-limit",
                 std::to_string(dropped_) + " coordinates are too many or too long to be read");
    if (elements_.damaged() == 0 && elements_.too_deep() == 0) return FX_OK;
    host_.note(FX_WARNING, fx::span(0, 0), "damaged-markup",
               std::to_string(elements_.damaged()) + " places where the markup is damaged, " +
                   std::to_string(elements_.too_deep()) +
                   " elements nested too deep: what stands around them is read");
    return FX_TRUNCATED;
  }

 private:
  void take(const xml::Event& event) {
    if (depth_ != 0) return in_placemark(event);
    if (event.what == xml::Event::opened) {
      const std::string& name = elements_.open().back().name;
      seen_root_ = seen_root_ || name == "kml" || name == "Document" || name == "Placemark";
      if (name == "Placemark") return begin_placemark(event);
    }
    rest_.add(event, elements_, 1);
    skips_.add(event.token.offset, event.token.length, kBetween, kWhy);
    rest_end_ = event.token.end_offset();
    if (rest_.size() > 1000) flush();
  }

  void begin_placemark(const xml::Event& event) {
    conversation();
    leaves_.clear();
    coordinates_.clear();
    whens_.clear();
    coords_.clear();
    folder_ = folder();
    begin_ = event.token.offset;
    depth_ = elements_.open().size();
    leaves_.add(event, elements_, depth_);
  }

  // The names of the elements around the placemark are structure; folders have a name of their own,
  // which is in `rest_` and not kept by depth: their number tells them apart.
  std::int64_t folder() const {
    return std::count_if(elements_.open().begin(), elements_.open().end(),
                         [](const xml::Element& each) { return each.name == "Folder"; });
  }

  void in_placemark(const xml::Event& event) {
    if (event.what == xml::Event::text) {
      const std::string& name = elements_.open().back().name;
      const Range where = {event.token.raw_offset, event.token.raw.size()};
      if (name == "coordinates") {
        keep(coordinates_, where, kMostGeometries, event.token.raw);
        return;
      }
      if (elements_.inside("Track") && (name == "coord" || name == "when")) {
        keep(name == "coord" ? coords_ : whens_, where, kMostFixes, event.token.raw);
        return;
      }
    }
    leaves_.add(event, elements_, depth_);
    if (event.what != xml::Event::closed || elements_.open().size() >= depth_) return;
    depth_ = 0;
    emit(event.end - begin_);
  }

  void keep(std::vector<Range>& to, const Range& where, std::size_t most, std::string_view raw) {
    if (text::trimmed(raw).empty()) return;
    if (to.size() < most)
      to.push_back(where);
    else
      ++dropped_;
  }

  void emit(std::uint64_t length) {
    skips_.flush();
    text::Values& values = places_.values();
    const std::int64_t message = places_.begin_message(conversation_, "location", begin_, length);
    const xml::Leaf* when = leaves_.take("TimeStamp/when");
    if (when == nullptr) when = leaves_.take("TimeSpan/begin");
    places_.sent("sent", when, "when");
    name_ = leaves_.take("name");
    const xml::Leaf* description = leaves_.take("description");
    xml::put(values, "text", description != nullptr ? description : name_);
    if (folder_ > 0) values.number_extra("folders-around", folder_, begin_, length);
    leaves_.rest(values);
    values.emit();
    for (const Range& range : coordinates_) tuples(message, range);
    track();
  }

  // "lon,lat[,alt] lon,lat[,alt] ..."
  void tuples(std::int64_t message, const Range& range) {
    const std::uint64_t end = range.offset + range.length;
    for (std::uint64_t at = range.offset; at < end;) {
      const std::string_view there =
          again_.at(at, kMostTuple)
              .substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(kMostTuple, end - at)));
      if (there.empty()) return;
      if (is_blank(there.front())) {
        ++at;
        continue;
      }
      std::size_t n = 0;
      while (n < there.size() && !is_blank(there[n])) ++n;
      if (n == kMostTuple)
        ++dropped_;
      else
        tuple(message, there.substr(0, n), at, ',');
      at += n;
    }
  }

  void tuple(std::int64_t message, std::string_view raw, std::uint64_t offset, char between) {
    const std::size_t first = std::min(raw.find(between), raw.size());
    const std::size_t second = std::min(raw.find(between, first + 1), raw.size());
    const std::size_t from = std::min(first + 1, raw.size());
    const std::size_t third = std::min(second + 1, raw.size());
    const Written longitude = {raw.substr(0, first), offset};
    const Written latitude = {raw.substr(from, second - std::min(from, second)), offset + from};
    places_.begin_location(message, latitude, longitude, offset, raw.size());
    text::Values& values = places_.values();
    if (name_ != nullptr) xml::put(values, "name", name_);
    if (third < raw.size()) values.extra("altitude", raw.substr(third), offset + third);
    values.emit();
  }

  // The times of a track come first, then as many places; or both in turn.
  void track() {
    text::Values& values = places_.values();
    if (whens_.size() != coords_.size())
      host_.note(FX_WARNING, fx::span(begin_, 0), "track-count",
                 "a track of " + std::to_string(coords_.size()) + " places and " +
                     std::to_string(whens_.size()) + " times: they are joined in order");
    for (std::size_t i = 0; i < std::max(coords_.size(), whens_.size()); ++i) {
      const Range* when = i < whens_.size() ? &whens_[i] : nullptr;
      const Range* coord = i < coords_.size() ? &coords_[i] : nullptr;
      const Range& extent = coord != nullptr ? *coord : *when;
      const std::int64_t message =
          places_.begin_message(conversation_, "location", extent.offset, extent.length);
      if (when != nullptr) {
        const std::string text = bytes(*when);
        if (const auto time = text::iso_time(text))
          values.time("sent", *time, when->offset, when->length, "iso-8601");
        else
          values.extra("when", text, when->offset);
      }
      values.emit();
      if (coord == nullptr) continue;
      const std::string text = bytes(*coord);
      const std::string_view raw = text::trimmed(text);
      const auto skip = static_cast<std::uint64_t>(raw.data() - text.data());
      tuple(message, raw, coord->offset + skip, ' ');
    }
  }

  std::string bytes(const Range& range) const {
    std::string out(static_cast<std::size_t>(std::min<std::uint64_t>(range.length, kMostTuple)), 0);
    out.resize(host_.read(range.offset, out.data(), out.size()));
    return out;
  }

  void conversation() {
    if (conversation_ != 0) return;
    skips_.flush();
    conversation_ = places_.begin_conversation("places", 0, 0);
    const xml::Leaf* name = rest_.take("Document/name");
    if (name == nullptr) name = rest_.take("Folder/name");
    places_.title(name, file_name_);
    rest_.rest(places_.values());
    places_.values().emit();
    rest_.clear();
  }

  void flush() {
    if (rest_.empty()) return;
    if (conversation_ == 0) return conversation();
    skips_.flush();
    places_.begin_message(conversation_, "other", rest_end_, 0);
    rest_.rest(places_.values());
    places_.values().emit();
    rest_.clear();
  }

  const fx::Host& host_;
  std::string_view file_name_;
  fx::Window window_;
  xml::Elements elements_;
  fx::Window again_;  // for the coordinates of a placemark, once all else of it is known
  Places places_;
  text::Skips skips_;
  bool seen_root_ = false;

  xml::Leaves rest_;  // values outside of placemarks
  std::uint64_t rest_end_ = 0;
  std::int64_t conversation_ = 0;

  xml::Leaves leaves_;
  std::vector<Range> coordinates_, whens_, coords_;
  const xml::Leaf* name_ = nullptr;
  std::size_t depth_ = 0;  // 0: outside of a placemark
  std::uint64_t begin_ = 0;
  std::int64_t folder_ = 0;
  std::uint64_t dropped_ = 0;
};

}  // namespace

fx_status read_kml(const fx::Host& host, std::string_view file_name) {
  return Reader(host, file_name).run();
}

}  // namespace location
