#include "message.hpp"

#include <set>

#include "addresses.hpp"
#include "encoded_words.hpp"
#include "html/text.hpp"
#include "text/date.hpp"
#include "text/utf8.hpp"

namespace mail {
namespace {

constexpr std::int64_t kConversation = 1;
constexpr std::size_t kMostBetween = std::size_t{64} << 10;

// A fixed word: what the source calls its encoding is no such.
std::string_view method_of(const Part& part) {
  if (part.encoding == "base64") return "mime-base64";
  return part.encoding == "quoted-printable" ? "mime-quoted-printable" : "mime-as-it-stands";
}

bool is_page(const Part& part) {
  return part.type == "text/html";
}

}  // namespace

void MessageWriter::conversation(std::string_view type, const Header* subject,
                                 std::string_view file_name) {
  values_.start(FX_KIND_CONVERSATION, kConversation, 0, 0);
  values_.word("platform", "mail");
  values_.word("type", type);
  if (subject != nullptr && !text::trimmed(subject->value).empty())
    put_decoded("title", *subject);
  else if (!file_name.empty() && text::is_utf8(file_name))
    values_.derived("title", std::string(file_name), 0, 0, "mail.file-name");
  values_.emit();
}

// The bytes of a header's value, which may be folded.
void MessageWriter::put(const char* key, const Header& header, std::size_t begin,
                        std::size_t length) {
  const std::string_view raw = std::string_view(header.value).substr(begin, length);
  if (raw.empty()) return;
  if (text::is_utf8(raw) && raw.find('\r') == std::string_view::npos)
    values_.scattered(key, raw, FX_CODEC_UTF8, header.where(begin, length));
  else
    values_.derived(key, text::repaired(raw), header.offset, header.length(), "mail.ill-formed");
}

void MessageWriter::put_decoded(const char* key, const Header& header) {
  std::string decoded = decoded_words(header.value);
  if (decoded == header.value)
    put(key, header, 0, header.value.size());
  else
    values_.derived(key, std::move(decoded), header.offset, header.length(), "mail.encoded-words");
}

std::int64_t MessageWriter::person(const Header& header, std::string_view value, std::size_t begin,
                                   std::size_t length, std::size_t address,
                                   std::size_t address_length) {
  const std::string_view name = value.substr(begin, length);
  const std::string_view account = value.substr(address, address_length);
  if (name.empty() && account.empty()) return 0;
  // One address is one person whatever name stands beside it; each name is kept all the same.
  std::string id = text::lower(account) + '\n' + std::string(name);
  const auto known = people_.find(id);
  if (known != people_.end()) return known->second;
  if (people_.size() >= kMostPeople) {
    ++unnamed_;
    return 0;
  }
  const auto ref = static_cast<std::int64_t>(people_.size()) + 1;
  people_.emplace(std::move(id), ref);
  values_.start(FX_KIND_PARTICIPANT, ref, header.offset, header.length());
  values_.ref("conversation", kConversation, header.offset);
  if (!name.empty()) {
    std::string decoded = decoded_words(name);
    if (decoded.find('\\') != std::string::npos) {
      std::string plain;
      for (std::size_t i = 0; i < decoded.size(); ++i) {
        if (decoded[i] == '\\' && i + 1 < decoded.size()) ++i;
        plain.push_back(decoded[i]);
      }
      decoded = std::move(plain);
    }
    if (decoded == name)
      put("name", header, begin, length);
    else
      values_.derived("name", std::move(decoded), header.offset, header.length(),
                      "mail.encoded-words");
  }
  put("account", header, address, address_length);
  values_.emit();
  return ref;
}

std::vector<std::int64_t> MessageWriter::people(const Header* header, std::size_t most) {
  std::vector<std::int64_t> out;
  if (header == nullptr) return out;
  for (const Address& each : addresses_of(header->value, most)) {
    const std::int64_t ref = person(*header, header->value, each.name, each.name_length,
                                    each.address, each.address_length);
    if (ref != 0) out.push_back(ref);
  }
  return out;
}

// A date that is none is kept with its text and no time.
void MessageWriter::time(const char* key, const Header* header, std::string_view text) {
  if (header == nullptr) return;
  const auto time = text::mail_time(text);
  values_.time(key, time.value_or(text::no_time()), header->offset, header->length(),
               "rfc-5322-date");
}

// The text that people read: plain where there is one, else what the page says.
const Part* MessageWriter::body_of(const Structure& message) const {
  const Part* page = nullptr;
  for (const Part& part : message.parts) {
    if (part.between || part.disposition == "attachment" || !part.file_name.empty()) continue;
    if (part.type == "text/plain") return &part;
    if (page == nullptr && is_page(part)) page = &part;
  }
  return page;
}

void MessageWriter::body(const Part* part) {
  if (part == nullptr || part->body.length() == 0) return;
  PartBytes::Text text = bytes_.text(*part, kMostText);
  const std::uint64_t length = std::min<std::uint64_t>(part->body.length(), kMostText);
  if (is_page(*part)) {
    const std::string page = html::text_of(text.value);
    values_.derived("text", std::string(text::trimmed(page)), part->body.begin, length,
                    "mail.html-text");
  } else if (text.rule != nullptr) {
    values_.derived("text", std::move(text.value), part->body.begin, length, text.rule);
  } else {
    values_.text("text", bytes_.raw(part->body, kMostText), part->body.begin);
  }
  if (part->body.length() > kMostText)
    host_.note(FX_WARNING, fx::span(part->body.begin, part->body.length()), "text-cut",
               "a text of more than 4 MiB: it is read to there");
}

void MessageWriter::write(const Structure& message, const Range& envelope) {
  const Headers& headers = message.headers;
  const Header* from = headers.find("From");
  if (from == nullptr) from = headers.find("Sender");
  const std::vector<std::int64_t> senders = people(from, 1);
  std::vector<std::int64_t> receivers;
  for (const char* name : {"To", "Cc", "Bcc"}) {
    const std::vector<std::int64_t> more =
        people(headers.find(name), kMostReceivers - std::min(kMostReceivers, receivers.size()));
    receivers.insert(receivers.end(), more.begin(), more.end());
  }

  const std::uint64_t begin = envelope.length() > 0 ? envelope.begin : message.all.begin;
  const std::int64_t number = ++messages_;
  const Part* text = body_of(message);
  values_.start(FX_KIND_MESSAGE, number, begin, message.all.end - begin);
  values_.ref("conversation", kConversation, begin);
  if (!senders.empty()) values_.ref("sender", senders.front(), from->offset, from->length());
  const Header* date = headers.find("Date");
  if (date != nullptr) time("sent", date, date->value);
  // The last server that took it wrote the first of these.
  if (const Header* received = headers.find("Received")) {
    const std::size_t semicolon = received->value.rfind(';');
    if (semicolon != std::string::npos)
      time("server_time", received, std::string_view(received->value).substr(semicolon + 1));
  }
  values_.word("type", "text", begin);
  if (const Header* id = headers.find("Message-ID")) put("source_id", *id, 0, id->value.size());
  if (const Header* reply = headers.find("In-Reply-To"))
    put("reply_to", *reply, 0, reply->value.size());
  for (const std::int64_t ref : receivers) values_.ref("participant", ref, begin);
  body(text);
  for (const Header& header : headers.all()) {
    std::string decoded = decoded_words(header.value);
    const bool words = decoded != header.value;
    values_.extra_derived(header.name, words ? decoded : text::repaired(header.value),
                          header.offset, header.length(),
                          words ? "mail.encoded-words" : "mail.header");
  }
  if (envelope.length() > 0) {
    const std::string line = bytes_.raw(envelope, 1000);
    values_.extra("mbox-from-line", text::trimmed(line), envelope.begin);
  }
  for (const Part& part : message.parts) {
    if (!part.between) continue;
    const std::string raw = bytes_.raw(part.body, kMostBetween);
    if (!text::trimmed(raw).empty()) values_.extra("text-between-parts", raw, part.body.begin);
  }
  values_.emit();
  if (headers.dropped() + message.dropped != 0)
    host_.note(FX_WARNING, fx::span(begin, message.all.end - begin), "message-limit",
               std::to_string(headers.dropped()) + " headers and " +
                   std::to_string(message.dropped) + " parts are too many: they are not read");
  if (message.open_boundary)
    host_.note(FX_WARNING, fx::span(begin, message.all.end - begin), "truncated-message",
               "a message whose last part does not end: what stands of it is read");
  parts(message, text, number, envelope.length() > 0 ? std::to_string(number) + '-' : "");
}

// Each part lies at a place of its own below the file, so that one is never taken for another of
// the same name: `folder`, and the number of the part where the message has the name twice.
void MessageWriter::parts(const Structure& message, const Part* body, std::int64_t number,
                          const std::string& prefix) {
  std::size_t count = 0;
  std::set<std::string> names;
  for (const Part& part : message.parts) {
    if (part.between || part.type.starts_with("multipart/")) continue;
    ++count;
    if (&part == body && !is_page(part) && part.body.length() <= kMostText) continue;
    const Range all = {part.header.begin, part.body.end};
    if (all.length() == 0) continue;  // the message is cut before it
    const std::string name = child_name(part, count);
    const bool is_first = names.insert(name).second;
    const std::string place = prefix + (is_first ? "" : std::to_string(count) + '-') + name;
    const bool makes = host_.can_make_children() && part.body.length() > 0;
    std::string why;
    if (makes) {
      host_.begin_child(place, fx::span(part.body.begin, part.body.length()), method_of(part));
      why = bytes_.write(part);
      host_.end_child(false, why);
    }
    values_.start(FX_KIND_ATTACHMENT, 0, all.begin, all.length());
    values_.ref("message", number, all.begin);
    values_.derived("name", name, all.begin, all.length(), "mail.part-name");
    if (makes) values_.derived("path", place, all.begin, all.length(), "mail.part-name");
    values_.word("state", makes ? "present" : "omitted", all.begin);
    values_.word("type",
                 part.alternative                                           ? "alternative"
                 : part.disposition == "inline" || !part.content_id.empty() ? "inline"
                                                                            : "attachment",
                 all.begin);
    values_.derived("mime", text::repaired(part.type), part.header.begin, part.header.length(),
                    "mail.content-type");
    if (!part.content_id.empty())
      values_.derived("source_id", part.content_id, part.header.begin, part.header.length(),
                      "mail.content-id");
    const std::string header = bytes_.raw(part.header, kMostBetween);
    if (part.header.begin != message.all.begin)
      values_.extra("header", text::trimmed(header), part.header.begin);
    values_.emit();
  }
}

void MessageWriter::finish() {
  values_.finish();
  if (unnamed_ != 0)
    host_.note(FX_WARNING, fx::span(0, 0), "participant-limit",
               std::to_string(unnamed_) + " times a person was one too many to be kept");
}

}  // namespace mail
