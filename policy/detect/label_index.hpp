#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "policy/detect/context.hpp"

namespace huxin::detect {

/// Finds the keyword that ends at a place, by looking back from it: what labels a value whose mark
/// (a colon, an equals sign…) stands there. Immutable; borrows the vocabulary.
class LabelIndex {
 public:
  /// Takes the keywords that speak for some kind, or make up a kind of document.
  explicit LabelIndex(const Vocabulary& vocabulary);

  /// The longest keyword that ends at `end` and stands alone, quotes and spaces between them
  /// allowed. Looks back no further than the longest keyword is long.
  std::optional<KeywordHit> before(std::string_view text, std::size_t end) const;

 private:
  struct Slot {
    std::uint32_t hash = 0;  ///< 0: free
    std::uint16_t keyword = 0;
  };

  std::optional<KeywordHit> match(std::uint32_t hash, std::string_view text,
                                  const Span& word) const;

  bool may_end(std::string_view text, std::size_t end) const;

  const Vocabulary& vocabulary_;
  std::vector<Slot> slots_;  ///< a power of two of them, by the upper bits of their hash
  int shift_ = 0;
  std::array<std::uint8_t, 65'536> longest_{};  ///< keyword that ends in two bytes; 0: none does
  std::bitset<65'536> tails_;  ///< hashes of their last four, or of all of shorter ones
};

}  // namespace huxin::detect
