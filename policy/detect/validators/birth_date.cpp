#include "policy/detect/validators/birth_date.hpp"

#include "policy/catalog/tables.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {
namespace {

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace

bool is_birth_date(std::string_view yyyymmdd, Date today) {
  static constexpr int kEarliestYear = 1850;
  if (yyyymmdd.size() != 8 || !all_digits(yyyymmdd)) return false;
  const Date date{std::chrono::year{number(yyyymmdd.substr(0, 4))},
                  std::chrono::month{static_cast<unsigned>(number(yyyymmdd.substr(4, 2)))},
                  std::chrono::day{static_cast<unsigned>(number(yyyymmdd.substr(6, 2)))}};
  return date.ok() && date.year() >= std::chrono::year{kEarliestYear} && date <= today;
}

bool is_default_date(std::string_view yyyymmdd) { return yyyymmdd == "19000101"; }

bool is_birth_region(std::string_view code6, std::string_view yyyy) {
  return catalog::is_region(static_cast<std::uint32_t>(number(code6)), number(yyyy));
}

}  // namespace huxin::detect
