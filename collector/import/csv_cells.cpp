#include "collector/import/csv_cells.hpp"

namespace huxin::imports {

namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";
constexpr std::string_view kWideBlank = "\xE3\x80\x80";

}  // namespace

std::string_view trimmed(std::string_view text) {
  for (;;) {
    const std::size_t before = text.size();
    while (!text.empty() && kBlanks.contains(text.front())) text.remove_prefix(1);
    while (!text.empty() && kBlanks.contains(text.back())) text.remove_suffix(1);
    if (text.starts_with(kWideBlank)) text.remove_prefix(kWideBlank.size());
    if (text.ends_with(kWideBlank)) text.remove_suffix(kWideBlank.size());
    if (text.size() == before) return text;
  }
}

void CsvCells::end_line() {
  if (at_end()) return;
  at_ += text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2 : 1;
  ++line_;
}

void CsvCells::skip_line() {
  while (!at_end() && text_[at_] != '\r' && text_[at_] != '\n') ++at_;
  end_line();
}

void CsvCells::plain(CsvCell& cell) {
  const std::size_t begin = at_;
  while (!at_end() && !stops(text_[at_])) ++at_;
  cell.text = text_.substr(begin, at_ - begin);
}

/// At an opening quote: takes the cell up to its closing quote.
std::optional<CsvFault> CsvCells::quoted(CsvCell& cell) {
  const std::size_t begin = at_;
  for (++at_; !at_end(); ++at_) {
    const char c = text_[at_];
    if (c == '"') {
      const bool doubled = at_ + 1 < text_.size() && text_[at_ + 1] == '"';
      if (!doubled) break;
      ++at_;
    }
    if (c == '\n' || (c == '\r' && !text_.substr(at_).starts_with("\r\n"))) ++line_;
    cell.text += c;
  }
  if (at_end()) {  // a quote that stands alone swallows the rest: go on behind its own line
    at_ = begin;
    line_ = cell.line;
    skip_line();
    return CsvFault{cell.line, cell.column, "引号没有结束", "a quote is not closed"};
  }
  ++at_;
  if (at_end() || stops(text_[at_])) return std::nullopt;
  skip_line();
  return CsvFault{cell.line, cell.column, "结束引号之后还有内容",
                  "there is text behind the closing quote"};
}

std::optional<CsvFault> CsvCells::next(std::vector<CsvCell>& cells, std::size_t most_cells) {
  cells.clear();
  for (;;) {
    if (cells.size() == most_cells) {
      const std::size_t line = line_;
      skip_line();
      return CsvFault{line, most_cells + 1, fmt::format("一行超过{}列", most_cells),
                      fmt::format("a row has more than {} columns", most_cells)};
    }
    CsvCell& cell = cells.emplace_back(CsvCell{{}, line_, cells.size() + 1});
    if (!at_end() && text_[at_] == '"') {
      if (std::optional<CsvFault> fault = quoted(cell)) return fault;
    } else {
      plain(cell);
      if (cell.text.contains('"')) {
        const CsvFault fault{cell.line, cell.column, "引号只能包住整个单元格",
                             "a quote may only enclose a whole cell"};
        skip_line();
        return fault;
      }
    }
    if (at_end() || text_[at_] != delimiter_) break;
    ++at_;
  }
  end_line();
  return std::nullopt;
}

std::string folded(std::string_view header) {
  std::string out;
  for (const char c : trimmed(header)) {
    if (c == ' ' || c == '_' || c == '-' || c == '*') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

}  // namespace huxin::imports
