#include "policy/detect/insert_columns.hpp"

#include <algorithm>

#include "policy/detect/punctuation.hpp"

namespace huxin::detect {

void InsertColumns::learn(std::string_view text, const Span& chunk,
                          std::span<const InsertStatement> statements, const LabelFinder& labels,
                          const Vocabulary& vocabulary) {
  // The last statement may go on in this chunk.
  if (rows_.empty() || lists_.size() >= kMaxLists) {
    rows_.clear();
    lists_.clear();
  } else {
    rows_ = {{chunk.begin, rows_.back().list}};
  }
  for (const InsertStatement& statement : statements) {
    const std::size_t list = list_of(text, statement, labels, vocabulary);
    if (list < lists_.size()) rows_.push_back({statement.rows, list});
  }
}

std::size_t InsertColumns::list_of(std::string_view text, const InsertStatement& statement,
                                   const LabelFinder& labels, const Vocabulary& vocabulary) {
  const Span& names = statement.columns;
  const std::string_view list = text.substr(names.begin, names.size());
  const auto known = std::ranges::find_if(lists_, [&](const List& each) {
    return statement.defined ? each.defined == names
                             : each.defined.size() == 0 && each.names == list;
  });
  if (known != lists_.end()) return static_cast<std::size_t>(known - lists_.begin());
  if (lists_.size() >= kMaxLists) return kMaxLists;
  if (statement.defined) {
    lists_.push_back({defined_columns(text, names, labels, vocabulary), {}, names});
  } else {
    lists_.push_back({listed_columns(text, names, labels, vocabulary), std::string(list), {}});
  }
  return lists_.size() - 1;
}

Columns InsertColumns::listed_columns(std::string_view text, const Span& names,
                                      const LabelFinder& labels, const Vocabulary& vocabulary) {
  Columns columns;
  std::uint32_t column = 0;
  for (std::size_t at = names.begin; at <= names.end; ++column) {
    const std::size_t end = std::min(text.find(',', at), names.end);
    columns.learn(column, text, {at, end}, labels.within({at, end}), vocabulary);
    at = end + 1;
  }
  return columns;
}

// A comment says in words what a name says in letters.
Columns InsertColumns::defined_columns(std::string_view text, const Span& names,
                                       const LabelFinder& labels, const Vocabulary& vocabulary) {
  Columns columns;
  std::uint32_t column = 0;
  for (const ColumnDefinition& each : column_definitions(text, names)) {
    if (!columns.learn(column, text, each.comment, labels.within(each.comment), vocabulary))
      columns.learn(column, text, each.name, labels.within(each.name), vocabulary);
    ++column;
  }
  return columns;
}

const Columns* InsertColumns::at(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(rows_, offset, {}, &Rows::begin);
  return after == rows_.begin() ? nullptr : &lists_[std::prev(after)->list].columns;
}

std::optional<Verdict> InsertColumns::judge(std::string_view text, std::size_t offset,
                                            Kind kind) const {
  const Columns* const columns = at(offset);
  if (columns == nullptr) return std::nullopt;
  const auto field = row_field(text, offset);
  if (!field) return std::nullopt;
  const Verdict verdict = columns->judge(field->column, kind);
  return verdict == Verdict::kSilent ? std::nullopt : std::optional(verdict);
}

std::size_t InsertColumns::next_row(std::string_view text, std::size_t at, std::size_t stop) {
  const std::size_t open = text.find_first_not_of(" \t\r\n,", at);
  return open < stop && text[open] == '(' ? open + 1 : stop;
}

}  // namespace huxin::detect
