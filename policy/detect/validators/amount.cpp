#include "policy/detect/validators/amount.hpp"

#include <algorithm>

#include "policy/catalog/units.hpp"
#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

using catalog::Unit;

constexpr std::size_t kMaxWhole = 15;
constexpr std::size_t kMaxFraction = 4;
constexpr std::size_t kBareDigits = 3;  // fewer say nothing without a unit

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

std::size_t skip_unit(std::string_view text, std::size_t at, Unit unit) {
  return at + catalog::unit_prefix(unit, text.substr(std::min(at, text.size())));
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_ascii_digit(text[at])) ++at;
  return at;
}

// The digits before the point, in groups of three or in one; `at` itself where they are none.
std::size_t skip_whole(std::string_view text, std::size_t at) {
  std::size_t end = skip_digits(text, at);
  if (end == at || end - at > kMaxWhole) return at;
  if (end - at > 3) return end;
  while (end < text.size() && text[end] == ',' && end - at < kMaxWhole + 5 &&
         skip_digits(text, end + 1) == end + 4)
    end += 4;
  return end;
}

std::size_t skip_fraction(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '.') return at;
  const std::size_t end = skip_digits(text, at + 1);
  return end > at + 1 && end - at - 1 <= kMaxFraction ? end : at;
}

std::size_t skip_units(std::string_view text, std::size_t at) {
  std::size_t end = skip_unit(text, skip_spaces(text, at), Unit::kMoney);
  if (end == skip_spaces(text, at)) return at;
  return skip_unit(text, end, Unit::kMoney);  // 万元
}

bool goes_on(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const std::string_view rest = text.substr(at);
  const bool joint =
      rest.size() > 1 && std::string_view("-/.:").contains(rest[0]) && is_ascii_digit(rest[1]);
  return is_ascii_alnum(rest[0]) || rest[0] == '%' || rest[0] == '_' || joint ||
         rest.starts_with("％") || rest.starts_with("年") || rest.starts_with("月");
}

}  // namespace

std::optional<Span> amount_at(std::string_view text, std::size_t at) {
  std::size_t begin = skip_unit(text, at, Unit::kCurrency);
  begin = skip_unit(text, begin, Unit::kCurrency);  // 人民币¥
  const bool currency = begin > at;
  if (currency) begin = skip_spaces(text, begin);
  if (begin < text.size() && text[begin] == '-') ++begin;
  const std::size_t whole = skip_whole(text, begin);
  if (whole == begin) return std::nullopt;
  const std::size_t fraction = skip_fraction(text, whole);
  const std::size_t end = skip_units(text, fraction);
  const bool telling =
      currency || fraction > whole || end > fraction || whole - begin >= kBareDigits;
  if (!telling || goes_on(text, end)) return std::nullopt;
  return Span{at, end};
}

}  // namespace huxin::detect
