#include "ledger/checkpoint.hpp"

#include <algorithm>
#include <charconv>

#include "base/files.hpp"

namespace forensics::ledger {
namespace {

constexpr std::size_t kNameDigits = 12;
constexpr std::size_t kMaxDigits = 16;
constexpr std::string_view kNameEnd = ".note";

tl::unexpected<Error> malformed(const char* what) {
  return fail(ErrorCode::corrupt, "checkpoint", std::string("not a checkpoint: ") + what);
}

// Takes one line off the front; nullopt where no LF is left.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<std::uint64_t> decimal(std::string_view text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, number);
  if (status != std::errc{} || stop != end || text.size() > kMaxDigits) return std::nullopt;
  return number;
}

}  // namespace

std::string Checkpoint::text() const {
  return origin + '\n' + std::to_string(size) + '\n' + to_base64(view(root)) + '\n';
}

Result<Checkpoint> Checkpoint::parse(std::string_view text) {
  const auto origin = take_line(text);
  const auto size_line = take_line(text);
  const auto root_line = take_line(text);
  if (!root_line || !text.empty()) return malformed("it has three lines");
  if (origin->empty()) return malformed("no origin");
  const auto size = decimal(*size_line);
  if (!size || std::to_string(*size) != *size_line)
    return malformed("the size is no decimal number");
  const auto bytes = from_base64(*root_line);
  const auto root = bytes ? digest_from_bytes(*bytes) : std::nullopt;
  if (!root) return malformed("the root is not base64 of 32 bytes");
  return Checkpoint{std::string(*origin), *size, *root};
}

std::string padded_number(std::uint64_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < kNameDigits) digits.insert(0, kNameDigits - digits.size(), '0');
  return digits;
}

std::optional<std::uint64_t> parse_padded_number(std::string_view text) {
  const auto number = decimal(text);
  if (!number || padded_number(*number) != text) return std::nullopt;
  return number;
}

std::string checkpoint_file_name(std::uint64_t size) {
  return padded_number(size).append(kNameEnd);
}

std::optional<std::uint64_t> checkpoint_size_of(std::string_view file_name) {
  if (!file_name.ends_with(kNameEnd)) return std::nullopt;
  return parse_padded_number(file_name.substr(0, file_name.size() - kNameEnd.size()));
}

Result<Checkpoint> open_checkpoint(std::string_view bytes, std::string_view origin,
                                   const PublicKey& key) {
  const auto wrong = [](std::string what) {
    return fail(ErrorCode::integrity, "checkpoint", std::move(what));
  };
  const auto note = parse_note(bytes);
  if (!note) return wrong(note.error().message);
  auto checkpoint = Checkpoint::parse(note->text);
  if (!checkpoint) return wrong(checkpoint.error().message);
  if (checkpoint->origin != origin) return wrong("it belongs to " + checkpoint->origin);
  if (check_signature(*note, origin, key) != SignatureState::good)
    return wrong("it has no valid signature by the key of this case");
  return checkpoint;
}

Result<Checkpoint> checkpoint_of_size(const std::string& folder, std::uint64_t size,
                                      std::string_view origin, const PublicKey& key) {
  const std::string path = folder + '/' + checkpoint_file_name(size);
  auto checkpoint = open_checkpoint(TRY(read_file(path, kMaxNote)), origin, key);
  if (!checkpoint) {
    checkpoint.error().where = path;
    return checkpoint;
  }
  if (checkpoint->size != size)
    return fail(ErrorCode::integrity, path,
                "it is named after another size than " + std::to_string(checkpoint->size));
  return checkpoint;
}

Result<std::uint64_t> newest_checkpoint_size(const std::string& folder) {
  std::optional<std::uint64_t> newest;
  for (const std::string& name : TRY(list_directory(folder)))
    if (const auto size = checkpoint_size_of(name)) newest = std::max(newest.value_or(0), *size);
  if (!newest)
    return fail(ErrorCode::integrity, folder,
                "there is no checkpoint; a ledger is made with one, so it was removed");
  return *newest;
}

Result<std::uint64_t> first_checkpoint_size_over(const std::string& folder, std::uint64_t entries) {
  std::optional<std::uint64_t> first;
  for (const std::string& name : TRY(list_directory(folder)))
    if (const auto size = checkpoint_size_of(name); size && *size >= entries)
      first = std::min(first.value_or(*size), *size);
  if (!first)
    return fail(ErrorCode::integrity, folder,
                "no checkpoint covers entry " + std::to_string(entries) +
                    ": a command was interrupted; the next one signs it");
  return *first;
}

}  // namespace forensics::ledger
