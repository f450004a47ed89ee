#pragma once
// The e-mail message history: one CSV file a conversation, without a header row, as older clients
// sent it. docs/formats/viber.md, section "E-mail message history".
//
//   dd/mm/yyyy,HH:MM:SS,name,phone,text
//
// Nothing in it is reliably quoted: the text may have commas and line ends, the name may have
// commas. A line without date and time at its start continues the text above.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace viber {

// Date and time at the start of a line, as numbers.
struct HistoryClock {
  int first = 0;  // of the date: the day, as far as is known
  int second = 0;
  int year = 0;
  int hour = 0;
  int minute = 0;
  int seconds = 0;
  std::size_t length = 0;  // bytes, without the comma behind
};
std::optional<HistoryClock> read_history_clock(std::string_view line);

// The parts of a line that begins a message: offsets in the line.
struct HistoryHead {
  HistoryClock clock;
  std::size_t name = 0;
  std::size_t name_length = 0;
  std::size_t phone = 0;
  std::size_t phone_length = 0;
  std::size_t text = 0;
  bool ambiguous = false;  // the name has commas, or no phone field was found
};
std::optional<HistoryHead> read_history_head(std::string_view line);

// 0 to 100, as a plugin's probe.
int probe_history(const fx::Host& host, std::string_view file_name);
fx_status parse_history(const fx::Host& host, std::string_view file_name);

}  // namespace viber
