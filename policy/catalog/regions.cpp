#include "policy/catalog/regions.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <ranges>

namespace huxin::catalog {
namespace {

struct Region {
  std::uint32_t code;
  std::string_view name;
  std::uint16_t first;
  std::uint16_t last;  ///< 0: in force
};
constexpr Region kRegions[] = {
#include "policy/catalog/regions.inc"
};

struct Place {
  std::string_view name;
  unsigned levels;  ///< 1 province, 2 prefecture, 4 county
  bool full;
};
constexpr Place kPlaces[] = {
#include "policy/catalog/places.inc"
};

constexpr std::array<unsigned char, 31> kProvinces = {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33,
                                                      34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50,
                                                      51, 52, 53, 54, 61, 62, 63, 64, 65};

const Region* find(std::uint32_t code) {
  const auto* const found = std::ranges::lower_bound(kRegions, code, {}, &Region::code);
  return found != std::end(kRegions) && found->code == code ? found : nullptr;
}

/// Codes of the prefectures and counties abolished before 2002 are not all on record; these are the
/// number ranges they were taken from.
bool shaped_like_an_old_code(std::uint32_t code) {
  const unsigned prefecture = code / 100 % 100;
  const unsigned county = code % 100;
  const bool direct = code / 10000 == 46 && prefecture == 0;  // Hainan before 1988
  return is_province(code / 10000) &&
         (direct || (prefecture >= 1 && prefecture <= 43) || prefecture == 90) &&
         ((county >= 1 && county <= 53) || county >= 81);
}

}  // namespace

bool is_province(unsigned two_digits) { return std::ranges::binary_search(kProvinces, two_digits); }

RegionFit region_fit(std::uint32_t code6, int birth_year) {
  constexpr int kLastYearOfLostCodes = 2002;
  if (const Region* const region = find(code6)) {
    const bool abolished = region->last != 0 && birth_year > region->last + 1;
    return abolished ? RegionFit::kUnknown : RegionFit::kKnown;
  }
  const bool old = birth_year <= kLastYearOfLostCodes && shaped_like_an_old_code(code6);
  return old ? RegionFit::kPlausible : RegionFit::kUnknown;
}

std::string_view region_name(std::uint32_t code6) {
  const Region* const region = find(code6);
  return region != nullptr ? region->name : std::string_view{};
}

std::optional<PlaceMatch> place_prefix(std::string_view utf8) {
  // Names are sorted, so those that share the first two characters stand together, the longer
  // later.
  constexpr std::size_t kTwoHan = 6;
  const std::string_view head = utf8.substr(0, kTwoHan);
  const auto first_two = [](const Place& place) { return place.name.substr(0, kTwoHan); };
  const auto same_head = std::ranges::equal_range(kPlaces, head, {}, first_two);
  const auto backwards = same_head | std::views::reverse;
  const auto found = std::ranges::find_if(
      backwards, [&](const Place& place) { return utf8.starts_with(place.name); });
  if (found == backwards.end()) return std::nullopt;
  const unsigned levels = found->levels;
  return PlaceMatch{found->name.size(), (levels & 1U) != 0, (levels & 2U) != 0, (levels & 4U) != 0,
                    found->full};
}

}  // namespace huxin::catalog
