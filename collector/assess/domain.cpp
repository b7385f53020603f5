#include "collector/assess/domain.hpp"

#include <algorithm>
#include <charconv>

namespace huxin::assess {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

struct Name {
  std::string_view code, zh, en;
};
constexpr std::array<Name, 4> kNames{{{"credit", "征信", "Credit reporting"},
                                      {"payment", "支付结算", "Payment and settlement"},
                                      {"aml", "反洗钱", "Anti-money-laundering"},
                                      {"it", "信息科技", "Information technology"}}};

const Name& name_of(Domain domain) { return kNames.at(static_cast<std::size_t>(domain)); }

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

std::string_view to_string(Domain domain) { return name_of(domain).code; }
std::string_view in_chinese(Domain domain) { return name_of(domain).zh; }
std::string_view in_english(Domain domain) { return name_of(domain).en; }

Result<Domain> domain_from(std::string_view text) {
  const auto* const found = std::ranges::find(kNames, text, &Name::code);
  if (found == kNames.end()) {
    return fail(Errc::kInvalid, "'{}' is not one of credit, payment, aml, it", text.substr(0, 32));
  }
  return static_cast<Domain>(found - kNames.begin());
}

std::int64_t bank_day(Time time) {
  return std::chrono::floor<days>(time + kBankTime).time_since_epoch().count();
}

Time day_begin(std::int64_t day) { return Time(sys_days(days(day))) - kBankTime; }

std::string day_text(std::int64_t day) {
  return to_rfc3339(Time(sys_days(days(day)))).substr(0, 10);
}

Result<Period> Period::from(std::string_view text) {
  int year = 0;
  unsigned month = 0;
  const bool shaped = text.size() == 7 && text[4] == '-' && read_number(text.substr(0, 4), year) &&
                      read_number(text.substr(5), month);
  if (!shaped || year < 2000 || month < 1 || month > 12) {
    return fail(Errc::kInvalid, "'{}' is not a month like 2026-03", text.substr(0, 32));
  }
  return Period(std::chrono::year(year) / std::chrono::month(month));
}

Period Period::containing(Time time) {
  const std::chrono::year_month_day day(sys_days(days(bank_day(time))));
  return Period(day.year() / day.month());
}

std::string Period::text() const {
  return fmt::format("{:04}-{:02}", static_cast<int>(month_.year()),
                     static_cast<unsigned>(month_.month()));
}

Time Period::begin() const { return Time(sys_days(month_ / 1)) - kBankTime; }

}  // namespace huxin::assess
