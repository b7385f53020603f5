#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace huxin::detect {

/// Remembers which node an identifying value was first seen with, by a keyed 64-bit digest of it:
/// twelve bytes and a little a value, and no value itself. The key is drawn anew for each table, so
/// that a document cannot be made whose values collide. SipHash-2-4 under 128 random bits; one
/// thread.
class IdentityTable {
 public:
  static constexpr std::size_t kMaxEntries = std::size_t{3} << 20U;

  IdentityTable();

  /// Digest of a value of a class of values; never 0. The class keeps values apart that look alike:
  /// a card is no identity number.
  std::uint64_t key(std::uint8_t value_class, std::string_view value) const;

  /// The node the key was first given with; `node` itself when that is now, or when the table is
  /// full.
  std::uint32_t find_or_add(std::uint64_t key, std::uint32_t node);

  bool full() const { return full_; }

 private:
  std::size_t slot_of(std::uint64_t key) const;
  void grow();

  std::vector<std::uint64_t> keys_;  ///< 0: free
  std::vector<std::uint32_t> nodes_;
  std::size_t entries_ = 0;
  std::uint64_t seed_[2];
  bool full_ = false;
};

}  // namespace huxin::detect
