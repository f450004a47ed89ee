#include "header.hpp"

namespace whatsapp {
namespace {

bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

bool HeaderReader::read(std::string_view line, Header& header) {
  for (std::size_t i = 0; i < kRemembered; ++i) {
    const std::size_t slot = (recent_ + i) % kRemembered;
    if (!matches(memories_[slot], line)) continue;
    recent_ = slot;
    return fill(memories_[slot], line, header);
  }
  if (!read_header(line, header)) return false;
  remember(line, header);
  return true;
}

bool HeaderReader::matches(const Memory& memory, std::string_view line) {
  if (memory.length == 0 || line.size() < memory.length) return false;
  for (std::size_t i = 0; i < memory.length; ++i) {
    const char known = memory.bytes[i];
    // '0' stands for any digit.
    if (known == '0' ? !is_ascii_digit(line[i]) : known != line[i]) return false;
  }
  return true;
}

bool HeaderReader::fill(const Memory& memory, std::string_view line, Header& header) {
  std::array<int, kMaxNumbers> values{};
  for (std::size_t n = 0; n < kMaxNumbers; ++n) {
    const Number number = memory.numbers[n];
    for (std::size_t i = number.at; i < number.at + std::size_t{number.digits}; ++i)
      values[n] = values[n] * 10 + (line[i] - '0');
  }
  header = memory.header;
  for (std::size_t i = 0; i < header.date.count; ++i)
    header.date.value[i] = values[memory.date_at + i];
  const int hour = values[memory.time_at];
  header.minute = values[memory.time_at + 1U];
  if (header.second >= 0) header.second = values[memory.time_at + 2U];
  if (hour > 24 || header.minute > 59 || header.second > 60) return false;
  header.hour = header.period ? hour_in(*header.period, hour) : hour % 24;
  return plausible(header.date);
}

void HeaderReader::remember(std::string_view line, const Header& header) {
  if (header.rest > kMaxBytes) return;
  Memory memory;
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < header.rest; ++i) {
    if (!is_ascii_digit(line[i])) {
      memory.bytes[i] = line[i];
      continue;
    }
    memory.bytes[i] = '0';
    const bool first = i == 0 || !is_ascii_digit(line[i - 1]);
    if (first && numbers == kMaxNumbers) return;
    if (first) memory.numbers[numbers++] = {static_cast<std::uint8_t>(i), 0};
    ++memory.numbers[numbers - 1].digits;
  }
  const std::size_t time_numbers = header.second >= 0 ? 3 : 2;
  if (numbers != header.date.count + time_numbers) return;  // digits of another script
  memory.length = static_cast<std::uint8_t>(header.rest);
  memory.date_at = static_cast<std::uint8_t>(header.time_first ? time_numbers : 0);
  memory.time_at = header.time_first ? std::uint8_t{0} : header.date.count;
  memory.header = header;
  memories_[next_] = memory;
  recent_ = next_;
  next_ = (next_ + 1) % kRemembered;
}

}  // namespace whatsapp
