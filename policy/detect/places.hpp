#pragma once
#include <cstddef>
#include <cstdint>

namespace huxin::detect {

/// What stands where in 64 bytes of text: bit i speaks of byte i.
struct Places {
  std::uint64_t digits = 0;
  std::uint64_t joints = 0;  ///< space, hyphen, full stop: they may join the groups of a number
  std::uint64_t marks =
      0;  ///< : = > | ( tab, line ends, and the first bytes of ： （ ＝ ｜ U+3000 为 是
  std::uint64_t spaces = 0;  ///< spaces and opening brackets: marks behind a character beyond ASCII
  std::uint64_t high = 0;    ///< bytes beyond ASCII
  std::uint64_t ats = 0;     ///< '@'
  std::uint64_t vees = 0;    ///< 'v' and 'V'

  bool operator==(const Places&) const = default;
};

inline constexpr std::size_t kPlacesBytes = 64;  ///< of text in one Places
inline constexpr std::size_t kPlacesAhead = 2;   ///< read beyond them

/// Fills `places` for `count` blocks of 64 bytes at `data`, reading kPlacesAhead bytes more.
void find_places(const char* data, std::size_t count, Places* places);

/// The two ways of doing it; the first needs AVX2. The second is for every CPU.
void find_places_avx2(const char* data, std::size_t count, Places* places);
void find_places_portable(const char* data, std::size_t count, Places* places);

}  // namespace huxin::detect
