#include "report/message.hpp"

#include "casefile/same_message.hpp"
#include "report/times.hpp"

namespace forensics::report {
namespace {

using casefile::Attachment;
using casefile::Message;
using casefile::MessageType;

constexpr std::size_t kMaxQuote = 120;
constexpr std::size_t kMaxName = 400;

bool is_line_of_the_application(const Message& message) {
  return message.type == MessageType::system && !message.sender;
}

// Of a message's own record: what has no place of its own in the block.
bool is_further(model::Key key) {
  using model::Key;
  switch (key) {
    case Key::forwarded_from:
    case Key::forward_score:
    case Key::edited_at:
    case Key::received:
    case Key::server_time:
    case Key::deleted_at:
    case Key::timer:
    case Key::expires:
    case Key::state:
    case Key::action:
    case Key::code:
    case Key::url:
    case Key::source_id:
    case Key::reply_to:
    case Key::recovered:
    case Key::standing:
    case Key::confidence:
    case Key::extra: return true;
    default: return false;
  }
}

std::string_view state_words(std::string_view state) {
  if (state == "omitted") return "not in the export: it was made without media";
  if (state == "missing") return "missing: named by the message, not among what was handed over";
  if (state == "ambiguous") return "more than one file bears this name; none is shown";
  return "named by the message";
}

void count_state(Tally& tally, std::string_view state) {
  if (state == "omitted")
    ++tally.omitted;
  else if (state == "missing")
    ++tally.missing;
  else if (state == "ambiguous")
    ++tally.ambiguous;
  else
    ++tally.present;
}

class MessageWriter {
 public:
  MessageWriter(Context& context, const Message& message, const Readings& readings, Tally& tally)
      : context_(context),
        message_(message),
        readings_(readings),
        tally_(tally),
        anchor_(Context::message_anchor(message.conversation, message.number)),
        budget_(context.site.page_bytes() / 3) {}

  Result<std::vector<Html>> write() {
    record_ = TRY(casefile::Reader::record(message_));
    open_block();
    if (message_.text) write_text(*message_.text);
    for (const Attachment& attachment : TRY(context_.reader.attachments(message_.id))) {
      turn_when_full();
      TRY(write_attachment(attachment));
    }
    write_further();
    TRY(write_places());
    for (const model::Record& record : TRY(context_.reader.records_of(message_.id)))
      TRY(write_part(record));
    write_origin();
    block_ << "</article>\n";
    blocks_.push_back(std::move(block_));
    return std::move(blocks_);
  }

 private:
  void open_block() {
    block_.clear();
    block_ << "<article class=\"m";
    if (is_line_of_the_application(message_)) block_ << " sys";
    if ((message_.flags & casefile::kOutgoing) != 0) block_ << " out";
    if ((message_.flags & casefile::kIncoming) != 0) block_ << " in";
    if ((message_.flags & casefile::kRecovered) != 0) block_ << " rec";
    block_ << "\"";
    if (blocks_.empty()) block_ << " id=" << anchor_;
    block_ << "><p class=h>";
    write_sender(block_, message_);
    block_ << " ";
    write_time();
    block_ << " <a class=no href=" << Address("").at(anchor_) << ">" << Text(anchor_.text())
           << "</a></p>";
    if (!blocks_.empty()) block_ << "<p class=cont>continued</p>";
    write_badges(block_, message_, readings_);
    if (blocks_.empty()) write_answered();
  }

  // The copy of what is answered outlives the message that it is a copy of.
  void write_answered() {
    const model::Field* quoted = record_.find(model::Key::quoted);
    if (quoted == nullptr) return;
    block_ << "<blockquote class=q>In answer to: <bdi>" << Clip{quoted->text, 8 * kMaxName}
           << "</bdi></blockquote>";
  }

  // What else the message's own record says, under the names of the vocabulary.
  void write_further() {
    model::Record further;
    further.kind = record_.kind;
    for (const model::Field& field : record_.fields)
      if (is_further(field.key)) further.fields.push_back(field);
    if (!further.fields.empty()) write_record(further);
  }

  void write_link(const Message& message) {
    const Address place = Context::message_anchor(message.conversation, message.number);
    block_ << Text(place.text()) << " (" << Text(message.exhibit)
           << ", <a href=" << context_.artifact_address(message.artifact) << ">"
           << Text(casefile::artifact_id(message.artifact)) << "</a>)";
  }

  // Which message it answers, and where the case has the same message once more.
  Status write_places() {
    if (const auto answered = TRY(casefile::answered_message(context_.reader, message_, record_))) {
      block_ << "<p class=same>Answers ";
      write_link(*answered);
      block_ << "</p>";
    }
    for (const auto& each : TRY(casefile::same_messages(context_.reader, message_, record_))) {
      block_ << "<p class=same>The same message, by its id: ";
      write_link(each.message);
      if ((each.message.flags & casefile::kRecovered) != 0) block_ << ", a recovered row";
      if (each.differs.empty()) block_ << "; nothing differs";
      for (std::size_t i = 0; i < each.differs.size(); ++i)
        block_ << Text(i == 0 ? "; they differ in " : ", ") << Text(each.differs[i]);
      block_ << "</p>";
    }
    return {};
  }

  void turn_when_full() {
    if (block_.size() < budget_) return;
    block_ << "<p class=cont>continued below</p></article>\n";
    blocks_.push_back(std::move(block_));
    open_block();
  }

  void write_time() {
    if (!readings_.first.wall) {
      block_ << "<span class=\"when none\">no readable time</span>";
      return;
    }
    const auto one = [&](const timeline::Moment& moment) {
      block_ << "<time datetime=\"" << Text(timeline::wall_text(*moment.wall, moment.precision))
             << "\">" << Text(wall_words(*moment.wall, moment.precision)) << "</time>";
    };
    block_ << "<span class=when>";
    one(readings_.first);
    if (readings_.open()) {
      block_ << " <b class=open>or</b> ";
      one(*readings_.other);
    }
    block_ << "</span>";
  }

  void write_text(std::string_view text) {
    while (!text.empty()) {
      block_ << "<div class=t dir=auto>";
      text.remove_prefix(block_.append_within(Text(text), budget_));
      block_ << "</div>";
      if (!text.empty()) turn_when_full();
    }
  }

  Status write_attachment(const Attachment& attachment) {
    count_state(tally_, attachment.state);
    block_ << "<figure class=a>";
    Media media;
    if (attachment.sha256 && attachment.state == "present")
      media = TRY(context_.sources.copy_media(*attachment.sha256));
    const std::string_view name = attachment.name ? *attachment.name : std::string_view();
    if (media.state == Media::State::copied) write_media(media, name);
    block_ << "<figcaption>";
    if (attachment.name) block_ << "<bdi class=file>" << Clip{name, kMaxName} << "</bdi> ";
    if (media.type != nullptr) block_ << media.type->name << ", ";
    if (attachment.sha256 && attachment.artifact) {
      block_ << Grouped{attachment.size}
             << " bytes · <a href=" << context_.artifact_address(*attachment.artifact) << ">"
             << Text(casefile::artifact_id(*attachment.artifact))
             << "</a> · SHA-256 <span class=hash>" << Text(to_hex(view(*attachment.sha256)))
             << "</span>";
    } else {
      block_ << "<span class=absent>File " << Text(state_words(attachment.state)) << ".</span>";
    }
    if (media.state == Media::State::damaged)
      block_ << " <strong class=bad>The stored file is missing or altered: not shown.</strong>";
    block_ << "</figcaption></figure>";
    return {};
  }

  void write_media(const Media& media, std::string_view name) {
    ++context_.learned.attachments_shown;
    const std::string words = "Attached file " + std::string(clipped(name, kMaxName));
    switch (media.type->kind) {
      case MediaKind::image:
        block_ << "<a href=" << *media.address
               << "><img loading=lazy decoding=async src=" << *media.address
               << Attribute{"alt", words} << "></a>";
        break;
      case MediaKind::audio:
        block_ << "<audio controls preload=none src=" << *media.address << "></audio>";
        break;
      case MediaKind::video:
        block_ << "<video controls preload=none src=" << *media.address << "></video>";
        break;
    }
  }

  // A record whose references are told by name, as far as they are people of this conversation.
  Status write_part(const model::Record& record) {
    model::Record told = record;
    for (model::Field& field : told.fields) {
      // The other references are no people: the number of a thread would name whoever has the same.
      if (field.type() != model::Type::ref || field.key == model::Key::message ||
          field.key == model::Key::conversation)
        continue;
      const auto person = TRY(context_.reader.participant(message_.conversation, field.number));
      if (!person) continue;
      const auto& name = person->name    ? person->name
                         : person->phone ? person->phone
                                         : person->account;
      field.text = name.value_or("");
    }
    write_record(told);
    return {};
  }

  // Whatever a plugin read beside the text, word for word, under the names of the vocabulary.
  void write_record(const model::Record& record) {
    if (record.kind == model::Kind::attachment) return;
    const model::KindInfo* kind = model::find_kind(static_cast<std::uint8_t>(record.kind));
    block_ << "<dl class=r><dt class=kind>" << Text(kind != nullptr ? kind->name : "record")
           << "</dt>";
    for (const model::Field& field : record.fields) {
      if (field.type() == model::Type::ref && field.text.empty()) continue;
      if (block_.size() >= budget_) {
        block_ << "</dl>";
        turn_when_full();
        block_ << "<dl class=r>";
      }
      block_ << "<dt>" << Text(model::find_key(static_cast<std::uint8_t>(field.key))->name)
             << "</dt><dd>";
      if (field.type() == model::Type::integer)
        block_ << field.number;
      else if (field.type() == model::Type::time)
        block_ << Text(wall_words(field.time.wall, field.time.precision));
      else
        block_ << "<bdi>" << Clip{field.text, 8 * kMaxName} << "</bdi>";
      block_ << "</dd>";
    }
    block_ << "</dl>";
  }

  void write_origin() {
    block_ << "<p class=p>";
    if (const auto written = time_as_written())
      block_ << "written <bdi class=raw>" << Text(*written) << "</bdi> · ";
    if (readings_.first.utc)
      block_ << "UTC " << Text(utc_words(readings_.first)) << ", zone "
             << Text(timeline::name_of(readings_.first.anchor)) << " · ";
    if (readings_.asserted && readings_.other && readings_.other->wall)
      block_ << "day and month as the examiner asserted; excluded: "
             << Text(wall_words(*readings_.other->wall, readings_.other->precision)) << " · ";
    block_ << "<a href=" << context_.artifact_address(message_.artifact)
           << Attribute{"title", clipped(message_.path, kMaxName)} << ">"
           << Text(casefile::artifact_id(message_.artifact)) << "</a> SHA-256 <abbr"
           << Attribute{"title", to_hex(view(message_.sha256))} << ">"
           << Text(to_hex(view(message_.sha256)).substr(0, 16)) << "…</abbr> · offset "
           << message_.start << " length " << message_.length << " · " << Text(message_.plugin)
           << " " << Text(message_.plugin_version) << "</p>";
  }

  std::optional<std::string> time_as_written() {
    const model::Field* sent = record_.find(model::Key::sent);
    // What stands in another file of the run is shown by the time that was read from it.
    if (sent == nullptr || sent->span.length == 0 || sent->span.input != message_.input)
      return std::nullopt;
    model::Span span = sent->span;
    // A derived field names no codec; its neighbour the text was read from the same bytes.
    const model::Field* text = record_.find(model::Key::text);
    if (span.codec == model::Codec::none && text != nullptr) span.codec = text->span.codec;
    return context_.sources.quote(message_.sha256, span, kMaxQuote);
  }

  Context& context_;
  const Message& message_;
  const Readings& readings_;
  Tally& tally_;
  Address anchor_;
  std::size_t budget_;
  model::Record record_;
  Html block_;
  std::vector<Html> blocks_;
};

void count(Context& context, const Message& message, const Readings& readings, Tally& tally) {
  const auto has = [&](std::uint32_t flag) { return (message.flags & flag) != 0; };
  ++tally.shown;
  tally.system += message.type == MessageType::system ? 1 : 0;
  tally.recovered += has(casefile::kRecovered) ? 1 : 0;
  tally.edited += has(casefile::kEdited) ? 1 : 0;
  tally.deleted += has(casefile::kDeleted) || message.type == MessageType::deleted ? 1 : 0;
  tally.view_once += has(casefile::kViewOnce) || message.type == MessageType::view_once ? 1 : 0;
  tally.forwarded += has(casefile::kForwarded) ? 1 : 0;
  tally.untimed += readings.first.wall ? 0 : 1;
  tally.open_dates += readings.open() ? 1 : 0;
  tally.directed |= has(casefile::kIncoming) || has(casefile::kOutgoing);
  Learned& learned = context.learned;
  ++learned.messages;
  learned.untimed += readings.first.wall ? 0 : 1;
  learned.open_dates += readings.open() ? 1 : 0;
  learned.placed += readings.first.utc ? 1 : 0;
}

}  // namespace

Readings Readings::of(const Message& message, const timeline::Assertions& assertions) {
  const timeline::Zone* zone = assertions.zone ? &*assertions.zone : nullptr;
  const auto reading = [&](int which) {
    return timeline::place(timeline::stated_time(message, which), zone);
  };
  if (!message.wall_other) return {reading(0), std::nullopt, false};
  const int chosen = assertions.reading.value_or(0);
  return {reading(chosen), reading(1 - chosen), assertions.reading.has_value()};
}

Result<std::vector<Html>> message_blocks(Context& context, const Message& message,
                                         const Readings& readings, Tally& tally) {
  count(context, message, readings, tally);
  return MessageWriter(context, message, readings, tally).write();
}

void write_badges(Html& out, const Message& message, const Readings& readings) {
  const auto has = [&](std::uint32_t flag) { return (message.flags & flag) != 0; };
  Html list;
  const auto badge = [&](Markup word) { list << "<li>" << word << "</li>"; };
  if (has(casefile::kRecovered)) badge("recovered: not in the live data of the source");
  if (has(casefile::kStarred)) badge("starred by the owner");
  if (has(casefile::kEdited)) badge("edited");
  if (has(casefile::kDeleted) || message.type == MessageType::deleted) badge("deleted");
  if (has(casefile::kViewOnce) || message.type == MessageType::view_once) badge("view once");
  if (has(casefile::kForwarded)) badge("forwarded");
  if (has(casefile::kOutgoing)) badge("sent by the owner of the export");
  if (has(casefile::kIncoming)) badge("received by the owner of the export");
  if (readings.open()) badge("day and month open: two readings");
  if (!list.empty()) out << "<ul class=badges>" << list << "</ul>";
}

void write_sender(Html& out, const Message& message) {
  if (is_line_of_the_application(message)) {
    out << "<span class=who>Line of the application</span>";
    return;
  }
  out << "<b class=who>";
  if (message.sender_name)
    out << "<bdi>" << Clip{*message.sender_name, kMaxName} << "</bdi>";
  else if (!message.sender_phone && message.sender_account)
    out << "<bdi>" << Clip{*message.sender_account, kMaxName} << "</bdi>";
  else if (!message.sender_phone && !message.sender_is_owner)
    out << "sender not stated";
  if (message.sender_is_owner) out << " the owner";
  out << "</b>";
  if (message.sender_phone && message.sender_phone != message.sender_name)
    out << " <bdi class=phone>" << Clip{*message.sender_phone, kMaxName} << "</bdi>";
}

}  // namespace forensics::report
