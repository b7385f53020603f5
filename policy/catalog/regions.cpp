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

// Places by their first two characters: an open hash table of where those stand in kPlaces.
struct PlaceHead {
  std::uint32_t characters = 0;  ///< 0: free
  std::uint16_t first = 0;
  std::uint16_t count = 0;
};
constexpr int kHeadBits = 13;
constexpr std::size_t kHeads = std::size_t{1} << kHeadBits;  // twice as many as there are
constexpr std::size_t slot_of(std::uint32_t characters) {
  return characters * 0x9E3779B1U >> (32 - kHeadBits);
}
constexpr std::uint32_t head_of(std::string_view text) {
  return static_cast<std::uint32_t>(code_of(text, 0)) << 16U | code_of(text, 1);
}
constexpr auto kByHead = [] {
  std::array<PlaceHead, kHeads> table{};
  for (std::size_t i = 0; i < std::size(kPlaces); ++i) {
    const std::uint32_t head = head_of(kPlaces[i].name);
    std::size_t at = slot_of(head);
    while (table[at].characters != 0 && table[at].characters != head) at = (at + 1) % kHeads;
    if (table[at].count++ == 0) {
      table[at].characters = head;
      table[at].first = static_cast<std::uint16_t>(i);
    }
  }
  return table;
}();

std::span<const Place> places_with(std::uint32_t head) {
  std::size_t at = slot_of(head);
  while (kByHead[at].characters != head && kByHead[at].characters != 0) at = (at + 1) % kHeads;
  return std::span(kPlaces).subspan(kByHead[at].first, kByHead[at].count);
}

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
  const auto places = places_with(head_of(utf8));
  // Names are sorted: of those that fit, the longest stands last.
  for (const Place& place : places | std::views::reverse) {
    if (!utf8.starts_with(place.name)) continue;
    return PlaceMatch{place.name.size(), (place.levels & 1U) != 0, (place.levels & 2U) != 0,
                      (place.levels & 4U) != 0, place.full};
  }
  return std::nullopt;
}

}  // namespace huxin::catalog
