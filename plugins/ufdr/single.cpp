// Models that stand alone: calls, contacts, places, accounts, and what is said of the device.

#include "records.hpp"
#include "text/date.hpp"
#include "text/utf8.hpp"

namespace ufdr {
namespace {

// "00:01:10" or "1.02:03:04" (days): seconds.
std::optional<std::int64_t> seconds_of(std::string_view text) {
  std::int64_t total = 0;
  text = text.substr(
      0, text.find('.', text.find(':') == std::string_view::npos ? 0 : text.rfind(':')));
  if (const std::size_t days = text.find('.'); days != std::string_view::npos) {
    const auto count = text::decimal(text.substr(0, days));
    if (!count || *count < 0 || *count > 10'000) return std::nullopt;
    total = *count * 24;
    text.remove_prefix(days + 1);
  }
  for (int i = 0; i < 3; ++i) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const auto part = text::decimal(text.substr(0, colon));
    if (!part || *part < 0 || *part > 10'000 || (i < 2 && colon == text.size()))
      return std::nullopt;
    total = i == 0 ? total + *part : total * 60 + *part;
    text.remove_prefix(std::min(colon + 1, text.size()));
  }
  return total;
}

}  // namespace

std::int64_t Records::shared_conversation(std::string_view type, const Model& model) {
  const std::string id = std::string(type) + '\n' + model.plain("Source");
  if (const auto known = shared_.find(id); known != shared_.end()) return known->second;
  if (shared_.size() >= 10'000) return shared_.begin()->second;
  shared_.emplace(id, ++conversations_);
  values_.start(FX_KIND_CONVERSATION, conversations_, model.offset(), 0);
  platform(model);
  values_.word("type", type, model.offset());
  values_.emit();
  return conversations_;
}

void Records::call(Model& model, std::uint64_t end) {
  at_ = shared_conversation("calls", model);
  std::int64_t first = 0;
  std::int64_t other = 0;
  const std::size_t count = std::min<std::size_t>(model.count("Parties"), 100);
  for (std::size_t i = 1; i <= count; ++i) {
    const std::string path = "Parties/" + std::to_string(i);
    const bool from = text::same_word(model.plain(path + "/Role"), "From");
    const std::int64_t who = party(model, path);
    if (who != 0 && from) first = who;
    if (who != 0 && !party_is_owner_) other = who;
  }
  const std::int64_t number = begin_message(at_, model, end);
  values_.ref("sender", first, model.offset());
  time("sent", model, "TimeStamp");
  values_.word("type", "call", model.offset());
  xml::put(values_, "source_id", model.take("Identifier"));
  const std::string direction = model.plain("Type");
  const bool out = direction == "Outgoing";
  const bool in = direction == "Incoming" || direction == "Missed" || direction == "Rejected";
  if (out || in) values_.word("direction", out ? "out" : "in", model.offset());
  deleted(model);
  model.values().rest(values_);
  values_.emit();
  values_.start(FX_KIND_CALL, 0, model.offset(), 0);
  values_.ref("message", number, model.offset());
  if (other != 0) values_.ref("participant", other, model.offset());
  if (out || in) values_.word("direction", out ? "out" : "in", model.offset());
  xml::put(values_, "code", model.find("Type"));
  if (direction == "Missed" || direction == "Rejected")
    values_.word("state", direction == "Missed" ? "missed" : "rejected", model.offset());
  if (const xml::Leaf* leaf = model.find("Duration"))
    if (const auto seconds = seconds_of(xml::plain(*leaf)))
      values_.number("duration", *seconds, leaf->offset, leaf->raw.size());
  values_.emit();
}

void Records::contact(Model& model, std::uint64_t end) {
  values_.start(FX_KIND_CONTACT, ++contacts_, model.offset(), end - model.offset());
  platform(model);
  values_.word("type", "contact", model.offset());
  const xml::Leaf* name = model.find("Name");
  xml::put(values_, "name", model.take("Name"));
  bool has_phone = false;
  bool has_account = false;
  const std::size_t count = std::min<std::size_t>(model.count("Entries"), 1000);
  const auto entry = [&](std::size_t i) { return "Entries/" + std::to_string(i); };
  for (std::size_t i = 1; i <= count; ++i) {
    const xml::Leaf* value = model.find(entry(i) + "/Value");
    const std::string kind = model.plain(entry(i) + "@type");
    if (kind == "PhoneNumber" && !has_phone) {
      xml::put(values_, "phone", value);
      has_phone = true;
    } else if (kind == "UserID" && !has_account) {
      xml::put(values_, "account", value);
      has_account = true;
    }
  }
  time("created", model, "TimeCreated");
  deleted(model);
  model.values().rest(values_);
  values_.emit();
  // Every further number is an identifier of its own.
  bool first = true;
  for (std::size_t i = 1; i <= count; ++i) {
    if (model.plain(entry(i) + "@type") != "PhoneNumber") continue;
    if (std::exchange(first, false)) continue;
    const xml::Leaf* value = model.find(entry(i) + "/Value");
    if (value == nullptr) continue;
    values_.start(FX_KIND_CONTACT, ++contacts_, value->offset, value->raw.size());
    platform(model);
    values_.word("type", "contact", value->offset);
    xml::put(values_, "name", name);
    xml::put(values_, "phone", value);
    values_.emit();
  }
}

void Records::location(Model& model, std::uint64_t end) {
  at_ = shared_conversation("places", model);
  const std::int64_t number = begin_message(at_, model, end);
  time("sent", model, "TimeStamp");
  values_.word("type", "location", model.offset());
  deleted(model);
  model.values().rest(values_);
  values_.emit();
  const xml::Leaf* latitude = model.find("Position/1/Latitude");
  const xml::Leaf* longitude = model.find("Position/1/Longitude");
  if (latitude == nullptr || longitude == nullptr) return;
  if (!text::is_degrees(xml::plain(*latitude), 90) ||
      !text::is_degrees(xml::plain(*longitude), 180))
    return;
  values_.start(FX_KIND_LOCATION, 0, model.offset(), 0);
  values_.ref("message", number, model.offset());
  xml::put(values_, "latitude", latitude);
  xml::put(values_, "longitude", longitude);
  xml::put(values_, "name", model.find("Name"));
  xml::put(values_, "address", model.find("Address"));
  values_.emit();
}

void Records::account(Model& model, std::uint64_t end) {
  values_.start(FX_KIND_ACCOUNT, 0, model.offset(), end - model.offset());
  platform(model);
  xml::put(values_, "name", model.take("Name"));
  xml::put(values_, "username", model.take("Username"));
  time("created", model, "TimeCreated");
  deleted(model);
  model.values().rest(values_);
  values_.emit();
}

void Records::section(Model& model, std::uint64_t end) {
  const auto known = shared_.find("report");
  std::int64_t report = known == shared_.end() ? 0 : known->second;
  if (report == 0) {
    shared_.emplace("report", report = ++conversations_);
    values_.start(FX_KIND_CONVERSATION, report, model.offset(), 0);
    values_.word("platform", "ufdr", model.offset());
    values_.word("type", "report", model.offset());
    values_.emit();
  }
  begin_message(report, model, end);
  values_.word("type", "other", model.offset());
  values_.word("code", "metadata", model.offset());
  model.values().rest(values_);
  values_.emit();
}

void Records::finish() {
  values_.finish();
  if (unnamed_ != 0)
    host_.note(FX_WARNING, fx::span(0, 0), "participant-limit",
               std::to_string(unnamed_) + " times a person was one too many to be kept");
}

}  // namespace ufdr
