#pragma once
#include <cstddef>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// What stands between a label and its value.
struct LabelGap {
  std::size_t end = 0;     ///< where the value starts
  bool separated = false;  ///< something stood between
  bool assigned = false;   ///< a colon, an equals sign, 为 or 是 did
};

inline constexpr std::size_t kGapReach = 64;  ///< bytes: forms line values up with spaces

/// Skips colons, equals signs, quotes, opening brackets, bars, spaces, dots and dashes that lead to
/// a value, 为, 已变更为, 是 and 叫 from `at` on, and the label's tail before them, as in
/// 申请人（签字）：; none beyond `stop`, and at most kGapReach bytes. Offsets are bytes of the
/// normalised text.
LabelGap skip_gap(std::string_view text, std::size_t at, std::size_t stop);

/// Skips what brackets hold that open at `at`, as 年收入(万元) has it; `at` itself where none open,
/// or none close within 30 bytes.
std::size_t skip_unit(std::string_view text, std::size_t at, std::size_t stop);

/// Says whether a word stands in a tag that closes, </姓名>: what follows is the next element's.
bool in_closing_tag(std::string_view text, const Span& word);

}  // namespace huxin::detect
