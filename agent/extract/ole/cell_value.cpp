#include "agent/extract/ole/cell_value.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>

#include "agent/extract/office/plain_number.hpp"

namespace huxin::extract {

namespace {

constexpr double kExact = 9007199254740992.0;  // 2^53
constexpr double kFarthest = 1e40;             // nobody writes a longer number in full

}  // namespace

std::string shown_number(double value) {
  if (!std::isfinite(value)) return {};
  const double size = std::fabs(value);
  if (size < kExact && std::trunc(value) == value) return fmt::format("{:.0f}", value);
  if (size < kExact || size >= kFarthest) return fmt::format("{:.15g}", value);
  return plain_number(fmt::format("{}", value));
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
