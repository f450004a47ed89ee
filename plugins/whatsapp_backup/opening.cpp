#include "opening.hpp"

#include <algorithm>

namespace whatsapp_backup {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;  // a multiple of the block size
constexpr std::size_t kFirst = 32;
constexpr std::size_t kTag = 16;

// Decrypts [begin, end) piece by piece. `take` returns false to stop.
template <class Take>
bool decrypt(const fx::Host& host, Decryption& cipher, std::uint64_t begin, std::uint64_t end,
             Take&& take) {
  std::string in(static_cast<std::size_t>(std::min<std::uint64_t>(kChunk, end - begin)), '\0');
  std::string out(in.size(), '\0');
  while (begin < end) {
    host.check_cancelled();
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(in.size(), end - begin));
    if (host.read(begin, in.data(), want) != want) return false;
    if (!cipher.update(in.data(), want, out.data())) return false;
    if (!take(std::string_view(out).substr(0, want))) return false;
    begin += want;
  }
  return true;
}

void consider(const fx::Host& host, Attempt attempt, std::vector<Attempt>& out) {
  if (host.length() < attempt.begin + kFirst) return;
  Decryption cipher(attempt.mode, attempt.secret, attempt.iv);
  if (!cipher.usable()) return;
  decrypt(host, cipher, attempt.begin, attempt.begin + kFirst, [&](std::string_view first) {
    attempt.wrapping = wrapping_of(first);
    return true;
  });
  // Nothing but its first bytes speaks for a decryption without a tag.
  if (attempt.mode == Mode::cbc && attempt.wrapping == Wrapping::unknown) return;
  out.push_back(std::move(attempt));
}

}  // namespace

std::vector<Attempt> attempts(const fx::Host& host, const Header& header,
                              const std::vector<Key>& keys) {
  std::vector<Attempt> out;
  for (const Key& key : keys) {
    Attempt one;
    one.key = &key;
    one.fit = fit_of(key, header);
    if (one.fit == Fit::other_salt || one.fit == Fit::other_format) continue;
    one.begin = header.length;
    one.iv = header.iv.bytes;
    one.secret = key.secret;
    if (header.family == Family::headless) {
      one.mode = Mode::cbc;
      const bool account = key.kind == KeyKind::account;
      if (account) one.secret = account_key(key.secret);
      one.iv = account ? account_iv() : key.iv;
      consider(host, one, out);
      continue;
    }
    if (header.family == Family::raw) {
      one.mode = Mode::cbc;
      consider(host, one, out);
      one.mode = Mode::gcm;
    }
    if (header.family == Family::root_key) {
      if (key.kind == KeyKind::either) consider(host, one, out);
      one.secret = backup_key(key.secret);
    }
    consider(host, one, out);
  }
  std::ranges::stable_partition(
      out, [](const Attempt& one) { return one.wrapping != Wrapping::unknown; });
  return out;
}

bool authenticates(const fx::Host& host, const Attempt& attempt, const Division& division) {
  if (attempt.mode != Mode::gcm || !division.has_tag) return false;
  Decryption cipher(attempt.mode, attempt.secret, attempt.iv);
  const auto pass = [](std::string_view) { return true; };
  if (!decrypt(host, cipher, division.begin, division.end, pass)) return false;
  std::string tag(kTag, '\0');
  tag.resize(host.read(division.end, tag.data(), kTag));
  return cipher.proves(tag);
}

Released release(const fx::Host& host, const Attempt& attempt, std::uint64_t end,
                 const std::optional<Division>& division) {
  Released out;
  Decryption cipher(attempt.mode, attempt.secret, attempt.iv);
  PlainText plain(host, attempt.mode == Mode::cbc);
  const bool all = decrypt(host, cipher, attempt.begin, end,
                           [&](std::string_view bytes) { return plain.write(bytes); });
  out.ending = plain.finish();
  out.bytes = plain.written();
  out.surplus = plain.surplus();
  if (division && all && out.ending != Ending::limit) {
    std::string tag(kTag, '\0');
    tag.resize(host.read(division->end, tag.data(), kTag));
    out.proved = cipher.proves(tag);
  }
  return out;
}

}  // namespace whatsapp_backup
