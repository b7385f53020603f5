#include "policy/detect/validators/taiwan_id.hpp"

#include <array>

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {
namespace {

// What A to Z stand for. I, O, W, X, Y and Z came later and break the order.
constexpr std::array<int, 26> kPlaces{10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21,
                                      22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33};

}  // namespace

bool is_taiwan_id(std::string_view text) {
  if (text.size() != 10 || !is_ascii_upper(text[0]) || !all_digits(text.substr(1))) return false;
  if (text[1] != '1' && text[1] != '2') return false;
  const int place = kPlaces[static_cast<std::size_t>(text[0] - 'A')];
  int sum = place / 10 + place % 10 * 9;
  for (std::size_t i = 1; i < 9; ++i) sum += (text[i] - '0') * static_cast<int>(9 - i);
  return (sum + text[9] - '0') % 10 == 0;
}

}  // namespace huxin::detect
