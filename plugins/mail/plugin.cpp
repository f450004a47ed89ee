// Mail: single messages (EML, RFC 5322) and mailboxes (MBOX). docs/formats/mail.md says what is
// read.

#include <forensics/plugin.hpp>

#include <algorithm>
#include <array>

#include "message.hpp"
#include "structure.hpp"
#include "text/lines.hpp"
#include "text/utf8.hpp"

namespace mail {
namespace {

enum class Format { none, message, mailbox };

bool is_known(std::string_view name) {
  constexpr std::array kNames = {
      "From",           "To",           "Date",         "Subject",
      "Received",       "Message-ID",   "MIME-Version", "Return-Path",
      "Content-Type",   "Delivered-To", "Cc",           "Reply-To",
      "DKIM-Signature", "X-Mailer",     "References",   "In-Reply-To",
      "X-Gmail-Labels", "X-GM-THRID",   "Sender",       "Authentication-Results"};
  return std::ranges::any_of(kNames, [&](const char* each) { return text::same_word(name, each); });
}

// "From address Day Mon dd hh:mm:ss yyyy" at the start of a line.
bool is_envelope(std::string_view line) {
  if (!line.starts_with("From ") || line.size() > 1000) return false;
  // Somewhere a clock: that is what tells it from a sentence.
  for (std::size_t i = 5; i + 5 <= line.size(); ++i) {
    const auto digit = [&](std::size_t at) { return line[at] >= '0' && line[at] <= '9'; };
    if (digit(i) && digit(i + 1) && line[i + 2] == ':' && digit(i + 3) && digit(i + 4)) return true;
  }
  return false;
}

struct Guess {
  Format format = Format::none;
  int score = 0;
};

Guess guess(const fx::Host& host, std::string_view file_name) {
  fx::Window window(host, std::uint64_t{64} << 10);
  text::Lines lines(window, window.at(0, 3).starts_with(text::kByteOrderMark) ? 3 : 0);
  text::Line line;
  Guess out;
  if (!lines.next(line)) return out;
  const bool mailbox = is_envelope(line.text);
  if (mailbox && !lines.next(line)) return out;
  int headers = 0;
  int known = 0;
  bool addressed = false;
  for (int i = 0; i < 200; ++i) {
    if (text::trimmed(line.text).empty()) break;
    const bool folded = line.text.starts_with(' ') || line.text.starts_with('\t');
    const std::size_t name = header_name(line.text);
    if (!folded && name == 0) return out;
    if (!folded) {
      ++headers;
      const std::string_view word = line.text.substr(0, name);
      if (is_known(word)) ++known;
      if (text::same_word(word, "From") || text::same_word(word, "Received") ||
          text::same_word(word, "Message-ID") || text::same_word(word, "MIME-Version") ||
          text::same_word(word, "Return-Path"))
        addressed = true;
    }
    if (!lines.next(line)) break;
  }
  if (known < 2 || !addressed || known * 4 < headers) {
    const bool named = text::ends_with_word(file_name, ".mbox");
    if (!mailbox || !(named || known > 0)) return out;
  }
  out.format = mailbox ? Format::mailbox : Format::message;
  const bool named = text::ends_with_word(file_name, ".eml") ||
                     text::ends_with_word(file_name, ".mbox") || mailbox;
  out.score = named ? 95 : 85;
  return out;
}

fx_status read_message(const fx::Host& host, std::string_view file_name) {
  fx::Window window(host);
  const std::uint64_t begin = window.at(0, 3).starts_with(text::kByteOrderMark) ? 3 : 0;
  if (begin != 0)
    host.skip(fx::span(0, begin), "byte-order-mark",
              "signature of the encoding at the start of the file");
  text::Lines lines(window, begin);
  StructureReader reader;
  reader.begin(begin);
  text::Line line;
  while (lines.next(line)) reader.add(line);
  const Structure& message = reader.finish(host.length());
  MessageWriter writer(host);
  writer.conversation("mail", message.headers.find("Subject"), file_name);
  writer.write(message, {});
  writer.finish();
  return message.open_boundary ? FX_TRUNCATED : FX_OK;
}

fx_status read_mailbox(const fx::Host& host, std::string_view file_name) {
  fx::Window window(host);
  text::Lines lines(window);
  StructureReader reader;
  MessageWriter writer(host);
  writer.conversation("mailbox", nullptr, file_name);
  Range envelope;
  bool open = false;
  bool blank = true;
  text::Line line;
  while (lines.next(line)) {
    if (blank && !line.continued && is_envelope(line.text)) {
      if (open) writer.write(reader.finish(line.offset), envelope);
      envelope = {line.offset, line.end()};
      reader.begin(line.end());
      open = true;
    } else if (open) {
      reader.add(line);
    }
    blank = line.text.empty() || line.text == "\r";
  }
  if (open) writer.write(reader.finish(host.length()), envelope);
  writer.finish();
  return open ? FX_OK : FX_NOT_MINE;
}

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.mail",
  "version": "1.0.0",
  "name": "Mail",
  "formats": ["eml", "mbox"],
  "kinds": ["conversation", "participant", "message", "attachment"],
  "options": [],
  "tested_with": ["made messages"],
  "references": ["docs/formats/mail.md", "RFC 5322", "RFC 2045", "RFC 2047", "RFC 2231", "RFC 4155"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) { return guess(host, name).score; }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    switch (guess(host, name).format) {
      case Format::message: return read_message(host, name);
      case Format::mailbox: return read_mailbox(host, name);
      case Format::none: break;
    }
    return FX_NOT_MINE;
  }
};

}  // namespace
}  // namespace mail

FX_PLUGIN(mail::Plugin)
