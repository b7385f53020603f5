#include "policy/detect/validators/iban.hpp"

#include <algorithm>

#include "policy/catalog/tables.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

unsigned append_mod_97(unsigned remainder, char c) {
  if (is_upper(c)) return (remainder * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
  return (remainder * 10 + static_cast<unsigned>(c - '0')) % 97;
}

}  // namespace

bool is_iban(std::string_view text) {
  if (text.size() < 15 || text.size() > 34) return false;
  if (!is_upper(text[0]) || !is_upper(text[1]) || !all_digits(text.substr(2, 2))) return false;
  if (catalog::iban_length(text.substr(0, 2)).value_or(0) != static_cast<int>(text.size()))
    return false;
  const auto allowed = [](char c) { return is_upper(c) || (c >= '0' && c <= '9'); };
  if (!std::ranges::all_of(text, allowed)) return false;
  unsigned remainder = 0;
  for (const char c : text.substr(4)) remainder = append_mod_97(remainder, c);
  for (const char c : text.substr(0, 4)) remainder = append_mod_97(remainder, c);
  return remainder == 1;
}

}  // namespace huxin::detect
