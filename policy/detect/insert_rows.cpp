#include "policy/detect/insert_rows.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxList = 2048;
constexpr std::size_t kMaxRow = 1024;
constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kValues = "VALUES";

bool is_word_at(std::string_view text, std::size_t at, std::string_view word) {
  const std::string_view found = text.substr(std::min(at, text.size()), word.size());
  return std::ranges::equal(found, word, {}, ascii_upper);
}

// What opens a row stands behind VALUES, the row before or the statement's begin.
bool opens_row(std::string_view text, std::size_t at) {
  const std::size_t before = text.substr(0, at).find_last_not_of(kBlank);
  if (before == std::string_view::npos) return false;
  if (text[before] == ',') {
    const std::size_t row = text.substr(0, before).find_last_not_of(kBlank);
    return row != std::string_view::npos && text[row] == ')';
  }
  return before + 1 >= kValues.size() && is_word_at(text, before + 1 - kValues.size(), kValues);
}

}  // namespace

std::optional<InsertStatement> read_insert(std::string_view text, std::size_t at) {
  if (!is_word_at(text, at, kValues)) return std::nullopt;
  const std::size_t close = text.substr(0, at).find_last_not_of(kBlank);
  if (close == std::string_view::npos || text[close] != ')') return std::nullopt;
  const std::size_t floor = close - std::min(close, kMaxList);
  const std::size_t open = text.substr(floor, close - floor).find_last_of("();");
  if (open == std::string_view::npos || text[floor + open] != '(') return std::nullopt;
  return InsertStatement{.columns = {floor + open + 1, close}, .rows = at + kValues.size()};
}

std::optional<RowField> row_field(std::string_view text, std::size_t offset) {
  const std::size_t floor = offset - std::min(offset, kMaxRow);
  RowField field;
  const std::size_t near = text.substr(0, offset).find_last_of("',(");
  bool quoted = near != std::string_view::npos && text[near] == '\'';
  for (std::size_t at = offset; at > floor;) {
    const char c = text[--at];
    if (c == '\'') quoted = !quoted;
    if (c == ',' && !quoted) ++field.column;
    if (c == '(' && !quoted && opens_row(text, at)) return field.row = at, field;
    if ((c == ')' || c == ';') && !quoted) return std::nullopt;
  }
  return std::nullopt;
}

std::size_t row_field_end(std::string_view text, std::size_t begin, std::size_t stop) {
  bool quoted = false;
  std::size_t at = begin;
  for (; at < stop; ++at) {
    if (text[at] == '\'') quoted = !quoted;
    if (!quoted && (text[at] == ',' || text[at] == ')')) break;
  }
  return at;
}

}  // namespace huxin::detect
