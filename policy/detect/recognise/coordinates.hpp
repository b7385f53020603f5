#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

inline constexpr std::size_t kLeastPlaces = 4;  ///< decimals of a coordinate

/// Finds a place written as two numbers side by side, a longitude and a latitude of the box around
/// China (73.5 to 135.1 E, 3.8 to 53.6 N, WGS 84 or GCJ-02) in either order, each in decimal
/// degrees of four places at least: 116.397128,39.916527. The first begins at `at`; a comma, a
/// solidus, a semicolon or spaces part them. Bytes of the text.
std::optional<std::array<Span, 2>> coordinates_at(std::string_view text, std::size_t at);

}  // namespace huxin::detect
