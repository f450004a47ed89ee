// GPX 1.0 and 1.1: waypoints, routes, tracks.

#include <optional>
#include <string>

#include "formats.hpp"
#include "places.hpp"
#include "text/utf8.hpp"
#include "xml/elements.hpp"
#include "xml/leaves.hpp"

namespace location {
namespace {

constexpr const char* kRule = "gpx.element";
constexpr std::string_view kBetween = "structure";
constexpr std::string_view kWhy =
    "markup between points; values that stand in it are `extra` of the collection they belong to";

bool is_point(std::string_view name) {
  return name == "wpt" || name == "trkpt" || name == "rtept";
}

class Reader {
 public:
  Reader(const fx::Host& host, std::string_view file_name)
      : host_(host),
        file_name_(file_name),
        window_(host),
        elements_(window_),
        places_(host, "gpx", kRule),
        skips_(host) {}

  fx_status run() {
    xml::Event event;
    while (elements_.next(event)) take(event);
    flush();
    skips_.flush();
    places_.values().finish();
    if (!seen_root_) return FX_NOT_MINE;
    if (elements_.damaged() == 0 && elements_.too_deep() == 0) return FX_OK;
    host_.note(FX_WARNING, fx::span(0, 0), "damaged-markup",
               std::to_string(elements_.damaged()) + " places where the markup is damaged, " +
                   std::to_string(elements_.too_deep()) +
                   " elements nested too deep: what stands around them is read");
    return FX_TRUNCATED;
  }

 private:
  void take(const xml::Event& event) {
    if (point_depth_ != 0) return in_point(event);
    if (event.what == xml::Event::opened) {
      const std::string& name = elements_.open().back().name;
      if (name == "gpx") seen_root_ = true;
      if (is_point(name)) return begin_point(event);
      if (name == "trk" || name == "rte") {
        flush();
        current_ = 0;
        current_type_ = name == "trk" ? "track" : "route";
        current_begin_ = event.token.offset;
        segment_ = 0;
      }
      if (name == "trkseg") ++segment_;
    }
    if (event.what == xml::Event::closed &&
        (event.element.name == "trk" || event.element.name == "rte")) {
      if (current_ == 0) conversation();  // it has no points: it is told all the same
      flush();
      current_ = file_;
      current_type_ = "waypoints";
    }
    rest_.add(event, elements_, 1);
    skips_.add(event.token.offset, event.token.length, kBetween, kWhy);
    rest_end_ = event.token.end_offset();
    if (rest_.size() > 1000) {
      conversation();
      flush();
    }
  }

  void begin_point(const xml::Event& event) {
    conversation();
    point_.clear();
    point_begin_ = event.token.offset;
    point_depth_ = elements_.open().size();
    point_.add(event, elements_, point_depth_);
  }

  void in_point(const xml::Event& event) {
    point_.add(event, elements_, point_depth_);
    if (event.what != xml::Event::closed || elements_.open().size() >= point_depth_) return;
    point_depth_ = 0;
    skips_.flush();
    const std::uint64_t length = event.end - point_begin_;
    const std::int64_t message = places_.begin_message(current_, "location", point_begin_, length);
    text::Values& values = places_.values();
    places_.sent("sent", point_.take("time"), "time");
    xml::put(values, "text", point_.take("desc"));
    const xml::Leaf* latitude = point_.take("@lat");
    const xml::Leaf* longitude = point_.take("@lon");
    const xml::Leaf* name = point_.take("name");
    if (segment_ > 0) values.number_extra("segment", segment_, point_begin_, length);
    point_.rest(values);
    values.emit();
    if (latitude == nullptr || longitude == nullptr)
      return without_place(latitude, longitude, message);
    places_.begin_location(message, {latitude->raw, latitude->offset},
                           {longitude->raw, longitude->offset}, point_begin_, length);
    xml::put(values, "name", name);
    values.emit();
  }

  // Half of a coordinate is no place, but it is there.
  void without_place(const xml::Leaf* latitude, const xml::Leaf* longitude, std::int64_t message) {
    const xml::Leaf* one = latitude != nullptr ? latitude : longitude;
    if (one == nullptr) return;
    text::Values& values = places_.values();
    values.start(FX_KIND_LOCATION, 0, one->offset, one->raw.size());
    values.ref("message", message, one->offset);
    xml::put_extra(values, latitude != nullptr ? "@lat" : "@lon", *one);
    values.emit();
  }

  // The conversation that the next point belongs to, once it is needed.
  void conversation() {
    if (current_ != 0) return;
    skips_.flush();
    const bool file = current_type_ == "waypoints";
    current_ = places_.begin_conversation(current_type_, current_begin_, 0);
    if (file) file_ = current_;
    const std::string prefix = file                       ? "metadata/name"
                               : current_type_ == "track" ? "trk/name"
                                                          : "rte/name";
    const xml::Leaf* name = rest_.take(prefix);
    if (name == nullptr && file) name = rest_.take("name");
    places_.title(name, file_name_);
    if (const xml::Leaf* created = file ? rest_.take("metadata/time") : nullptr)
      places_.sent("created", created, "metadata/time");
    rest_.rest(places_.values());
    places_.values().emit();
    rest_.clear();
  }

  // What came too late for the conversation.
  void flush() {
    if (rest_.empty()) return;
    if (current_ == 0) return conversation();
    skips_.flush();
    places_.begin_message(current_, "other", rest_end_, 0);
    rest_.rest(places_.values());
    places_.values().emit();
    rest_.clear();
  }

  const fx::Host& host_;
  std::string_view file_name_;
  fx::Window window_;
  xml::Elements elements_;
  Places places_;
  text::Skips skips_;
  bool seen_root_ = false;

  xml::Leaves rest_;  // values outside of points
  std::uint64_t rest_end_ = 0;
  std::int64_t file_ = 0;
  std::int64_t current_ = 0;
  std::string_view current_type_ = "waypoints";
  std::uint64_t current_begin_ = 0;
  std::int64_t segment_ = 0;

  xml::Leaves point_;
  std::size_t point_depth_ = 0;  // 0: outside of a point
  std::uint64_t point_begin_ = 0;
};

}  // namespace

fx_status read_gpx(const fx::Host& host, std::string_view file_name) {
  return Reader(host, file_name).run();
}

}  // namespace location
