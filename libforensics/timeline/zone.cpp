#include "timeline/zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <chrono>
#include <exception>

namespace forensics::timeline {
namespace {

std::chrono::seconds whole_seconds(std::int64_t milliseconds) {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(milliseconds));
}

}  // namespace

Result<Zone> Zone::find(const std::string& name) {
  try {
    return Zone(date::locate_zone(name), name);
  } catch (const std::exception&) {
    return fail(ErrorCode::usage, name,
                "no such time zone; give an IANA name such as Africa/Addis_Ababa or UTC (package "
                "tzdata has the list)");
  }
}

std::int32_t Zone::offset_at(std::int64_t utc) const {
  const date::sys_info info = zone_->get_info(date::sys_seconds(whole_seconds(utc)));
  return static_cast<std::int32_t>(info.offset.count());
}

Zone::Instants Zone::instants_of(std::int64_t wall) const {
  const date::local_info info = zone_->get_info(date::local_seconds(whole_seconds(wall)));
  const std::int64_t first = wall - 1000 * info.first.offset.count();
  if (info.result == date::local_info::unique) return {Instants::Shown::once, first, first};
  const std::int64_t second = wall - 1000 * info.second.offset.count();
  const auto shown =
      info.result == date::local_info::ambiguous ? Instants::Shown::twice : Instants::Shown::never;
  return {shown, std::min(first, second), std::max(first, second)};
}

}  // namespace forensics::timeline
