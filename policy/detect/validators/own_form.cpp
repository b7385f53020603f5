#include "policy/detect/validators/own_form.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/bank_card.hpp"
#include "policy/detect/validators/checks.hpp"
#include "policy/detect/validators/credit_code.hpp"
#include "policy/detect/validators/email.hpp"
#include "policy/detect/validators/foreign_phone.hpp"
#include "policy/detect/validators/iban.hpp"
#include "policy/detect/validators/machine_readable_zone.hpp"
#include "policy/detect/validators/old_resident_id.hpp"
#include "policy/detect/validators/passport.hpp"
#include "policy/detect/validators/phone.hpp"
#include "policy/detect/validators/plate.hpp"
#include "policy/detect/validators/residence_permit.hpp"
#include "policy/detect/validators/resident_id.hpp"
#include "policy/detect/validators/value_form.hpp"
#include "policy/detect/validators/written_form.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kLongestExtension = 6;

bool holds_digit(std::string_view value) { return std::ranges::any_of(value, is_ascii_digit); }
bool holds_wide(std::string_view value) { return std::ranges::any_of(value, is_high); }
bool holds_letter(std::string_view value) { return std::ranges::any_of(value, is_ascii_letter); }

// value_of() keeps an extension's digits behind those of the line: 010-12345678 ext. 801.
bool is_landline(std::string_view digits) {
  for (std::size_t size = 10; size <= std::min<std::size_t>(digits.size(), 12); ++size) {
    if (digits.size() - size > kLongestExtension) continue;
    if (landline_area_length(digits.substr(0, size)) > 0) return true;
  }
  return false;
}

// Two lines, whatever parts them.
bool is_zone(std::string_view value) {
  return value.size() >= 2 * kZoneLine &&
         is_machine_readable_zone(value.substr(0, kZoneLine),
                                  value.substr(value.size() - kZoneLine));
}

bool is_login_name(std::string_view value) {
  return value.size() >= 4 && value.size() <= 32 && std::ranges::all_of(value, [](char c) {
           return is_ascii_alnum(c) || std::string_view("_-.@").contains(c);
         });
}

bool has_form_of(const catalog::LabelledValue& labelled, std::string_view value, Date today) {
  return std::ranges::any_of(labelled.forms, [&](const catalog::ValueForm& form) {
    if (form.characters >= catalog::Characters::kIpAddress)
      return !value.empty() && written_length(form.characters, value) == value.size();
    return has_form(form, value) && (!form.check || passes(*form.check, value, today));
  });
}

// Those that have recognisers of their own; others have a form in the catalogue, or none.
bool has_form_of(Kind kind, const catalog::Element& element, std::string_view value, Date today) {
  switch (kind) {
    case Kind::kResidentId:
      return is_resident_id(value, today);
    case Kind::kOldResidentId:
      return is_old_resident_id(value, today);
    case Kind::kResidencePermit:
      return is_residence_permit(value, today);
    case Kind::kPermanentResidenceCard:
      return is_permanent_residence_card(value, today);
    case Kind::kPassport:
      return is_passport(value);
    case Kind::kMachineReadableZone:
      return is_zone(value);
    case Kind::kMobile:
      return is_mobile(value);
    case Kind::kLandline:  // or without its area, as the catalogue has it
      return is_landline(value) || has_form_of(element.value, value, today);
    case Kind::kForeignPhone:
      return is_foreign_phone(value);
    case Kind::kEmail:
      return is_email(value);
    case Kind::kUnionPayCard:
      return is_union_pay_card(value);
    case Kind::kInternationalCard:
      return is_international_card(value);
    case Kind::kIban:
      return is_iban(value);
    case Kind::kCreditCode:
      return is_credit_code(value);
    case Kind::kLicencePlate:
      return !value.empty() && plate_at(value).bytes == value.size();
    case Kind::kMilitaryId:
      return value.contains("字第") && holds_digit(value);
    case Kind::kBirthDate:
      return is_birth_date(value, today);
    case Kind::kLoginName:
      return is_login_name(value);
    case Kind::kName:
      return holds_wide(value) && !holds_digit(value);
    case Kind::kLatinName:
      return holds_letter(value) && !holds_digit(value);
    case Kind::kAddress:
    case Kind::kEmployer:
    case Kind::kPersonalTraits:
      return holds_wide(value) || holds_letter(value);
    case Kind::kIncome:
    case Kind::kBalance:
      return holds_digit(value);
    case Kind::kCreditStanding:
    case Kind::kSecurityAnswer:
      return holds_digit(value) || holds_wide(value) || holds_letter(value);
    default:
      return has_form_of(element.value, value, today);
  }
}

}  // namespace

bool has_own_form(const catalog::Element& element, std::string_view value, Date today) {
  const auto kind = kind_of(element.id);
  return kind && has_form_of(*kind, element, value, today);
}

}  // namespace huxin::detect
