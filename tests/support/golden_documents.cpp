#include "tests/support/golden_documents.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <stdexcept>

#include <fmt/format.h>

namespace huxin::test {
namespace {

using Row = std::vector<std::string>;

Row cells_of(const std::string& line) {
  Row cells(1);
  for (const char c : line) c == '\t' ? void(cells.emplace_back()) : cells.back().push_back(c);
  return cells;
}

/// Calls `use` with each row that is no comment; false: it makes no sense.
void for_each_row(const std::string& file, std::size_t least, const std::function<bool(Row)>& use) {
  std::ifstream lines(file);
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.starts_with('#')) continue;
    Row row = cells_of(line);
    if (row.size() < least || !use(std::move(row)))
      throw std::runtime_error(fmt::format("{}:{}: {}", file, number, line));
  }
  if (number == 0) throw std::runtime_error(file + " is empty or not there");
}

bool set_holds(GoldenDocument& document, const std::string& word) {
  constexpr std::string_view kWords[] = {"planted", "nothing", "encrypted"};
  const auto found = std::ranges::find(kWords, word);
  document.holds = static_cast<Holds>(found - std::begin(kWords));
  return found != std::end(kWords);
}

std::string with_tabs(std::string value) {
  for (std::size_t at = value.find("\\t"); at != std::string::npos; at = value.find("\\t", at))
    value.replace(at, 2, "\t");
  return value;
}

}  // namespace

std::vector<GoldenDocument> golden_documents(const std::string& folder) {
  std::vector<GoldenDocument> documents;
  for_each_row(folder + "/documents.tsv", 4, [&](Row row) {
    documents.push_back({.file = row[0], .format = row[1], .written_by = row[2]});
    return set_holds(documents.back(), row[3]);
  });
  for_each_row(folder + "/planted.tsv", 3, [&](Row row) {
    const auto found = std::ranges::find(documents, row[0], &GoldenDocument::file);
    if (found == documents.end() || found->holds != Holds::kPlanted) return false;
    found->planted.push_back({with_tabs(row[1]), row[2]});
    return true;
  });
  for (const GoldenDocument& document : documents) {
    if (document.planted.empty() != (document.holds != Holds::kPlanted))
      throw std::runtime_error("nothing is planted in " + document.file);
  }
  return documents;
}

}  // namespace huxin::test
