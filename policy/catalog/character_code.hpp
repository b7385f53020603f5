#pragma once
#include <algorithm>
#include <array>
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
  }
  constexpr bool sorted() const { return std::ranges::is_sorted(codes_); }

  /// Indexes of the rows that begin with the character that a text begins with.
  constexpr Span rows(std::string_view utf8) const {
    const auto rows = std::ranges::equal_range(codes_, character_code(utf8));
    const auto first = static_cast<std::size_t>(rows.begin() - codes_.begin());
    return {first, first + rows.size()};
  }

 private:
  std::array<std::uint32_t, N> codes_{};
};

}  // namespace huxin::catalog
