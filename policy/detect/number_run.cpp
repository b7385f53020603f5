#include "policy/detect/number_run.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

std::size_t group_begin(std::string_view text, std::size_t at, std::size_t floor) {
  while (at > floor && is_ascii_alnum(text[at - 1])) --at;
  return at;
}

std::size_t group_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_ascii_alnum(text[at])) ++at;
  return at;
}

constexpr std::size_t kFirst = 64;      // characters of a group, among which a digit is looked for
constexpr std::size_t kMostInside = 4;  // letters between the digits of an IBAN

// The group that begins at `at` belongs to a run when it has a digit, or is as short as the letters
// inside an IBAN.
bool belongs(std::string_view text, std::size_t at) {
  bool upper = true;
  std::size_t length = 0;
  for (; at < text.size() && is_ascii_alnum(text[at]) && length < kFirst; ++at, ++length) {
    if (is_ascii_digit(text[at])) return true;
    upper = upper && is_ascii_upper(text[at]);
  }
  return upper && length <= kMostInside;
}

Group group_at(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view group = text.substr(begin, end - begin);
  return {begin, end, std::ranges::all_of(group, is_ascii_digit)};
}

std::size_t first_group(std::string_view text, std::size_t at, std::size_t floor) {
  std::size_t begin = group_begin(text, at, floor);
  for (std::size_t i = 0; i < kMaxGroupsOfNumber && begin >= floor + 2; ++i) {
    if (!is_group_separator(text[begin - 1]) || !is_ascii_alnum(text[begin - 2])) break;
    const std::size_t previous = group_begin(text, begin - 1, floor);
    if (!belongs(text, previous)) break;
    begin = previous;
  }
  return begin;
}

}  // namespace

std::size_t read_run(std::string_view text, std::size_t at, std::size_t floor, NumberRun& run) {
  run.groups.clear();
  run.goes_on = false;
  std::size_t begin = first_group(text, at, floor);
  for (;;) {
    const std::size_t end = group_end(text, begin);
    run.groups.push_back(group_at(text, begin, end));
    if (end + 1 >= text.size() || !is_group_separator(text[end]) ||
        !is_ascii_alnum(text[end + 1])) {
      return end;
    }
    const std::size_t next = end + 1;
    if (!belongs(text, next)) return end;
    if (run.groups.size() == kMaxGroups) {
      run.goes_on = true;
      return run.groups[kMaxGroups - kMaxGroupsOfNumber].begin;
    }
    begin = next;
  }
}

bool read_lone_digits(std::string_view text, const Span& digits, NumberRun& run) {
  if (digits.begin > 0) {
    const char before = text[digits.begin - 1];
    if (is_ascii_alnum(before)) return false;
    if (is_group_separator(before) && digits.begin > 1 && is_ascii_alnum(text[digits.begin - 2])) {
      const std::size_t begin = group_begin(text, digits.begin - 1, 0);
      if (belongs(text, begin)) return false;
    }
  }
  if (digits.end < text.size()) {
    if (is_ascii_alnum(text[digits.end])) return false;
    if (is_group_separator(text[digits.end]) && digits.end + 1 < text.size() &&
        is_ascii_alnum(text[digits.end + 1]) && belongs(text, digits.end + 1)) {
      return false;
    }
  }
  run.goes_on = false;
  run.groups.assign(1, {digits.begin, digits.end, true});
  return true;
}

}  // namespace huxin::detect
