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

constexpr std::size_t kHan = 3;  // bytes of a Han character of the basic plane

// The code point of one of a text's characters; not any other's where the text has it, or 0.
constexpr std::uint16_t code_of(std::string_view text, std::size_t character) {
  if (text.size() < (character + 1) * kHan) return 0;
  const auto bits = [&](std::size_t i, unsigned mask) {
    return static_cast<unsigned char>(text[character * kHan + i]) & mask;
  };
  return static_cast<std::uint16_t>(bits(0, 0x0F) << 12U | bits(1, 0x3F) << 6U | bits(2, 0x3F));
}

// Where the places that begin with a character stand in kPlaces.
struct PlaceRange {
  std::uint16_t first = 0;
  std::uint16_t count = 0;
};
constexpr std::size_t kFirstHan = 0x4E00;
constexpr std::size_t kLastHan = 0x9FFF;
constexpr auto kByFirstCharacter = [] {
  std::array<PlaceRange, kLastHan - kFirstHan + 1> table{};
  for (std::size_t i = 0; i < std::size(kPlaces); ++i) {
    PlaceRange& range = table[code_of(kPlaces[i].name, 0) - kFirstHan];
    if (range.count++ == 0) range.first = static_cast<std::uint16_t>(i);
  }
  return table;
}();

// Second characters of all places, in the same order: ascending among those of one first.
constexpr auto kSecondCharacters = [] {
  std::array<std::uint16_t, std::size(kPlaces)> codes{};
  for (std::size_t i = 0; i < codes.size(); ++i) codes[i] = code_of(kPlaces[i].name, 1);
  return codes;
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
  const std::uint16_t first = code_of(utf8, 0);
  if (first < kFirstHan || first > kLastHan) return std::nullopt;
  const PlaceRange range = kByFirstCharacter[first - kFirstHan];
  const auto seconds = std::span(kSecondCharacters).subspan(range.first, range.count);
  const auto same = std::ranges::equal_range(seconds, code_of(utf8, 1));
  const auto places = std::span(kPlaces).subspan(
      static_cast<std::size_t>(same.data() - kSecondCharacters.data()), same.size());
  // Names are sorted: of those that fit, the longest stands last.
  for (const Place& place : places | std::views::reverse) {
    if (!utf8.starts_with(place.name)) continue;
    return PlaceMatch{place.name.size(), (place.levels & 1U) != 0, (place.levels & 2U) != 0,
                      (place.levels & 4U) != 0, place.full};
  }
  return std::nullopt;
}

}  // namespace huxin::catalog
