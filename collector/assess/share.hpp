#pragma once
#include <cstdint>
#include <string>

#include <fmt/format.h>

namespace huxin::assess {

/// A part of one in whole ten-thousandths (万分之一): 10000 is all of it. Points are kept in
/// ten-thousandths of a point. scoring.yaml says where rounding happens.
using Share = std::int64_t;
inline constexpr Share kWhole = 10'000;

/// numerator / denominator to the nearest integer, halves away from zero; the denominator is
/// positive.
constexpr std::int64_t rounded(__int128 numerator, __int128 denominator) {
  const __int128 twice = 2 * numerator;
  const __int128 shifted = numerator < 0 ? twice - denominator : twice + denominator;
  return static_cast<std::int64_t>(shifted / (2 * denominator));
}

/// Ten-thousandths of a point as people read them: two decimals, "-0.50", "87.25".
inline std::string points_text(std::int64_t points) {
  const std::int64_t hundredths = rounded(points, 100);
  const std::int64_t size = hundredths < 0 ? -hundredths : hundredths;
  return fmt::format("{}{}.{:02}", hundredths < 0 ? "-" : "", size / 100, size % 100);
}

/// "87.25%".
inline std::string share_text(Share share) { return points_text(share * 100) + "%"; }

}  // namespace huxin::assess
