// Encrypted WhatsApp backups, and the files with their keys. docs/formats/whatsapp-backup.md says
// what is read, in which order keys are tried, and what each answer means.

#include <forensics/plugin.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "checksum.hpp"
#include "facts.hpp"
#include "header.hpp"
#include "keys.hpp"
#include "opening.hpp"

namespace whatsapp_backup {
namespace {

constexpr std::string_view kSuffix = ".crypt";

// Where the suffix ".crypt5" of a name begins; npos where it has none.
std::size_t suffix_at(std::string_view name) {
  const std::size_t at = name.rfind(kSuffix);
  if (at == std::string_view::npos || name.size() - at - kSuffix.size() > 2) return name.npos;
  const std::string_view digits = name.substr(at + kSuffix.size());
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::ranges::all_of(digits, digit) ? at : name.npos;
}

std::string child_name(std::string_view name) {
  const std::size_t at = suffix_at(name);
  if (at != name.npos && at != 0) return std::string(name.substr(0, at));
  return std::string(name) + ".decrypted";
}

// Salts and an IV are: of 64 bytes of chance hardly ever less than 45 differ.
bool looks_random(std::string_view bytes) {
  std::string sorted(bytes);
  std::ranges::sort(sorted);
  const auto repeated = std::ranges::unique(sorted);
  return sorted.size() - repeated.size() >= 45;
}

std::string head_of(const fx::Host& host) {
  std::string head(kLongestHeader, '\0');
  head.resize(host.read(0, head.data(), head.size()));
  return head;
}

// One backup, from its keys to its child.
class Backup {
 public:
  Backup(const fx::Host& host, const Header& header, std::string_view name)
      : host_(host), header_(header), name_(name), trailer_(read_trailer(host, header)) {}

  fx_status open() {
    emit_trailer(host_, header_, trailer_);
    keys_ = all_keys(host_);
    const auto ways = attempts(host_, header_, keys_);
    for (const Attempt& way : ways)
      for (const Division& division : trailer_.divisions)
        if (authenticates(host_, way, division)) return release_verified(way, division);
    for (const Attempt& way : ways)
      if (way.mode == Mode::cbc) return release_unproved(way);
    if (ways.empty()) return refuse(keys_.empty() ? no_key() : wrong_key());
    if (ways.front().wrapping == Wrapping::unknown) return refuse_senseless(ways.front());
    return release_failed(ways.front());
  }

 private:
  struct Refusal {
    std::string code;
    std::string why;
    fx_status status = FX_ENCRYPTED;
  };

  fx_span body(std::uint64_t end) const { return fx::span(header_.length, end - header_.length); }

  Refusal no_key() const {
    switch (header_.family) {
      case Family::headless:
        return {"key-needed", "no key: crypt5 is opened with the device's e-mail address"};
      case Family::raw:
      case Family::provider_key:
        return {"key-needed", "no key: the file `key` of the device opens it"};
      case Family::root_key: break;
      case Family::passkey:
        return {"passkey", "the key is locked by a passkey: it cannot be opened with what is here"};
    }
    if (has_password_data(host_))
      return {"password-protected",
              "protected by a password whose key only the provider holds (password_data.key lies "
              "in the exhibit): a password alone opens nothing; the 64-digit key or "
              "encrypted_backup.key would"};
    return {"key-needed",
            "no key: the 64-digit key or encrypted_backup.key opens it; where the user chose a "
            "password, only the provider holds the key"};
  }

  Refusal wrong_key() const {
    if (header_.family == Family::passkey) return no_key();
    const bool issued = std::ranges::any_of(
        keys_, [&](const Key& key) { return fit_of(key, header_) == Fit::other_salt; });
    return {"wrong-key",
            issued ? "wrong key: its salts are not those of the header, so it was issued for "
                     "another backup"
                   : "wrong key: what was handed over is no key for this kind of backup"};
  }

  fx_status refuse(const Refusal& refusal) {
    const fx_severity severity = refusal.status == FX_ENCRYPTED ? FX_WARNING : FX_ERROR;
    host_.note(severity, body(host_.length()), refusal.code, refusal.why);
    host_.skip(body(host_.length()), "encrypted", refusal.why);
    return refusal.status;
  }

  // Nothing sensible comes out.
  fx_status refuse_senseless(const Attempt& way) {
    if (way.fit == Fit::issued_for_it && !trailer_.intact)
      return refuse({"damaged",
                     "the key was issued for this backup, but neither tag nor MD5 fit and its "
                     "beginning makes no sense: damaged from its first bytes on",
                     FX_CORRUPT});
    if (trailer_.intact)
      return refuse({"wrong-key",
                     "wrong key: the file is intact by its MD5, and nothing sensible comes out"});
    return refuse({"wrong-key",
                   "wrong key, or a backup that is damaged from its first bytes on: nothing "
                   "sensible comes out, and no MD5 fits that could tell"});
  }

  Released release_child(const Attempt& way, std::uint64_t end,
                         const std::optional<Division>& division, std::string_view method) {
    const std::string name = child_name(name_);
    const fx_span source = fx::span(way.begin, end - way.begin);
    host_.begin_child(name, source, method);
    host_.skip(source, "encrypted", "released as the artifact " + name);
    return release(host_, way, end, division);
  }
  bool can_release() const {
    if (host_.can_make_children()) return true;
    host_.note(FX_ERROR, body(host_.length()), "no-children",
               "opened, but the host takes no artifact made of another");
    host_.skip(body(host_.length()), "encrypted", "opened, and not released");
    return false;
  }

  fx_status release_verified(const Attempt& way, const Division& division) {
    skip_trailer(division);
    if (!can_release()) return FX_LIMIT;
    const Released out = release_child(way, division.end, division, "aes-256-gcm");
    std::string why = "opened with " + way.key->from;
    if (out.proved) why += "; the tag of the format proves all of it";
    if (out.ending == Ending::limit) why += "; cut off at the limit of the plugin";
    if (out.ending == Ending::cut || out.ending == Ending::damaged)
      why += "; its compressed stream is broken, although the tag fits";
    host_.end_child(out.proved && out.ending == Ending::complete, why);
    if (out.surplus != 0)
      host_.note(FX_WARNING, body(division.end), "surplus",
                 std::to_string(out.surplus) + " bytes follow the end of the compressed stream");
    if (out.ending == Ending::limit) return FX_LIMIT;
    return out.proved && out.ending == Ending::complete ? FX_OK : FX_CORRUPT;
  }

  // CBC: no tag, so nothing can be proved.
  fx_status release_unproved(const Attempt& way) {
    const std::uint64_t end = way.begin + (host_.length() - way.begin) / 16 * 16;
    if (end < host_.length())
      host_.skip(fx::span(end, host_.length() - end), "trailer",
                 "bytes behind the last whole block of the cipher");
    if (!can_release()) return FX_LIMIT;
    const Released out = release_child(way, end, std::nullopt, "aes-cbc");
    std::string why = "opened with " + way.key->from +
                      "; the format has no authentication: nothing proves that no byte was changed";
    host_.end_child(false, why + std::string(ending_words(out.ending)));
    host_.note(FX_WARNING, body(end), "unauthenticated", why);
    return status_of(out.ending, FX_OK);
  }

  // The key makes sense, and no tag fits.
  fx_status release_failed(const Attempt& way) {
    const std::uint64_t end = trailer_.intact ? trailer_.divisions.front().end : host_.length();
    if (trailer_.intact) skip_trailer(trailer_.divisions.front());
    if (!can_release()) return FX_LIMIT;
    const Released out = release_child(way, end, std::nullopt, "aes-256-gcm");
    std::string why = "opened with " + way.key->from +
                      "; the tag does not fit: nothing proves that these bytes are the backup's";
    why += ending_words(out.ending);
    host_.end_child(false, why);
    if (out.ending == Ending::cut) {
      host_.note(FX_ERROR, body(end), "truncated", why);
      return FX_TRUNCATED;
    }
    host_.note(FX_ERROR, body(end), out.ending == Ending::damaged ? "damaged" : "unauthenticated",
               why);
    return status_of(out.ending, FX_CORRUPT);
  }

  static std::string_view ending_words(Ending ending) {
    switch (ending) {
      case Ending::complete: return "";
      case Ending::cut: return "; it ends too early: what stands before is released";
      case Ending::damaged: return "; damaged: what stands before the damage is released";
      case Ending::limit: return "; cut off at the limit of the plugin";
    }
    return "";
  }
  static fx_status status_of(Ending ending, fx_status complete) {
    switch (ending) {
      case Ending::complete: return complete;
      case Ending::cut: return FX_TRUNCATED;
      case Ending::damaged: return FX_CORRUPT;
      case Ending::limit: return FX_LIMIT;
    }
    return complete;
  }

  void skip_trailer(const Division& division) {
    host_.skip(fx::span(division.end, 16), "tag", "authentication tag of AES-GCM");
    const std::uint64_t behind = division.end + 16;
    if (behind < host_.length() && !division.md5)
      host_.skip(fx::span(behind, host_.length() - behind), "trailer",
                 "bytes behind the tag; as an MD5 of the file they do not fit");
    // crypt12 without digits in their place.
    if (division.md5 && *division.md5 + 16 < host_.length() && !division.digits)
      host_.skip(fx::span(*division.md5 + 16, host_.length() - *division.md5 - 16), "trailer",
                 "bytes in the place of the number's last digits");
  }

  const fx::Host& host_;
  const Header& header_;
  std::string_view name_;
  Trailer trailer_;
  std::vector<Key> keys_;
};

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.whatsapp-backup",
  "version": "1.0.0",
  "name": "WhatsApp encrypted backup",
  "formats": ["whatsapp-crypt5", "whatsapp-crypt7", "whatsapp-crypt8", "whatsapp-crypt12",
              "whatsapp-crypt14", "whatsapp-crypt15", "whatsapp-key"],
  "kinds": ["account", "reading"],
  "options": [],
  "companions": [{"input": 1, "name": "key"},
                 {"input": 2, "name": "encrypted_backup.key"},
                 {"input": 3, "name": "password_data.key"}],
  "tested_with": ["Android backups crypt14 and crypt15 of 2.22.5.13"],
  "references": ["docs/formats/whatsapp-backup.md"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) {
    const std::string head = head_of(host);
    if (is_key_file(host, head)) return 95;
    const bool named = suffix_at(name) != name.npos;
    if (const auto header = read_header(head)) {
      if (header->family != Family::raw) return 97;
      if (named) return 92;
      return looks_random(std::string_view(head).substr(3, kRawHeader - 3)) ? 40 : 0;
    }
    // crypt5 has no mark of its own: blocks of noise, and its name.
    const bool blocks = host.length() != 0 && host.length() % 16 == 0;
    return name.ends_with(".crypt5") && blocks ? 30 : 0;
  }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    const std::string head = head_of(host);
    if (is_key_file(host, head)) {
      emit_key_file(host, head);
      return FX_OK;
    }
    start_libcrypto();
    std::optional<Header> header = read_header(head);
    if (!header && !name.ends_with(".crypt5")) return FX_NOT_MINE;
    if (!header) header.emplace();
    emit_header(host, *header, name);
    return Backup(host, *header, name).open();
  }

 private:
  static bool is_key_file(const fx::Host& host, std::string_view head) {
    const std::uint64_t length = host.length();
    return (length == kKeyFile || length == kRootKeyFile) && java_array(head).has_value() &&
           read_key(head).has_value();
  }
};

}  // namespace
}  // namespace whatsapp_backup

FX_PLUGIN(whatsapp_backup::Plugin)
