#include "policy/record/amount_band.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace huxin::record {
namespace {

struct Limit {
  double yuan;
  std::string_view text;
};
constexpr std::array<Limit, 9> kLimits{{{1e4, "1万"},
                                        {5e4, "5万"},
                                        {1e5, "10万"},
                                        {5e5, "50万"},
                                        {1e6, "100万"},
                                        {5e6, "500万"},
                                        {1e7, "1000万"},
                                        {5e7, "5000万"},
                                        {1e8, "1亿"}}};

constexpr std::array<Limit, 4> kUnits{{{1e2, "百"}, {1e3, "千"}, {1e4, "万"}, {1e8, "亿"}}};
constexpr std::size_t kMaxDigits = 15;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// 百万 multiplies twice.
double unit_at(std::string_view text) {
  double factor = 1;
  for (bool again = true; again;) {
    const auto* const unit = std::ranges::find_if(
        kUnits, [&](const Limit& each) { return text.starts_with(each.text); });
    again = unit != kUnits.end();
    if (!again) break;
    factor *= unit->yuan;
    text.remove_prefix(unit->text.size());
  }
  return factor;
}

}  // namespace

std::optional<std::string> amount_band(std::string_view utf8) {
  const auto* const first = std::ranges::find_if(utf8, is_digit);
  double yuan = 0;
  double place = 0;  // of the next decimal; 0 before the point
  std::size_t digits = 0;
  std::string_view rest = utf8.substr(static_cast<std::size_t>(first - utf8.begin()));
  for (; !rest.empty(); rest.remove_prefix(1)) {
    const char c = rest.front();
    if (is_digit(c)) {
      if (++digits > kMaxDigits) return std::nullopt;
      yuan = place == 0 ? yuan * 10 + (c - '0') : yuan + (c - '0') * place;
      place /= 10;
    } else if (c == '.' && place == 0) {
      place = 0.1;
    } else if (c != ',') {
      break;
    }
  }
  if (digits == 0) return std::nullopt;
  yuan *= unit_at(rest);
  const auto* const above =
      std::ranges::find_if(kLimits, [&](const Limit& limit) { return yuan < limit.yuan; });
  if (above == kLimits.begin()) return fmt::format("<{}", above->text);
  if (above == kLimits.end()) return fmt::format("≥{}", kLimits.back().text);
  return fmt::format("{}-{}", std::prev(above)->text, above->text);
}

}  // namespace huxin::record
