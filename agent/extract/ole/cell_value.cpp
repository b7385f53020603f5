#include "agent/extract/ole/cell_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <iterator>

namespace huxin::extract {

namespace {

constexpr double kExact = 9007199254740992.0;  // 2^53
constexpr double kFarthest = 1e40;             // nobody writes a longer number in full

/// 6.2055e+18 in full.
std::string long_number(double value) {
  char buffer[32];
  const auto [end, error] =
      std::to_chars(std::begin(buffer), std::end(buffer), value, std::chars_format::scientific);
  if (error != std::errc{}) return {};
  const char* const e =
      std::find(static_cast<const char*>(buffer), static_cast<const char*>(end), 'e');
  std::string digits(static_cast<const char*>(buffer), e);
  std::erase(digits, '.');
  std::size_t exponent = 0;
  std::from_chars(e + 2, end, exponent);
  digits.resize((value < 0 ? 2 : 1) + exponent, '0');
  return digits;
}

}  // namespace

std::string shown_number(double value) {
  if (!std::isfinite(value)) return {};
  const double size = std::fabs(value);
  if (size < kExact && std::trunc(value) == value) return fmt::format("{:.0f}", value);
  if (size < kExact || size >= kFarthest) return fmt::format("{:.15g}", value);
  return long_number(value);
}

double from_bits(std::uint64_t bits) { return std::bit_cast<double>(bits); }

double from_rk(std::uint32_t rk) {
  const bool whole = (rk & 2U) != 0;
  const double value = whole ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2)
                             : from_bits(std::uint64_t{rk & ~3U} << 32U);
  return (rk & 1U) != 0 ? value / 100 : value;
}

std::string_view error_name(std::uint8_t code) {
  switch (code) {
    case 0x00:
      return "#NULL!";
    case 0x07:
      return "#DIV/0!";
    case 0x0F:
      return "#VALUE!";
    case 0x17:
      return "#REF!";
    case 0x1D:
      return "#NAME?";
    case 0x24:
      return "#NUM!";
    case 0x2A:
      return "#N/A";
    default:
      return {};
  }
}

}  // namespace huxin::extract
