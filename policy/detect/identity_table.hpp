#pragma once
#include <cstdint>
#include <string_view>

#include "policy/base/sip_hash.hpp"
#include "policy/base/zeroed_array.hpp"

namespace huxin::detect {

/// Remembers which node an identifying value was first seen with, by a keyed 64-bit digest of it:
/// twelve bytes and a little a value, and no value itself. The key is drawn anew for each table, so
/// that a document cannot be made whose values collide. SipHash-1-3 under 128 random bits; one
/// thread.
class IdentityTable {
 public:
  static constexpr std::size_t kMaxEntries = std::size_t{3} << 18U;

  IdentityTable();

  /// Digest of a value of a class of values; never 0. The class keeps values apart that look alike:
  /// a card is no identity number.
  std::uint64_t key(std::uint8_t value_class, std::string_view value) const;

  /// The node the key was first given with; `node` itself when that is now, or when the table is
  /// full.
  std::uint32_t find_or_add(std::uint64_t key, std::uint32_t node);

  /// Has the memory fetched that find_or_add() will ask for: worth it some hundred nanoseconds
  /// ahead.
  void prefetch(std::uint64_t key) const { __builtin_prefetch(&slots_[first_slot(key)], 1); }

  bool full() const { return full_; }

 private:
  // Twelve bytes, not sixteen: there are millions.
  struct Slot {
    std::uint32_t low = 0;  ///< both halves 0: free
    std::uint32_t high = 0;
    std::uint32_t node = 0;

    std::uint64_t key() const { return std::uint64_t{high} << 32U | low; }
  };

  std::size_t first_slot(std::uint64_t key) const { return key & (slots_.size() - 1); }
  /// The slot of a key, or the free one where it belongs.
  Slot& slot_of(std::uint64_t key);
  void grow();

  ZeroedArray<Slot> slots_;  ///< a power of two of them
  std::size_t entries_ = 0;
  SipKey seed_{};
  bool full_ = false;
};

}  // namespace huxin::detect
