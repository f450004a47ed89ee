#include "evidence/delivery.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace forensics::evidence {
namespace {

// Below this much unpacked data the ratio says nothing: a short text may shrink a thousandfold.
constexpr std::uint64_t kRatioFrom = std::uint64_t{64} << 20;
constexpr std::size_t kNameShown = 200;

Error stopped_by_sink(std::string where) {
  return {ErrorCode::cancelled, std::move(where), "the reading was stopped"};
}

}  // namespace

std::string printable_name(ByteView name) {
  std::string out;
  std::size_t at = 0;
  while (at < name.size() && out.size() < kNameShown) {
    const std::size_t start = at;
    const char32_t code_point = next_code_point(name, at);
    const ByteView bytes = name.substr(start, at - start);
    const bool control = code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) ||
                         (code_point >= 0x2028 && code_point <= 0x202E) ||
                         (code_point >= 0x2066 && code_point <= 0x2069);
    if (!control && is_utf8(bytes)) {
      out += bytes;
      continue;
    }
    for (const char byte : bytes) out += "\\x" + to_hex(ByteView(&byte, 1));
  }
  if (at < name.size()) out += "…";
  return out;
}

std::string Delivery::where() const {
  return "member " + std::to_string(member_.index) + " \"" + printable_name(member_.name) +
         "\" at byte " + std::to_string(member_bytes_);
}

Status Delivery::begin(ArchiveMember member) {
  if (members_ >= limits_.members)
    return fail(ErrorCode::limit, "member " + std::to_string(members_),
                "the archive has more than " + std::to_string(limits_.members) + " members");
  member_ = std::move(member);
  member_.index = members_++;
  member_bytes_ = 0;
  over_ = false;
  if (!sink_.begin(member_)) return tl::unexpected(stopped_by_sink(where()));
  return {};
}

Status Delivery::data(ByteView bytes) {
  if (over_ || bytes.empty()) return {};
  const std::uint64_t room = limits_.member_bytes - std::min(member_bytes_, limits_.member_bytes);
  if (bytes.size() > room) {
    over_ = true;
    bytes = bytes.substr(0, static_cast<std::size_t>(room));
  }
  if (bytes.size() > limits_.total_bytes - std::min(total_bytes_, limits_.total_bytes))
    return stop(ErrorCode::limit, "the members hold more than " +
                                      std::to_string(limits_.total_bytes) + " bytes together");
  const std::uint64_t total = total_bytes_ + bytes.size();
  if (total > kRatioFrom &&
      total / std::max<std::uint64_t>(limits_.ratio, 1) >= std::max<std::uint64_t>(packed_, 1))
    return stop(ErrorCode::limit, "unpacked data is more than " + std::to_string(limits_.ratio) +
                                      " times as long as the archive of " +
                                      std::to_string(packed_) + " bytes");
  if (!sink_.data(bytes)) return tl::unexpected(stopped_by_sink(where()));
  total_bytes_ = total;
  member_bytes_ += bytes.size();
  return {};
}

Status Delivery::zeros(std::uint64_t count) {
  static constexpr std::array<char, 65536> kZeros{};
  while (count > 0 && !over_) {
    const std::uint64_t length = std::min<std::uint64_t>(count, kZeros.size());
    TRY(data(ByteView(kZeros.data(), static_cast<std::size_t>(length))));
    count -= length;
  }
  return {};
}

Status Delivery::end() {
  if (over_)
    return end(ErrorCode::limit, "longer than " + std::to_string(limits_.member_bytes) +
                                     " bytes; the rest is left out");
  if (member_.type == ArchiveMember::Type::file) ++opened_;
  if (!sink_.end(nullptr)) return tl::unexpected(stopped_by_sink(where()));
  return {};
}

Status Delivery::end(ErrorCode code, std::string message) {
  ++failed_;
  if (code == ErrorCode::encrypted) ++encrypted_;
  if (member_bytes_ > 0) ++opened_;
  const Error error{code, where(), std::move(message)};
  if (!sink_.end(&error)) return tl::unexpected(stopped_by_sink(where()));
  return {};
}

Status Delivery::stop(ErrorCode code, std::string message) {
  Error error{code, where(), std::move(message)};
  if (!sink_.end(&error)) return tl::unexpected(stopped_by_sink(where()));
  return tl::unexpected(std::move(error));
}

Status Delivery::finish() const {
  if (encrypted_ > 0 && opened_ == 0)
    return fail(ErrorCode::encrypted, std::to_string(encrypted_) + " members",
                "every file is encrypted and needs a password");
  return {};
}

}  // namespace forensics::evidence
