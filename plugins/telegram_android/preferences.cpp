#include "preferences.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "shapes.hpp"
#include "text/transfer.hpp"
#include "text/utf8.hpp"
#include "text/values.hpp"
#include "xml/elements.hpp"

namespace telegram_android {
namespace {

constexpr const char* kEntry = "android.preference";
constexpr const char* kUser = "telegram-android.user-in-base64";
constexpr std::uint64_t kMostXml = std::uint64_t{2} << 20;
constexpr std::uint64_t kMostProbed = std::uint64_t{64} << 10;
constexpr std::size_t kMostEntries = 3500;

struct Entry {
  std::string name;
  std::string raw;  // as it stands, with its references
  std::uint64_t at = 0;
  std::uint64_t end = 0;

  std::string value() const { return text::repaired(xml::unreferenced(raw)); }
};

struct Preferences {
  std::vector<Entry> entries;
  bool is_map = false;
  bool is_whole = false;  // the map ends where its end tag is
  std::uint64_t begin = 0, end = 0;
  std::uint64_t damaged = 0, too_many = 0;
};

std::string attribute(const xml::Token& token, std::string_view name) {
  for (const xml::Attribute& each : token.attributes)
    if (each.name == name) return xml::unreferenced(each.raw);
  return {};
}

// <map> with one element an entry; the members of a <set> are entries of its name.
class Reader {
 public:
  explicit Reader(fx::Window& window) : elements_(window) {}

  Preferences read() {
    xml::Event event;
    while (!out_.is_whole && elements_.next(event)) take(event);
    for (Entry& each : open_) add(std::move(each));  // of a document that is cut
    if (!out_.is_whole) out_.end = elements_.offset();
    out_.damaged += elements_.damaged() + elements_.too_deep();
    return std::move(out_);
  }

 private:
  void take(const xml::Event& event) {
    const std::size_t depth = elements_.open().size();
    switch (event.what) {
      case xml::Event::opened:
        if (depth == 1 && !out_.is_map) start(event);
        if (depth > 1 && out_.is_map) open(event.token);
        break;
      case xml::Event::text: text(event.token); break;
      case xml::Event::closed:
        if (depth == 0 && out_.is_map) {
          out_.end = event.end;
          out_.is_whole = !event.cut;
        } else if (!open_.empty() && open_.size() == depth) {
          add(std::move(open_.back()));
          open_.pop_back();
        }
        break;
      case xml::Event::other: break;
    }
  }

  void start(const xml::Event& event) {
    out_.is_map = event.token.name == "map";
    out_.begin = event.token.offset;
  }

  void open(const xml::Token& token) {
    Entry& entry = open_.emplace_back();
    entry.name = attribute(token, "name");
    if (entry.name.empty() && open_.size() > 1) entry.name = open_[open_.size() - 2].name;
    entry.at = token.offset;
    entry.end = token.end_offset();
    for (const xml::Attribute& each : token.attributes) {
      if (each.name != "value") continue;
      entry.raw = each.raw;
      entry.at = each.offset;
      entry.end = each.offset + each.raw.size();
    }
  }

  // Between the entries stand only line ends.
  void text(const xml::Token& token) {
    const bool is_blank = text::trimmed(token.raw).empty();
    if (open_.empty() && out_.is_map && !is_blank) ++out_.damaged;
    if (open_.empty() || (open_.back().raw.empty() && is_blank)) return;
    Entry& entry = open_.back();
    if (entry.raw.empty()) entry.at = token.raw_offset;
    entry.raw += token.raw;
    entry.end = token.raw_offset + token.raw.size();
  }

  void add(Entry entry) {
    if (entry.name.empty() && entry.raw.empty()) return;
    if (out_.entries.size() < kMostEntries)
      out_.entries.push_back(std::move(entry));
    else
      ++out_.too_many;
  }

  xml::Elements elements_;
  Preferences out_;
  std::vector<Entry> open_;  // below the map
};

struct Owner {
  const Entry* entry = nullptr;
  std::string blob;
  OwnShape own;
};

std::optional<Owner> owner_of(const Preferences& preferences) {
  for (const Entry& each : preferences.entries) {
    if (each.name != "user") continue;
    Owner owner{&each, {}, {}};
    text::Base64 base64;
    base64.add(xml::unreferenced(each.raw), owner.blob);
    if (!base64.finish(owner.blob)) continue;
    const auto own = own_shape(owner.blob);
    if (!own) continue;
    owner.own = *own;
    return owner;
  }
  return std::nullopt;
}

bool has(const Preferences& preferences, std::string_view name) {
  return std::ranges::find(preferences.entries, name, &Entry::name) != preferences.entries.end();
}

// Settings that stand beside the user in all versions, or in many.
std::size_t known_names(const Preferences& preferences) {
  static constexpr std::string_view kKnown[] = {
      "registeredForPush",   "lastSendMessageId", "contactsSavedCount",   "lastBroadcastId",
      "blockedUsersLoaded",  "loginTime",         "lastContactsSyncTime", "lastHintsSyncTime",
      "unreadDialogsLoaded", "syncContacts",      "suggestContacts",      "passcodeHash1"};
  return static_cast<std::size_t>(
      std::ranges::count_if(kKnown, [&](std::string_view each) { return has(preferences, each); }));
}

bool is_theirs(const Preferences& preferences) {
  return preferences.is_map && (owner_of(preferences) || known_names(preferences) >= 3);
}

// Whether it can be an XML document at all, so that nothing else is walked through.
bool begins_with_markup(fx::Window& window) {
  std::string_view head = window.at(0, 1024);
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  return text::trimmed(head).starts_with('<') && head.find("<map") != std::string_view::npos;
}

void tell_owner(text::Values& values, const Owner& owner) {
  const std::uint64_t at = owner.entry->at;
  const std::uint64_t length = owner.entry->end - at;
  const auto of = [&](const Text& text) { return owner.blob.substr(text.at, text.length); };
  const UserShape& shape = owner.own.shape;
  values.number("owner", 1, at, length);
  values.derived("account", "user" + std::to_string(owner.own.id), at, length);
  const std::string first = of(shape.first_name);
  const std::string last = of(shape.last_name);
  values.derived("name", first.empty() || last.empty() ? first + last : first + " " + last, at,
                 length);
  values.derived("phone", "+" + of(shape.phone), at, length,
                 "telegram-android.international-number");
  values.derived("username", of(shape.username), at, length);
}

void tell_defects(const fx::Host& host, const Preferences& preferences) {
  const fx_span end = fx::span(preferences.end, 0);
  if (preferences.damaged != 0)
    host.note(FX_WARNING, end, "damaged",
              std::to_string(preferences.damaged) + " places are not as the system writes them");
  if (preferences.too_many != 0)
    host.note(FX_WARNING, end, "too-many",
              std::to_string(preferences.too_many) + " entries more than are told");
}

}  // namespace

int probe_preferences(const fx::Host& host, std::string_view name) {
  fx::Window window(host, kMostProbed);
  if (!begins_with_markup(window)) return 0;
  const Preferences preferences = Reader(window).read();
  if (!is_theirs(preferences)) return 0;
  const bool is_named = name.starts_with("userconf") && name.ends_with(".xml");
  return (owner_of(preferences) ? 92 : 75) + (is_named ? 4 : 0);
}

fx_status parse_preferences(const fx::Host& host) {
  fx::Window window(host, kMostXml);
  if (!begins_with_markup(window)) return FX_NOT_MINE;
  const Preferences preferences = Reader(window).read();
  if (!is_theirs(preferences)) return FX_NOT_MINE;
  const std::uint64_t length = preferences.end - preferences.begin;
  if (const auto owner = owner_of(preferences)) {
    text::Values values(host, kUser);
    values.start(FX_KIND_ACCOUNT, 1, preferences.begin, length);
    values.word("platform", "telegram");
    tell_owner(values, *owner);
    for (const Entry& each : preferences.entries)
      values.extra_derived(each.name, each.value(), each.at, each.end - each.at, kEntry);
    values.emit();
    values.finish();
  } else {
    host.skip(fx::span(preferences.begin, length), "telegram-preferences",
              "settings of the application that name no owner");
    if (has(preferences, "user"))
      host.note(FX_WARNING, fx::span(preferences.begin, length), "blob-unread",
                "the user does not have the shape of one; nothing was read of it");
  }
  host.skip(fx::span(0, preferences.begin), "xml-frame", "what stands before the entries");
  const std::uint64_t rest = host.length() - preferences.end;
  const bool is_long = !preferences.is_whole && host.length() > window.length();
  if (rest != 0)
    host.skip(fx::span(preferences.end, rest), is_long ? "long-file" : "xml-frame",
              is_long ? "only the first 2 MiB of preferences are read"
                      : "what stands behind the entries");
  tell_defects(host, preferences);
  if (is_long) return FX_LIMIT;
  if (!preferences.is_whole) return FX_TRUNCATED;
  return preferences.damaged != 0 ? FX_CORRUPT : FX_OK;
}

}  // namespace telegram_android
