#include "policy/detect/validators/written_date.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

using namespace std::string_view_literals;
constexpr auto kMonths =
    std::to_array<std::string_view>({"january", "february", "march", "april", "may", "june", "july",
                                     "august", "september", "october", "november", "december"});

/// Reads a date from left to right. Every step moves on only where it succeeds.
class Cursor {
 public:
  Cursor(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  std::string_view rest() const { return text_.substr(std::min(at_, text_.size())); }

  bool take(std::string_view word) {
    if (!rest().starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  bool take_any(std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return take(word); });
  }

  /// A number of `least` to `most` digits, all of them; -1 for none.
  int number(std::size_t least, std::size_t most) {
    std::size_t end = at_;
    int value = 0;
    while (end < text_.size() && end - at_ <= most && is_ascii_digit(text_[end]))
      value = value * 10 + (text_[end++] - '0');
    if (end - at_ < least || end - at_ > most) return -1;
    at_ = end;
    return value;
  }

  /// 1 to 12 by the month's name or its first three letters; 0 for none.
  int month_name() {
    std::size_t end = at_;
    std::string word;
    while (end < text_.size() && word.size() < 10 && is_ascii_alnum(text_[end]) &&
           !is_ascii_digit(text_[end]))
      word += ascii_lower(text_[end++]);
    const auto* month = std::ranges::find_if(kMonths, [&](std::string_view name) {
      return word == name || (word.size() == 3 && name.starts_with(word));
    });
    if (month == kMonths.end()) return 0;
    at_ = end;
    return static_cast<int>(month - kMonths.begin()) + 1;
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

std::optional<WrittenDate> date_at(const Cursor& cursor, int year, int month, int day) {
  if (year < 1000 || month < 1 || day < 1) return std::nullopt;
  const Date date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                  std::chrono::day{static_cast<unsigned>(day)}};
  const std::string_view rest = cursor.rest();
  if (!date.ok() || (!rest.empty() && is_ascii_alnum(rest[0]))) return std::nullopt;
  return WrittenDate{date, cursor.at()};
}

std::optional<WrittenDate> compact(Cursor cursor) {
  const int all = cursor.number(8, 8);
  if (all < 0) return std::nullopt;
  return date_at(cursor, all / 10000, all / 100 % 100, all % 100);
}

std::optional<WrittenDate> year_first(Cursor cursor) {
  const int year = cursor.number(4, 4);
  if (cursor.take("年")) {
    const int month = cursor.number(1, 2);
    if (!cursor.take("月")) return std::nullopt;
    const int day = cursor.number(1, 2);
    if (!cursor.take_any({"日", "号"})) return std::nullopt;
    return date_at(cursor, year, month, day);
  }
  for (const std::string_view separator : {"-"sv, "/"sv, "."sv, "／"sv}) {
    if (!cursor.take(separator)) continue;
    const int month = cursor.number(1, 2);
    if (!cursor.take(separator)) return std::nullopt;
    return date_at(cursor, year, month, cursor.number(1, 2));
  }
  return std::nullopt;
}

std::optional<WrittenDate> day_first(Cursor cursor) {
  const int first = cursor.number(1, 2);
  const bool separated = cursor.take_any({"-", "/", ".", " "});
  if (const int month = cursor.month_name(); month > 0) {
    cursor.take_any({"-", "/", ". ", ", ", ".", " "});
    return date_at(cursor, cursor.number(4, 4), month, first);
  }
  const int second = cursor.number(1, 2);
  if (!separated || !cursor.take_any({"-", "/", "."})) return std::nullopt;
  const int year = cursor.number(4, 4);
  if (const auto date = date_at(cursor, year, second, first)) return date;
  return date_at(cursor, year, first, second);
}

std::optional<WrittenDate> month_first(Cursor cursor) {
  const int month = cursor.month_name();
  if (month == 0) return std::nullopt;
  cursor.take_any({". ", " ", "-", "."});
  const int day = cursor.number(1, 2);
  cursor.take_any({", ", ",", " ", "-"});
  return date_at(cursor, cursor.number(4, 4), month, day);
}

}  // namespace

std::optional<WrittenDate> written_date(std::string_view text, std::size_t at) {
  const Cursor cursor(text, at);
  for (const auto form : {compact, year_first, day_first, month_first}) {
    if (const auto date = form(cursor)) return date;
  }
  return std::nullopt;
}

}  // namespace huxin::detect
