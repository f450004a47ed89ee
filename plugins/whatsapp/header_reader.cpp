#include "header.hpp"

#include <cstring>

namespace whatsapp {
namespace {

bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

bool HeaderReader::read(std::string_view line, Header& header) {
  Bytes copy;
  const char* head = line.data();
  if (line.size() < kMaxBytes) {
    copy.fill('\n');  // stands in no head
    std::memcpy(copy.data(), line.data(), line.size());
    head = copy.data();
  }
  Bytes values;
  for (std::size_t i = 0; i < kRemembered; ++i) {
    const std::size_t slot = (recent_ + i) % kRemembered;
    if (!matches(memories_[slot], head, values)) continue;
    recent_ = slot;
    return fill(memories_[slot], values, header);
  }
  if (!read_header(line, header)) return false;
  remember(line, header);
  return true;
}

// Eight bytes at a time: what is left of a digit when '0' is taken away is its value, at most 9;
// nothing may be left of any other byte.
bool HeaderReader::matches(const Memory& memory, const char* head, Bytes& values) {
  constexpr std::uint64_t kSix = 0x0606060606060606U;
  constexpr std::uint64_t kSixteen = 0x1010101010101010U;
  if (memory.length == 0) return false;
  for (std::size_t at = 0, i = 0; at < memory.length; at += 8, ++i) {
    const Block& block = memory.blocks[i];
    std::uint64_t bytes;
    std::memcpy(&bytes, head + at, sizeof bytes);
    const std::uint64_t left = (bytes ^ block.known) & block.used;
    if ((left & ~block.digits) != 0 || ((left + (kSix & block.digits)) & kSixteen) != 0)
      return false;
    std::memcpy(values.data() + at, &left, sizeof left);
  }
  return true;
}

bool HeaderReader::fill(const Memory& memory, const Bytes& values, Header& header) {
  std::array<int, kMaxNumbers> numbers{};
  for (std::size_t n = 0; n < memory.count; ++n) {
    const char* digit = values.data() + memory.numbers[n].at;
    int number = *digit;
    for (int left = memory.numbers[n].digits; left > 1; --left) number = number * 10 + *++digit;
    numbers[n] = number;
  }
  header = memory.header;
  for (std::size_t i = 0; i < header.date.count; ++i)
    header.date.value[i] = numbers[memory.date_at + i];
  const int hour = numbers[memory.time_at];
  header.minute = numbers[memory.time_at + 1U];
  if (header.second >= 0) header.second = numbers[memory.time_at + 2U];
  if (hour > 24 || header.minute > 59 || header.second > 60) return false;
  header.hour = header.period ? hour_in(*header.period, hour) : hour % 24;
  return plausible(header.date);
}

void HeaderReader::remember(std::string_view line, const Header& header) {
  if (header.rest > kMaxBytes) return;
  Memory memory;
  Bytes known{};
  Bytes digits{};
  Bytes used{};
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < header.rest; ++i) {
    used[i] = '\xFF';
    known[i] = line[i];
    if (!is_ascii_digit(line[i])) continue;
    known[i] = '0';
    digits[i] = 0x0F;
    const bool first = i == 0 || !is_ascii_digit(line[i - 1]);
    if (first && numbers == kMaxNumbers) return;
    if (first) memory.numbers[numbers++] = {static_cast<std::uint8_t>(i), 0};
    ++memory.numbers[numbers - 1].digits;
  }
  const std::size_t time_numbers = header.second >= 0 ? 3 : 2;
  if (numbers != header.date.count + time_numbers) return;  // digits of another script
  for (std::size_t i = 0; i < kBlocks; ++i) {
    Block& block = memory.blocks[i];
    std::memcpy(&block.known, known.data() + i * 8, 8);
    std::memcpy(&block.digits, digits.data() + i * 8, 8);
    std::memcpy(&block.used, used.data() + i * 8, 8);
  }
  memory.length = static_cast<std::uint8_t>(header.rest);
  memory.count = static_cast<std::uint8_t>(numbers);
  memory.date_at = static_cast<std::uint8_t>(header.time_first ? time_numbers : 0);
  memory.time_at = header.time_first ? std::uint8_t{0} : header.date.count;
  memory.header = header;
  memories_[next_] = memory;
  recent_ = next_;
  next_ = (next_ + 1) % kRemembered;
}

}  // namespace whatsapp
