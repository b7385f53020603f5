#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// Finds the amount of money that begins at `at`, its currency and unit included: 12,345.67,
/// ¥12345.67, RMB 5,000, 人民币12.5万元, -300.00元, 100 USD. Nothing where a letter, a digit, a
/// percent sign or a date goes on behind it, nor for a bare number of one or two digits. At most 15
/// digits before the point and 4 behind it; groups between commas have three digits.
std::optional<Span> amount_at(std::string_view text, std::size_t at);

}  // namespace huxin::detect
