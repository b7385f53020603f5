#include "policy/detect/separator.hpp"

#include <algorithm>
#include <array>

#include "policy/base/byte_set.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxSeparator = 4;  // bytes
constexpr std::string_view kAmongBars = "|@$!+~^&%#";
constexpr std::string_view kFromStdin = " FROM stdin";

// The rarest in other use first.
constexpr auto kStrong =
    std::to_array<std::string_view>({"\x1F", "\x1E", "\x01", "\t", "|", "｜", "│", "┃", "║", "┆",
                                     "¦", ",", "，", ";", "；", kWide});
constexpr std::size_t kRuling = 11;  // of them, those that no text has for anything else

std::string_view strong_separator(std::string_view line) {
  for (const std::string_view separator : kStrong) {
    if (const std::size_t at = line.find(separator); at != std::string_view::npos)
      return line.substr(at, separator.size());
  }
  return {};
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size()))
    ++count;
  return count;
}

// @|@, |+|, ||: a bar with the marks about it, where all bars have them.
std::string_view with_marks(std::string_view line, std::string_view bar) {
  const std::size_t at = line.find(bar);
  std::size_t begin = at;
  std::size_t end = at + 1;
  while (begin > 0 && kAmongBars.contains(line[begin - 1])) --begin;
  while (end < line.size() && kAmongBars.contains(line[end])) ++end;
  const std::string_view all = line.substr(begin, end - begin);
  const bool same = count_of(line, bar) == count_of(line, all) * count_of(all, bar);
  return same && all.size() <= kMaxSeparator ? all : line.substr(at, 1);
}

// No quotes, brackets and full stops, and nothing of words.
bool may_separate(std::string_view marks) {
  if (marks == "、" || marks == "／" || marks == "→" || marks == "·") return true;
  return marks.size() <= kMaxSeparator && std::ranges::all_of(marks, [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return (byte < 0x20 && byte > 0 && c != '\n' && c != '\r') ||
                  std::string_view("/^~#!&-+@$%\\").contains(c);
         });
}

std::string_view between_labels(std::string_view text, std::span<const KeywordHit> labels) {
  bool space = false;
  for (std::size_t i = 1; i < labels.size(); ++i) {
    const std::size_t from = labels[i - 1].span.end;
    const std::size_t to = labels[i].span.begin;
    if (to <= from) continue;
    const std::size_t begin = skip_marks(text, from, to, Mark::kSpace | Mark::kQuote);
    const std::size_t end = skip_marks_back(text, to, begin, Mark::kSpace | Mark::kQuote);
    const std::string_view marks = text.substr(begin, end - begin);
    if (!marks.empty() && may_separate(marks)) return marks;
    space = space || (marks.empty() && text.substr(from, to - from).contains(' '));
  }
  return space ? std::string_view(" ") : std::string_view{};
}

// Two labels in a field that two spaces part: there one parts them too.
bool one_space_parts(std::string_view text, std::span<const KeywordHit> labels) {
  for (std::size_t i = 1; i < labels.size(); ++i) {
    const std::size_t from = labels[i - 1].span.end;
    if (labels[i].span.begin == from + 1 && text[from] == ' ' &&
        static_cast<unsigned char>(text[from - 1]) >= 0x80)
      return true;
  }
  return false;
}

bool closes(char open, char close) {
  return (open == '(' && close == ')') || (open == '[' && close == ']') ||
         (open == '{' && close == '}');
}

// Behind the row without the comma or semicolon that follows it.
std::size_t before_list_marks(std::string_view text, const Span& row) {
  return skip_marks_back(text, row.end, row.begin, Mark::kSpace | Mark::kComma | Mark::kSemicolon);
}

}  // namespace

Separator separator_of(std::string_view text, const Span& line,
                       std::span<const KeywordHit> labels) {
  const std::string_view all = text.substr(line.begin, line.size());
  if (const std::string_view strong = strong_separator(all); !strong.empty())
    return {strong == "|" ? with_marks(all, strong) : strong};
  if (all.contains(kAligned) && !one_space_parts(text, labels)) return {kAligned};
  return {between_labels(text, labels), true};
}

bool rules(std::string_view separator) {
  const auto first = std::span(kStrong).first(kRuling);
  return separator.contains('|') || std::ranges::find(first, separator) != first.end();
}

Span listed_names(std::string_view text, const Span& line, std::span<const KeywordHit> labels) {
  const std::string_view all = text.substr(line.begin, line.size());
  std::size_t end = before_list_marks(text, line);
  if (is_copy(all)) end = line.begin + all.rfind(kFromStdin);
  if (labels.empty() || end <= line.begin) return line;
  static constexpr ByteSet kOpening("([{");
  const auto* const first = std::ranges::find_if(all, [](char c) { return kOpening.has(c); });
  if (first == all.end() || !closes(*first, text[end - 1])) return line;
  const auto open = static_cast<std::size_t>(first - all.begin());
  const Span inside{line.begin + open + 1, end - 1};
  return labels.front().span.begin >= inside.begin && inside.begin < inside.end ? inside : line;
}

Span in_brackets(std::string_view text, const Span& row) {
  std::size_t begin = row.begin;
  if (text.substr(begin).starts_with("- "))
    begin = skip_marks(text, begin + 2, row.end, Mark::kSpace);
  const std::size_t end = before_list_marks(text, row);
  if (end <= begin + 1 || !closes(text[begin], text[end - 1])) return row;
  return {begin + 1, end - 1};
}

bool is_copy(std::string_view line) {
  return line.starts_with("COPY ") && line.contains(kFromStdin);
}

bool is_statement(std::string_view line) {
  return is_copy(line) || line.ends_with(';') || line.contains(" from ") || line.contains(" FROM ");
}

}  // namespace huxin::detect
