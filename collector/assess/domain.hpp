#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"

namespace huxin::assess {

/// What a branch is assessed in. Items and figures of "all" count in each of the four.
enum class Domain : std::uint8_t { kCredit, kPayment, kAml, kIt };
inline constexpr std::array kDomains{Domain::kCredit, Domain::kPayment, Domain::kAml, Domain::kIt};

/// "credit", "payment", "aml", "it".
std::string_view to_string(Domain domain);
/// 征信, 支付结算, 反洗钱, 信息科技.
std::string_view in_chinese(Domain domain);
std::string_view in_english(Domain domain);
/// kInvalid for anything but the four words.
Result<Domain> domain_from(std::string_view text);

/// The bank's clock: China has one time zone and no summer time. Days and months begin by it.
inline constexpr std::chrono::hours kBankTime{8};

/// Days since 1970 by the bank's clock.
std::int64_t bank_day(Time time);
/// When a day begins.
Time day_begin(std::int64_t bank_day);
/// "2026-03-01".
std::string day_text(std::int64_t bank_day);

/// A month by the bank's clock, half-open. Ordered as months are; printed and read as text().
class Period {
 public:
  /// "2026-03"; 2000-01 to 2999-12; kInvalid otherwise.
  static Result<Period> from(std::string_view text);
  static Period containing(Time time);

  std::string text() const;
  /// Midnight in China, as UTC.
  Time begin() const;
  Time end() const { return next().begin(); }
  Period next() const { return Period(month_ + std::chrono::months(1)); }
  Period before(int months) const { return Period(month_ - std::chrono::months(months)); }
  bool contains(Time time) const { return begin() <= time && time < end(); }
  auto operator<=>(const Period&) const = default;

 private:
  explicit Period(std::chrono::year_month month) : month_(month) {}
  std::chrono::year_month month_;
};

}  // namespace huxin::assess
