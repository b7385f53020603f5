#pragma once
#include <optional>
#include <string_view>

#include "policy/detect/candidate.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Kinds whose values are words, dates and amounts that only their label tells. What makes each of
/// them up:
///   kLatinName       two to four words of Pinyin with capitals: ZHANG SAN, Zhang, Sanfeng
///   kBirthDate       a day between 1900 and `today`, in any form of written_date()
///   kPersonalTraits  a listed people, marital status, education or occupation
///   kIncome, kBalance  an amount of money
///   kCreditStanding  an amount, a number of instalments or days, or one of the five loan grades
///   kEmployer        the name of an organisation
///   kBiometrics      a template with its header (ISO/IEC 19794), or 1 KiB of Base64
///   kSecurityAnswer  words behind a colon or an equals sign that are no prompt and no code
inline constexpr KindSet kTextual{Kind::kLatinName, Kind::kBirthDate,      Kind::kPersonalTraits,
                                  Kind::kIncome,    Kind::kBalance,        Kind::kCreditStanding,
                                  Kind::kEmployer,  Kind::kSecurityAnswer, Kind::kBiometrics,
                                  Kind::kLoginName};

/// Finds the value behind a label that ends at `at`: no further than `stop`, the end of the line or
/// the next label, past what skip_gap() skips and a unit in brackets. Biometric templates alone go
/// on beyond `stop`, over line ends. Offsets are bytes of the normalised text.
std::optional<Span> textual_behind(Kind kind, std::string_view text, std::size_t at,
                                   std::size_t stop, Date today);

/// Says quickly that textual_behind() finds nothing there; where it says true, it may.
bool may_textual_follow(Kind kind, std::string_view text, std::size_t at, std::size_t stop);

/// The same for a cell under or beside its label: the value is all of the cell.
std::optional<Span> textual_in_cell(Kind kind, std::string_view text, const Span& cell, Date today);

}  // namespace huxin::detect
