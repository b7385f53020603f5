#include "policy/detect/insert_rows.hpp"

#include <algorithm>
#include <cstring>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxList = 2048;
constexpr std::size_t kMaxRow = 1024;
constexpr std::string_view kBlank = " \t\r\n";

bool is_word_at(std::string_view text, std::size_t at, std::string_view word) {
  const std::string_view found = text.substr(std::min(at, text.size()), word.size());
  return std::ranges::equal(found, word, {}, ascii_upper);
}

// As find, but quick where the first letter is a common one.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t begin,
                      std::size_t end) {
  const void* const found = memmem(text.data() + begin, end - begin, word.data(), word.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

// `(a, b) VALUES`, from behind INTO.
std::optional<InsertStatement> read_list(std::string_view text, std::size_t at) {
  const std::string_view near = text.substr(0, std::min(text.size(), at + kMaxList));
  const std::size_t open = near.find_first_of("(;\n", at);
  if (open == std::string_view::npos || near[open] != '(') return std::nullopt;
  const std::size_t close = near.find_first_of("();", open + 1);
  if (close == std::string_view::npos || near[close] != ')') return std::nullopt;
  const std::size_t values = near.find_first_not_of(kBlank, close + 1);
  if (values == std::string_view::npos || !is_word_at(near, values, "VALUES")) return std::nullopt;
  return InsertStatement{{open + 1, close}, values + std::string_view("VALUES").size()};
}

// What opens a row stands behind VALUES, the row before or the statement's begin.
bool opens_row(std::string_view text, std::size_t at) {
  const std::size_t before = text.substr(0, at).find_last_not_of(kBlank);
  if (before == std::string_view::npos) return false;
  if (text[before] == ',') {
    const std::size_t row = text.substr(0, before).find_last_not_of(kBlank);
    return row != std::string_view::npos && text[row] == ')';
  }
  return before >= 5 && is_word_at(text, before - 5, "VALUES");
}

}  // namespace

void find_inserts(std::string_view text, const Span& chunk, std::vector<InsertStatement>& found) {
  found.clear();
  for (const std::string_view word : {"INSERT INTO ", "insert into "}) {
    for (std::size_t at = find_word(text, word, chunk.begin, chunk.end); at < chunk.end;
         at = find_word(text, word, at + word.size(), chunk.end)) {
      if (auto statement = read_list(text, at + word.size())) found.push_back(*statement);
    }
  }
  std::ranges::sort(found, {}, &InsertStatement::rows);
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
