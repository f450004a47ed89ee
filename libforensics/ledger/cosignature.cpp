#include "ledger/cosignature.hpp"

#include <algorithm>

namespace forensics::ledger {
namespace {

constexpr std::size_t kTimeSize = 8;
constexpr char kType = static_cast<char>(KeyUse::cosignature);

std::string signed_bytes(std::string_view text, std::uint64_t time) {
  return "cosignature/v1\ntime " + std::to_string(time) + '\n' + std::string(text);
}

std::string hex_of(std::uint32_t id) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(id >> shift & 255U);
  return to_hex(bytes);
}

tl::unexpected<Error> no_verifier_key(std::string_view text, const char* what) {
  return fail(ErrorCode::usage, std::string(text),
              std::string("not the verifier key of a witness (NAME+ID+KEY): ") + what);
}

}  // namespace

std::string Witness::verifier_key() const {
  return name + '+' + hex_of(key_id(name, key, KeyUse::cosignature)) + '+' +
         to_base64(kType + std::string(key.bytes()));
}

Result<Witness> Witness::parse(std::string_view text) {
  // Base64 contains '+' too: the key is what stands behind the second one.
  const std::size_t first = text.find('+');
  const std::size_t second = first == text.npos ? text.npos : text.find('+', first + 1);
  if (second == text.npos) return no_verifier_key(text, "it has three parts");
  const std::string_view name = text.substr(0, first);
  if (!is_key_name(name)) return no_verifier_key(text, "its name is none");
  const auto bytes = from_base64(text.substr(second + 1));
  if (!bytes || !bytes->starts_with(kType))
    return no_verifier_key(text, "the key is not base64 of an Ed25519 cosignature key");
  auto key = PublicKey::from_bytes(std::string_view(*bytes).substr(1));
  if (!key) return no_verifier_key(text, key.error().message.c_str());
  Witness witness{std::string(name), *key};
  if (text != witness.verifier_key()) return no_verifier_key(text, "its id belongs to another key");
  return witness;
}

NoteSignature cosign(std::string_view text, std::string_view name, const SigningKey& key,
                     std::uint64_t time) {
  std::string value;
  for (int shift = 56; shift >= 0; shift -= 8) value += static_cast<char>(time >> shift & 255U);
  value += key.sign(signed_bytes(text, time));
  return {std::string(name), key_id(name, key.public_key(), KeyUse::cosignature), std::move(value)};
}

CosignatureCheck check_cosignature(const Note& note, const Witness& witness) {
  const std::uint32_t id = key_id(witness.name, witness.key, KeyUse::cosignature);
  CosignatureCheck check;
  for (const NoteSignature& line : note.signatures) {
    if (line.name != witness.name || line.key_id != id) continue;
    const ByteView value = line.signature;
    std::uint64_t time = 0;
    for (const char byte : value.substr(0, kTimeSize))
      time = time << 8 | static_cast<unsigned char>(byte);
    if (value.size() < kTimeSize ||
        !witness.key.verifies(signed_bytes(note.text, time), value.substr(kTimeSize)))
      return {SignatureState::bad, 0};
    check = {SignatureState::good, std::max(check.time, time)};
  }
  return check;
}

}  // namespace forensics::ledger
