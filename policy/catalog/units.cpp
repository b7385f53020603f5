#include "policy/catalog/units.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace huxin::catalog {
namespace {

struct UnitRow {
  std::string_view word;
  std::string_view what;
};
constexpr UnitRow kRows[] = {
#include "policy/catalog/units.inc"
};

constexpr std::array<std::string_view, 4> kNames = {"currency", "money", "count", "few"};

template <class Fits>
std::size_t longest(Unit unit, const Fits& fits) {
  const std::string_view name = kNames[static_cast<std::size_t>(unit)];
  std::size_t bytes = 0;
  for (const UnitRow& row : kRows) {
    if (row.what == name && row.word.size() > bytes && fits(row.word)) bytes = row.word.size();
  }
  return bytes;
}

// What the first character of a word is told by: most texts are ruled out by it.
constexpr std::size_t first_of(std::string_view utf8) {
  const auto byte = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(utf8[i])}; };
  return byte(0) < 0xE0 || utf8.size() < 3 ? byte(0) : (byte(1) ^ byte(2) << 1U) & 0xFFU;
}

constexpr auto kFirst = [] {
  std::array<std::array<bool, 256>, kNames.size()> first{};
  for (const UnitRow& row : kRows) {
    for (std::size_t unit = 0; unit < kNames.size(); ++unit) {
      if (row.what == kNames[unit]) first[unit][first_of(row.word)] = true;
    }
  }
  return first;
}();

}  // namespace

std::size_t unit_prefix(Unit unit, std::string_view utf8) {
  if (utf8.empty() || !kFirst[static_cast<std::size_t>(unit)][first_of(utf8)]) return 0;
  return longest(unit, [&](std::string_view word) { return utf8.starts_with(word); });
}

std::size_t currency_suffix(std::string_view utf8) {
  return longest(Unit::kCurrency, [&](std::string_view word) { return utf8.ends_with(word); });
}

}  // namespace huxin::catalog
