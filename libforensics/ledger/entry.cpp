#include "ledger/entry.hpp"

#include <algorithm>
#include <array>

namespace forensics::ledger {
namespace {

constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;
constexpr int kMaxDepth = 32;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_key(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_';
  });
}

tl::unexpected<Error> outside_profile(std::string what) {
  return fail(ErrorCode::corrupt, "", "outside the ledger's JSON profile: " + std::move(what));
}

Status check(const Json& value, int depth) {
  if (depth > kMaxDepth) return outside_profile("nested too deeply");
  if (const std::int64_t* number = value.as_int()) {
    if (*number > kMaxInteger || *number < -kMaxInteger)
      return outside_profile("integer out of range");
  } else if (const std::string* text = value.as_string()) {
    if (!is_utf8(*text)) return outside_profile("ill-formed UTF-8");
  } else if (const Json::Array* items = value.as_array()) {
    for (const Json& item : *items) TRY(check(item, depth + 1));
  } else if (const Json::Object* members = value.as_object()) {
    for (const auto& [key, member] : *members) {
      if (!is_key(key)) return outside_profile("key of other characters than a-z, 0-9 and '_'");
      TRY(check(member, depth + 1));
    }
  }
  return {};
}

tl::unexpected<Error> bad_envelope(std::string_view what) {
  return fail(ErrorCode::corrupt, "", "not an entry: " + std::string(what));
}

int number_at(std::string_view text, std::size_t at, std::size_t digits) {
  int number = 0;
  for (const char c : text.substr(at, digits)) number = number * 10 + (c - '0');
  return number;
}

int days_in(int year, int month) {
  constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

}  // namespace

Json Entry::json() const {
  Json json = Json::object();
  json["v"] = kVersion;
  json["seq"] = seq;
  json["prev"] = to_hex(view(prev));
  json["type"] = type;
  json["time"] = time;
  json["actor"] = actor;
  json["session"] = session;
  json["tool"] = tool;
  if (!clock.is_null()) json["clock"] = clock;
  json["body"] = body;
  return json;
}

Status check_profile(const Json& value) {
  return check(value, 0);
}

Result<Json> parse_line(std::string_view line) {
  if (line.size() > kMaxLine) return outside_profile("line longer than 1 MiB");
  Json json = TRY(Json::parse_canonical(line));
  TRY(check_profile(json));
  return json;
}

Result<Entry> entry_of(Json json) {
  const Json::Object* members = json.as_object();
  if (members == nullptr) return bad_envelope("it is no object");
  const Json* version = json.find("v");
  if (version == nullptr || version->as_int() == nullptr) return bad_envelope("no version");
  if (*version->as_int() > kVersion)
    return fail(ErrorCode::newer, "", "written by a newer version of the ledger's format");
  if (*version->as_int() != kVersion) return bad_envelope("unknown version");

  const auto string = [&](std::string_view key) {
    const Json* value = json.find(key);
    return value != nullptr ? value->as_string() : nullptr;
  };
  const Json* seq = json.find("seq");
  const std::string* prev_text = string("prev");
  const std::string* type = string("type");
  const std::string* time = string("time");
  const std::string* actor = string("actor");
  const std::string* session = string("session");
  const std::string* tool = string("tool");
  const Json* clock = json.find("clock");
  const Json* body = json.find("body");

  if (seq == nullptr || seq->as_int() == nullptr || *seq->as_int() < 0)
    return bad_envelope("no sequence number");
  const auto prev = prev_text != nullptr ? ledger_digest(*prev_text) : std::nullopt;
  if (!prev) return bad_envelope("no hash of the entry before");
  if (type == nullptr || !is_entry_type(*type)) return bad_envelope("no type");
  if (time == nullptr || !is_entry_time(*time)) return bad_envelope("no time in UTC");
  if (actor == nullptr || session == nullptr || tool == nullptr)
    return bad_envelope("actor, session or tool missing");
  if (clock != nullptr && clock->as_object() == nullptr) return bad_envelope("clock is no object");
  if (body == nullptr || body->as_object() == nullptr) return bad_envelope("no body");
  if (members->size() != (clock != nullptr ? 10U : 9U)) return bad_envelope("unknown member");

  return Entry{static_cast<std::uint64_t>(*seq->as_int()),
               *prev,
               *type,
               *time,
               *actor,
               *session,
               *tool,
               clock != nullptr ? *clock : Json(),
               std::move(json["body"])};
}

Result<Entry> parse_entry(std::string_view line) {
  return entry_of(TRY(parse_line(line)));
}

bool is_entry_type(std::string_view text) {
  return is_key(text) && !is_digit(text.front()) && text.size() <= 32;
}

bool is_entry_time(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00T00:00:00.000Z";
  if (text.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (kShape[i] == '0' ? !is_digit(text[i]) : text[i] != kShape[i]) return false;
  const int year = number_at(text, 0, 4);
  const int month = number_at(text, 5, 2);
  const int day = number_at(text, 8, 2);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month) &&
         number_at(text, 11, 2) < 24 && number_at(text, 14, 2) < 60 && number_at(text, 17, 2) < 60;
}

std::optional<Digest> ledger_digest(std::string_view text) {
  const auto digest = digest_from_hex(text);
  return digest && to_hex(view(*digest)) == text ? digest : std::nullopt;
}

}  // namespace forensics::ledger
