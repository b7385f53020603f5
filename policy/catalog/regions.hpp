#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace huxin::catalog {

/// How well a six-digit code agrees with GB/T 2260 for a person born in a given year.
enum class RegionFit : std::uint8_t {
  kUnknown,    ///< no such division, or abolished before that year
  kPlausible,  ///< not in our lists, but shaped like the codes that were abolished before 2002
  kKnown,      ///< in the lists, in force that year or later
};

/// Judges the area code of an identity number. A division younger than the person is no objection:
/// people are registered late. 81, 82 and 83 are the residence permits' codes. A code counts for a
/// year beyond its abolition, since registration lags.
RegionFit region_fit(std::uint32_t code6, int birth_year);
inline bool is_region(std::uint32_t code6, int birth_year) {
  return region_fit(code6, birth_year) != RegionFit::kUnknown;
}

/// Name of a division, current or abolished; empty when unknown. In Chinese, UTF-8; lives as long
/// as the program.
std::string_view region_name(std::uint32_t code6);

/// Says whether two digits are a mainland province's (11 to 65), as in a permanent resident's
/// number.
bool is_province(unsigned two_digits);

/// A place name found at the start of a text.
struct PlaceMatch {
  std::size_t bytes = 0;    ///< length in UTF-8
  bool province = false;    ///< the name is a province's…
  bool prefecture = false;  ///< …a prefecture's or city's…
  bool county = false;      ///< …a county's or district's; more than one may hold
  bool full = false;        ///< with its suffix: 朝阳区 and not 朝阳
};

/// Finds the longest place name at the start of `utf8`; nullopt when there is none. Names are at
/// least two characters long; short forms such as 恩施 are known too.
std::optional<PlaceMatch> place_prefix(std::string_view utf8);

}  // namespace huxin::catalog
