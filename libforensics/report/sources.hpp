#pragma once
// Evidence bytes as the report needs them: short passages quoted as they stand, and media copied
// into the report. An object that cannot be read, or whose bytes are no longer those it is named
// after, is said to be so where it would have stood, and counted; the report goes on.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "casefile/case.hpp"
#include "model/record.hpp"
#include "report/folder.hpp"
#include "report/html.hpp"

namespace forensics::report {

enum class MediaKind : std::uint8_t { image, audio, video };

// A file that browsers show by themselves, recognised by its first bytes.
struct MediaType {
  std::string_view type;
  MediaKind kind;
  Markup extension;
  Markup name;  // "JPEG image"
};

struct Media {
  enum class State : std::uint8_t {
    copied,   // it stands at `address`
    other,    // it is of no type that is shown
    damaged,  // its object is missing or altered
  } state = State::other;
  const MediaType* type = nullptr;
  std::optional<Address> address;
};

class Sources {
 public:
  Sources(const casefile::CasePaths& paths, Folder& folder) : paths_(paths), folder_(folder) {}

  // The bytes under `span`, at most `limit` of them, as text: UTF-16 becomes UTF-8, all else stays
  // as it is. nullopt: they could not be read.
  std::optional<std::string> quote(const Digest& object, const model::Span& span,
                                   std::size_t limit);

  // Copies an object into the report, once, if it is of a type that is shown. Its bytes are hashed
  // on the way.
  Result<Media> copy_media(const Digest& object);

  std::int64_t unreadable() const { return unreadable_; }
  std::int64_t altered() const { return altered_; }

 private:
  const Descriptor* open(const Digest& object);

  const casefile::CasePaths& paths_;
  Folder& folder_;
  Digest open_digest_{};
  Descriptor open_;
  std::int64_t unreadable_ = 0;
  std::int64_t altered_ = 0;
};

}  // namespace forensics::report
