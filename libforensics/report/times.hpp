#pragma once
// Times in words, the same on every machine: no locale, no zone of the host.

#include <cstdint>
#include <string>

#include "timeline/moment.hpp"

namespace forensics::report {

// "2024-03-05 14:03", "2024-03-05 14:03:10": as precise as the source.
std::string wall_words(std::int64_t wall, model::Precision precision);
// "Tuesday, 5 March 2024"
std::string day_words(std::int64_t wall);
std::int64_t day_of(std::int64_t wall);  // days since 1970-01-01

// "2024-03-05T13:03:00Z", or "between ... and ..." where it is not known to the source's precision.
std::string utc_words(const timeline::Moment& moment);

}  // namespace forensics::report
