#include "agent/extract/office/plain_number.hpp"

#include <algorithm>
#include <charconv>

namespace huxin::extract {

std::string plain_number(std::string value) {
  const std::size_t e = value.find_first_of("eE");
  if (e == std::string::npos) return value;
  int exponent = 0;
  const char* first = value.data() + e + (e + 1 < value.size() && value[e + 1] == '+' ? 2 : 1);
  const auto [end, error] = std::from_chars(first, value.data() + value.size(), exponent);
  if (error != std::errc{} || end != value.data() + value.size() || exponent < 0 || exponent > 40)
    return value;
  std::string digits = value.substr(0, e);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::size_t fraction = digits.size() - std::min(digits.size(), point + 1);
  if (point < digits.size()) digits.erase(point, 1);
  const auto wanted = static_cast<std::size_t>(exponent);
  return fraction > wanted ? value : digits.append(wanted - fraction, '0');
}

}  // namespace huxin::extract
