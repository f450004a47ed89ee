#pragma once
// The files of one seized database among the inputs of a plugin, and how a place in them is named
// to the host.
//
//   const sqlite::SeizedFiles files(host);            // the artifact, its log and its journal
//   sqlite::Database db(files.inputs());
//   const sqlite::SeizedFiles contacts(host, 3, 4);   // a companion with a log of its own

#include <array>
#include <optional>

#include "bytes.hpp"
#include "pages.hpp"

namespace sqlite {

class SeizedFiles {
 public:
  static constexpr std::uint32_t kNone = 8;  // no input has this number

  explicit SeizedFiles(const fx::Host& host, std::uint32_t main = 0, std::uint32_t wal = 1,
                       std::uint32_t journal = 2)
      : numbers_{main, wal, journal} {
    for (std::size_t i = 0; i < numbers_.size(); ++i)
      if (numbers_[i] == 0 || (numbers_[i] != kNone && host.companion(numbers_[i]) != nullptr))
        files_[i].emplace(host, numbers_[i]);
  }

  bool there() const { return files_[kMain].has_value(); }
  // Precondition: there(). They live as long as this object.
  Inputs inputs() const { return {of(kMain), of(kWal), of(kJournal)}; }
  Inputs main_alone() const { return {of(kMain), nullptr, nullptr}; }

  fx_span span(const Span& where, fx_codec codec = FX_CODEC_NONE) const {
    return fx::span(where.offset, where.length, codec, numbers_[where.input]);
  }

 private:
  const Bytes* of(Input input) const { return files_[input] ? &*files_[input] : nullptr; }

  std::array<std::uint32_t, 3> numbers_;
  std::array<std::optional<HostBytes>, 3> files_;
};

}  // namespace sqlite
