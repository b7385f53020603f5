#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "policy/detect/candidate.hpp"
#include "policy/detect/number_run.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Why a number is not what its length and first digits suggest. The numbers are those of
/// explain_terms.tsv, which has them in words.
enum class Reason : std::uint8_t {
  kUnknownDivision = 1,
  kImpossibleDate,
  kMod112Fails,
  kUnallocatedPrefix,
  kUnknownAreaCode,
  kNoSubscriberNumber,
  kUnknownScheme,
  kLuhnFails,
  kOneDigitRepeated,
  kUnknownProvince,
  kUnusedLetter,
  kMod31Fails,
  kIbanLength,
  kMod9710Fails,
  kUnknownSeries,
  kPartOfLongerCode,
  kIrregularGrouping,
  kDecimal,
  kNoElement,
  kMod1110Fails,  ///< 20; from here on, of values that their label tells
  kNoIdentityNumber,
  kHongKongCheckFails,
  kTaiwanCheckFails,
  kVehicleCheckFails,
  kUnknownCountry,
  kOrganisationCheckFails,
  kWord,
  kCommonDigits,
};

/// One element that a number might have been, and every check of it that the number fails.
struct FailedCheck {
  std::optional<Kind> kind;  ///< none: no element looks like this at all
  std::vector<Reason> reasons;
};

/// Tells of each element that a number suggests by its length and first characters which of its
/// checks fail: no reasons where all are passed. Letters and digits without separators, in either
/// case. Empty: it suggests none.
std::vector<FailedCheck> check_number(std::string_view number, Date today);

/// A number that nothing came of, and why.
struct FailedNumber {
  Span span;
  std::vector<FailedCheck> checks;  ///< not empty; none of them without reasons
};

/// Tells why no candidate came from groups [first, last] of a run, taken as one number: what
/// check_number() says, or, where it passes, how its groups lie. Numbers of several groups are
/// only told of where they suggest something by more than their length. nullopt for what is too
/// short to be any number (fewer than seven characters), and for words.
std::optional<FailedNumber> explain_number(std::string_view text, const NumberRun& run,
                                           std::size_t first, std::size_t last, Date today);

}  // namespace huxin::detect
