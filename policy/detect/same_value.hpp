#pragma once
#include <string>
#include <string_view>

#include "policy/detect/candidate.hpp"
#include "policy/known/value_digest.hpp"

namespace huxin::detect {

/// What a value is compared as: equal ones are one person's, or one card's.
struct SameValue {
  Kind kind{};
  std::string_view text;
};

/// Identity numbers are compared as D01, those of fifteen digits in their modern form (GB
/// 11643-1999), those on driving licences, social security cards and tax files where they are one;
/// cards and what a stripe holds of them as D40. `value` is what value_of() gives; `room` holds the
/// text where it had to be made.
SameValue same_value(Kind kind, std::string_view value, std::string& room);

/// The same for the bank's list of customers, where people also write landlines and mobiles in one
/// column: both are compared as D27. An element without a kind is compared as it stands.
known::Value comparable(catalog::ElementId element, std::string_view value);

}  // namespace huxin::detect
