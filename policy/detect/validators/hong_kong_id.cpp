#include "policy/detect/validators/hong_kong_id.hpp"

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {

bool is_hong_kong_id(std::string_view text) {
  constexpr int kSpace = 36;
  if (text.size() != 8 && text.size() != 9) return false;
  const std::size_t letters = text.size() - 7;
  if (!is_ascii_upper(text[0]) || !is_ascii_upper(text[letters - 1])) return false;
  if (!all_digits(text.substr(letters, 6))) return false;
  const char last = text.back();
  if (!is_ascii_digit(last) && last != 'A') return false;
  int sum = letters == 1 ? 9 * kSpace : 0;
  int weight = static_cast<int>(text.size());
  for (const char c : text) sum += weight-- * alphanumeric_value(c);
  return sum % 11 == 0;
}

}  // namespace huxin::detect
