#pragma once
#include <algorithm>
#include <array>
#include <string_view>

namespace huxin {

/// A set of bytes, asked in one look-up. Made at compile time.
class ByteSet {
 public:
  constexpr ByteSet() = default;
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char byte : bytes) add(byte);
  }
  constexpr void add(char byte) { has_[static_cast<unsigned char>(byte)] = true; }
  constexpr bool has(char byte) const { return has_[static_cast<unsigned char>(byte)]; }
  /// Whether some byte of a text is one of the set.
  constexpr bool any_in(std::string_view text) const {
    return std::ranges::any_of(text, [this](char byte) { return has(byte); });
  }

 private:
  std::array<bool, 256> has_{};
};

}  // namespace huxin
