#include "policy/detect/identity_table.hpp"

#include <bit>
#include <cstring>

#include "policy/base/digest.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kFirstSlots = 1024;

// SipHash-2-4 (Aumasson, Bernstein 2012).
class SipHash {
 public:
  SipHash(std::uint64_t k0, std::uint64_t k1)
      : v0_(k0 ^ 0x736f6d6570736575U),
        v1_(k1 ^ 0x646f72616e646f6dU),
        v2_(k0 ^ 0x6c7967656e657261U),
        v3_(k1 ^ 0x7465646279746573U) {}

  void add(std::uint64_t word) {
    v3_ ^= word;
    round();
    round();
    v0_ ^= word;
  }

  std::uint64_t finish() {
    v2_ ^= 0xff;
    for (int i = 0; i < 4; ++i) round();
    return v0_ ^ v1_ ^ v2_ ^ v3_;
  }

 private:
  void round() {
    v0_ += v1_;
    v2_ += v3_;
    v1_ = std::rotl(v1_, 13) ^ v0_;
    v3_ = std::rotl(v3_, 16) ^ v2_;
    v0_ = std::rotl(v0_, 32);
    v2_ += v1_;
    v0_ += v3_;
    v1_ = std::rotl(v1_, 17) ^ v2_;
    v3_ = std::rotl(v3_, 21) ^ v0_;
    v2_ = std::rotl(v2_, 32);
  }

  std::uint64_t v0_, v1_, v2_, v3_;
};

}  // namespace

IdentityTable::IdentityTable() : slots_(kFirstSlots) {
  const Bytes random = random_bytes(sizeof(seed_));
  std::memcpy(&seed_[0], random.data(), sizeof(seed_));
}

std::uint64_t IdentityTable::key(std::uint8_t value_class, std::string_view value) const {
  SipHash hash(seed_[0], seed_[1]);
  for (std::size_t i = 0; i < value.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    const std::string_view part = value.substr(i, sizeof(word));
    std::memcpy(&word, part.data(), part.size());
    hash.add(word);
  }
  hash.add((std::uint64_t{value_class} << 56U) | value.size());
  const std::uint64_t digest = hash.finish();
  return digest == 0 ? 1 : digest;
}

IdentityTable::Slot& IdentityTable::slot_of(std::uint64_t key) {
  std::size_t at = first_slot(key);
  while (slots_[at].key() != 0 && slots_[at].key() != key) at = (at + 1) & (slots_.size() - 1);
  return slots_[at];
}

std::uint32_t IdentityTable::find_or_add(std::uint64_t key, std::uint32_t node) {
  if (Slot& slot = slot_of(key); slot.key() == key) return slot.node;
  if (entries_ == kMaxEntries) {
    full_ = true;
    return node;
  }
  if ((entries_ + 1) * 4 > slots_.size() * 3) grow();
  slot_of(key) = {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32U), node};
  ++entries_;
  return node;
}

void IdentityTable::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.key() != 0) slot_of(slot.key()) = slot;
  }
}

}  // namespace huxin::detect
