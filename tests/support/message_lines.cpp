#include "support/message_lines.hpp"

#include <chrono>
#include <cstdio>
#include <map>

namespace forensics::test {
namespace {

using model::Key;
using model::Kind;
using model::Record;

Json text_or_null(const Record& record, Key key) {
  const model::Field* field = record.find(key);
  return field == nullptr ? Json() : Json(field->text);
}

void copy_flag(const Record& record, Key key, std::string_view name, Json& line) {
  if (const model::Field* field = record.find(key)) line[name] = field->number;
}

Json poll(const Record& record) {
  Json out = Json::object();
  out["question"] = text_or_null(record, Key::question);
  std::vector<std::pair<std::string, Json>> options;
  for (const model::Field& field : record.fields) {
    if (field.key == Key::option) options.emplace_back(field.text, Json());
    if (field.key == Key::votes && !options.empty()) options.back().second = Json(field.number);
  }
  Json list = Json::array();
  for (auto& [text, votes] : options) {
    Json pair = Json::array();
    pair.push_back(Json(text));
    pair.push_back(votes);
    list.push_back(std::move(pair));
  }
  out["options"] = std::move(list);
  return out;
}

void add_belonging(const Record& record, Json& line) {
  switch (record.kind) {
    case Kind::attachment:
      line["attachment"] = text_or_null(record, Key::name);
      line["attachment_state"] = text_or_null(record, Key::state);
      break;
    case Kind::location:
      if (record.find(Key::latitude) == nullptr) break;
      line["latitude"] = text_or_null(record, Key::latitude);
      line["longitude"] = text_or_null(record, Key::longitude);
      break;
    case Kind::poll: line["poll"] = poll(record); break;
    case Kind::identity:
      if (record.find(Key::before) == nullptr || record.find(Key::after) == nullptr) break;
      line["identity"]["before"] = text_or_null(record, Key::before);
      line["identity"]["after"] = text_or_null(record, Key::after);
      break;
    default: break;
  }
}

}  // namespace

Json wall_clock(const model::Time& time) {
  if (time.precision == model::Precision::none) return {};
  using namespace std::chrono;
  const sys_time<milliseconds> moment{milliseconds(time.wall)};
  const auto day = floor<days>(moment);
  const year_month_day date(day);
  const hh_mm_ss clock(floor<seconds>(moment - day));
  char out[40];
  std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  const std::string text(out);
  if (time.precision == model::Precision::day) return Json(text.substr(0, 10));
  if (time.precision == model::Precision::minute) return Json(text.substr(0, 16));
  return Json(text);
}

std::vector<Json> message_lines(const std::vector<Record>& records) {
  std::map<std::int64_t, std::string> names;
  std::map<std::int64_t, std::size_t> line_of;
  std::vector<Json> lines;
  for (const Record& record : records) {
    if (record.kind == Kind::participant) {
      const model::Field* name = record.find(Key::name);
      if (name != nullptr) names[record.ref] = name->text;
    } else if (record.kind == Kind::message) {
      Json line = Json::object();
      const model::Field* sender = record.find(Key::sender);
      line["author"] = sender == nullptr ? Json() : Json(names[sender->number]);
      const model::Field* text = record.find(Key::text);
      line["text"] = text == nullptr ? Json("") : Json(text->text);
      line["type"] = text_or_null(record, Key::type);
      const model::Field* sent = record.find(Key::sent);
      line["wall"] = sent == nullptr ? Json() : wall_clock(sent->time);
      if (const model::Field* other = record.find(Key::sent_other))
        line["wall_other"] = wall_clock(other->time);
      if (record.find(Key::action) != nullptr) line["action"] = text_or_null(record, Key::action);
      copy_flag(record, Key::deleted, "deleted", line);
      copy_flag(record, Key::edited, "edited", line);
      copy_flag(record, Key::view_once, "view_once", line);
      if (record.ref != 0) line_of[record.ref] = lines.size();
      lines.push_back(std::move(line));
    } else if (const model::Field* message = record.find(Key::message)) {
      const auto found = line_of.find(message->number);
      if (found != line_of.end()) add_belonging(record, lines[found->second]);
    }
  }
  return lines;
}

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace forensics::test
