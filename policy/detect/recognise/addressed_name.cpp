#include "policy/detect/recognise/addressed_name.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/validators/person_name.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMostName = 18 * kHanBytes;  // with middle dots
constexpr auto kTitles = std::to_array<std::string_view>(
    {"先生/女士", "先生", "女士", "小姐", "老师", "同志", "阿姨", "叔叔", "姐", "哥"});

bool ends_in_han(std::string_view text, std::size_t end) {
  return end >= kHanBytes && is_han(text.substr(end - kHanBytes, kHanBytes));
}

// A name that ends at `end` and begins behind something else than Han; a title may follow it.
std::optional<Span> name_before(std::string_view text, std::size_t end) {
  for (const std::string_view title : kTitles) {
    if (!text.substr(0, end).ends_with(title)) continue;
    end = skip_marks_back(text, end - title.size(), 0, Mark::kSpace);
    break;
  }
  std::size_t begin = end;
  while (end - begin <= kMostName) {
    const bool dot = begin >= 2 && begin < end && middle_dot_at(text.substr(begin - 2)) == 2;
    if (!dot && !ends_in_han(text, begin)) break;
    begin -= dot ? 2 : kHanBytes;
  }
  if (begin == end || person_name_bits(text.substr(begin, end - begin)) < kBitsAlone)
    return std::nullopt;
  return Span{begin, end};
}

bool begins_line(std::string_view text, std::size_t at) {
  at = skip_marks_back(text, at, 0, Mark::kSpace);
  return at == 0 || text[at - 1] == '\n';
}

bool ends_line(std::string_view text, std::size_t at) {
  at = skip_marks(text, at, text.size(), Mark::kSpace);
  return at >= text.size() || text[at] == '\n' || text[at] == '\r';
}

bool is_digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_ascii_digit(text[at]);
}

// hh:mm, hh:mm:ss or the same in brackets, and a space.
bool ends_in_time(std::string_view before) {
  std::size_t end = skip_marks_back(before, before.size(), 0, Mark::kSpace | Mark::kClose);
  return end < before.size() && end >= 5 && is_ascii_digit(before[end - 1]) &&
         is_ascii_digit(before[end - 2]) && before[end - 3] == ':';
}

// The colon of a time that is the rest of a line: where the name before it ends; 0: it is none.
std::size_t end_before_time(std::string_view text, std::size_t colon) {
  if (colon < 6 || !is_digit_at(text, colon - 1) || !is_digit_at(text, colon + 2)) return 0;
  std::size_t hour = colon - 1;
  if (is_digit_at(text, hour - 1)) --hour;
  const std::size_t end = skip_marks_back(text, hour, 0, Mark::kSpace);
  if (end == hour || !ends_in_han(text, end)) return 0;
  const bool seconds = colon + 5 < text.size() && text[colon + 3] == ':';
  return ends_line(text, colon + (seconds ? 6 : 3)) ? end : 0;
}

}  // namespace

std::optional<Span> name_spoken_to(std::string_view text, std::size_t you) {
  constexpr Mark kBetween = Mark::kSpace | Mark::kComma | Mark::kColon;
  return name_before(text,
                     skip_marks_back(text, you, you - std::min<std::size_t>(you, 6), kBetween));
}

std::optional<Span> name_at_colon(std::string_view text, std::size_t colon) {
  if (const std::size_t end = end_before_time(text, colon); end > 0) {
    const auto name = name_before(text, end);
    return name && begins_line(text, name->begin) ? name : std::nullopt;
  }
  const std::size_t end = skip_marks_back(text, colon, 0, Mark::kSpace);
  if (!ends_in_han(text, end)) return std::nullopt;
  const auto name = name_before(text, end);
  if (!name) return std::nullopt;
  const bool salutation =
      begins_line(text, name->begin) && ends_line(text, colon + mark_at(text, colon).bytes);
  return salutation || ends_in_time(text.substr(0, name->begin)) ? name : std::nullopt;
}

}  // namespace huxin::detect
