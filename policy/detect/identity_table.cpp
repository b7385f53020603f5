#include "policy/detect/identity_table.hpp"

#include <cstring>
#include <utility>

#include "policy/base/digest.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kFirstSlots = 1024;
constexpr std::size_t kGrowth = 4;  // entries are moved seldom: that is what a growing table costs

}  // namespace

IdentityTable::IdentityTable() : slots_(kFirstSlots) {
  const Bytes random = random_bytes(sizeof(seed_));
  std::memcpy(seed_.data(), random.data(), sizeof(seed_));
}

std::uint64_t IdentityTable::key(std::uint8_t value_class, std::string_view value) const {
  const std::uint64_t digest = table_hash({seed_[0] + value_class, seed_[1]}, value);
  return digest == 0 ? 1 : digest;
}

IdentityTable::Slot& IdentityTable::slot_of(std::uint64_t key) {
  std::size_t at = first_slot(key);
  while (slots_[at].key() != 0 && slots_[at].key() != key) at = (at + 1) & (slots_.size() - 1);
  return slots_[at];
}

std::uint32_t IdentityTable::find_or_add(std::uint64_t key, std::uint32_t node) {
  Slot* slot = &slot_of(key);
  if (slot->key() == key) return slot->node;
  if (entries_ == kMaxEntries) {
    full_ = true;
    return node;
  }
  if ((entries_ + 1) * 4 > slots_.size() * 3) {
    grow();
    slot = &slot_of(key);
  }
  *slot = {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32U), node};
  ++entries_;
  return node;
}

void IdentityTable::grow() {
  ZeroedArray<Slot> old = std::exchange(slots_, ZeroedArray<Slot>(slots_.size() * kGrowth));
  for (const Slot& slot : old) {
    if (slot.key() != 0) slot_of(slot.key()) = slot;
  }
}

}  // namespace huxin::detect
