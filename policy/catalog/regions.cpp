#include "policy/catalog/regions.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <ranges>
#include <span>

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

// Han of the basic block, and one row for everything else.
constexpr std::size_t kHanRows = 0x9FFF - 0x4E00 + 1;
constexpr std::size_t row_of(std::string_view text) {
  const auto bits = [&](std::size_t i) { return static_cast<unsigned char>(text[i]) & 0x3FU; };
  if (text.size() < 3) return kHanRows;
  const unsigned code =
      (static_cast<unsigned char>(text[0]) & 0x0FU) << 12U | bits(1) << 6U | bits(2);
  return code >= 0x4E00 && code <= 0x9FFF ? code - 0x4E00 : kHanRows;
}

// Where the places that begin with a character stand in kPlaces.
struct PlaceRange {
  std::uint16_t first = 0;
  std::uint16_t count = 0;
};
constexpr auto kByFirstCharacter = [] {
  std::array<PlaceRange, kHanRows + 1> table{};
  for (std::size_t i = 0; i < std::size(kPlaces); ++i) {
    PlaceRange& range = table[row_of(kPlaces[i].name)];
    if (range.count++ == 0) range.first = static_cast<std::uint16_t>(i);
  }
  table[kHanRows] = {};
  return table;
}();

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
  const PlaceRange range = kByFirstCharacter[row_of(utf8)];
  // Names are sorted: of those that fit, the longest stands last.
  const auto places = std::span(kPlaces).subspan(range.first, range.count);
  const auto backwards = places | std::views::reverse;
  const auto found = std::ranges::find_if(
      backwards, [&](const Place& place) { return utf8.starts_with(place.name); });
  if (found == backwards.end()) return std::nullopt;
  const unsigned levels = found->levels;
  return PlaceMatch{found->name.size(), (levels & 1U) != 0, (levels & 2U) != 0, (levels & 4U) != 0,
                    found->full};
}

}  // namespace huxin::catalog
