#include "pages.hpp"

#include <algorithm>

namespace sqlite {

PageCache::PageCache(const Inputs& inputs, std::uint32_t page_size, std::size_t bytes)
    : inputs_(inputs),
      page_size_(page_size),
      slots_(std::max<std::size_t>(bytes / page_size, 64)) {}

ImagePtr PageCache::read(std::uint32_t number, const Place& place) {
  // Frames of a log are a page and a header apart, so the quotient tells images of one file apart.
  const std::uint64_t key = place.offset / page_size_ + std::uint64_t{place.input} * 7919;
  std::shared_ptr<Image>& slot = slots_[key % slots_.size()];
  if (slot != nullptr && slot->place == place && slot->number == number) return slot;
  if (slot == nullptr || slot.use_count() > 1) slot = std::make_shared<Image>();
  // Until the read has succeeded the slot answers to no place.
  slot->place = {~std::uint32_t{0}, 0};
  slot->bytes.resize(page_size_);
  const Bytes* bytes = inputs_.of(place.input);
  const std::size_t got =
      bytes == nullptr ? 0 : bytes->read(place.offset, slot->bytes.data(), page_size_);
  slot->bytes.resize(got);
  slot->number = number;
  slot->place = place;
  return slot;
}

}  // namespace sqlite
