#pragma once
// Reads the members of a zip: by its directory, and where no directory speaks of them by their own
// headers. Used by archive.cpp only.

#include "base/error.hpp"
#include "evidence/delivery.hpp"
#include "evidence/source.hpp"

namespace forensics::evidence {

// Whether a zip with members ends the file, whatever it begins with.
Result<bool> ends_as_zip(Source& source);

// ErrorCode::corrupt: bytes stand outside of what the directory speaks of (the members among them
// were handed over, too), or the directory is damaged; ErrorCode::truncated: there is none. Without
// a directory all members were looked for by their own headers.
Status read_zip(int descriptor, Source& source, Delivery& delivery);

}  // namespace forensics::evidence
