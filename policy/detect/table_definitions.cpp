#include "policy/detect/table_definitions.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxTables = 256;
constexpr std::size_t kMaxColumns = 8192;  // bytes
constexpr std::size_t kMaxName = 128;      // bytes
constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kQuotes = "`\"[]'";
constexpr std::string_view kCreate[] = {"CREATE TABLE", "create table", "Create Table"};
constexpr std::string_view kUnlessThere = "IF NOT EXISTS";
constexpr std::string_view kComment = "COMMENT";

bool is_name(char c) {
  return is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view("_$.").contains(c) || kQuotes.contains(c);
}

std::size_t skip_blank(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kBlank, at), text.size());
}

bool is_word_at(std::string_view text, std::size_t at, std::string_view word) {
  return std::ranges::equal(text.substr(std::min(at, text.size()), word.size()), word, {},
                            ascii_upper);
}

// Without its schema and quotes.
std::string_view plain_name(std::string_view name) {
  name = name.substr(0, name.find_last_not_of(kQuotes) + 1);
  const std::size_t before = name.find_last_of(".`\"['");
  return before == std::string_view::npos ? name : name.substr(before + 1);
}

// The first such mark from `at` on that stands outside brackets and quotes; `stop` where none does.
std::size_t find_outside(std::string_view text, std::size_t at, std::size_t stop, char mark) {
  int depth = 0;
  bool quoted = false;
  for (; at < stop; ++at) {
    if (text[at] == '\'') quoted = !quoted;
    if (quoted) continue;
    if (text[at] == mark && depth <= 0) break;
    if (text[at] == '(') ++depth;
    if (text[at] == ')') --depth;
  }
  return at;
}

Span name_at(std::string_view text, std::size_t at, std::size_t stop) {
  std::size_t end = at;
  while (end < stop && is_name(text[end])) ++end;
  return {at, end};
}

// COMMENT 'text' of a column.
Span comment_in(std::string_view text, const Span& column) {
  const std::string_view within = text.substr(0, column.end);
  std::size_t at = column.begin;
  while (at < within.size() && !is_word_at(within, at, kComment))
    at = std::min(within.find_first_of(kBlank, at), within.size() - 1) + 1;
  const std::size_t open = within.find('\'', at);
  const std::size_t close = open == std::string_view::npos ? open : within.find('\'', open + 1);
  return close == std::string_view::npos ? Span{} : Span{open + 1, close};
}

}  // namespace

std::optional<Span> TableDefinitions::find(std::string_view text, std::string_view name,
                                           std::size_t at) {
  read(text, at);
  const auto table = std::ranges::find(tables_, name, &Table::name);
  return table == tables_.end() ? std::nullopt : std::optional(table->columns);
}

void TableDefinitions::read(std::string_view text, std::size_t stop) {
  if (read_ >= stop) return;
  const std::string_view before = text.substr(0, stop);
  for (const std::string_view create : kCreate) {
    for (std::size_t at = before.find(create, read_);
         at != std::string_view::npos && tables_.size() < kMaxTables;
         at = before.find(create, at + 1)) {
      std::size_t begin = skip_blank(text, at + create.size());
      if (is_word_at(text, begin, kUnlessThere))
        begin = skip_blank(text, begin + kUnlessThere.size());
      const Span name = name_at(text, begin, std::min(text.size(), begin + kMaxName));
      const std::size_t open = skip_blank(text, name.end);
      if (name.size() == 0 || open >= text.size() || text[open] != '(') continue;
      const std::size_t most = std::min(text.size(), open + 1 + kMaxColumns);
      const std::size_t close = find_outside(text, open + 1, most, ')');
      if (close < most)
        tables_.push_back({plain_name(text.substr(name.begin, name.size())), {open + 1, close}});
    }
  }
  read_ = stop;
}

std::string_view inserted_table(std::string_view text, std::size_t at) {
  const std::size_t end = text.substr(0, at).find_last_not_of(kBlank) + 1;
  const std::size_t floor = end - std::min(end, kMaxName);
  std::size_t begin = end;
  while (begin > floor && is_name(text[begin - 1])) --begin;
  const std::size_t word = text.substr(0, begin).find_last_not_of(kBlank) + 1;
  constexpr std::string_view kInto = "INTO";
  if (begin == end || word < kInto.size() || !is_word_at(text, word - kInto.size(), kInto))
    return {};
  return plain_name(text.substr(begin, end - begin));
}

std::vector<ColumnDefinition> column_definitions(std::string_view text, const Span& columns) {
  std::vector<ColumnDefinition> all;
  for (std::size_t at = columns.begin; at < columns.end;) {
    const std::size_t end = find_outside(text, at, columns.end, ',');
    const Span column{std::min(skip_blank(text, at), end), end};
    all.push_back({name_at(text, column.begin, column.end), comment_in(text, column)});
    at = end + 1;
  }
  return all;
}

}  // namespace huxin::detect
