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
  /// The same with spaces around it: 1990 年 3 月.
  bool take_spaced(std::string_view word) {
    skip_spaces();
    if (!take(word)) return false;
    skip_spaces();
    return true;
  }
  void skip_spaces() {
    while (take(" ")) {
    }
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

  /// A numeral of Han: 0 to 9, or 10; -1 for none.
  int numeral() {
    static constexpr auto kNumerals = std::to_array<std::string_view>(
        {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"});
    if (take("零")) return 0;
    const auto* found = std::ranges::find_if(kNumerals, [&](auto each) { return take(each); });
    return found == kNumerals.end() ? -1 : static_cast<int>(found - kNumerals.begin());
  }

  /// A number of two digits as it is said: 七, 十二, 三十一; -1 for none.
  int count_in_numerals() {
    const int first = numeral();
    if (first < 0) return -1;
    const bool ten = first == 10 || take("十");
    if (!ten) return first;
    const int tens = first == 10 ? 1 : first;
    return tens * 10 + std::max(0, numeral());
  }

  /// 1 to 12 by the month's name or its first three letters; 0 for none.
  int month_name() {
    constexpr std::size_t kLongest = 10;
    std::size_t end = at_;
    while (end < text_.size() && end - at_ < kLongest && is_ascii_letter(text_[end])) ++end;
    const std::string_view word = rest().substr(0, end - std::min(at_, end));
    const auto* month = std::ranges::find_if(kMonths, [&](std::string_view name) {
      return (word.size() == name.size() || word.size() == 3) &&
             std::ranges::equal(word, name.substr(0, word.size()), {}, ascii_lower);
    });
    if (month == kMonths.end()) return 0;
    at_ = end;
    return static_cast<int>(month - kMonths.begin()) + 1;
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

// A time may follow at once: 1990-03-07T00:00:00.
bool goes_on(std::string_view rest) {
  const bool time = rest.size() > 1 && rest[0] == 'T' && is_ascii_digit(rest[1]);
  return !rest.empty() && is_ascii_alnum(rest[0]) && !time;
}

std::optional<WrittenDate> date_at(const Cursor& cursor, int year, int month, int day) {
  if (year < 1000 || month < 1 || day < 1) return std::nullopt;
  const Date date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                  std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok() || goes_on(cursor.rest())) return std::nullopt;
  return WrittenDate{date, cursor.at()};
}

std::optional<WrittenDate> compact(Cursor cursor) {
  const int all = cursor.number(8, 8);
  if (all < 0) return std::nullopt;
  return date_at(cursor, all / 10000, all / 100 % 100, all % 100);
}

// 1990年3月7日, with spaces or without.
std::optional<WrittenDate> year_month_day(Cursor cursor) {
  const int year = cursor.number(4, 4);
  if (!cursor.take_spaced("年")) return std::nullopt;
  const int month = cursor.number(1, 2);
  if (!cursor.take_spaced("月")) return std::nullopt;
  const int day = cursor.number(1, 2);
  cursor.skip_spaces();
  if (!cursor.take_any({"日", "号"})) return std::nullopt;
  return date_at(cursor, year, month, day);
}

std::optional<WrittenDate> year_first(Cursor cursor) {
  const int year = cursor.number(4, 4);
  for (const std::string_view separator : {"-"sv, "/"sv, "."sv, "／"sv, "·"sv, "—"sv, " "sv}) {
    if (!cursor.take(separator)) continue;
    const int named = cursor.month_name();
    const int month = named > 0 ? named : cursor.number(1, 2);
    if (!cursor.take(separator)) return std::nullopt;
    return date_at(cursor, year, month, cursor.number(1, 2));
  }
  return std::nullopt;
}

// 一九九〇年三月七日, as deeds are dated.
std::optional<WrittenDate> in_numerals(Cursor cursor) {
  int year = 0;
  for (int i = 0; i < 4; ++i) {
    const int digit = cursor.numeral();
    if (digit < 0 || digit > 9) return std::nullopt;
    year = year * 10 + digit;
  }
  if (!cursor.take("年")) return std::nullopt;
  const int month = cursor.count_in_numerals();
  if (!cursor.take("月")) return std::nullopt;
  const int day = cursor.count_in_numerals();
  if (!cursor.take_any({"日", "号"})) return std::nullopt;
  return date_at(cursor, year, month, day);
}

std::optional<WrittenDate> day_first(Cursor cursor) {
  const int first = cursor.number(1, 2);
  cursor.take_any({"st", "nd", "rd", "th"});
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
  cursor.take_any({"st", "nd", "rd", "th"});
  cursor.take_any({", ", ",", " ", "-"});
  return date_at(cursor, cursor.number(4, 4), month, day);
}

}  // namespace

// By what each form begins with.
std::optional<WrittenDate> written_date(std::string_view text, std::size_t at) {
  if (at >= text.size()) return std::nullopt;
  const Cursor cursor(text, at);
  if (is_high(text[at])) return in_numerals(cursor);
  if (!is_ascii_digit(text[at])) return month_first(cursor);
  for (const auto form : {compact, year_month_day, year_first, day_first}) {
    if (const auto date = form(cursor)) return date;
  }
  return std::nullopt;
}

}  // namespace huxin::detect
