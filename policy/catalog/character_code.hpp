#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::catalog {

/// Bytes of a Han character of the basic plane, in UTF-8.
inline constexpr std::size_t kCharacterBytes = 3;

/// The first three bytes of a text as a number, which orders as they do; zeros stand for those that
/// it has not.
constexpr std::uint32_t character_code(std::string_view utf8) {
  std::uint32_t code = 0;
  for (std::size_t i = 0; i < kCharacterBytes; ++i)
    code = code << 8U | (i < utf8.size() ? static_cast<unsigned char>(utf8[i]) : 0U);
  return code;
}

/// Finds the rows of a table by the first character of their texts, by which they are sorted. Made
/// at compile time.
template <std::size_t N>
class ByFirstCharacter {
 public:
  template <class Row>
  constexpr ByFirstCharacter(const Row (&rows)[N], std::string_view Row::* text) {
    std::ranges::transform(rows, codes_.begin(),
                           [&](const Row& row) { return character_code(row.*text); });
    for (const std::uint32_t code : codes_) begins_[place(code) / 64] |= bit(code);
  }
  constexpr bool sorted() const { return std::ranges::is_sorted(codes_); }

  /// Indexes of the rows that begin with the character that a text begins with.
  constexpr Span rows(std::string_view utf8) const {
    const std::uint32_t code = character_code(utf8);
    if ((begins_[place(code) / 64] & bit(code)) == 0) return {};
    const auto rows = std::ranges::equal_range(codes_, code);
    const auto first = static_cast<std::size_t>(rows.begin() - codes_.begin());
    return {first, first + rows.size()};
  }

 private:
  // Most characters begin no row: of a bit for each, shared by few, most are off.
  static constexpr std::size_t kBits = std::bit_ceil(8 * std::max<std::size_t>(N, 8));
  static constexpr std::size_t place(std::uint32_t code) {
    return (code * 0x9E37'79B1U) >> (32 - std::countr_zero(kBits));
  }
  static constexpr std::uint64_t bit(std::uint32_t code) {
    return std::uint64_t{1} << (place(code) % 64);
  }

  std::array<std::uint32_t, N> codes_{};
  std::array<std::uint64_t, kBits / 64> begins_{};
};

}  // namespace huxin::catalog
