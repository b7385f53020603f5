#include "policy/detect/validators/coordinate.hpp"

#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {

Coordinate coordinate(std::string_view text) {
  constexpr std::size_t kLeastDecimals = 3;
  constexpr std::size_t kMostDecimals = 15;
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos || point == 0 || point > 3) return Coordinate::kNone;
  const std::string_view whole = text.substr(0, point);
  const std::string_view decimals = text.substr(point + 1);
  if (!all_digits(whole) || !all_digits(decimals) || (point > 1 && whole[0] == '0') ||
      decimals.size() < kLeastDecimals || decimals.size() > kMostDecimals) {
    return Coordinate::kNone;
  }
  int thousandths = 0;
  for (const char c : whole) thousandths = thousandths * 10 + (c - '0');
  for (const char c : decimals.substr(0, 3)) thousandths = thousandths * 10 + (c - '0');
  if (thousandths >= 3'800 && thousandths <= 53'600) return Coordinate::kLatitude;
  return thousandths >= 73'500 && thousandths <= 135'100 ? Coordinate::kLongitude
                                                         : Coordinate::kNone;
}

}  // namespace huxin::detect
