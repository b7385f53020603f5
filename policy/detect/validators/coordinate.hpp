#pragma once
#include <string_view>

namespace huxin::detect {

/// What decimal degrees can be in the box around China (3.8–53.6° N, 73.5–135.1° E).
enum class Coordinate { kNone, kLatitude, kLongitude };

/// Reads decimal degrees of at least three decimals: fewer are amounts and ratios more often. No
/// latitude of China is a longitude of it.
Coordinate coordinate(std::string_view text);

}  // namespace huxin::detect
