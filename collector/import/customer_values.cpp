#include "collector/import/customer_values.hpp"

#include <algorithm>
#include <chrono>

#include "collector/import/cell_value.hpp"
#include "collector/import/column_elements.hpp"
#include "collector/import/csv_cells.hpp"
#include "collector/import/csv_pieces.hpp"

namespace huxin::imports {
namespace {

using catalog::ElementId;

constexpr std::size_t kMostColumns = 256;
constexpr std::uint64_t kMostRefused = 20;  // one in so many
constexpr std::string_view kDelimiters = ",\t;";

/// The delimiter that the first row has most of.
char delimiter_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  return *std::ranges::max_element(
      kDelimiters, {}, [&](char delimiter) { return std::ranges::count(line, delimiter); });
}

bool is_blank(const CsvCell& cell) { return trimmed(cell.text).empty(); }

/// Reads one table; its steps in order.
class ValueReader {
 public:
  ValueReader(const ValueOptions& options, const catalog::Catalog& catalog,
              known::ExactBuilder& into)
      : options_(options),
        catalog_(catalog),
        into_(into),
        today_(std::chrono::floor<std::chrono::days>(options.now)) {}

  /// The first piece begins with the header.
  Status take(std::string_view piece) {
    if (width_ == 0) delimiter_ = delimiter_of(piece);
    CsvCells cells(piece, delimiter_);
    if (width_ == 0 && !cells.at_end()) {
      if (const Status read = read_header(cells); !read) return read;
    }
    while (!cells.at_end()) {
      if (const Status taken = take_row(cells); !taken) return taken;
    }
    line_ += cells.line() - 1;
    return {};
  }

  CustomerValues finish() {
    if (!options_.skip_invalid) {
      for (const ValueColumn& column : out_.columns) judge(column);
    }
    return std::move(out_);
  }

 private:
  Status read_header(CsvCells& cells) {
    if (const auto fault = cells.next(row_, kMostColumns))
      return fail(Errc::kInvalid, "the header: {}", fault->en);
    width_ = row_.size();
    for (const CsvCell& cell : row_) {
      ColumnElements elements = elements_of(cell.text);
      std::string header(trimmed(cell.text));
      if (elements.empty()) {
        out_.left_out.push_back(std::move(header));
        continue;
      }
      out_.columns.push_back(
          {.place = cell.column, .header = std::move(header), .element = elements.front()->id});
      elements_.push_back(with_company(std::move(elements), catalog_));
    }
    return check_columns();
  }

  ColumnElements elements_of(std::string_view header) const {
    if (options_.named.empty()) return elements_of_header(header, catalog_);
    const auto found = std::ranges::find(options_.named, folded(header),
                                         [](const auto& each) { return folded(each.first); });
    const catalog::Element* const element =
        found == options_.named.end() ? nullptr : catalog_.find(found->second);
    return element == nullptr || !may_be_listed(*element) ? ColumnElements{}
                                                          : ColumnElements{element};
  }

  Status check_columns() const {
    for (const auto& [header, element] : options_.named) {
      const catalog::Element* const known = catalog_.find(element);
      if (known == nullptr || !may_be_listed(*known)) {
        return fail(Errc::kInvalid,
                    "column {}: {} cannot be known: authentication data (C3) is never listed, and "
                    "kinds of documents and what follows from other elements have no values",
                    header, to_string(element));
      }
      const bool there = std::ranges::any_of(out_.columns, [&](const ValueColumn& column) {
        return folded(column.header) == folded(header);
      });
      if (!there) return fail(Errc::kInvalid, "the table has no column {}", header);
    }
    const bool numbers = std::ranges::any_of(
        out_.columns, [](const ValueColumn& column) { return !known::is_shared(column.element); });
    if (numbers) return {};
    return fail(Errc::kInvalid,
                "no column names a number of customers, such as 身份证号 or 手机号; say which by "
                "--columns HEADER=D01");
  }

  Status take_row(CsvCells& cells) {
    const std::size_t line = line_ + cells.line() - 1;
    if (auto fault = cells.next(row_, kMostColumns)) {
      out_.faults.fault(line_ + fault->line - 1, fault->column, fault->zh, fault->en);
      return {};
    }
    if (std::ranges::all_of(row_, is_blank)) return {};
    while (row_.size() > width_ && is_blank(row_.back())) row_.pop_back();
    if (row_.size() != width_) {
      out_.faults.fault(line, std::min(row_.size(), width_) + 1,
                        fmt::format("本行有{}列，表头有{}列", row_.size(), width_),
                        fmt::format("the row has {} cells, the header {}", row_.size(), width_));
      return {};
    }
    ++out_.rows;
    return add_row();
  }

  Status add_row() {
    numbers_.clear();
    shared_.clear();
    for (std::size_t i = 0; i < elements_.size(); ++i) take_cell(i);
    for (const known::Value& number : numbers_) {
      if (const Status added = into_.add(number); !added) return added;
      for (const known::Value& each : shared_) {
        if (const Status added = into_.add(each, number); !added) return added;
      }
    }
    return {};
  }

  void take_cell(std::size_t i) {
    ValueColumn& column = out_.columns[i];
    const CsvCell& cell = row_[column.place - 1];
    CellValue read = read_cell(cell.text, elements_[i], today_);
    switch (read.fate) {
      case CellFate::kEmpty:
        return;
      case CellFate::kNone:
        ++column.left_out;
        return;
      case CellFate::kTaken:
        ++column.taken;
        (known::is_shared(read.value.element) ? shared_ : numbers_)
            .push_back(std::move(read.value));
        return;
      case CellFate::kRefused:
      case CellFate::kScientific:
        ++column.refused;
        refuse(cell, *elements_[i].front(), read.fate == CellFate::kScientific);
    }
  }

  void refuse(const CsvCell& cell, const catalog::Element& element, bool scientific) {
    const std::size_t line = line_ + cell.line - 1;
    if (scientific) {
      out_.refused.fault(line, cell.column,
                         "科学计数法，数字已不全；请把该列设为文本格式后重新导出",
                         "in scientific notation, which lost digits; make the column text in the "
                         "spreadsheet and export again");
      return;
    }
    const std::string masked = masked_cell(cell.text);
    out_.refused.fault(line, cell.column, fmt::format("不是有效的{}：{}", element.zh, masked),
                       fmt::format("no valid {}: {}", element.en, masked));
  }

  void judge(const ValueColumn& column) {
    const std::uint64_t values = column.taken + column.refused;
    if (column.refused * kMostRefused <= values) return;
    out_.faults.fault(
        1, column.place,
        fmt::format("本列{}个值中有{}个无效，超过二十分之一；请更正，或用 --skip-invalid 略去",
                    values, column.refused),
        fmt::format("{} of the {} values of this column are not valid, over a twentieth; correct "
                    "them, or leave them out by --skip-invalid",
                    column.refused, values));
  }

  const ValueOptions& options_;
  const catalog::Catalog& catalog_;
  known::ExactBuilder& into_;
  detect::Date today_;
  CustomerValues out_;
  std::vector<ColumnElements> elements_;  ///< of each column of out_
  char delimiter_ = ',';
  std::size_t width_ = 0;  ///< cells of the header; 0: not read yet
  std::size_t line_ = 1;   ///< at which the piece begins
  std::vector<CsvCell> row_;
  std::vector<known::Value> numbers_, shared_;
};

}  // namespace

Result<CustomerValues> read_customer_values(ByteView table, const ValueOptions& options,
                                            const catalog::Catalog& catalog,
                                            known::ExactBuilder& into) {
  CsvPieces pieces(table);
  if (pieces.at_end()) return fail(Errc::kInvalid, "the table is empty");
  ValueReader reader(options, catalog, into);
  while (!pieces.at_end()) {
    const auto piece = pieces.next();
    if (!piece) return std::unexpected(piece.error());
    if (const Status taken = reader.take(*piece); !taken) return std::unexpected(taken.error());
    options.progress(pieces.done());
  }
  return reader.finish();
}

}  // namespace huxin::imports
