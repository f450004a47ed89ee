#pragma once
// What families of databases answer alike, before and after a table is looked at.

#include <algorithm>

#include "database.hpp"
#include "seized_files.hpp"

namespace sqlite {

// A probe sees a database without its log. Where the application never copied the log back, the
// tables themselves stand there: such a database is claimed at this score and declined, if need be,
// when it is read.
inline constexpr int kPerhapsInLog = 5;

inline bool may_stand_in_log(const Database& db) {
  return db.readable() && db.header().wal_mode && db.page_count() <= 4 &&
         std::ranges::all_of(db.tables(), [](const Table& table) {
           return table.name == "android_metadata" || table.name == "sqlite_sequence";
         });
}

// For the probe of a file that has the name of one of the family's databases and is none.
inline constexpr int kNamedAndEncrypted = 60;

inline bool is_encrypted(const Bytes& file) {
  Defects defects;
  return recognise(file, defects).kind == FileKind::encrypted;
}

inline fx_status refuse_encrypted(const fx::Host& host, const Recognition& seen) {
  host.note(FX_WARNING, fx::span(0, 0), "encrypted",
            "a database of this name that is encrypted as a whole, with a cipher that is not "
            "known here: " +
                seen.reason);
  host.skip(fx::span(0, host.length()), "encrypted", "encrypted: nothing of it can be read");
  return FX_ENCRYPTED;
}

// How a reading ends that met those defects.
inline fx_status ending_of(const Defects& defects) {
  if (defects.count() == 0) return FX_OK;
  return defects.has("truncated") ? FX_TRUNCATED : FX_CORRUPT;
}

}  // namespace sqlite
