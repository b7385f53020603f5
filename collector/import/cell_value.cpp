#include "collector/import/cell_value.hpp"

#include <algorithm>
#include <array>

#include "collector/import/csv_cells.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/same_value.hpp"
#include "policy/detect/validators/own_form.hpp"
#include "policy/record/mask.hpp"
#include "policy/text/normalise.hpp"

namespace huxin::imports {
namespace {

constexpr std::size_t kLongestValue = 1024;
constexpr std::size_t kLongestShown = 64;

// What people and databases write where there is nothing, folded.
bool says_none(std::string_view text) {
  static constexpr auto kNone = std::to_array<std::string_view>(
      {"",  "无", "没有", "暂无", "空", "不详", "未知", "未提供", "未填", "0",      "/",  "\\", ".",
       "—", "——", "n/a",  "#n/a", "na", "nan",  "none", "nil",    "null", "(null)", "\\n"});
  return std::ranges::find(kNone, folded(text)) != kNone.end();
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && detect::is_ascii_digit(text[end])) ++end;
  return end - at;
}

// A number as spreadsheets write long ones: 1.39E+10.
bool is_scientific(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t whole = digits_at(text, at);
  at += whole;
  if (whole == 0 || at == text.size()) return false;
  if (text[at] == '.') at += 1 + digits_at(text, at + 1);
  if (at == text.size() || detect::ascii_upper(text[at]) != 'E') return false;
  ++at;
  if (at == text.size() || (text[at] != '+' && text[at] != '-')) return false;
  const std::size_t power = digits_at(text, at + 1);
  return power > 0 && at + 1 + power == text.size();
}

}  // namespace

CellValue read_cell(std::string_view cell, const ColumnElements& elements, detect::Date today) {
  const std::string_view text = trimmed(cell);
  if (text.empty()) return {};
  const text::Normalised normal = text::normalise(text);
  const std::string_view written = trimmed(normal.view(text));
  if (says_none(written)) return {CellFate::kNone, {}};
  if (is_scientific(written)) return {CellFate::kScientific, {}};
  if (written.size() > kLongestValue) return {CellFate::kRefused, {}};
  for (const catalog::Element* const element : elements) {
    const std::string value = detect::value_of(*detect::kind_of(element->id), written);
    if (detect::has_own_form(*element, value, today))
      return {CellFate::kTaken, detect::comparable(element->id, value)};
  }
  return {CellFate::kRefused, {}};
}

std::string masked_cell(std::string_view cell) {
  const std::string_view text = trimmed(cell);
  const bool shown = text.size() <= kLongestShown;
  return record::mask(text, shown ? catalog::Mask::kFirstLast : catalog::Mask::kRemove);
}

}  // namespace huxin::imports
