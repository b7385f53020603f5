#include "policy/detect/validators/checks.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/bic.hpp"
#include "policy/detect/validators/check_digits.hpp"
#include "policy/detect/validators/hong_kong_id.hpp"
#include "policy/detect/validators/old_resident_id.hpp"
#include "policy/detect/validators/organisation_code.hpp"
#include "policy/detect/validators/residence_permit.hpp"
#include "policy/detect/validators/resident_id.hpp"
#include "policy/detect/validators/taiwan_id.hpp"
#include "policy/detect/validators/vehicle_id.hpp"

namespace huxin::detect {
namespace {

bool is_old_taiwan_permit(std::string_view value) {
  constexpr std::size_t kDigits = 10;
  // 7637595079L: a program's number.
  return value.size() == kDigits + 1 && !is_ascii_digit(value.back()) && value.back() != 'L' &&
         std::ranges::all_of(value.substr(0, kDigits), is_ascii_digit);
}

}  // namespace

bool passes(catalog::Check check, std::string_view value, Date today) {
  using catalog::Check;
  switch (check) {
    case Check::kLuhn:
      return passes_luhn(value);
    case Check::kMod1110:
      return passes_mod_11_10(value);
    case Check::kResidentId:
      return is_resident_id(value, today) || is_old_resident_id(value, today);
    case Check::kOldPermanentCard:
      return is_old_permanent_residence_card(value, today);
    case Check::kOldTaiwanPermit:
      return is_old_taiwan_permit(value);
    case Check::kHongKongId:
      return is_hong_kong_id(value);
    case Check::kTaiwanId:
      return is_taiwan_id(value);
    case Check::kVehicleId:
      return is_vehicle_id(value);
    case Check::kVehicleCheckDigit:
      return has_vehicle_check_digit(value);
    case Check::kBic:
      return is_bic(value);
    case Check::kOrganisationCode:
      return is_organisation_code(value);
    case Check::kNotAWord:
      return std::ranges::any_of(value,
                                 [](char c) { return is_ascii_digit(c) || c == '_' || c == '-'; });
    case Check::kUncommon:
      return !is_run_of_digits(value);
  }
  return false;
}

}  // namespace huxin::detect
