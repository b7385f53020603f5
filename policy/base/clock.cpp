#include "policy/base/clock.hpp"

#include <array>
#include <charconv>

namespace huxin {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// Reads exactly `length` digits at `at`; -1 when one is missing.
int digits(std::string_view text, std::size_t at, std::size_t length) {
  if (at + length > text.size()) return -1;
  int value = 0;
  const char* const first = text.data() + at;
  const auto [end, error] = std::from_chars(first, first + length, value);
  return error == std::errc{} && end == first + length && *first != '-' ? value : -1;
}

}  // namespace

std::string to_rfc3339(Time time) {
  const auto day = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

Result<Time> from_rfc3339(std::string_view text) {
  const auto bad = [&] {
    return fail(Errc::kInvalid, "not a time like 2026-03-01T08:30:00Z: '{}'", text);
  };
  constexpr std::array<std::pair<std::size_t, char>, 5> kMarks{
      {{4, '-'}, {7, '-'}, {10, 'T'}, {13, ':'}, {16, ':'}}};
  if (text.size() < 20 || text.back() != 'Z') return bad();
  for (const auto& [at, mark] : kMarks) {
    if (text[at] != mark) return bad();
  }
  const int year = digits(text, 0, 4);
  const std::chrono::year_month_day date{
      std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(digits(text, 5, 2))},
      std::chrono::day{static_cast<unsigned>(digits(text, 8, 2))}};
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  const int second = digits(text, 17, 2);
  int fraction = 0;
  if (text.size() == 24 && text[19] == '.') {
    fraction = digits(text, 20, 3);
  } else if (text.size() != 20) {
    return bad();
  }
  const bool in_range = year >= 0 && hour >= 0 && hour < 24 && minute >= 0 && minute < 60 &&
                        second >= 0 && second < 60 && fraction >= 0;
  if (!date.ok() || !in_range) return bad();
  return std::chrono::sys_days{date} + hours{hour} + minutes{minute} + seconds{second} +
         milliseconds{fraction};
}

}  // namespace huxin
