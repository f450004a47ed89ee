// GeoJSON (RFC 7946): features one after the other; a single feature or geometry as a whole.

#include <string>
#include <vector>

#include "formats.hpp"
#include "json/reader.hpp"
#include "json/tree.hpp"
#include "places.hpp"
#include "text/date.hpp"
#include "text/json_values.hpp"

namespace location {
namespace {

constexpr const char* kRule = "geojson.member";

class Quiet final : public json::DefectSink {
 public:
  void found(json::Defect, std::uint64_t, std::uint64_t) override {}
};

// A position: the longitude first.
struct Position {
  json::Value longitude, latitude;
};

bool is_number(const json::Value& value) {
  return value.kind() == json::Kind::number;
}

// Every position in nested arrays, in the order of the file; no deeper than a tree is.
void collect(const json::Value& coordinates, std::vector<Position>& found) {
  const json::Value first = coordinates.child();
  if (!coordinates.is_array() || !first) return;
  if (is_number(first) && is_number(first.next())) {
    found.push_back({first, first.next()});
    return;
  }
  for (json::Value each = first; each; each = each.next()) collect(each, found);
}

void collect_all(const json::Value& geometry, std::vector<Position>& found) {
  collect(geometry["coordinates"], found);
  // A collection may hold others, says the standard, but should not.
  for (json::Value each = geometry["geometries"].child(); each; each = each.next())
    collect(each["coordinates"], found);
}

class Reader {
 public:
  Reader(const fx::Host& host, std::string_view file_name)
      : host_(host),
        file_name_(file_name),
        source_(host),
        repairs_(host),
        reader_(source_, repairs_),
        places_(host, "geojson", kRule),
        skips_(host) {}

  fx_status run(bool has_features) {
    const json::Token& first = reader_.next();
    if (first.kind != json::Kind::begin_object) return FX_NOT_MINE;
    skip_to(first.offset);
    skips_.flush();
    begin_conversation(first.offset);
    if (has_features)
      members();
    else
      whole(first);
    skip_to(host_.length());
    skips_.flush();
    places_.values().finish();
    repairs_.finish();
    return repairs_.is_cut() ? FX_TRUNCATED : FX_OK;
  }

 private:
  void begin_conversation(std::uint64_t offset) {
    conversation_ = places_.begin_conversation("places", offset, 0);
    is_open_ = true;
  }

  // Members of the root stand in the conversation's record up to the features; a record of their
  // own takes those behind them.
  void members() {
    for (const json::Token* token = &reader_.next(); token->kind == json::Kind::key;
         token = &reader_.next()) {
      const std::string name = json::text_of(token->raw, token->form);
      const std::uint64_t begin = token->offset;
      const json::Token& value = reader_.next();
      if (name == "features" && value.kind == json::Kind::begin_array) {
        close_conversation();
        skip_to(value.offset);
        features();
        continue;
      }
      tree_.read(reader_, value);
      if (!is_open_) {
        skip_to(begin);
        skips_.flush();
        places_.begin_message(conversation_, "other", begin, tree_.end() - begin);
        told_ = tree_.end();
      }
      if (name == "name" && is_open_ && !titled_)
        titled_ = text::put(places_.values(), "title", tree_.root());
      text::put_rest(places_.values(), tree_, tree_.root(), name);
      if (!is_open_) places_.values().emit();
    }
    close_conversation();
  }

  void close_conversation() {
    if (!is_open_) return;
    is_open_ = false;
    if (!titled_) places_.title(nullptr, file_name_);
    places_.values().emit();
  }

  void features() {
    for (const json::Token* token = &reader_.next();
         token->kind != json::Kind::end_array && token->kind != json::Kind::end;
         token = &reader_.next()) {
      const std::uint64_t begin =
          token->kind == json::Kind::string ? token->offset - 1 : token->offset;
      tree_.read(reader_, *token);
      if (tree_.end() > begin) feature(begin);
    }
  }

  void whole(const json::Token& first) {
    close_conversation();
    const std::uint64_t begin = first.offset;
    tree_.read(reader_, first);
    feature(begin);
  }

  void feature(std::uint64_t begin) {
    const std::uint64_t end = tree_.end();
    skip_to(begin);
    skips_.flush();
    told_ = end;
    const json::Value root = tree_.root();
    std::vector<Position> positions;
    collect_all(root["geometry"] ? root["geometry"] : root, positions);
    for (const Position& each : positions) {
      each.longitude.use();
      each.latitude.use();
    }
    text::Values& values = places_.values();
    const bool is_place = !positions.empty();
    const std::int64_t message =
        places_.begin_message(conversation_, is_place ? "location" : "other", begin, end - begin);
    const json::Value name = root["properties"]["name"];
    text::put(values, "source_id", root["id"]);
    put_time(values, root["properties"]);
    if (!is_place) text::put(values, "name", name);
    if (name.is_text() && is_place) name.use();
    text::put_rest(values, tree_, root);
    values.emit();
    for (const Position& each : positions) {
      const fx_span where = each.longitude.span();
      const fx_span latitude = each.latitude.span();
      places_.begin_location(message, {each.latitude.raw(), latitude.offset},
                             {each.longitude.raw(), where.offset}, where.offset, 0);
      text::put(values, "name", name);
      values.emit();
    }
    if (tree_.full_at() < end)
      host_.note(FX_WARNING, fx::span(tree_.full_at(), end - tree_.full_at()), "feature-limit",
                 "a feature has more values than are kept: from here on it is not read");
  }

  // GeoJSON has no time of its own; "Saved Places" and most recorders write one among these names.
  static void put_time(text::Values& values, const json::Value& properties) {
    for (const char* name : {"date", "time", "timestamp"}) {
      const json::Value when = properties[name];
      if (!when.is_text()) continue;
      const auto time = text::iso_time(when.text());
      if (!time) continue;
      const fx_span where = when.span();
      values.time("sent", *time, where.offset, where.length, "iso-8601");
      return;  // the value stays in `extra`, since its meaning is not fixed
    }
  }

  void skip_to(std::uint64_t offset) {
    if (offset > told_)
      skips_.add(told_, offset - told_, "structure",
                 "brackets and commas between features; members told with the collection");
    told_ = std::max(told_, offset);
  }

  const fx::Host& host_;
  std::string_view file_name_;
  json::HostSource source_;
  json::Repairs repairs_;
  json::Reader reader_;
  json::Tree tree_;
  Places places_;
  text::Skips skips_;
  std::int64_t conversation_ = 0;
  bool is_open_ = false;  // the conversation's record
  bool titled_ = false;
  std::uint64_t told_ = 0;
};

// What the root says in the head of the file.
struct Root {
  bool is_geojson = false;
  bool has_features = false;
};

Root root_of(const fx::Host& host) {
  constexpr std::uint64_t kHead = std::uint64_t{64} << 10;
  const json::HostSource source(host, 0, kHead);
  Quiet quiet;
  json::Reader reader(source, quiet);
  Root root;
  bool is_type = false, has_type = false, has_shape = false;
  if (reader.next().kind != json::Kind::begin_object) return root;
  for (const json::Token* token = &reader.next(); token->kind != json::Kind::end;
       token = &reader.next()) {
    if (reader.depth() > 1) continue;
    if (token->kind == json::Kind::key) {
      is_type = token->raw == "type";
      root.has_features = root.has_features || token->raw == "features";
      has_shape = has_shape || token->raw == "features" || token->raw == "geometry" ||
                  token->raw == "coordinates" || token->raw == "geometries";
    } else if (is_type && token->kind == json::Kind::string) {
      is_type = false;
      for (const std::string_view each :
           {"FeatureCollection", "Feature", "Point", "MultiPoint", "LineString", "MultiLineString",
            "Polygon", "MultiPolygon", "GeometryCollection"})
        has_type = has_type || token->raw == each;
    }
  }
  root.is_geojson = has_type && has_shape;
  return root;
}

}  // namespace

bool is_geojson(const fx::Host& host) {
  return root_of(host).is_geojson;
}

fx_status read_geojson(const fx::Host& host, std::string_view file_name) {
  return Reader(host, file_name).run(root_of(host).has_features);
}

}  // namespace location
