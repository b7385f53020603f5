#include "policy/detect/explain_number.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/recognise/grouping.hpp"
#include "policy/detect/validators/bank_card.hpp"
#include "policy/detect/validators/check_digits.hpp"
#include "policy/detect/validators/credit_code.hpp"
#include "policy/detect/validators/iban.hpp"
#include "policy/detect/validators/passport.hpp"
#include "policy/detect/validators/phone.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kShortest = 7;
constexpr std::size_t kLongest = 34;  // an IBAN

using Checks = std::vector<FailedCheck>;

bool has_province(std::string_view digits) {
  return catalog::is_province(static_cast<unsigned>((digits[0] - '0') * 10 + (digits[1] - '0')));
}

FailedCheck check_identity(Kind kind, std::string_view area, std::string_view birth, Date today) {
  FailedCheck check{kind, {}};
  const bool permit = kind != Kind::kResidentId && kind != Kind::kOldResidentId;
  if (!permit && !is_birth_region(area, birth.substr(0, 4)))
    check.reasons.push_back(Reason::kUnknownDivision);
  if (!is_birth_date(birth, today)) check.reasons.push_back(Reason::kImpossibleDate);
  return check;
}

// A resident's number, or a permit's that is made like one.
void check_id(std::string_view number, Date today, Checks& checks) {
  if (number.size() != 18 || !all_digits(number.substr(0, 17))) return;
  if (number[17] != 'X' && !is_ascii_digit(number[17])) return;
  const std::string_view area = number.substr(0, 6);
  const bool permit = area == "810000" || area == "820000" || area == "830000";
  if (!permit && number[0] != '9' && number[17] != 'X' && !has_province(number)) return;
  const Kind kind = permit             ? Kind::kResidencePermit
                    : number[0] == '9' ? Kind::kPermanentResidenceCard
                                       : Kind::kResidentId;
  FailedCheck check = check_identity(kind, area, number.substr(6, 8), today);
  if (!passes_mod_11_2(number)) check.reasons.push_back(Reason::kMod112Fails);
  checks.push_back(std::move(check));
}

void check_old_id(std::string_view number, Date today, Checks& checks) {
  if (number.size() != 15 || !all_digits(number) || !has_province(number)) return;
  const std::string birth = "19" + std::string(number.substr(6, 6));
  FailedCheck check = check_identity(Kind::kOldResidentId, number.substr(0, 6), birth, today);
  if (number.find_first_not_of(number[0]) == std::string_view::npos)
    check.reasons.push_back(Reason::kOneDigitRepeated);
  checks.push_back(std::move(check));
}

void check_mobile(std::string_view number, Checks& checks) {
  if (number.size() == 13 && number.starts_with("86")) number.remove_prefix(2);
  if (number.size() == 15 && number.starts_with("0086")) number.remove_prefix(4);
  if (number.size() != 11 || number[0] != '1' || !all_digits(number)) return;
  FailedCheck check{Kind::kMobile, {}};
  if (!is_mobile(number)) check.reasons.push_back(Reason::kUnallocatedPrefix);
  checks.push_back(std::move(check));
}

void check_landline(std::string_view number, Checks& checks) {
  if (number.size() < 10 || number.size() > 12 || number[0] != '0' || !all_digits(number)) return;
  FailedCheck check{Kind::kLandline, {}};
  if (!catalog::area_code(number)) {
    check.reasons.push_back(Reason::kUnknownAreaCode);
  } else if (landline_area_length(number) == 0) {
    check.reasons.push_back(Reason::kNoSubscriberNumber);
  }
  checks.push_back(std::move(check));
}

// A number that no scheme issues is told of only where nothing else is.
void check_card(std::string_view number, Checks& checks) {
  if (number.size() < 13 || number.size() > 19 || !all_digits(number)) return;
  const auto scheme = catalog::card_scheme(number);
  if (!scheme && !checks.empty()) return;
  const bool union_pay = !scheme || *scheme == catalog::CardScheme::kUnionPay;
  FailedCheck check{union_pay ? Kind::kUnionPayCard : Kind::kInternationalCard, {}};
  if (!scheme) check.reasons.push_back(Reason::kUnknownScheme);
  if (!passes_luhn(number)) check.reasons.push_back(Reason::kLuhnFails);
  if (number.find_first_not_of(number[0]) == std::string_view::npos)
    check.reasons.push_back(Reason::kOneDigitRepeated);
  checks.push_back(std::move(check));
}

void check_passport(std::string_view number, Checks& checks) {
  if (number.size() != 9 || !all_digits(number.substr(2))) return;
  if (is_ascii_digit(number[0]) && !number.starts_with("14") && !number.starts_with("15")) return;
  FailedCheck check{Kind::kPassport, {}};
  if (!is_passport(number)) check.reasons.push_back(Reason::kUnknownSeries);
  checks.push_back(std::move(check));
}

// Registers that write digits alone begin with 9, but for a few; the X of an identity number is no
// sign of one.
void check_credit_code(std::string_view number, Checks& checks) {
  if (number.size() != 18 || !all_digits(number.substr(2, 6))) return;
  if (number[0] != '9' && all_digits(number.substr(0, 17))) return;
  FailedCheck check{Kind::kCreditCode, {}};
  const std::string_view region = number.substr(2, 6);
  if (region != "100000" && !has_province(region))
    check.reasons.push_back(Reason::kUnknownProvince);
  if (number.find_first_of("IOSVZ") != std::string_view::npos)
    check.reasons.push_back(Reason::kUnusedLetter);
  if (check.reasons.empty() && !is_credit_code(number))
    check.reasons.push_back(Reason::kMod31Fails);
  checks.push_back(std::move(check));
}

void check_iban(std::string_view number, Checks& checks) {
  if (number.size() < 15 || number.size() > kLongest || !all_digits(number.substr(2, 2))) return;
  const auto length = catalog::iban_length(number.substr(0, 2));
  if (!length) return;
  FailedCheck check{Kind::kIban, {}};
  if (static_cast<std::size_t>(*length) != number.size()) {
    check.reasons.push_back(Reason::kIbanLength);
  } else if (!is_iban(number)) {
    check.reasons.push_back(Reason::kMod9710Fails);
  }
  checks.push_back(std::move(check));
}

std::string joined(std::string_view text, std::span<const Group> groups) {
  std::string number;
  for (const Group& group : groups) {
    if (number.size() + group.size() > kLongest) return {};
    for (const char c : text.substr(group.begin, group.size())) number += ascii_upper(c);
  }
  return number;
}

// Letters touch a number that would pass by itself: A13800138000.
Checks inside_code(std::string_view code, Date today) {
  for (std::size_t at = 0; at < code.size();) {
    if (!is_ascii_digit(code[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < code.size() && is_ascii_digit(code[end])) ++end;
    Checks checks = check_number(code.substr(at, end - at), today);
    std::erase_if(checks, [](const FailedCheck& check) { return !check.reasons.empty(); });
    for (FailedCheck& check : checks) check.reasons.push_back(Reason::kPartOfLongerCode);
    if (!checks.empty() && end - at < code.size()) return checks;
    at = end;
  }
  return {};
}

bool suggests_by_length_alone(const FailedCheck& check) {
  return std::ranges::find(check.reasons, Reason::kUnknownScheme) != check.reasons.end();
}

}  // namespace

std::vector<FailedCheck> check_number(std::string_view as_written, Date today) {
  std::string number(as_written);
  for (char& c : number) c = ascii_upper(c);
  Checks checks;
  if (number.size() < kShortest || number.size() > kLongest) return checks;
  check_id(number, today, checks);
  check_old_id(number, today, checks);
  check_mobile(number, checks);
  check_landline(number, checks);
  check_passport(number, checks);
  check_credit_code(number, checks);
  check_iban(number, checks);
  check_card(number, checks);
  return checks;
}

std::optional<FailedNumber> explain_number(std::string_view text, const NumberRun& run,
                                           std::size_t first, std::size_t last, Date today) {
  const auto groups = std::span(run.groups).subspan(first, last - first + 1);
  const Span span{groups.front().begin, groups.back().end};
  const bool single = groups.size() == 1;
  const std::string number = joined(text, groups);
  const bool digits = std::ranges::all_of(groups, &Group::digits);
  if (single && digits && span.size() >= kShortest && number.empty())
    return FailedNumber{span, {{std::nullopt, {Reason::kNoElement}}}};
  if (number.size() < kShortest) return std::nullopt;
  Checks checks = check_number(number, today);
  const bool decimal = !single && is_decimal(text, grouping(text, run, first, last));
  for (FailedCheck& check : checks) {
    if (!check.reasons.empty() || single) continue;
    check.reasons.push_back(decimal ? Reason::kDecimal : Reason::kIrregularGrouping);
  }
  std::erase_if(checks, [&](const FailedCheck& check) {
    return check.reasons.empty() || (!single && suggests_by_length_alone(check));
  });
  if (checks.empty() && single && !digits) checks = inside_code(number, today);
  if (checks.empty() && single && digits) checks.push_back({std::nullopt, {Reason::kNoElement}});
  if (checks.empty()) return std::nullopt;
  return FailedNumber{span, std::move(checks)};
}

}  // namespace huxin::detect
