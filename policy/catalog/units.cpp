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

}  // namespace

std::size_t unit_prefix(Unit unit, std::string_view utf8) {
  return longest(unit, [&](std::string_view word) { return utf8.starts_with(word); });
}

std::size_t currency_suffix(std::string_view utf8) {
  return longest(Unit::kCurrency, [&](std::string_view word) { return utf8.ends_with(word); });
}

}  // namespace huxin::catalog
