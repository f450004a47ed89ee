#include "reader.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <utility>

#include "property.hpp"
#include "text/charset.hpp"
#include "text/date.hpp"
#include "text/lines.hpp"
#include "text/transfer.hpp"
#include "text/utf8.hpp"
#include "text/values.hpp"

namespace vcard {
namespace {

constexpr const char* kRule = "vcard.property";
constexpr std::size_t kMostProperty = std::size_t{16} << 20;  // bytes, unfolded
constexpr std::size_t kMostCard = std::size_t{32} << 20;      // of what is held of one card
constexpr std::size_t kMostProperties = 3000;                 // of one card
constexpr std::size_t kMostShown = 4096;                      // of a picture's letters in `extra`

constexpr std::size_t kHead = 4096;
constexpr std::string_view kLittle = "\xFF\xFE", kBig = "\xFE\xFF";

// CR alone, as old Macintosh programs wrote it.
bool has_old_line_ends(std::string_view head) {
  return head.find('\r') != std::string_view::npos && head.find('\n') == std::string_view::npos;
}

// The value as text, and by which rule; empty rule: the bytes are the value.
struct Told {
  std::string value;
  const char* rule = nullptr;
};

Told told(const Property& property, bool structured = false) {
  Told out{std::string(property.value), nullptr};
  if (property.quoted_printable()) {
    out = {text::from_quoted_printable(property.value), "vcard.quoted-printable"};
  }
  const auto name = property.parameter("CHARSET");
  const text::Charset charset(name.value_or("utf-8"));
  if (charset && !charset.utf8()) {
    out = {charset.to_utf8(out.value), "vcard.charset"};
  } else if (!text::is_utf8(out.value)) {
    out = {text::repaired(out.value), "vcard.ill-formed"};
  }
  if (!structured && out.value.find('\\') != std::string::npos) {
    std::string plain = unescaped(out.value);
    if (plain != out.value)
      out = {std::move(plain), out.rule != nullptr ? out.rule : "vcard.escapes"};
  }
  return out;
}

class Reader {
 public:
  explicit Reader(const fx::Host& host)
      : host_(host), window_(host), lines_(window_), values_(host, kRule), skips_(host) {}

  fx_status run() {
    if (window_.at(0, text::kByteOrderMark.size()).starts_with(text::kByteOrderMark)) {
      skips_.add(0, text::kByteOrderMark.size(), "byte-order-mark",
                 "signature of the encoding at the start of the file");
      lines_ = text::Lines(window_, text::kByteOrderMark.size());
    }
    const std::string_view mark = window_.at(0, 2).substr(0, 2);
    if (mark == kLittle || mark == kBig) {
      skips_.add(0, 2, "byte-order-mark", "signature of the encoding at the start of the file");
      wide_.emplace(mark == kLittle ? "utf-16le" : "utf-16be");
      is_little_ = mark == kLittle;
      wide_at_ = 2;
    } else if (has_old_line_ends(window_.at(0, kHead).substr(0, kHead))) {
      lines_ = text::Lines(window_, lines_.offset(), '\r');
    }
    Property property;
    while (next(property)) take(property);
    if (open_ > 0) {
      host_.note(FX_WARNING, fx::span(begin_, end_ - begin_), "truncated-card",
                 "a card without its end: what stands of it is read");
      emit();
    }
    skips_.flush();
    values_.finish();
    if (cards_ == 0) return FX_NOT_MINE;
    return open_ > 0 ? FX_TRUNCATED : FX_OK;
  }

 private:
  // Puts the lines of one property together.
  bool next(Property& property) {
    property = {};
    text::Line line;
    if (!take_line(line)) return false;
    property.offset = line.offset;
    append(property, line, 0);
    bool soft = is_quoted_printable(property);
    while (true) {
      const bool breaks = soft && property.unfolded.ends_with('=');
      text::Line more;
      if (!take_line(more)) break;
      const bool folded = more.text.starts_with(' ') || more.text.starts_with('\t');
      if (!breaks && !folded && !more.continued) {
        pending_ = more;
        pending_text_ = std::string(more.text);
        break;
      }
      std::size_t drop = folded && !more.continued ? 1 : 0;
      if (breaks) {
        property.unfolded.pop_back();
        if (--property.parts.back().length == 0) property.parts.pop_back();
        // Where the text goes on after a blank anyway, the blank in front is the fold.
        if (!property.unfolded.ends_with(' ')) drop = 0;
      }
      append(property, more, drop);
      soft = soft || is_quoted_printable(property);
    }
    property.split();
    return true;
  }

  bool take_line(text::Line& line) {
    if (pending_) {
      line = *std::exchange(pending_, std::nullopt);
      current_text_ = std::move(pending_text_);
      line.text = current_text_;
      return true;
    }
    return wide_ ? next_wide(line) : lines_.next(line);
  }

  // A line of UTF-16 as UTF-8; its place is that of its own bytes.
  bool next_wide(text::Line& line) {
    constexpr std::size_t kMost = text::Lines::kMostPiece;
    std::string_view there = window_.at(wide_at_, 4096);
    std::size_t end = wide_end(there);
    if (end == std::string_view::npos) {
      there = window_.at(wide_at_, kMost);
      there = there.substr(0, kMost);
      end = wide_end(there);
    }
    if (there.empty()) return false;
    line = {};
    line.offset = wide_at_;
    line.continued = inside_;
    line.whole = end != std::string_view::npos || there.size() < kMost;
    inside_ = !line.whole;
    line.length = end != std::string_view::npos ? end + 2 : there.size();
    wide_text_ =
        wide_->to_utf8(there.substr(0, end != std::string_view::npos ? end : there.size()));
    if (wide_text_.ends_with('\r')) wide_text_.pop_back();
    line.text = wide_text_;
    wide_at_ += line.length;
    return true;
  }

  std::size_t wide_end(std::string_view there) const {
    for (std::size_t i = 0; i + 1 < there.size(); i += 2)
      if (there[i + (is_little_ ? 0 : 1)] == '\n' && there[i + (is_little_ ? 1 : 0)] == '\0')
        return i;
    return std::string_view::npos;
  }

  static void append(Property& property, const text::Line& line, std::size_t drop) {
    property.end = line.end();
    const std::string_view text = line.text.substr(drop);
    if (property.unfolded.size() + text.size() > kMostProperty) {
      property.cut = true;
      return;
    }
    if (text.empty()) return;
    property.unfolded += text;
    if (property.parts.size() < 60'000)
      property.parts.push_back(fx::span(line.offset + drop, text.size()));
    else
      property.cut = true;
  }

  static bool is_quoted_printable(const Property& property) {
    const std::string_view head = std::string_view(property.unfolded).substr(0, 512);
    const std::size_t colon = head.find(':');
    return colon != std::string_view::npos &&
           text::lower(head.substr(0, colon)).find("quoted-printable") != std::string::npos;
  }

  void take(Property& property) {
    const std::uint64_t length = property.end - property.offset;
    if (property.is("BEGIN") && text::same_word(text::trimmed(property.value), "VCARD")) {
      if (open_++ == 0) {
        skips_.flush();
        begin_ = property.offset;
        held_.clear();
        held_bytes_ = 0;
      }
      // A card inside of a card (AGENT) belongs to the outer one.
      if (open_ > 1) hold(property);
      end_ = property.end;
      return;
    }
    if (open_ == 0) {
      const bool blank = text::trimmed(property.unfolded).empty();
      skips_.add(property.offset, length, blank ? "blank" : "outside-of-a-card",
                 blank ? "an empty line between cards" : "text that is in no card");
      return;
    }
    end_ = property.end;
    if (property.is("END") && text::same_word(text::trimmed(property.value), "VCARD")) {
      if (--open_ == 0)
        emit();
      else
        hold(property);
      return;
    }
    hold(property);
  }

  void hold(Property& property) {
    held_bytes_ += property.unfolded.size() + sizeof property;
    if (property.cut || held_bytes_ > kMostCard || held_.size() >= kMostProperties) {
      host_.note(FX_WARNING, fx::span(property.offset, property.end - property.offset),
                 "card-limit", "a property that is too long, or one of too many: it is not read");
      return;
    }
    Property& kept = held_.emplace_back(std::move(property));
    kept.split();  // the views point into the text where it is now
  }

  const Property* first(std::string_view name) const {
    for (const Property& property : held_)
      if (property.is(name) && !property.value.empty()) return &property;
    return nullptr;
  }

  void put(const char* key, const Property& property) {
    const Told value = told(property);
    if (value.value.empty()) return;
    if (value.rule == nullptr && wide_)
      values_.derived(key, value.value, property.offset, property.end - property.offset,
                      "vcard.utf-16");
    else if (value.rule == nullptr)
      values_.scattered(key, value.value, FX_CODEC_UTF8, property.value_parts());
    else
      values_.derived(key, value.value, property.offset, property.end - property.offset,
                      value.rule);
  }

  // What the card calls the person; most cards say it whole, old ones in parts only.
  void put_name() {
    if (const Property* whole = first("FN")) return put("name", *whole);
    const Property* parts = first("N");
    if (parts == nullptr) {
      if (const Property* other = first("NICKNAME")) return put("name", *other);
      if (const Property* organisation = first("ORG")) put("name", *organisation);
      return;
    }
    const Told value = told(*parts, true);
    const std::vector<std::string_view> of = components(value.value);
    std::string name;
    for (const std::size_t i : {3U, 1U, 2U, 0U, 4U}) {  // prefix, given, middle, family, suffix
      if (i >= of.size() || of[i].empty()) continue;
      if (!name.empty()) name += ' ';
      name += unescaped(of[i]);
    }
    values_.derived("name", name, parts->offset, parts->end - parts->offset, "vcard.name-of-parts");
  }

  void put_address() {
    const Property* address = first("ADR");
    if (address == nullptr) return;
    const Told value = told(*address, true);
    std::string line;
    for (const std::string_view part : components(value.value)) {
      if (part.empty()) continue;
      if (!line.empty()) line += ", ";
      line += unescaped(part);
    }
    values_.derived("address", line, address->offset, address->end - address->offset,
                    "vcard.address-of-parts");
  }

  void extra(const Property& property) {
    const std::uint64_t length = property.end - property.offset;
    const std::string head = text::repaired(property.head);
    if (is_picture(property)) {
      values_.extra_derived(head, "(" + std::to_string(property.value.size()) + " letters)",
                            property.offset, length, "vcard.picture");
      return;
    }
    Told value = told(property, true);
    values_.extra_derived(head, value.value, property.offset, length, value.rule);
  }

  static bool is_picture(const Property& property) {
    const bool binary = property.base64() || property.value.starts_with("data:");
    return binary && property.value.size() > kMostShown;
  }

  void emit() {
    ++cards_;
    begin_contact(++contacts_, begin_, end_ - begin_, "vcard");
    put_name();
    const Property* phone = first("TEL");
    if (phone != nullptr) put("phone", *phone);
    put_address();
    if (const Property* url = first("URL")) put("url", *url);
    if (const Property* id = first("UID")) put("source_id", *id);
    for (const Property& property : held_) extra(property);
    values_.emit();
    for (const Property& property : held_) {
      if (property.value.empty()) continue;
      // Every further number and every address is an identifier of its own.
      if (property.is("TEL") && &property != phone) further("phone", property, "vcard");
      if (property.is("EMAIL")) further("account", property, "mail");
    }
    pictures();
    held_.clear();
  }

  void begin_contact(std::int64_t ref, std::uint64_t offset, std::uint64_t length,
                     std::string_view platform) {
    values_.start(FX_KIND_CONTACT, ref, offset, length);
    values_.word("platform", platform, offset, 0);
    values_.word("type", "card", offset, 0);
  }

  void further(const char* key, const Property& property, std::string_view platform) {
    begin_contact(++contacts_, property.offset, property.end - property.offset, platform);
    put_name();
    put(key, property);
    if (const Property* id = first("UID")) put("source_id", *id);
    values_.emit();
  }

  void pictures() {
    if (!host_.can_make_children()) return;
    for (const Property& property : held_) {
      if (!property.base64() && !property.value.starts_with("data:")) continue;
      if (property.value.size() < 64) continue;
      std::string_view letters = property.value;
      if (const std::size_t comma = letters.find(','); letters.starts_with("data:"))
        letters.remove_prefix(comma == std::string_view::npos ? letters.size() : comma + 1);
      std::string bytes;
      text::Base64 decoder;
      decoder.add(letters, bytes);
      const bool sound = decoder.finish(bytes);
      if (bytes.empty()) continue;
      const std::string name = "card-" + std::to_string(cards_) + "-" +
                               text::lower(safe(property.name)) + std::string(extension(bytes));
      host_.begin_child(name, fx::span(property.offset, property.end - property.offset), "base64");
      host_.write_child(bytes.data(), bytes.size());
      host_.end_child(false,
                      sound ? "" : "some letters are none of base64's: they are passed over");
    }
  }

  static std::string safe(std::string_view name) {
    std::string out;
    for (const char c : name.substr(0, 32))
      out.push_back(
          (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-');
    return out;
  }

  static std::string_view extension(std::string_view bytes) {
    if (bytes.starts_with("\xff\xd8\xff")) return ".jpg";
    if (bytes.starts_with("\x89PNG")) return ".png";
    if (bytes.starts_with("GIF8")) return ".gif";
    return ".bin";
  }

  const fx::Host& host_;
  fx::Window window_;
  text::Lines lines_;
  text::Values values_;
  text::Skips skips_;
  std::optional<text::Charset> wide_;  // of a file in UTF-16
  bool is_little_ = true;
  bool inside_ = false;  // a line that comes in pieces
  std::uint64_t wide_at_ = 0;
  std::string wide_text_;
  std::optional<text::Line> pending_;
  std::string pending_text_, current_text_;

  // The card that is open.
  int open_ = 0;
  std::uint64_t begin_ = 0, end_ = 0;
  std::deque<Property> held_;
  std::size_t held_bytes_ = 0;

  std::int64_t cards_ = 0;
  std::int64_t contacts_ = 0;
};

}  // namespace

int probe_cards(const fx::Host& host, std::string_view file_name) {
  fx::Window window(host, std::uint64_t{4} << 10);
  std::string_view head = window.at(0, 1024);
  if (head.starts_with(text::kByteOrderMark)) head.remove_prefix(text::kByteOrderMark.size());
  std::string narrow;
  if (head.starts_with(kLittle) || head.starts_with(kBig)) {
    const text::Charset wide(head.starts_with(kLittle) ? "utf-16le" : "utf-16be");
    narrow = wide.to_utf8(head.substr(2));
    head = narrow;
  }
  head = text::trimmed(head);
  if (!text::starts_with_word(head, "BEGIN:VCARD")) return 0;
  const bool named =
      text::ends_with_word(file_name, ".vcf") || text::ends_with_word(file_name, ".vcard");
  return named ? 97 : 92;
}

fx_status read_cards(const fx::Host& host) {
  return Reader(host).run();
}

}  // namespace vcard
