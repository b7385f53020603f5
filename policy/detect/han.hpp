#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace huxin::detect {

inline constexpr std::size_t kHanBytes = 3;  ///< of a Han character of the common planes, in UTF-8

/// Whether valid UTF-8 begins with a Han character of the common planes: U+3400 to U+9FFF (GB
/// 18030-2022, implementation level 1, has no other).
constexpr bool is_han(std::string_view rest) {
  if (rest.size() < kHanBytes) return false;
  const auto lead = static_cast<unsigned char>(rest[0]);
  return (lead > 0xE3 && lead <= 0xE9) ||
         (lead == 0xE3 && static_cast<unsigned char>(rest[1]) >= 0x90);
}

/// The code point of the three-byte character that valid UTF-8 begins with; 0 for any other, and
/// for one that is cut.
constexpr std::uint32_t wide_code(std::string_view rest) {
  if (rest.size() < kHanBytes || (static_cast<unsigned char>(rest[0]) & 0xF0U) != 0xE0U) return 0;
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(rest[i]));
  };
  return (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
}

/// A set of three-byte characters, asked in one look-up. Made at compile time.
class HanSet {
 public:
  /// Adds the characters of a text, which has no others.
  constexpr void add(std::string_view characters) {
    for (std::size_t at = 0; at < characters.size(); at += kHanBytes) {
      const std::uint32_t code = wide_code(characters.substr(at));
      words_[code / 64] |= std::uint64_t{1} << (code % 64);
    }
  }
  /// Says whether a text begins with one of them.
  constexpr bool has(std::string_view rest) const {
    const std::uint32_t code = wide_code(rest);
    return (words_[code / 64] >> (code % 64) & 1U) != 0;
  }

 private:
  std::array<std::uint64_t, 1024> words_{};
};

constexpr HanSet han_set(std::string_view characters) {
  HanSet set;
  set.add(characters);
  return set;
}

}  // namespace huxin::detect
