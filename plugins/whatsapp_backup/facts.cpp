#include "facts.hpp"

#include <deque>
#include <string>

#include "keys.hpp"

namespace whatsapp_backup {
namespace {

constexpr char kRule[] = "whatsapp.backup-header";
constexpr char kTrailerRule[] = "whatsapp.backup-trailer";
constexpr char kKeyRule[] = "whatsapp.key-file";

std::string hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out.push_back(kDigits[static_cast<unsigned char>(c) >> 4]);
    out.push_back(kDigits[static_cast<unsigned char>(c) & 15]);
  }
  return out;
}

fx_span place(const Part& part, fx_codec codec = FX_CODEC_NONE) {
  return fx::span(part.offset, part.bytes.size(), codec);
}

// Adds "name=value" to a record; keeps the texts alive until it is emitted.
class Extras {
 public:
  explicit Extras(fx::Record& record) : record_(record) {}

  void add(std::string_view name, std::string_view value, const char* rule, const fx_span& where) {
    texts_.push_back(std::string(name) + '=' + std::string(value));
    record_.derived("extra", texts_.back(), rule, where);
  }
  void add(std::string_view name, const Part& part) {
    if (part.present()) add(name, part.bytes, kRule, place(part));
  }
  void add_hex(std::string_view name, const Part& part) {
    if (part.present()) add(name, hex(part.bytes), kRule, place(part));
  }

 private:
  fx::Record& record_;
  std::deque<std::string> texts_;
};

// The number that `name` has in the WhatsApp application's own description of its header.
std::string name_of(std::uint32_t field) {
  return field == 4 ? "backup_version" : "feature_" + std::to_string(field);
}

std::string_view family_reason(const Header& header) {
  switch (header.family) {
    case Family::headless: return "no header: the file is encrypted from its first byte";
    case Family::raw: return "the header has the fixed fields of crypt7 to crypt12";
    case Family::provider_key:
      return "the header names a key that the provider issued: the key file of the device opens it";
    case Family::root_key:
      return "the header names a key of the user: the 64-digit key or encrypted_backup.key opens "
             "it";
    case Family::passkey: return "the header carries the key, locked by a passkey";
  }
  return {};
}

void account_ending(const fx::Host& host, std::string_view digits, const char* rule,
                    const fx_span& where) {
  fx::Record record;
  Extras extras(record);
  record.start(FX_KIND_ACCOUNT, 0, where.offset, where.length)
      .derived("platform", "whatsapp", rule, where)
      .number("owner", 1, rule, where);
  extras.add("phone_ends_with", digits, rule, where);
  host.emit(record);
}

}  // namespace

std::string_view format_of(const Header& header) {
  switch (header.family) {
    case Family::headless: return "crypt5";
    case Family::raw: return "crypt7 to crypt12";
    case Family::provider_key: return "crypt14";
    case Family::root_key: return "crypt15";
    case Family::passkey: return "crypt15 with a passkey";
  }
  return {};
}

void emit_header(const fx::Host& host, const Header& header, std::string_view name) {
  const fx_span all = fx::span(0, header.length);
  fx::Record record;
  Extras extras(record);
  record.start(FX_KIND_READING, 0, 0, header.length)
      .derived("subject", "backup-format", kRule, all)
      .derived("value", format_of(header), kRule, all)
      .derived("verdict", header.family == Family::headless ? "undecided" : "chosen", kRule, all)
      .derived("reason", family_reason(header), kRule, all);
  if (header.family == Family::raw) {
    extras.add("key_version", std::to_string(header.key_version.bytes[0]), kRule,
               place(header.key_version));
  } else {
    extras.add("key_version", header.key_version);
  }
  extras.add_hex("server_salt", header.server_salt);
  extras.add_hex("google_id", header.google_id);
  extras.add_hex("iv", header.iv);
  extras.add("app_version", header.app_version);
  if (header.key_type)
    extras.add("key_type", std::to_string(header.key_type->value), kRule,
               fx::span(header.key_type->offset, header.key_type->length));
  for (const Number& number : header.numbers)
    extras.add(name_of(number.field), std::to_string(number.value), kRule,
               fx::span(number.offset, number.length));
  host.emit(record);

  if (header.jid_suffix.present())
    account_ending(host, header.jid_suffix.bytes, kRule, place(header.jid_suffix));
  if (name.find("increment") != std::string_view::npos)
    host.note(FX_WARNING, all, "increment",
              "by its name this backup holds only changes to an earlier one: it is read by itself "
              "and not merged");
}

void emit_trailer(const fx::Host& host, const Header& header, const Trailer& trailer) {
  if (trailer.divisions.empty()) return;
  const Division& division = trailer.divisions.front();
  if (division.digits) {
    const fx_span where = fx::span(*division.digits, 4);
    std::string four(4, '\0');
    four.resize(host.read(where.offset, four.data(), 4));
    account_ending(host, std::string_view(four).substr(four.find_first_not_of('-')), kTrailerRule,
                   where);
  }
  if (division.md5) {
    host.skip(fx::span(*division.md5, 16), "md5", "MD5 of all bytes before it: it fits");
  } else if (header.family != Family::headless) {
    host.note(FX_INFO, fx::span(host.length(), 0), "no-fitting-md5",
              "no MD5 at the end fits: parts of a backup in several files have none; in a whole "
              "backup it means that bytes were changed or are missing");
  }
}

void emit_key_file(const fx::Host& host, std::string_view bytes) {
  const auto key = read_key(bytes);
  const std::uint64_t secret_at = bytes.size() - 32;
  const fx_span head = fx::span(0, secret_at);
  fx::Record record;
  Extras extras(record);
  const bool file = key && key->kind == KeyKind::file;
  record.start(FX_KIND_READING, 0, 0, secret_at)
      .derived("subject", "key-file", kKeyRule, head)
      .derived("value", file ? "key file of a device" : "root key", kKeyRule, head)
      .derived("verdict", "chosen", kKeyRule, head)
      .derived("reason",
               file ? "opens backups crypt7 to crypt14 with the same salts"
                    : "opens end-to-end encrypted backups (crypt15)",
               kKeyRule, head);
  if (file) {
    const auto field = [&](std::string_view name, std::string_view value, std::uint64_t at,
                           std::uint64_t length) {
      extras.add(name, value, kKeyRule, fx::span(kJavaHeader + at, length));
    };
    field("key_version", std::to_string(key->key_version[0]), 2, 1);
    field("server_salt", hex(key->server_salt), 3, 32);
    field("google_id", hex(key->google_id), 35, 16);
  }
  host.emit(record);
  host.skip(fx::span(secret_at, 32), "key-material",
            "the secret itself: used where a backup of the exhibit needs it, and not shown");
}

}  // namespace whatsapp_backup
