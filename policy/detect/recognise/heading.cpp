#include "policy/detect/recognise/heading.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/gap.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxNumbering = 30;  // bytes: 第十二部分、
constexpr std::size_t kMaxTitle = 120;     // bytes: some 40 Han characters
constexpr std::size_t kMaxRows = 6;
constexpr std::size_t kMaxBelow = 4096;
constexpr std::ptrdiff_t kFigures = 6;  // digits of a row: a date, an amount
constexpr Mark kBrackets = Mark::kOpen | Mark::kClose;

bool numbers_heading(std::string_view before) {
  static constexpr auto kParts =
      std::to_array<std::string_view>({"一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
                                       "第", "部", "分", "章", "节", "项"});
  if (before.size() > kMaxNumbering) return false;
  for (std::size_t at = 0; at < before.size();) {
    const MarkAt mark = mark_at(before, at);
    const std::string_view rest = before.substr(at);
    const auto part = std::ranges::find_if(kParts, [&](auto p) { return rest.starts_with(p); });
    if (in(mark.mark, kBrackets | Mark::kSpace | Mark::kEnumeration)) {
      at += mark.bytes;
    } else if (part != kParts.end()) {
      at += part->size();
    } else if (is_ascii_digit(rest[0]) || std::string_view(".-#*").contains(rest[0])) {
      ++at;
    } else {
      return false;
    }
  }
  return true;
}

std::size_t behind(std::string_view text, const Span& word, const Span& scope) {
  std::size_t at = skip_marks(text, word.end, scope.end, Mark::kSpace);
  at = skip_unit(text, at, scope.end);
  return skip_marks(text, at, scope.end, Mark::kClose | Mark::kSpace);
}

bool reads_like_title(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const MarkAt mark = mark_at(line, at);
    if (in(mark.mark, Mark::kComma | Mark::kSemicolon | Mark::kStop | Mark::kQuote)) return false;
    if (line.substr(at).starts_with("《") || line.substr(at).starts_with("附")) return false;
    at += std::max<std::size_t>(mark.bytes, 1);
  }
  return true;
}

// 【可疑交易报告】, <个人信用报告 …>: set apart by brackets, at the begin of a line.
bool is_enclosed(std::string_view text, const Span& word, const Span& scope) {
  if (word.begin <= scope.begin || mark_before(text, word.begin).mark != Mark::kOpen) return false;
  const Mark behind = word.end < scope.end ? mark_at(text, word.end).mark : Mark::kClose;
  return in(behind, Mark::kClose | Mark::kSpace);
}

// 大额交易报告 20260117: a date or a number may follow a title.
bool only_numbers(std::string_view rest) {
  constexpr std::string_view kParts = "年月日第期号至份";
  for (std::size_t at = 0; at < rest.size();) {
    const MarkAt mark = mark_at(rest, at);
    const bool wide = static_cast<unsigned char>(rest[at]) >= 0x80;
    const std::string_view one = rest.substr(at, wide ? 3 : 1);
    const bool number = is_ascii_digit(one[0]) || std::string_view("-./*#=~").contains(one[0]);
    if (mark.mark == Mark::kNone && !number && !(wide && kParts.contains(one))) return false;
    at += std::max(mark.bytes, one.size());
  }
  return true;
}

// 报告日期：2026-01-06 on the line of a title.
bool is_dated(std::string_view rest) {
  constexpr std::size_t kMaxLabel = 18;
  std::size_t at = 0;
  while (at < std::min(rest.size(), kMaxLabel) && mark_at(rest, at).mark != Mark::kColon)
    at += std::max<std::size_t>(mark_at(rest, at).bytes, 1);
  const MarkAt colon = at < rest.size() ? mark_at(rest, at) : MarkAt{};
  if (at == 0 || colon.mark != Mark::kColon) return false;
  const std::string_view date = rest.substr(at + colon.bytes);
  return std::ranges::any_of(date, is_ascii_digit) && only_numbers(date);
}

bool is_figures(std::string_view line) {
  return std::ranges::count_if(line, is_ascii_digit) >= kFigures;
}

}  // namespace

bool is_heading(std::string_view text, const Span& word, const Span& scope) {
  if (!numbers_heading(text.substr(scope.begin, word.begin - scope.begin))) return false;
  const std::size_t end = behind(text, word, scope);
  return end >= scope.end || mark_at(text, end).mark == Mark::kColon;
}

bool is_field(std::string_view text, const Span& word, const Span& scope) {
  constexpr Mark kSeparators =
      Mark::kSpace | Mark::kComma | Mark::kSemicolon | Mark::kBar | kBrackets;
  const bool left =
      word.begin <= scope.begin || in(mark_before(text, word.begin).mark, kSeparators);
  const std::size_t end = skip_unit(text, word.end, scope.end);
  return left && (end >= scope.end || in(mark_at(text, end).mark, kSeparators));
}

bool is_title(std::string_view text, const Span& word, const Span& scope) {
  const std::string_view line = text.substr(scope.begin, scope.size());
  if (line.size() > kMaxTitle || !reads_like_title(line)) return false;
  if (numbers_heading(text.substr(scope.begin, word.begin - scope.begin))) {
    const std::size_t end = behind(text, word, scope);
    const std::string_view rest = text.substr(end, scope.end - end);
    return rest.empty() || mark_at(text, end).mark == Mark::kColon ||
           is_enclosed(text, word, scope) || only_numbers(rest) ||
           (end > word.end && is_dated(rest));
  }
  return behind(text, word, scope) >= scope.end;
}

bool is_mention(std::string_view text, const Span& word, const Span& scope) {
  const std::size_t end = skip_unit(text, word.end, scope.end);
  const std::size_t floor = std::max(scope.begin, word.begin - std::min(word.begin, kMaxNumbering));
  std::size_t at = word.begin;
  while (at > floor && mark_before(text, at).mark != Mark::kColon) --at;
  const bool field = at > floor && !text.substr(floor, at - floor).contains("附");
  return field && (end >= scope.end || mark_at(text, end).mark == Mark::kSpace);
}

bool has_rows_below(std::string_view text, std::size_t end) {
  const std::string_view below = text.substr(end, kMaxBelow);
  std::size_t at = std::min(below.find('\n'), below.size());
  std::size_t rows = 0;
  for (std::size_t i = 0; i < kMaxRows && at < below.size() && rows < 2; ++i) {
    const std::size_t next = std::min(below.find('\n', at + 1), below.size());
    rows += is_figures(below.substr(at, next - at)) ? 1U : 0U;
    at = next;
  }
  return rows >= 2;
}

}  // namespace huxin::detect
