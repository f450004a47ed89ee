// The words for where a recovered record comes from and why it is believed.

#include <array>
#include <utility>

#include "carve.hpp"

namespace sqlite {

std::string_view name_of(Origin origin) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "freeblock", "unallocated",   "free-page",   "unlinked-page",
      "wal-frame", "replaced-page", "journal-page"};
  return kNames[static_cast<std::size_t>(origin)];
}

std::string_view name_of(Standing standing) {
  static constexpr std::array<std::string_view, 3> kNames = {"deleted", "earlier version",
                                                             "uncommitted"};
  return kNames[static_cast<std::size_t>(standing)];
}

std::string describe(std::uint32_t reasons) {
  static constexpr std::array<std::pair<std::uint32_t, std::string_view>, 13> kWords = {{
      {kListed, "listed as a cell by the image of its page"},
      {kWholeCell, "length, row id and head are intact and agree"},
      {kHeadRebuilt, "its first bytes were overwritten and follow from the schema"},
      {kTypeGuessed, "the type of a value was overwritten and follows from its neighbours"},
      {kEndsWell, "it ends where its freeblock ends or another cell begins"},
      {kTableOfPage, "its page belongs to its table"},
      {kTableByShape, "its table was chosen by its shape"},
      {kSeveralTables, "other tables fit as well"},
      {kShortRecord, "it has fewer columns than its table has now"},
      {kNothingLive, "its table has no live rows to compare with"},
      {kDroppedTable, "its table was dropped; the statement was recovered"},
      {kIncomplete, "overflow pages of it are gone"},
      {kUnverified, "the checksum of its page could not be checked"},
  }};
  std::string out;
  for (const auto& [reason, words] : kWords)
    if ((reasons & reason) != 0) {
      if (!out.empty()) out += "; ";
      out += words;
    }
  return out;
}

}  // namespace sqlite
