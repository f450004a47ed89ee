#include "ledger/note.hpp"

#include "base/sha256.hpp"

namespace forensics::ledger {
namespace {

constexpr std::string_view kSignatureMark = "\xE2\x80\x94 ";  // em dash, space

tl::unexpected<Error> malformed(const char* what) {
  return fail(ErrorCode::corrupt, "note", std::string("not a signed note: ") + what);
}

bool is_plain_text(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n') return false;
  return is_utf8(text);
}

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 255U);
  return bytes;
}

std::uint32_t read_big_endian(ByteView bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

Result<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(kSignatureMark)) return malformed("a signature line has no dash");
  line.remove_prefix(kSignatureMark.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || space == 0)
    return malformed("a signature line has no key name");
  const std::string_view name = line.substr(0, space);
  if (name.find('+') != std::string_view::npos) return malformed("a key name contains '+'");
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() < 5)
    return malformed("a signature is not base64 of key id and value");
  return NoteSignature{std::string(name), read_big_endian(*bytes), bytes->substr(4)};
}

}  // namespace

std::string Note::encode() const {
  std::string out = text + '\n';
  for (const NoteSignature& line : signatures) {
    out.append(kSignatureMark).append(line.name).append(" ");
    out.append(to_base64(big_endian(line.key_id) + line.signature)).append("\n");
  }
  return out;
}

std::uint32_t key_id(std::string_view name, const PublicKey& key, KeyUse use) {
  const char type = static_cast<char>(use);
  const Digest digest =
      Sha256{}.update(name).update("\n").update(ByteView(&type, 1)).update(key.bytes()).finish();
  return read_big_endian(view(digest));
}

bool is_key_name(std::string_view name) {
  return !name.empty() && name.find_first_of(" +\n") == std::string_view::npos &&
         is_plain_text(name);
}

Note sign_note(std::string text, std::string_view name, const SigningKey& key) {
  NoteSignature line{std::string(name), key_id(name, key.public_key()), key.sign(text)};
  return {std::move(text), {std::move(line)}};
}

Result<Note> parse_note(std::string_view bytes) {
  if (bytes.size() > kMaxNote) return malformed("too long");
  if (!is_plain_text(bytes)) return malformed("control characters or ill-formed UTF-8");
  const std::size_t gap = bytes.rfind("\n\n");
  if (gap == std::string_view::npos) return malformed("no empty line before the signatures");
  Note note{std::string(bytes.substr(0, gap + 1)), {}};
  std::string_view rest = bytes.substr(gap + 2);
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return malformed("the last line has no end");
    if (note.signatures.size() == kMaxNoteSignatures) return malformed("too many signatures");
    note.signatures.push_back(TRY(parse_signature(rest.substr(0, end))));
    rest.remove_prefix(end + 1);
  }
  if (note.signatures.empty()) return malformed("no signature");
  return note;
}

SignatureState check_signature(const Note& note, std::string_view name, const PublicKey& key) {
  const std::uint32_t id = key_id(name, key);
  SignatureState state = SignatureState::absent;
  for (const NoteSignature& line : note.signatures) {
    if (line.name != name || line.key_id != id) continue;
    if (!key.verifies(note.text, line.signature)) return SignatureState::bad;
    state = SignatureState::good;
  }
  return state;
}

}  // namespace forensics::ledger
