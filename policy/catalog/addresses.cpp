#include "policy/catalog/addresses.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace huxin::catalog {
namespace {

struct EndingRow {
  std::string_view text;
  std::string_view level;
  unsigned numbered;
};
constexpr EndingRow kRows[] = {
#include "policy/catalog/address_endings.inc"
};
constexpr std::string_view kThings[] = {
#include "policy/catalog/numbered_things.inc"
};

constexpr std::array<std::string_view, 14> kLevels = {
    "none", "province", "prefecture", "county",   "town", "village", "group",
    "road", "house",    "estate",     "building", "unit", "floor",   "room"};

constexpr auto kSuffixes = [] {
  std::array<AddressSuffix, std::size(kRows)> suffixes{};
  for (std::size_t i = 0; i < suffixes.size(); ++i) {
    const auto* const level = std::ranges::find(kLevels, kRows[i].level);
    if (level == kLevels.end()) throw "a level that is none";
    suffixes[i] = {kRows[i].text, static_cast<AddressLevel>(level - kLevels.begin()),
                   kRows[i].numbered != 0};
  }
  return suffixes;
}();

constexpr std::size_t kHan = 3;  // bytes

// By the last two bytes of their first character.
constexpr std::size_t slot(std::string_view utf8) {
  return (static_cast<unsigned char>(utf8[1]) & 0x3FU) << 6U |
         (static_cast<unsigned char>(utf8[2]) & 0x3FU);
}
constexpr std::size_t kSlots = 4096;

// Suffixes in the order of their slots, a longer one behind one that it begins with, and where each
// slot's begin. Characters share slots.
struct Index {
  std::array<std::uint8_t, std::size(kRows)> order{};
  std::array<std::uint8_t, kSlots> first{};
  std::array<std::uint8_t, kSlots> count{};
};
constexpr Index kIndex = [] {
  Index index;
  std::size_t next = 0;
  for (std::size_t i = 0; i < kSuffixes.size(); ++i) {
    const std::size_t at = slot(kSuffixes[i].text);
    if (index.count[at] != 0) continue;
    index.first[at] = static_cast<std::uint8_t>(next);
    for (std::size_t j = i; j < kSuffixes.size(); ++j) {
      if (slot(kSuffixes[j].text) != at) continue;
      index.order[next++] = static_cast<std::uint8_t>(j);
      ++index.count[at];
    }
  }
  return index;
}();

constexpr auto kMayBeThing = [] {
  std::array<bool, kSlots> may{};
  for (const std::string_view thing : kThings) may[slot(thing)] = true;
  return may;
}();

bool is_house(std::string_view behind) {
  if (behind.size() < kHan || !kMayBeThing[slot(behind)]) return true;
  return std::ranges::none_of(kThings,
                              [&](std::string_view thing) { return behind.starts_with(thing); });
}

}  // namespace

const AddressSuffix* address_suffix(std::string_view utf8, bool numbered) {
  if (utf8.size() < kHan || static_cast<unsigned char>(utf8[0]) < 0xE4) return nullptr;
  const std::size_t at = slot(utf8);
  for (std::size_t i = kIndex.count[at]; i-- > 0;) {  // longer ones stand later
    const AddressSuffix& suffix = kSuffixes[kIndex.order[kIndex.first[at] + i]];
    if (suffix.numbered != numbered || !utf8.starts_with(suffix.text)) continue;
    const bool house =
        suffix.level != AddressLevel::kHouse || is_house(utf8.substr(suffix.text.size()));
    return house ? &suffix : nullptr;
  }
  return nullptr;
}

}  // namespace huxin::catalog
