#include "collector/import/date.hpp"

#include <array>
#include <charconv>
#include <ctime>
#include <string>

namespace huxin::imports {

namespace {

constexpr std::array<std::array<std::string_view, 3>, 4> kMarks{
    {{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}}};

/// A number of `least` to `most` digits in front of `mark`, which is taken off with it.
std::optional<unsigned> number(std::string_view& text, std::string_view mark, std::size_t least,
                               std::size_t most) {
  const std::size_t end = mark.empty() ? text.size() : text.find(mark);
  if (end == std::string_view::npos || end < least || end > most) return std::nullopt;
  unsigned value = 0;
  const char* const last = text.data() + end;
  const auto [at, error] = std::from_chars(text.data(), last, value);
  if (error != std::errc() || at != last) return std::nullopt;
  text.remove_prefix(end + mark.size());
  return value;
}

std::optional<std::chrono::year_month_day> day_of(unsigned year, unsigned month, unsigned day) {
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)),
                                         std::chrono::month(month), std::chrono::day(day)};
  if (year < 1900 || year > 2999 || !date.ok()) return std::nullopt;
  return date;
}

std::optional<std::chrono::year_month_day> marked(std::string_view text,
                                                  const std::array<std::string_view, 3>& marks) {
  const auto year = number(text, marks[0], 4, 4);
  if (!year) return std::nullopt;
  const auto month = number(text, marks[1], 1, 2);
  if (!month) return std::nullopt;
  const auto day = number(text, marks[2], 1, 2);
  if (!day || !text.empty()) return std::nullopt;
  return day_of(*year, *month, *day);
}

}  // namespace

std::optional<std::chrono::year_month_day> date_from(std::string_view text) {
  for (const auto& marks : kMarks) {
    if (const auto date = marked(text, marks)) return date;
  }
  std::string_view rest = text;
  const auto whole = number(rest, "", 8, 8);
  if (!whole) return std::nullopt;
  return day_of(*whole / 10000, *whole / 100 % 100, *whole % 100);
}

std::chrono::minutes local_offset(Time time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm local{};
  ::localtime_r(&seconds, &local);
  return std::chrono::duration_cast<std::chrono::minutes>(std::chrono::seconds(local.tm_gmtoff));
}

}  // namespace huxin::imports
