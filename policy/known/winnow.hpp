#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

#include "policy/base/sip_hash.hpp"

namespace huxin::known {

/// Picks prints of a text by winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: Local
/// Algorithms for Document Fingerprinting", SIGMOD 2003): of every kWindow neighbouring stretches
/// of kGram bytes the one with the smallest hash; of equal ones the one before, else the last (the
/// paper's robust winnowing). Whatever kShared bytes two folded texts share, they have a print in
/// common.
///
/// Under a key: the bytes' values in the rolling hash are drawn from it, and a print is SipHash of
/// what was picked, so that without the key prints tell nothing of a text. Immutable once made;
/// share freely.
class Winnow {
 public:
  static constexpr std::size_t kGram = 30;  ///< bytes: ten ideographs, thirty letters
  static constexpr std::size_t kWindow = 64;
  static constexpr std::size_t kShared = kGram + kWindow - 1;

  explicit Winnow(const SipKey& key);

  /// Calls `take(print, at)` for each print of a folded text, in order of `at`, where its stretch
  /// begins. A text of less than kGram bytes has none. Linear.
  template <class Take>
  void each_print(std::string_view folded, const Take& take) const;

 private:
  std::uint32_t print_of(std::uint64_t hash) const;

  using Ring = std::array<std::uint64_t, kWindow>;
  /// Where the smallest of the window that ends at `at` stands, the last of equal ones.
  static std::size_t least_of(const Ring& ring, std::size_t at);

  SipKey key_;
  /// A byte's word in the rolling hash, which is a cyclic polynomial; the same as it leaves.
  std::array<std::uint64_t, 256> in_{}, out_{};
};

template <class Take>
void Winnow::each_print(std::string_view folded, const Take& take) const {
  if (folded.size() < kGram) return;
  const auto* const bytes = reinterpret_cast<const unsigned char*>(folded.data());
  const std::size_t stretches = folded.size() - kGram + 1;
  Ring ring{};
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < kGram; ++i) hash = std::rotl(hash, 1) ^ in_[bytes[i]];
  ring[0] = hash;
  const auto roll_to = [&](std::size_t at) {
    hash = std::rotl(hash, 1) ^ (in_[bytes[at + kGram - 1]] ^ out_[bytes[at - 1]]);
    ring[at % kWindow] = hash;
  };
  const std::size_t first = std::min(stretches, kWindow);
  for (std::size_t at = 1; at < first; ++at) roll_to(at);
  std::size_t least = 0;
  for (std::size_t at = 1; at < first; ++at) {
    if (ring[at] <= ring[least]) least = at;
  }
  take(print_of(ring[least]), least);
  std::uint64_t smallest = ring[least];
  for (std::size_t at = first; at < stretches; ++at) {
    roll_to(at);
    if (hash < smallest) [[unlikely]] {
      least = at;
    } else if (at - least == kWindow) [[unlikely]] {
      least = least_of(ring, at);
    } else {
      continue;
    }
    smallest = ring[least % kWindow];
    take(print_of(smallest), least);
  }
}

}  // namespace huxin::known
