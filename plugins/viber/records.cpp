#include "records.hpp"

#include <cmath>

namespace viber {
namespace {

constexpr const char* kTokenRule = "viber.token";
constexpr std::int64_t kScale = 10'000'000;

// A number of ten-millionths as decimal degrees.
std::string degrees(std::int64_t scaled) {
  const std::uint64_t magnitude =
      scaled < 0 ? 0 - static_cast<std::uint64_t>(scaled) : static_cast<std::uint64_t>(scaled);
  const std::string digits = std::to_string(magnitude % kScale + kScale);
  return (scaled < 0 ? "-" : "") + std::to_string(magnitude / kScale) + "." + digits.substr(1);
}

}  // namespace

void Records::start(fx_kind kind, std::int64_t ref, const RowView& row, Found found) {
  fields.start(kind, ref, row);
  if (found != nullptr) fields.recovered(*found);
}

std::int64_t Records::conversation(std::string_view id) const {
  const auto known = conversations_.find(id);
  return known == conversations_.end() ? 0 : known->second;
}

std::int64_t Records::begin_conversation(std::string_view id, const RowView& row, Found found) {
  const std::int64_t ref = ++last_conversation_;
  if (conversations_.size() < kMost) conversations_.emplace(id, ref);
  start(FX_KIND_CONVERSATION, ref, row, found);
  fields.word("platform", "viber", "viber.database", row, -1);
  return ref;
}

std::int64_t Records::shared_conversation(std::string_view id, const RowView& row) {
  if (const std::int64_t known = conversation(id); known != 0) return known;
  const std::int64_t ref = ++last_conversation_;
  conversations_.emplace(id, ref);
  fields.start(FX_KIND_CONVERSATION, ref);
  fields.word("platform", "viber", "viber.database", row, -1);
  fields.word("type", id, "viber.shared-conversation", row, -1);
  fields.emit();
  return ref;
}

std::pair<std::int64_t, bool> Records::person(std::int64_t conversation, std::string_view id) {
  auto key = std::pair(conversation, std::string(id));
  const auto known = people_.find(key);
  if (known != people_.end()) return {known->second, false};
  if (people_.size() >= kMost) {
    ++too_many_;
    return {0, false};
  }
  people_.emplace(std::move(key), ++last_person_);
  return {last_person_, true};
}

void Records::begin_person(std::int64_t ref, std::int64_t conversation, const RowView& row) {
  fields.start(FX_KIND_PARTICIPANT, ref);
  fields.ref("conversation", conversation, row, -1);
}

std::int64_t Records::nameless_owner(std::int64_t conversation, const RowView& row, int column) {
  const auto [ref, is_new] = person(conversation, "owner");
  if (!is_new) return ref;
  begin_person(ref, conversation, row);
  fields.number("owner", 1, "viber.direction", row, column);
  fields.emit();
  return ref;
}

void Records::word(const char* key, std::string_view word, const RowView& row, int column) {
  fields.word(key, word, "viber.code", row, column);
}

void Records::code(std::string_view name, const RowView& row, int column) {
  if (row.value(column) == nullptr) return;
  fields.word("code", fields.keep(std::string(name) + "=" + row.text(column, fields.encoding())),
              "viber.code", row, column);
}

void Records::unknown_code(std::string_view name, const RowView& row, int column) {
  if (row.value(column) == nullptr) return;
  fields.extra_word("unknown-code", std::string(name) + "=" + row.text(column, fields.encoding()),
                    "viber.code", row, column);
}

void Records::mark(const char* key, const RowView& row, int column) {
  if (row.is_set(column)) fields.number(key, 1, "viber.flag", row, column);
}

void Records::token(const RowView& row, int column, std::optional<std::int64_t> sent) {
  const auto token = row.integer(column);
  if (!token || *token == 0) return;
  fields.text("source_id", row, column);
  const auto time = token_time(*token);
  if (!time) return clock.without_clock();
  const fx_span where = fields.span(row, column);
  fields.record().time("server_time", fx::instant(*time), kTokenRule, where);
  if (sent && *sent > 0) clock.compare(*token, *sent, where);
}

void Records::location(std::int64_t message, std::string_view type, const RowView& row,
                       int latitude, int longitude, Found found) {
  const auto north = row.real(latitude);
  const auto east = row.real(longitude);
  if (!north || !east || (*north == 0 && *east == 0)) return;
  start(FX_KIND_LOCATION, 0, row, found);
  fields.ref("message", message, row, -1);
  fields.word("type", type, "viber.location", row, -1);
  if (std::fabs(*north) <= 90 && std::fabs(*east) <= 180) {
    fields.text("latitude", row, latitude);
    fields.text("longitude", row, longitude);
  } else {
    const auto scaled_north = row.integer(latitude);
    const auto scaled_east = row.integer(longitude);
    const double scale = static_cast<double>(kScale);
    // Nothing says how the numbers are scaled; ten-millionths of a degree is what fits.
    if (scaled_north && scaled_east && std::fabs(*north) <= 90 * scale &&
        std::fabs(*east) <= 180 * scale) {
      constexpr const char* kGuess = "viber.scale-1e7-guess";
      fields.word("latitude", fields.keep(degrees(*scaled_north)), kGuess, row, latitude);
      fields.word("longitude", fields.keep(degrees(*scaled_east)), kGuess, row, longitude);
      fields.extra_word("scale", "1e7, a guess", kGuess, row, latitude);
    }
    fields.extra(row, latitude);
    fields.extra(row, longitude);
  }
  fields.emit();
}

void Records::begin_contact(std::string_view type, const RowView& row, int name, int phone,
                            int account, Found found) {
  start(FX_KIND_CONTACT, 0, row, found);
  fields.word("platform", "viber", "viber.database", row, -1);
  fields.word("type", type, "viber.table", row, -1);
  fields.text("name", row, name);
  fields.text("phone", row, phone);
  fields.text("account", row, account);
}

void Records::finish() {
  clock.finish();
  if (too_many_ != 0)
    host_.note(FX_WARNING, fx::span(0, 0), "participant-limit",
               std::to_string(too_many_) + " times a person was one too many to be kept");
}

bool plausible_time(std::optional<std::int64_t> milliseconds) {
  return milliseconds && *milliseconds >= 1'230'768'000'000 && *milliseconds < 2'429'913'600'000;
}

}  // namespace viber
